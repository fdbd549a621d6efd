"""Audit: what happened, who did it, and who looked."""
