"""Evidence: what figures show of trafficking, and how far they carry."""
