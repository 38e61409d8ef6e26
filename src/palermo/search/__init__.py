"""Full-text search over the corpus, in six languages."""
