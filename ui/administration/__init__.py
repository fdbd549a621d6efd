"""The workspace of administrators."""
