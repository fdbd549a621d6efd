"""What the wallboard says at one moment: the rows, rules and figures of the workspaces, none of its own."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from console.domain.chaser import is_silent
from console.domain.rows import ReferralRow, TaskRow
from console.domain.welfare import is_search
from ui.boards import referral_cells as cells
from ui.boards.cells import Due, PillText
from ui.boards.hub_load import HubLoad, load_of
from ui.boards.load_figures import Figure, figures
from ui.boards.seat import hubs_of
from ui.boards.tally import ALL, ReferralCounts
from ui.boards.task_cells import is_urgent, order
from ui.boards.task_groups import once
from ui.session import Session
from ui.time_text import clock_seconds, day_clock, duration
from ui.widgets.feed_age import SILENT_AFTER_S

# Who of the pending referrals needs somebody now.
_LISTED = ("ambulance", "triage", "overdue", "silent", "soon")


class Said(NamedTuple):
    """A sentence and its tone."""

    words: str
    tone: str


@dataclass(frozen=True, slots=True)
class WallRow:
    """One patient who needs somebody now."""

    priority: int | None
    title: str
    status: PillText
    where: str
    due: Due | str | None
    is_over: bool


@dataclass(frozen=True, slots=True)
class Wall:
    """All of it."""

    now: dt.datetime
    figures: tuple[Figure, ...]
    rows: tuple[WallRow, ...]
    hubs: tuple[HubLoad, ...]
    calls: tuple[Said, ...]  # what nobody has answered that somebody may come to harm by
    board: Said
    chaser: Said
    is_true: bool  # while not, all of this was so once
    as_of: str


def wall(session: Session, counts: ReferralCounts, *, with_names: bool, waited_s: float) -> Wall:
    """Say what holds now; `waited_s` is for how long the chaser has been watched from here."""
    now, live = session.now(), session.live
    rows = sorted(live.referrals.by_id.values(), key=lambda row: (cells.order(row), row.id))
    board, is_true = _board(session)
    return Wall(
        now=now,
        figures=tuple(figures(session, counts).values()),
        rows=tuple(_row(row, now, with_names=with_names) for row in rows if _is_listed(row, now)),
        hubs=tuple(load_of(live, hub, now, session.clocks) for hub in hubs_of(session)),
        calls=tuple(_calls(session, now)),
        board=board,
        chaser=_chaser(session, waited_s) if is_true else Said("Chasing: not known", "warn"),
        is_true=is_true,
        as_of="" if live.as_of is None else clock_seconds(live.as_of),
    )


def _is_listed(row: ReferralRow, now: dt.datetime) -> bool:
    return any(ALL[name][1](row, now) for name in _LISTED)


def _row(row: ReferralRow, now: dt.datetime, *, with_names: bool) -> WallRow:
    """Whom a wall may name: by a number, which says nothing to a visitor, unless the service allows names."""
    where = dict.fromkeys((row.area or "Place not known", row.practitioner or row.hub))
    return WallRow(
        priority=row.priority,
        title=cells.name_of(row) if with_names else row.number,
        status=cells.status(row)._replace(what=""),
        where=" · ".join(where),
        due=cells.due(row),
        is_over=cells.is_over(row, now),
    )


def _calls(session: Session, now: dt.datetime) -> Iterator[Said]:
    """The urgent tasks that nobody has accepted, the gravest first; they name no patient."""
    tasks = once(session.live.tasks.by_id.values(), session.actor.role)
    open_: list[TaskRow] = [one for one in tasks if is_urgent(one) and one.accepted_by is None]
    for task in sorted(open_, key=lambda one: (order(one), one.id)):
        person = session.live.practitioners.by_id.get(task.practitioner_id or 0)
        is_of_person = person is not None and is_search(task.kind, task.subject)
        name = person.name if person else ""
        about = name if is_of_person else task.referral_number or name
        asked = duration((now - task.created_at).total_seconds())
        parts = (task.title, about, task.hub, f"not accepted, {asked}")
        yield Said(" · ".join(part for part in parts if part), "bad")


def _board(session: Session) -> tuple[Said, bool]:
    """Whether the board is true now; without news it is not, whatever it was told last."""
    live = session.live
    if live.as_of is None:
        return Said("The board has not been read yet", "warn"), False
    silent_s = max(session.countdown.steady() - live.heard_at, 0)
    if silent_s > SILENT_AFTER_S or (live.state is not None and not live.state.is_live):
        return Said(f"Not live: as of {clock_seconds(live.as_of)}", "bad"), False
    return Said(f"Board live, {int(silent_s)} s ago", "ok"), True


def _chaser(session: Session, waited_s: float) -> Said:
    """Whether somebody looks at what is due; while nobody does, people have to."""
    state, parts = session.live.state, session.parts
    if state is None or not state.is_live:
        return Said("Chasing: not known", "warn")
    ago = None if state.chaser_at is None else parts.silence(state.chaser_at)
    if not is_silent(ago, dt.timedelta(seconds=waited_s)):
        return Said("Chasing" if ago is None else f"Chasing, {duration(ago.total_seconds())} ago", "ok")
    if ago is None:
        return Said("Nothing is chased: nobody looks", "bad")
    now = session.now()
    return Said(f"Nothing is chased since {day_clock(now - ago * parts.speed, now)}", "bad")
