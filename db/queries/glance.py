"""The news of a PostgreSQL in one statement: what changed, and the referrals that show it.

Most changes touch nothing on a board but the row of a referral. Asking for them in one statement, which sees
one moment by itself, takes a third of the work of a transaction with a statement for each kind of row; with
fifty consoles at one server that is the difference between in time and late.
"""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Dialect, column, literal_column, select, text
from sqlalchemy.types import BigInteger, Text

from console.domain.rows import BoardDelta
from db.models import Referral
from db.queries.markers import LISTED, count_listed
from db.queries.queue import read_queue_entries
from db.queries.quick import Quick, Written
from db.queries.referrals import ANY, COLUMNS, IS_ON_BOARD, rows_of
from db.queries.touched import Change, is_of_referrals_alone
from db.schema_version import Shape

FEW = 32
"""With more lines the news is not told here: each row would be read once for every line about it."""
_LINE = ("id", "tbl", "op", "row_id", "hub_id", "referral_id", "patient_id", "practitioner_id")
_NOW = text("SELECT pg_current_snapshot()::text AS cur").columns(column("cur", Text)).subquery("now")
_SHAPE = (
    text("SELECT version_num, serves_from FROM alembic_version")
    .columns(column("version_num", Text), column("serves_from", Text))
    .subquery("shape")
)
_NEWS = (
    text(
        # As feed_since does it; a function is opened anew at each call, which takes longer than what it does.
        f"SELECT {', '.join(_LINE)} FROM change_log"  # noqa: S608 - names of our own
        " WHERE txid >= pg_snapshot_xmin(CAST(:cursor AS pg_snapshot))"
        " AND txid < pg_snapshot_xmax(pg_current_snapshot())"
        f" AND NOT pg_visible_in_snapshot(txid, CAST(:cursor AS pg_snapshot)) LIMIT {FEW + 1}"
    )
    .columns(*(column(name, BigInteger) for name in _LINE))
    .subquery("news")
)
# OFFSET keeps the planner from taking it apart: a few rows are looked up, never all joined.
_SHOWN = (
    ANY.where(*IS_ON_BOARD, Referral.id == _NEWS.c.referral_id)
    .add_columns(*(listed.label(name) for name, listed in LISTED.items()))
    .offset(0)
    .lateral("shown")
)
_NAMES = (*COLUMNS, *LISTED)
_TRUE: ColumnElement[bool] = literal_column("true")
GLANCE = select(
    _NOW.c.cur,
    *_NEWS.c,
    *_SHAPE.c,
    *(_SHOWN.c[name].label(f"s{at}") for at, name in enumerate(_NAMES)),
).select_from(_NOW.outerjoin(_SHAPE, _TRUE).outerjoin(_NEWS, _TRUE).outerjoin(_SHOWN, _TRUE))
_FIRST_SHAPE = 1 + len(_LINE)
_FIRST_SHOWN = _FIRST_SHAPE + len(_SHAPE.c)


@dataclass(frozen=True, slots=True)
class Glance:
    """What was told; `delta` is None when more has to be read for it."""

    cursor: str
    shape: Shape
    delta: BoardDelta | None


class Looking:
    """Asks for the news of some hubs' board, again and again."""

    def __init__(self, reader: Quick, dialect: Dialect, hub_ids: Collection[int]) -> None:
        """Write the statement out for these hubs."""
        self._reader, self._hub_ids = reader, hub_ids
        self._written = Written(GLANCE, dialect, {"cursor": "", "hub_ids": sorted(hub_ids)})

    def look(self, cursor: str, now: dt.datetime) -> Glance:
        """Ask what changed since the cursor; there is always one line, which brings the new cursor."""
        found = self._reader.ask(self._written, {"cursor": cursor})
        rows = [self._written.read(row) for row in found]
        shape = Shape(*rows[0][_FIRST_SHAPE:_FIRST_SHOWN])
        return Glance(rows[0][0], shape, self._delta(rows, now))

    def _delta(self, rows: Sequence[list[Any]], now: dt.datetime) -> BoardDelta | None:
        changes = [Change(*row[1:_FIRST_SHAPE]) for row in rows if row[1] is not None]
        if not changes:
            return BoardDelta(as_of=now)
        if len(changes) > FEW or not all(is_of_referrals_alone(one, self._hub_ids) for one in changes):
            return None
        patients = {(change.row_id, change.patient_id) for change in changes if change.tbl == "referral"}
        if len(patients) > len({referral for referral, _ in patients}):
            return None  # one was given to another patient, and its report shows the name
        ours = [row for row, change in zip(rows, changes, strict=True) if change.hub_id in self._hub_ids]
        if any(row[_FIRST_SHOWN] is None for row in ours):
            return None  # one is gone from the board
        shown = {row[_FIRST_SHOWN]: dict(zip(_NAMES, row[_FIRST_SHOWN:], strict=True)) for row in ours}
        return self._with_what_hangs_on_them(list(shown.values()), now)

    def _with_what_hangs_on_them(self, shown: list[dict[str, Any]], now: dt.datetime) -> BoardDelta:
        """Read queues too, for the few that stand in one.

        That is a moment later than the rows: what came between is news again.
        """
        referrals = rows_of(shown, {one["id"]: count_listed(one) for one in shown})
        entries = {row.queue_entry_id for row in referrals if row.queue_entry_id is not None}
        queue = read_queue_entries(self._reader, self._hub_ids, entries, ()) if entries else ()
        gone = entries - {row.id for row in queue}
        return BoardDelta(as_of=now, referrals=referrals, queue=queue, gone_queue=frozenset(gone))
