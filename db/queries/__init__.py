"""Selects that return the frozen rows of the domain."""
