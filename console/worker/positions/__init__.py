"""The HTTP endpoint at which devices tell where practitioners on duty are."""
