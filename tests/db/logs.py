"""Reads what the triggers wrote."""

import json
from typing import Any

from db.engine import Database


def audit(database: Database, table: str) -> list[dict[str, Any]]:
    """Return the audit's lines about one table, oldest first."""
    lines = _read(database, "audit_log", table)
    for line in lines:
        for side in ("old", "new"):
            if isinstance(line[side], str):
                line[side] = json.loads(line[side])
    return lines


def changes(database: Database, table: str, *columns: str) -> list[tuple[Any, ...]]:
    """Return columns of the change log's lines about one table, oldest first."""
    return [tuple(line[name] for name in columns) for line in _read(database, "change_log", table)]


def _read(database: Database, log: str, table: str) -> list[dict[str, Any]]:
    with database.read() as session:
        found = session.connection().exec_driver_sql(
            f"SELECT * FROM {log} WHERE tbl = '{table}' ORDER BY id"  # noqa: S608 - the tests' own words
        )
        return [dict(line) for line in found.mappings()]
