"""The board: the whole of it on every connect, and afterwards only what a change touched."""

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Protocol

from console.domain.rows import Board, BoardDelta
from db.queries.hubs import read_hubs
from db.queries.practitioners import read_practitioners
from db.queries.queue import read_queue, read_queue_entries
from db.queries.reading import Reader
from db.queries.referrals import read_open_referrals, read_referrals
from db.queries.reports import read_open_reports, read_reports
from db.queries.tasks import read_tasks
from db.queries.touched import Change, touched


class _Numbered(Protocol):
    @property
    def id(self) -> int:
        """The key of the row."""


def read_board(reader: Reader, hub_ids: Collection[int], now: dt.datetime) -> Board:
    """Read the whole board of the hubs; `now` is the server's time, and becomes its `as_of`."""
    hubs = read_hubs(reader, hub_ids, now)
    return Board(
        as_of=now,
        hubs=hubs,
        referrals=read_open_referrals(reader, {hub.id: hub.name for hub in hubs}),
        practitioners=read_practitioners(reader, hub_ids, now),
        queue=read_queue(reader, hub_ids),
        reports=read_open_reports(reader, hub_ids),
        tasks=read_tasks(reader, hub_ids),
    )


def read_delta(
    reader: Reader, changes: Iterable[Change], hub_ids: Collection[int], now: dt.datetime
) -> BoardDelta:
    """Read again what the changes touched; what is not found any more is gone from the hubs' board."""
    ids = touched(reader, changes, hub_ids)
    referrals = read_referrals(reader, hub_ids, ids.referrals)
    practitioners = read_practitioners(reader, hub_ids, now, ids.practitioners)
    gone_referrals = _gone(ids.referrals, referrals)
    # A queue entry shows its referral's version and priority too.
    ids.queue.update(row.queue_entry_id for row in referrals if row.queue_entry_id is not None)
    queue = read_queue_entries(reader, hub_ids, ids.queue, gone_referrals)
    reports = read_reports(reader, hub_ids, ids.reports, ids.with_reports)
    tasks = read_tasks(reader, hub_ids, ids.tasks)
    return BoardDelta(
        as_of=now,
        hubs=read_hubs(reader, ids.hubs & set(hub_ids), now) if ids.hubs else (),
        referrals=referrals,
        practitioners=practitioners,
        queue=queue,
        reports=reports,
        tasks=tasks,
        gone_referrals=gone_referrals,
        gone_practitioners=_gone(ids.practitioners, practitioners),
        gone_queue=_gone(ids.queue, queue),
        gone_reports=_gone(ids.reports, reports),
        gone_tasks=_gone(ids.tasks, tasks),
    )


def read_clockwork(
    reader: Reader, hub_ids: Collection[int], now: dt.datetime, known: Collection[int]
) -> BoardDelta:
    """Read what time alone changes: who is soon on duty, and when the hubs open today.

    `known` are the practitioners on the board so far.
    """
    practitioners = read_practitioners(reader, hub_ids, now)
    return BoardDelta(
        as_of=now,
        hubs=read_hubs(reader, hub_ids, now),
        practitioners=practitioners,
        gone_practitioners=_gone(known, practitioners),
    )


def _gone(touched_ids: Collection[int], rows: Iterable[_Numbered]) -> frozenset[int]:
    return frozenset(touched_ids) - {row.id for row in rows}
