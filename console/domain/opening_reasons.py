"""Why a record is opened: said by the way in which it is, and in words outside of the work at hand."""

import datetime as dt

from console.domain.words import Role

WORKING = "working this referral"
STILL = "still working this referral"
TAKING_IN = "taking in a further referral"
ALLOCATING = "allocating a visit"
IDENTITY = "checking who this is"
ADDRESS = "correcting the visit address"
MARKING = "adding a marker"
RINGING = "recording a contact"
REPORTING = "working its outcome report"
UNDOING = "taking one's own step back"

AT_HAND = dt.timedelta(hours=24)
"""So long after it ended a referral is still the day's work: outcomes are entered, and mistakes are found."""
LEAST = 3
"""Letters of a reason: the database refuses fewer."""
SAY_WHY = "Say why you open this record."
ENDED = "This referral has ended, and nothing about it is owed. Say in your own words why you open it."
ELSEWHERE = (
    "Only other hubs know this patient, and what they recorded is not shown here: ask for address, telephone"
    " and practice."
)
AUDITOR = "Say in your own words why you open this record: an auditor works no referral."


def reasons_to_be_told(
    role: Role, *, closed_at: dt.datetime | None, is_owed: bool, now: dt.datetime
) -> tuple[str, ...]:
    """Give why words are needed where none were given; empty where the work itself is the reason."""
    if role is Role.AUDITOR:
        return (AUDITOR,)
    is_over = closed_at is not None and now - closed_at > AT_HAND
    return (ENDED,) if is_over and not is_owed else ()
