"""What tests stand on: databases, guards and leak checks."""
