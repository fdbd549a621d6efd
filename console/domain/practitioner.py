"""What a practitioner is doing now, derived from shift and visits; and when they may go off duty."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from console.domain.words import Availability, Placement, VisitStatus

_FROM_VISIT = {
    VisitStatus.ON_SCENE: Availability.ON_SCENE,
    VisitStatus.EN_ROUTE: Availability.EN_ROUTE,
    VisitStatus.ACKNOWLEDGED: Availability.ACKNOWLEDGED,
    VisitStatus.ALLOCATED: Availability.ALLOCATED,
}


@dataclass(frozen=True, slots=True)
class Duty:
    """A practitioner's current shift; times are aware UTC, None when it has not happened."""

    placement: Placement
    starts_at: dt.datetime
    ends_at: dt.datetime
    on_at: dt.datetime | None = None
    off_at: dt.datetime | None = None

    @property
    def is_on(self) -> bool:
        """Whether the practitioner has come on and not gone off; a shift that runs over is still duty."""
        return self.on_at is not None and self.off_at is None


def availability(
    duty: Duty | None, visits: Iterable[VisitStatus], *, sees_hub_patient: bool = False
) -> Availability:
    """Give what a practitioner is doing: the furthest of the active visits, else a hub patient, else free.

    Somebody with a visit in hand is never shown as off duty, whatever the shift says.
    """
    statuses = set(visits)
    for status, word in _FROM_VISIT.items():
        if status in statuses:
            return word
    if sees_hub_patient:
        return Availability.AT_HUB
    return Availability.FREE if duty is not None and duty.is_on else Availability.OFF_DUTY


def reasons_not_to_go_on(duty: Duty, now: dt.datetime) -> tuple[str, ...]:
    """Give why a practitioner may not come on duty for this shift; up to an hour early is fine."""
    if duty.off_at is not None:
        return ("This shift has ended already: plan another.",)
    if duty.on_at is not None:
        return ("The practitioner is on duty already.",)
    if now < duty.starts_at - dt.timedelta(hours=1):
        return ("This shift does not start within the hour: change its hours if it starts earlier.",)
    return ("This shift is over: plan another.",) if now >= duty.ends_at else ()


def reasons_not_to_go_off(name: str, in_hand: Sequence[str]) -> tuple[str, ...]:
    """Give why a practitioner may not go off duty: visits and hub patients in hand, by referral number."""
    if not in_hand:
        return ()
    return (f"{name} has {', '.join(in_hand)} in hand: finish, hand back or reassign first.",)
