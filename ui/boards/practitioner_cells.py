"""How a practitioner is shown and ordered beside the board."""

import datetime as dt

from console.domain.rows import PractitionerRow, ReferralRow
from console.domain.sendable import is_free_to_send
from console.domain.words import Availability, Placement
from ui.boards.cells import Column, Kind, PillText, TwoLines
from ui.session import Session
from ui.time_text import clock, day_clock, duration, is_late

_TONES = {
    Availability.FREE: "ok",
    Availability.ALLOCATED: "warn",
    Availability.ACKNOWLEDGED: "info",
    Availability.EN_ROUTE: "info",
    Availability.ON_SCENE: "info",
    Availability.AT_HUB: "info",
}
_SHORT = {Availability.AT_HUB: "With patient"}
_ORDER = {one: place for place, one in enumerate(Availability)}
_FAR = dt.datetime.max.replace(tzinfo=dt.UTC)
_Order = tuple[bool, bool, bool, int, int, dt.datetime]


def is_over(row: PractitionerRow, now: dt.datetime) -> bool:
    """Whether somebody works alone longer than was expected, or does not answer."""
    return row.unanswered_since is not None or _should_be_clear(row, now)


def _should_be_clear(row: PractitionerRow, now: dt.datetime) -> bool:
    return row.expected_clear_at is not None and is_late(row.expected_clear_at, now)


def order(row: PractitionerRow, now: dt.datetime) -> _Order:
    """Who does not answer first, then who should be clear; then who could be sent, and what the others do."""
    ends_at = row.shift_ends_at or _FAR
    is_first = row.unanswered_since is None, not is_over(row, now), not is_free_to_send(row, now)
    return *is_first, _ORDER[row.availability], row.waiting_visits, ends_at


def doing(row: PractitionerRow, referral: ReferralRow | None, now: dt.datetime) -> PillText:
    """What they do, and for whom or from which hub; with nobody in hand, whether they could be sent."""
    if row.unanswered_since is not None:
        # Whatever became of the visit: nobody is called free, or off duty, whom nobody reaches.
        return PillText("No answer", "bad", f"since {day_clock(row.unanswered_since, now)}")
    if row.availability is Availability.FREE:
        if is_free_to_send(row, now):
            return PillText("Free to send", "ok", row.hub or "")
        return PillText(*_elsewhere(row, now))
    word = _SHORT.get(row.availability, row.availability.label)
    more = f" +{row.visits_behind}" if row.visits_behind else ""
    name = referral.family_name.upper() if referral else row.referral_number
    below = f"{name}{more}" if name else row.hub or ""
    if row.expected_clear_at is not None and _should_be_clear(row, now):
        # From an hour on the unit of the minutes gives way: the figure must never be cut.
        late = duration((now - row.expected_clear_at).total_seconds())
        return PillText(f"Over {late.removesuffix(' min') if ' h' in late else late}", "bad", below)
    return PillText(word, _TONES.get(row.availability, "plain"), below)


def _elsewhere(row: PractitionerRow, now: dt.datetime) -> tuple[str, str, str]:
    """Why somebody with nobody in hand is not sent to a home."""
    hub = row.hub or ""
    if row.shift_ends_at is not None and now >= row.shift_ends_at:
        return "Shift over", "warn", hub
    if row.is_remote:
        return "Remote", "plain", row.placement.label if row.placement else hub
    if row.placement is Placement.HUB:
        return "At hub", "plain", hub
    if row.placement is Placement.HOME_VISITING:
        return "Not for visits", "plain", hub
    return "Elsewhere", "plain", row.placement.label if row.placement else hub


def who(row: PractitionerRow) -> TwoLines:
    """Their name and profession."""
    return TwoLines(row.name, "", row.profession.label)


def times(row: PractitionerRow, now: dt.datetime) -> TwoLines:
    """When they are expected clear, or until when they work, and how old their position is."""
    position = "no position" if row.position_at is None else _ago(row.position_at, now)
    if row.on_at is None and row.shift_starts_at is not None and row.shift_starts_at > now:
        return TwoLines(f"from {clock(row.shift_starts_at)}", "", position)
    if row.expected_clear_at is not None:
        return TwoLines(f"clear {day_clock(row.expected_clear_at, now)}", "", position)
    return TwoLines(f"until {clock(row.shift_ends_at)}" if row.shift_ends_at else "no shift", "", position)


def _ago(at: dt.datetime, now: dt.datetime) -> str:
    seconds = (now - at).total_seconds()
    if seconds < 60:
        return "just now"
    # By the hour from the first one on: an old position is old, and the column is narrow.
    return f"{duration(seconds if seconds < 3600 else seconds // 3600 * 3600)} ago"


def columns(session: Session) -> tuple[Column[PractitionerRow], ...]:
    """Who, what, and times."""

    def what(row: PractitionerRow) -> PillText:
        about = row.referral_id
        referral = None if about is None else session.live.referrals.by_id.get(about)
        return doing(row, referral, session.now())

    def until(row: PractitionerRow) -> TwoLines:
        return times(row, session.now())

    return (
        Column("who", "Practitioner", Kind.TWO_LINES, who, 152, stretches=3, is_safety=True),
        Column("doing", "Now", Kind.PILL, what, 124, stretches=1, is_safety=True),
        Column("times", "Until · seen", Kind.TWO_LINES, until, 98, stretches=1),
    )
