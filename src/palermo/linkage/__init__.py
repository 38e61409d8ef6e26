"""Counting persons once: records of several agencies linked, or joined by keyed hashes, and the persons counted."""
