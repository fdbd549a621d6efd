"""The figures that somebody can act on: what each counts, and how grave it is. Two places show them."""

from collections.abc import Mapping
from typing import NamedTuple

from ui.boards.tally import ReferralCounts, count
from ui.boards.task_groups import once
from ui.session import Session

# What each counts, and its tone above 0.
FIGURES: dict[str, tuple[str, str]] = {
    "triage": ("Needs triage", "bad"),
    "overdue": ("Overdue", "bad"),
    "soon": ("Due in 30 min", "warn"),
    "silent": ("Not acknowledged", "warn"),
    "ambulance": ("999 owed", "bad"),
    "open": ("Tasks to accept", "bad"),
    "reports": ("Reports overdue", "warn"),
    "free": ("Free to send", "plain"),
}


class Figure(NamedTuple):
    """One figure of this moment."""

    words: str
    value: int
    tone: str


def figures(session: Session, counts: ReferralCounts) -> Mapping[str, Figure]:
    """Give every figure as it is now, by its name."""
    tally = count(session.live, counts, session.now())
    tasks = once(session.live.tasks.by_id.values(), session.actor.role)
    found = {
        **tally.referrals,
        "open": sum(one.accepted_by is None for one in tasks),
        "reports": tally.reports_late,
        "free": tally.free,
    }
    shown = {
        name: Figure(words, found[name], tone if found[name] else "plain")
        for name, (words, tone) in FIGURES.items()
    }
    if not tally.free and tally.referrals["waiting"]:
        shown["free"] = shown["free"]._replace(tone="warn")  # patients wait, and nobody could go
    return shown
