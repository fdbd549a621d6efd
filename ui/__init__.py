"""The window; the one package, beside main.py, that knows Qt."""
