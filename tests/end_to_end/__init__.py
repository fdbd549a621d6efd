"""Whole days through the real program."""
