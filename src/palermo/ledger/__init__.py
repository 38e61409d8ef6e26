"""Who is bound by what on which day, derived from the acts of States and each instrument's own rules."""
