"""Cooperation between two States: on what basis, whether the requested State would refuse, and the request itself."""
