"""Which databases are secured: everybody has a login of their own, and none of them is the owner's."""

from typing import Any

from sqlalchemy import Connection

OWNER = "doorstep_owner"
"""Owns a secured database and everything in it; nobody logs in as it."""
WHOSE = "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database()"


def is_secured(connection: Connection | Any) -> bool:
    """Tell whether persons have logins of their own here; SQLite has no logins."""
    if connection.dialect.name == "sqlite":
        return False
    return bool(connection.exec_driver_sql(WHOSE).scalar_one() == OWNER)
