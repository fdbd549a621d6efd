"""Upgrades of the database, on both dialects."""
