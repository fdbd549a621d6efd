"""Small widgets that more than one board or dialog uses."""
