"""Boards: models that merge rows by id, and the views that paint them."""
