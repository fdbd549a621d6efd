"""Tests, written as sentences against real things."""
