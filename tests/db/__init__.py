"""The database itself, on both dialects."""
