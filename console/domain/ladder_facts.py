"""What the ladders need to know of each kind of subject; all times are aware UTC."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from console.domain.ladder import Resting
from console.domain.words import Availability, ReferralStatus, ReportStatus, VisitStatus


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """One outcome report; `author` is the recipient who writes it (`staff:ID`), None without an account.

    `is_released` means that it waits for nobody's signature, though nobody has signed it.
    """

    status: ReportStatus
    number: str
    due_at: dt.datetime
    latest_at: dt.datetime
    author: str | None = None
    author_has_mail: bool = False
    supervisor_has_mail: bool = False
    is_released: bool = False
    sent_at: dt.datetime | None = None
    resting: Sequence[Resting] = ()


@dataclass(frozen=True, slots=True)
class PracticeFacts:
    """One practice and when each of its unanswered reports was to be called about.

    `uncollected_at` is when each report that nobody fetched is given up, `failed_at` its calls in vain since
    the last one that reached somebody, `done_at` when call lists were finished.
    """

    name: str
    call_at: Sequence[dt.datetime] = ()
    uncollected_at: Sequence[dt.datetime] = ()
    failed_at: Sequence[dt.datetime] = ()
    done_at: Sequence[dt.datetime] = ()
    resting: Sequence[Resting] = ()


@dataclass(frozen=True, slots=True)
class Untold:
    """That somebody does not know where to go: since when, and when it was last asked to tell them."""

    since: dt.datetime
    asked_at: dt.datetime
    words: str


@dataclass(frozen=True, slots=True)
class VisitFacts:
    """One visit; `welfare_done_at` is when each welfare check about it was answered, the earliest first.

    `is_looked_for` says that its practitioner does not answer, and that the desk looks for them.
    `free_from` is when the practitioner became clear of the visit before it. `untold` is what somebody asked
    to tell them about the address.
    """

    status: VisitStatus
    number: str
    practitioner: str
    allocated_at: dt.datetime
    is_busy_elsewhere: bool = False
    free_from: dt.datetime | None = None
    en_route_at: dt.datetime | None = None
    expected_clear_at: dt.datetime | None = None
    welfare_done_at: Sequence[dt.datetime] = ()
    untold: Untold | None = None
    is_looked_for: bool = False
    resting: Sequence[Resting] = ()


@dataclass(frozen=True, slots=True)
class ShiftFacts:
    """One shift: who works it, what of it they have not signed, where they were last seen and what they do.

    `is_on_a_visit` means on the way or with a patient: who has only said yes to a visit is not.
    """

    practitioner: str
    ends_at: dt.datetime
    on_at: dt.datetime | None
    off_at: dt.datetime | None = None
    author: str | None = None
    author_has_mail: bool = False
    unsigned: int = 0
    is_on_a_visit: bool = False
    safe_home_done_at: Sequence[dt.datetime] = ()
    doing: Availability = Availability.FREE
    has_device: bool = False
    position_at: dt.datetime | None = None
    resting: Sequence[Resting] = ()


@dataclass(frozen=True, slots=True)
class ReferralFacts:
    """One referral; `calls_done_at` is when each waiting call was made, the earliest first.

    `decide_from` is from when a clinician decides about a patient who cannot be reached, after
    `failed_attempts`, the first of them at `failed_since`; None when nothing is to be decided. `untold` is
    what somebody asked to tell ambulance control, while 999 is asked for.
    """

    status: ReferralStatus
    number: str
    priority: int | None = None
    triage_due_at: dt.datetime | None = None
    due_at: dt.datetime | None = None
    seen_at: dt.datetime | None = None
    asks_ambulance: bool = False
    taken_over_at: dt.datetime | None = None
    calls_done_at: Sequence[dt.datetime] = ()
    decide_from: dt.datetime | None = None
    failed_attempts: int = 0
    failed_since: dt.datetime | None = None
    untold: Untold | None = None
    resting: Sequence[Resting] = ()


@dataclass(frozen=True, slots=True)
class HubFacts:
    """One hub today: its closing, how many patients are in its queue, and how many nobody holds at home."""

    name: str
    day: int
    # When it opens today: until then it may stand at the closing that nobody made.
    opens_at: dt.datetime | None = None
    closes_at: dt.datetime | None = None
    warning_at: dt.datetime | None = None
    is_closed_down: bool = False
    patients: int = 0
    at_home: int = 0
    cannot_be_seen: int = 0
    resting: Sequence[Resting] = ()
