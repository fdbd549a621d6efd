"""Many new rows of one kind in one statement, with their keys known beforehand.

For PostgreSQL the rows go as one value: a statement with hundreds of values would be put together and read
anew each time, and one statement for each row would let the audit and the feed do their work for each.
"""

import json
from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import TextClause, insert, inspect, text
from sqlalchemy.orm import InstanceState, Session
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from db.base import Numbered
from db.changes import as_json


def insert_many(session: Session, rows: Sequence[Numbered], *, with_ids: bool = False) -> None:
    """Write new rows of one table that all give the same columns.

    Each is told its id only where that is asked for: a login needs a right to the keys for it.
    """
    if not rows:
        return
    if session.get_bind().dialect.name != "postgresql":  # in this process a statement costs next to nothing
        _insert_with_ids(session, rows)
        return
    table = str(inspect(rows[0]).mapper.local_table.name)
    if with_ids:
        keys = session.scalars(_KEYS, {"table": table, "many": len(rows)})
        for row, key in zip(rows, keys, strict=True):
            row.id = key
    given = [_given(row) for row in rows]
    words = json.dumps([{name: as_json(value) for name, value in one.items()} for one in given])
    session.execute(_insert(table, tuple(given[0])), {"rows": words})


_KEYS = text("SELECT nextval(pg_get_serial_sequence(:table, 'id')) FROM generate_series(1, :many)")


@cache
def _insert(table: str, columns: tuple[str, ...]) -> TextClause:
    names = ", ".join(columns)
    return text(
        f"INSERT INTO {table} ({names})"  # noqa: S608 - the names are our models'
        f" SELECT {names} FROM jsonb_populate_recordset(NULL::{table}, CAST(:rows AS jsonb))"
    )


def _insert_with_ids(session: Session, rows: Sequence[Numbered]) -> None:
    model = type(rows[0])
    statement = insert(model).returning(model.id, sort_by_parameter_order=True)
    keys = session.scalars(statement, [_given(row) for row in rows])
    for row, key in zip(rows, keys, strict=True):
        row.id = key


def _given(row: Numbered) -> dict[str, Any]:
    state: InstanceState[Any] = inspect(row)
    columns = state.mapper.column_attrs
    defaults = ((one.key, one.default) for one in state.mapper.columns)
    given = {key: one.arg for key, one in defaults if isinstance(one, ScalarElementColumnDefault)}
    return given | {one.key: state.dict[one.key] for one in columns if one.key in state.dict}
