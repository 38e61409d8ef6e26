"""Duties of instruments held against the law of a legal system on a day: findings with reasons."""
