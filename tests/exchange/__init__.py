"""Formats against real messages."""
