"""999: an ambulance that is asked for stays on the board until the crew has taken the patient over."""

import datetime as dt
from dataclasses import dataclass

from console.domain.permissions import Deed, reasons_not_permitted
from console.domain.words import Role


@dataclass(frozen=True, slots=True)
class AmbulanceCall:
    """What is recorded of a 999 call; None or empty means not recorded yet."""

    reference: str | None = None
    accepted_by: str | None = None
    accepted_at: dt.datetime | None = None
    taken_over_at: dt.datetime | None = None

    @property
    def is_taken_over(self) -> bool:
        """Whether nothing about this call is owed any more."""
        return not what_is_owed(self)


def what_is_owed(call: AmbulanceCall) -> tuple[str, ...]:
    """Give what has still to be recorded before the patient may leave the board, in the order of asking."""
    owed = (
        (not (call.reference or "").strip(), "Record the ambulance reference."),
        (not (call.accepted_by or "").strip(), "Record who accepted the call."),
        (call.accepted_at is None, "Record when the call was accepted."),
        (call.taken_over_at is None, "Record when the crew took the patient over."),
    )
    return tuple(words for is_owed, words in owed if is_owed)


def reasons_not_to_record(call: AmbulanceCall, now: dt.datetime) -> tuple[str, ...]:
    """Give why this record of a 999 call cannot be right; a part that is not known yet may stay empty."""
    reasons = []
    if call.taken_over_at is not None and what_is_owed(call):
        reasons.append("A crew takes over after the call is accepted: record its reference, who and when.")
    if call.accepted_at and call.taken_over_at and call.taken_over_at < call.accepted_at:
        reasons.append("The crew cannot have taken over before the call was accepted: check both times.")
    if any(at is not None and at > now for at in (call.accepted_at, call.taken_over_at)):
        reasons.append("This time has not come yet: record only what has happened.")
    return tuple(reasons)


def reasons_not_to_stand_down(role: Role, registration: str | None, reason: str) -> tuple[str, ...]:
    """Give why this person may not stand a 999 request down: that takes a registered clinician."""
    reasons = list(reasons_not_permitted(role, Deed.STAND_DOWN))
    if not reasons and not (registration or "").strip():
        reasons.append("Your registration is not recorded, and standing down takes a registered clinician.")
    if not reason.strip():
        reasons.append("Say why no ambulance is needed.")
    return tuple(reasons)
