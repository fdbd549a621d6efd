"""Who has which referral open: it informs, blocks nobody, and ends by itself when a console is heard no more.

Every time here is the server's own, also in a training database, whose days pass more quickly.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from console.domain.words import Role

RENEWED_EVERY = dt.timedelta(seconds=5)
STALE_AFTER = dt.timedelta(seconds=16)
"""Three renewals that did not come: the console was ended, sleeps, or its line is cut."""
FORGOTTEN_AFTER = dt.timedelta(minutes=10)
TAKEN_FORGOTTEN_AFTER = dt.timedelta(days=1)
"""Whoever was taken over from is told when they are back, and a laptop may sleep for a night."""


@dataclass(frozen=True, slots=True)
class Opened:
    """One console's open referral: who reads or edits it there, since when, and when it was heard last.

    `taken_by` is who took it over, at `taken_at`, while that console was not heard.
    """

    console: str
    staff_id: int
    name: str
    role: Role
    device: str
    referral_id: int
    is_editing: bool
    since: dt.datetime
    renewed_at: dt.datetime
    taken_by: str | None = None
    taken_at: dt.datetime | None = None


def is_stale(opened: Opened, now: dt.datetime) -> bool:
    """Tell whether the console has not been heard for so long that nobody may be sitting there."""
    return now - opened.renewed_at > STALE_AFTER


def is_shown(opened: Opened, now: dt.datetime) -> bool:
    """Tell whether it is worth telling: what was taken over or is long gone only once it is heard again."""
    if not is_stale(opened, now):
        return True
    return opened.taken_by is None and now - opened.renewed_at <= FORGOTTEN_AFTER


def shown(found: Iterable[Opened], now: dt.datetime) -> tuple[Opened, ...]:
    """Give what is to be told: whoever is there before whoever may have gone, the earliest first."""
    kept = (one for one in found if is_shown(one, now))
    return tuple(sorted(kept, key=lambda one: (is_stale(one, now), one.since, one.console)))


def reasons_not_to_take_over(opened: Opened, now: dt.datetime) -> tuple[str, ...]:
    """Give why a referral cannot be taken over from somebody: they are there, and can be spoken to."""
    if is_stale(opened, now):
        return ()
    return (f"{opened.name} is there now: you can both work on it, or speak to {opened.name} first.",)
