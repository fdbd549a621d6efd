"""Measurements that are repeated and written down."""
