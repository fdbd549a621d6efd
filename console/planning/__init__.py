"""Travel times and suggestions of who should go."""
