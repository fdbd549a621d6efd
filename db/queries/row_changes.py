"""What became of one row since somebody saw it: read from the audit, which no program can go round."""

import datetime as dt
import json
from typing import Any, NamedTuple

from sqlalchemy import JSON, Boolean, Table, inspect, select, text
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeEngine

from db.base import PortableJSON, UTCDateTime, Versioned
from db.changes import from_json
from db.models import Step

_COLUMNS: dict[str, TypeEngine[Any]] = {"at": UTCDateTime(), "old": PortableJSON}
# Where persons have logins the audit is not theirs to read: a function tells of the rows that they see.
_UPDATES = {
    "postgresql": text(
        "SELECT at, actor_id, actor_name, old FROM row_changes(:tbl, :row_id, :version)"
    ).columns(**_COLUMNS),
    "sqlite": text(
        "SELECT at, actor_id, actor_name, old FROM audit_log WHERE tbl = :tbl AND row_id = :row_id"
        " AND op = 'U' AND json_extract(old, '$.version') >= :version ORDER BY id"
    ).columns(**_COLUMNS),
}


class Changed(NamedTuple):
    """A column that changed: its value when it was seen, and who gave it the newest one when."""

    was: Any
    by: str
    at: dt.datetime


class Written(NamedTuple):
    """One write of the row: the columns that it changed, with the values before it."""

    was: dict[str, Any]
    by: str
    at: dt.datetime


def writes_since(session: Session, row: Versioned, seen_version: int, referral_id: int) -> list[Written]:
    """Give each write of a row after the version that somebody saw, the oldest first.

    The times are those of the steps that people took, as they stand on the timeline; else the server's.
    """
    table = inspect(type(row)).local_table
    assert isinstance(table, Table)  # noqa: S101 - every model is one table
    asked = {"tbl": table.name, "row_id": row.id, "version": seen_version}
    found = session.execute(_UPDATES[session.get_bind().dialect.name], asked).all()
    return [
        Written(_columns(table, old), name or "Doorstep", _entered_at(session, actor_id, referral_id) or at)
        for at, actor_id, name, old in found
    ]


def changed(writes: list[Written]) -> dict[str, Changed]:
    """Give each column that these writes changed: as it was before the first, and by whom the last was."""
    found: dict[str, Changed] = {}
    for one in writes:
        for name, was in one.was.items():
            found[name] = Changed(found[name].was if name in found else was, one.by, one.at)
    return found


def _entered_at(session: Session, actor_id: int | None, referral_id: int) -> dt.datetime | None:
    """When this person entered their newest step about the referral, by the business time."""
    steps = select(Step.entered_at).where(Step.referral_id == referral_id, Step.by_id == actor_id)
    return session.scalars(steps.order_by(Step.id.desc()).limit(1)).first()


def _columns(table: Table, old: dict[str, Any]) -> dict[str, Any]:
    return {
        name: _value(value, table.c[name].type)
        for name, value in old.items()
        if name in table.c and name != "version"
    }


def _value(value: Any, kind: TypeEngine[Any]) -> Any:
    """A value of the audit as the column gives it in code; SQLite's audit keeps it as SQLite does."""
    if isinstance(kind, UTCDateTime) and isinstance(value, str):
        at = dt.datetime.fromisoformat(value)
        return at.replace(tzinfo=dt.UTC) if at.tzinfo is None else at.astimezone(dt.UTC)
    if isinstance(kind, Boolean) and value is not None:
        return bool(value)
    if isinstance(kind, JSON):
        return json.loads(value) if isinstance(value, str) else value
    return from_json(value, kind)
