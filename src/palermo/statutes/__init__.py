"""Statutes as text: reading files, finding sections, and proposing what the corpus would say of them."""
