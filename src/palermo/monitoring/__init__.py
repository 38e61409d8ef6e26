"""Monitoring: what is due from a State, what bodies recommended and whether law changed since, what they ask."""
