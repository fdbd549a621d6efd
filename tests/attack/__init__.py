"""What must not be possible at a secured database, tried."""
