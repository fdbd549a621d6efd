"""The news of a PostgreSQL in one statement: what changed, and the referrals that show it.

Most changes touch nothing on a board but the row of a referral. Asking for them in one statement, which sees
one moment by itself, takes a third of the work of a transaction with a statement for each kind of row; with
fifty consoles at one server that is the difference between in time and late.
"""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Dialect, column, func, literal_column, select, text
from sqlalchemy.types import BigInteger, Text

from console.domain.rows import BoardDelta, ReferralRow
from db.models import Referral
from db.queries.referrals import COLUMNS, WHOLE_WITH_MARKERS, unmarked_row
from db.queries.touched import Change, is_of_referrals_alone
from db.schema_version import Shape

FEW = 16
"""With more lines the rows are not read along: each would be read once for every line about it."""
_LINE = ("id", "tbl", "op", "row_id", "hub_id", "referral_id", "patient_id", "practitioner_id")
_NEWS = (
    text(
        # As feed_since does it; a function is opened anew at each call, which takes longer than what it does.
        "SELECT s.cur::text AS cur, c.id, tbl, op, row_id, hub_id, referral_id, patient_id, practitioner_id"
        " FROM (SELECT pg_current_snapshot() AS cur, CAST(:cursor AS pg_snapshot) AS last) s"
        " LEFT JOIN change_log c ON c.txid >= pg_snapshot_xmin(s.last) AND c.txid < pg_snapshot_xmax(s.cur)"
        " AND NOT pg_visible_in_snapshot(c.txid, s.last)"
    )
    .columns(column("cur", Text), *(column(name, BigInteger) for name in _LINE))
    .cte("news")
)
_SHAPE = (
    literal_column("(SELECT version_num FROM alembic_version)", Text),
    literal_column("(SELECT serves_from FROM alembic_version)", Text),
)
# OFFSET keeps the planner from taking it apart: a few rows are looked up, never all joined.
_SHOWN = (
    WHOLE_WITH_MARKERS.where(
        Referral.id == _NEWS.c.referral_id,
        select(func.count()).select_from(_NEWS).scalar_subquery() <= FEW,
    )
    .offset(0)
    .lateral("shown")
)
_MARKED = "may_have_markers"
GLANCE = (
    select(
        *_NEWS.c,
        *(value.label(name) for name, value in zip(Shape._fields, _SHAPE, strict=True)),
        *(_SHOWN.c[name].label(f"shown_{name}") for name in (*COLUMNS, _MARKED)),
    )
    .select_from(_NEWS.outerjoin(_SHOWN, literal_column("true")))
    .order_by(_NEWS.c.id)
)
_FIRST_SHAPE = 1 + len(_LINE)
_FIRST_SHOWN = _FIRST_SHAPE + len(_SHAPE)


@dataclass(frozen=True, slots=True)
class Glance:
    """What one statement told; `delta` is None when more has to be read for it."""

    cursor: str
    shape: Shape
    delta: BoardDelta | None


class Looking:
    """Asks for the news of some hubs' board, again and again, on the driver's own connection.

    The statement is written out once, and its columns are read as SQLAlchemy would: doing that anew for each
    look takes three times as long as everything else.
    """

    def __init__(self, dialect: Dialect, hub_ids: Collection[int]) -> None:
        """Write the statement out for these hubs."""
        self._hub_ids = hub_ids
        asked = {"cursor": "", "hub_ids": sorted(hub_ids)}
        written = GLANCE.compile(dialect=dialect).construct_expanded_state(asked)
        self.words = written.statement
        self._values = dict(written.parameters)
        self._dialect = dialect
        self._readers: list[tuple[int, Callable[[Any], Any]]] | None = None

    def values(self, cursor: str) -> dict[str, Any]:
        """Give what to ask with, to hear what changed since the cursor."""
        return self._values | {"cursor": cursor}

    def learn(self, kinds: Iterable[int]) -> None:
        """Take the kinds of the answer's columns, in the server's own numbers: by them it is read."""
        of_each = (
            (at, one.type.dialect_impl(self._dialect).result_processor(self._dialect, kind))
            for at, (one, kind) in enumerate(zip(GLANCE.selected_columns, kinds, strict=True))
        )
        self._readers = [(at, reader) for at, reader in of_each if reader is not None]

    @property
    def has_learnt(self) -> bool:
        """Whether the kinds are known; they stay as they are on one connection."""
        return self._readers is not None

    def seen(self, found: Sequence[Sequence[Any]], now: dt.datetime) -> Glance:
        """Read the answer; there is always one line, which brings the new cursor."""
        rows = [self._read(row) for row in found]
        shape = Shape(*rows[0][_FIRST_SHAPE:_FIRST_SHOWN])
        return Glance(rows[0][0], shape, _delta(rows, self._hub_ids, now))

    def _read(self, row: Sequence[Any]) -> list[Any]:
        values = list(row)
        for at, reader in self._readers or ():
            values[at] = reader(values[at])
        return values


def _delta(rows: Sequence[list[Any]], hub_ids: Collection[int], now: dt.datetime) -> BoardDelta | None:
    changes = [Change(*row[1:_FIRST_SHAPE]) for row in rows if row[1] is not None]
    if not changes:
        return BoardDelta(as_of=now)
    if len(changes) > FEW or not all(is_of_referrals_alone(change, hub_ids) for change in changes):
        return None
    patients = {(change.row_id, change.patient_id) for change in changes if change.tbl == "referral"}
    if len(patients) > len({referral for referral, _ in patients}):
        return None  # one was given to another patient, and its report shows the name
    ours = [row for row, change in zip(rows, changes, strict=True) if change.hub_id in hub_ids]
    shown = {row[_FIRST_SHOWN]: _shown(row) for row in ours}
    whole = tuple(row for row in shown.values() if row is not None)
    return BoardDelta(as_of=now, referrals=whole) if len(whole) == len(shown) else None


def _shown(row: list[Any]) -> ReferralRow | None:
    """Make the row of a referral; None when it is gone, is in a queue or may have markers."""
    *values, is_marked = row[_FIRST_SHOWN:]
    named = dict(zip(COLUMNS, values, strict=True))
    if named["id"] is None or named["queue_entry_id"] is not None or is_marked:
        return None
    return unmarked_row(named)
