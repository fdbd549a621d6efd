"""The downtime pack."""
