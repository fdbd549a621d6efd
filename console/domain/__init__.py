"""The rules of the service, in the standard library alone."""
