"""What stands on the map: each row of the board as a shape, a colour and a letter, with words for each.

Patients have no names here: the map is seen from across the room. Nobody who is off duty has a mark.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from console.domain.position import age, is_stale
from console.domain.rows import PractitionerRow, ReferralRow
from console.domain.sendable import is_free_to_send
from console.domain.words import Availability, QueueStatus
from ui.boards import referral_cells
from ui.boards.cells import priority_words
from ui.boards.hub_load import HubLoad
from ui.boards.hub_load import is_over as is_over_at_hub
from ui.boards.hub_opening import standing
from ui.boards.practitioner_cells import is_over
from ui.selection import Kind
from ui.time_text import due_spoken, duration

Key = tuple[Kind, int]


class Shape(Enum):
    """The form of a mark, so that colour is never alone."""

    DISC = "disc"  # can be sent
    RING = "ring"  # has nobody in hand and is not sent to homes now
    DIAMOND = "diamond"  # has been asked to go
    TRIANGLE = "triangle"  # is on the way
    SQUARE = "square"  # is with a patient at home
    HOUSE = "house"  # is with a patient at a hub
    CHIP = "chip"  # a patient: the shape of their priority
    HUB = "hub"


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing on the map; `weight` says which is named first, and lies on top."""

    key: Key
    lat: float
    lon: float
    shape: Shape
    tone: str
    letter: str
    label: str
    spoken: str
    weight: int
    is_faded: bool = False
    is_late: bool = False
    accuracy_m: float | None = None
    tied_to: Key | None = None
    form: "Form | None" = None  # of a practitioner: a mark that is late looks otherwise, and counts as this


class Form(NamedTuple):
    """How a practitioner is drawn while they do something, and what the key to the marks calls it."""

    shape: Shape
    tone: str
    letter: str
    words: str


_FREE = Form(Shape.DISC, "ok", "F", Availability.FREE.label)
_ELSEWHERE = Form(Shape.RING, "plain", "N", "Not for visits")
_FORMS = {
    Availability.ALLOCATED: Form(Shape.DIAMOND, "warn", "A", Availability.ALLOCATED.label),
    Availability.ACKNOWLEDGED: Form(Shape.DIAMOND, "info", "K", Availability.ACKNOWLEDGED.label),
    Availability.EN_ROUTE: Form(Shape.TRIANGLE, "info", "R", Availability.EN_ROUTE.label),
    Availability.ON_SCENE: Form(Shape.SQUARE, "info", "S", Availability.ON_SCENE.label),
    Availability.AT_HUB: Form(Shape.HOUSE, "info", "H", "At hub"),
}
KEY = (_FREE, *_FORMS.values(), _ELSEWHERE)


def _alarm(row: PractitionerRow) -> str:
    return "over the expected time" if row.unanswered_since is None else "does not answer"


def of_practitioner(row: PractitionerRow, now: dt.datetime) -> Mark | None:
    """Where somebody on duty is, and how old that is; nobody is shown off duty."""
    is_off = row.availability is Availability.OFF_DUTY or row.on_at is None
    if is_off or row.lat is None or row.lon is None or row.position_at is None:
        return None
    is_free = row.availability is Availability.FREE
    free = _FREE if is_free_to_send(row, now) else _ELSEWHERE
    form = free if is_free else _FORMS[row.availability]
    late, old = is_over(row, now), is_stale(row.position_at, row.availability, now)
    ago = _ago(row.position_at, now)
    doing = ("free to send" if form is _FREE else "not for visits") if is_free else row.availability.label
    words = (
        row.name,
        row.profession.label,
        f"{_alarm(row)}, {doing.lower()}" if late else doing.lower(),
        row.referral_number or "",
        f"position {ago}" + (", too old to go by" if old else ""),
        f"to about {_metres(row.accuracy_m)}" if row.accuracy_m else "",
        row.position_source or "",
    )
    return Mark(
        key=("practitioner", row.id),
        lat=row.lat,
        lon=row.lon,
        shape=form.shape,
        tone="bad" if late else form.tone,
        letter="!" if late else form.letter,
        label=f"{short_name(row.name)} · {ago.removesuffix(' ago')}",
        spoken=_joined(words),
        weight=8 if late else 7,
        is_faded=old,
        is_late=late,
        accuracy_m=row.accuracy_m,
        tied_to=("referral", row.referral_id) if row.referral_id else None,
        form=form,
    )


def of_referral(row: ReferralRow, now: dt.datetime) -> Mark | None:
    """Where a patient is to be seen at home; who is at a hub, or was seen, is not there."""
    at_hub = row.queue_status is not None and row.queue_status is not QueueStatus.BOOKED
    if row.lat is None or row.lon is None or at_hub or row.is_seen or not row.status.is_open:
        return None
    late, due = referral_cells.is_over(row, now), referral_cells.due_at(row)
    number = row.number.rpartition("-")[2].lstrip("0")
    words = (
        f"{priority_words(row.priority)}",
        row.number,
        row.area or "area not known",
        _stands(row),
        row.practitioner or "",
        due_spoken(due, now) if due else "",
        "worse" if row.worse_at is not None else "",
    )
    return Mark(
        key=("referral", row.id),
        lat=row.lat,
        lon=row.lon,
        shape=Shape.CHIP,
        tone=f"p{row.priority}" if row.priority else "untriaged",
        letter=f"P{row.priority}" if row.priority else "?",
        label=f"{row.area} {number}".strip(),
        spoken=_joined(words),
        weight=_weight(row, is_late=late),
        is_faded=not row.is_waiting and not row.asks_ambulance,
        is_late=late or row.worse_at is not None,
        tied_to=("practitioner", row.practitioner_id) if row.practitioner_id else None,
    )


def of_hub(load: HubLoad) -> Mark | None:
    """A hub with how many wait in it."""
    row = load.hub
    if row.lat is None or row.lon is None:
        return None
    here = load.here
    over = sum(is_over_at_hub(one, load.now) for one in here)
    word, _, until = standing(load)
    words = (
        f"Hub {row.name}",
        word.lower() if word != "Open" else f"open {until}",
        f"{len(here)} waiting" if here else "nobody waiting",
        f"{over} over time" if over else "",
    )
    return Mark(
        key=("hub", row.id),
        lat=row.lat,
        lon=row.lon,
        shape=Shape.HUB,
        tone="bad" if over else "head",
        letter=str(len(here)),
        label=row.name,
        spoken=_joined(words),
        weight=9,
        is_late=bool(over),
    )


def short_name(name: str) -> str:
    """P. Nair, of Priya Nair."""
    given, _, family = name.strip().rpartition(" ")
    return f"{given[0]}. {family}" if given else family


def _stands(row: ReferralRow) -> str:
    is_plainly_waiting = row.is_waiting and not row.asks_ambulance and not row.awaits_decision
    return "waits" if is_plainly_waiting else row.word.lower()


def _weight(row: ReferralRow, *, is_late: bool) -> int:
    """Who waits comes before who is in hand; then by priority, an untriaged patient and a late one first."""
    if not row.is_waiting and not row.asks_ambulance:
        return 1
    return 8 if is_late or row.worse_at is not None else 7 - (row.priority or 1)


def _ago(at: dt.datetime, now: dt.datetime) -> str:
    seconds = age(at, now).total_seconds()
    if seconds < 60:
        return "now"
    return f"{duration(seconds if seconds < 3600 else seconds // 3600 * 3600)} ago"


def _metres(metres: float) -> str:
    return f"{metres / 1000:.1f} km" if metres >= 1000 else f"{max(round(metres, -1), 10):.0f} m"


def _joined(words: Iterable[str]) -> str:
    return ", ".join(word for word in words if word)
