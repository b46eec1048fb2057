"""Text to terms: the Persian analyzer. Knows Persian, knows no index."""
