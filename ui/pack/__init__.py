"""The downtime pack: the last true board and blank forms on paper, for when the database is away."""
