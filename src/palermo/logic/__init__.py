"""Formulas of conduct, their truth, and exact answers about what they reach."""
