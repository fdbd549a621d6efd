"""The clocks: what starts each, and when it is due. Figures: product defaults, clocks table.

Every function takes first times only: when the referral was received, when it was first triaged, when the
patient arrived, when the practitioner was clear. There is no way to hand in a later one, so handing back,
reassigning or moving a patient to the other hub restarts nothing.
"""

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache

from console.domain.calendar import WorkingCalendar, from_local, local
from console.domain.clinical_words import DueClock, Severity
from console.domain.dispositions import disposition
from console.domain.words import PRIORITY_LABELS


@dataclass(frozen=True, slots=True)
class ClockSettings:
    """Every figure of the clocks, in minutes unless the name says otherwise (product defaults)."""

    triage_urgent: int = 20
    triage_routine: int = 60
    response_emergency: int = 30
    response_acute: int = 60
    response_urgent: int = 120
    response_routine: int = 360
    hub_arrival: int = 15
    report_due: int = 180
    report_latest: dt.time = dt.time(8, 0)
    delivery_hours: int = 24
    acknowledgement_working_days: int = 2
    uncollected_days: int = 5
    expected_clear: int = 45
    welfare_call: int = 15
    welfare_supervisor: int = 30
    waiting_call: int = 60
    failed_contact_attempts: int = 3
    failed_contact_window: int = 30
    closing_warning: dt.time = dt.time(18, 30)

    def response_minutes(self, priority: int) -> int:
        """Give the response time of a priority 1 to 4; ValueError for any other."""
        frames = (self.response_emergency, self.response_acute, self.response_urgent, self.response_routine)
        if not 1 <= priority <= len(frames):
            raise ValueError(f"A priority is 1 to {len(frames)}, not {priority}.")
        return frames[priority - 1]


DEFAULTS = ClockSettings()


@lru_cache(maxsize=1024)
def minutes(count: float) -> dt.timedelta:
    """Give a length of time in minutes."""
    return dt.timedelta(minutes=count)


def triage_due_at(
    received_at: dt.datetime, *, is_routine_request: bool, settings: ClockSettings = DEFAULTS
) -> dt.datetime:
    """Give when triage is due: 20 minutes after receipt, 60 only when asked for as routine."""
    return received_at + minutes(settings.triage_routine if is_routine_request else settings.triage_urgent)


def response_due_at(
    first_triaged_at: dt.datetime, priority: int, settings: ClockSettings = DEFAULTS
) -> dt.datetime:
    """Give when the patient must be seen or spoken to, counted from the first triage whatever came after."""
    return first_triaged_at + minutes(settings.response_minutes(priority))


def disposition_starts_at(
    stated_at: dt.datetime | None, received_at: dt.datetime
) -> tuple[dt.datetime, bool]:
    """Give when the 111 clock starts, and whether it had to be the receipt and must be flagged."""
    return (stated_at, False) if stated_at is not None else (received_at, True)


def disposition_due_at(
    code: str | None, starts_at: dt.datetime, calendar: WorkingCalendar
) -> dt.datetime | None:
    """Give when a 111 disposition is due, or None when there is no code or it gives no time."""
    return disposition(code).due_at(starts_at, calendar) if code else None


@dataclass(frozen=True, slots=True)
class ReferralTimes:
    """The first times of one referral, from which its due time follows; None means not known or not yet."""

    received_at: dt.datetime
    is_routine_request: bool = False
    first_triaged_at: dt.datetime | None = None
    priority: int | None = None
    disposition: str | None = None
    disposition_at: dt.datetime | None = None
    downgraded_at: dt.datetime | None = None
    asks_ambulance: bool = False
    # When 999 was asked for here; None where the message that came in asked for it.
    ambulance_asked_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """When a referral is due, by which clock, and why, in a sentence."""

    due_at: dt.datetime
    clock: DueClock
    reason: str


def due(times: ReferralTimes, calendar: WorkingCalendar, settings: ClockSettings = DEFAULTS) -> Due:
    """Give the clock that holds: an asked-for ambulance at once, else the earliest clock that runs.

    Triage runs until the first triage, response from then on. A 111 disposition runs beside them until a
    clinical downgrade is recorded.
    """
    if times.asks_ambulance:
        reason = "An ambulance is asked for: confirm the crew's take-over now."
        return Due(times.ambulance_asked_at or times.received_at, DueClock.AMBULANCE, reason)
    running = [_triage_or_response(times, settings)]
    if times.downgraded_at is None:
        running += _disposition(times, calendar)
    return min(running, key=lambda one: one.due_at)


def _triage_or_response(times: ReferralTimes, settings: ClockSettings) -> Due:
    if times.first_triaged_at is None or times.priority is None:
        at = triage_due_at(times.received_at, is_routine_request=times.is_routine_request, settings=settings)
        return Due(at, DueClock.TRIAGE, "It needs triage by a clinician.")
    at = response_due_at(times.first_triaged_at, times.priority, settings)
    label = PRIORITY_LABELS[times.priority].lower()
    frame = settings.response_minutes(times.priority)
    return Due(at, DueClock.RESPONSE, f"Priority {label}: {frame} minutes from the first triage.")


def _disposition(times: ReferralTimes, calendar: WorkingCalendar) -> list[Due]:
    starts_at, is_flagged = disposition_starts_at(times.disposition_at, times.received_at)
    at = disposition_due_at(times.disposition, starts_at, calendar)
    if at is None or times.disposition is None:
        return []
    meaning = disposition(times.disposition)
    start = "counted from receipt, because the message gives no time" if is_flagged else "from the 111 call"
    return [Due(at, DueClock.DISPOSITION, f"111 disposition {meaning.code}: {meaning.text}, {start}.")]


def leave_by_at(due_at: dt.datetime, travel_minutes: float) -> dt.datetime:
    """Give when someone must set off to be there in time; `travel_minutes` is the journey."""
    return due_at - minutes(travel_minutes)


def stream_due_at(arrived_at: dt.datetime, settings: ClockSettings = DEFAULTS) -> dt.datetime:
    """Give when a new arrival at a hub must have been streamed: 15 minutes after arriving."""
    return arrived_at + minutes(settings.hub_arrival)


def report_due_at(clear_at: dt.datetime, settings: ClockSettings = DEFAULTS) -> dt.datetime:
    """Give when the outcome report must be signed and sent: 3 hours after clear."""
    return clear_at + minutes(settings.report_due)


def report_latest_at(
    clear_at: dt.datetime, calendar: WorkingCalendar, settings: ClockSettings = DEFAULTS
) -> dt.datetime:
    """Give the first 08:00 of a working day in England that is not before the report is due.

    Out-of-hours National Quality Requirement 2. A contact of the small hours is so reported that same
    morning.
    """
    return calendar.working_morning_after(report_due_at(clear_at, settings), settings.report_latest)


@dataclass(frozen=True, slots=True)
class DeliveryDue:
    """When a sent report must have been collected, acknowledged, and when it is given up as uncollected."""

    infrastructure_at: dt.datetime
    acknowledged_at: dt.datetime
    uncollected_at: dt.datetime


def delivery_due(
    sent_at: dt.datetime, calendar: WorkingCalendar, settings: ClockSettings = DEFAULTS
) -> DeliveryDue:
    """Give the delivery clocks of a sent report: 24 hours, the same time 2 working days on, 5 days."""
    wall = local(sent_at)
    working_day = calendar.working_days_after(wall.date(), settings.acknowledgement_working_days)
    return DeliveryDue(
        sent_at + dt.timedelta(hours=settings.delivery_hours),
        from_local(working_day, wall.time()),
        sent_at + dt.timedelta(days=settings.uncollected_days),
    )


@dataclass(frozen=True, slots=True)
class WelfareDue:
    """When a practitioner who should be clear is called, and when the supervisor takes over."""

    call_at: dt.datetime
    supervisor_at: dt.datetime


def welfare_due(expected_clear_at: dt.datetime, settings: ClockSettings = DEFAULTS) -> WelfareDue:
    """Give the lone-worker clocks: a call 15 minutes after the expected clear, the supervisor after 30."""
    return WelfareDue(
        expected_clear_at + minutes(settings.welfare_call),
        expected_clear_at + minutes(settings.welfare_supervisor),
    )


def severity(due_at: dt.datetime, now: dt.datetime, soon_minutes: int = 30) -> Severity:
    """Tell whether something is in time, due within `soon_minutes`, or over."""
    if now > due_at:
        return Severity.OVER
    return Severity.SOON if due_at - now <= minutes(soon_minutes) else Severity.IN_TIME
