"""Tables as mapped classes."""
