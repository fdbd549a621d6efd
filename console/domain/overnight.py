"""A night's patient: the supervisor's from when one accepts them by name, until somebody else has them."""

import datetime as dt

from console.domain.calendar import from_local, local_day
from console.domain.clocks import ClockSettings
from console.domain.hub_closing import closing_warning_at
from console.domain.opening import OpeningHours

_ACCEPT = "The patient is still open and nobody has accepted them: accept the patient by name first."
_HOLD = (
    "The patient is still open and the hub is closed. They are the supervisor's until somebody sees them, a"
    " named service takes them over, a clinician gives a time, the referral ends, the hub opens again, or"
    " they are moved to a hub that is open."
)
# When the hubs of the published service open: by then whoever held somebody through the night may be at home.
NIGHT_ENDS = dt.time(8)
_ONE_DAY = dt.timedelta(days=1)


def reasons_not_to_finish(*, is_waiting: bool, is_accepted: bool, is_hub_open: bool) -> tuple[str, ...]:
    """Give why a night's patient is not finished with yet: done would leave them with nobody.

    `is_waiting` means that nobody has been with the patient and the referral is open.
    """
    if not is_waiting:
        return ()
    if not is_accepted:
        return (_ACCEPT,)
    return () if is_hub_open else (_HOLD,)


def held_until(accepted_at: dt.datetime, hours: OpeningHours, settings: ClockSettings) -> dt.datetime:
    """Give until when (UTC) whoever accepted a night's patient holds them, where nobody else has them before.

    Until the next morning; where the hub opens on that day, until it warns of its closing: by then the
    patient was given back, or is held for another night, by name.
    """
    day = local_day(accepted_at)
    while True:
        morning, opening = from_local(day, NIGHT_ENDS), hours.on(day)
        ends_at = morning if opening is None else closing_warning_at(opening.closes_at, settings)
        if min(morning, ends_at) > accepted_at:
            return ends_at
        day += _ONE_DAY


def asked_anew(hub: str, held_by: str, *, opens: bool) -> str:
    """Say what is asked once that is over: of a hub that opened today, or of one that does not open."""
    if opens:
        return (
            f"{held_by} held the patient for the night, and they were not given back to {hub}."
            " Accept them by name for another night, then give them back or hold them."
        )
    return (
        f"{hub} does not open today, and {held_by} held the patient until now."
        " Accept them by name, or move them to a hub that is open."
    )
