"""The rows of the board; everybody imports them from `rows`."""

import datetime as dt
from dataclasses import dataclass

from console.domain.opening import day_that_closes
from console.domain.report_rows import ReportRow
from console.domain.visit_address import title_of
from console.domain.words import (
    Availability,
    Employer,
    Gender,
    Placement,
    PracticeLink,
    Profession,
    QueueStatus,
    RecordAccess,
    ReferralStatus,
    Role,
    Source,
    Stream,
    TaskKind,
    VisitStatus,
)


@dataclass(frozen=True, slots=True)
class ReferralRow:
    """One open referral as the board shows it; everything that the row and the commands on it need."""

    id: int
    number: str
    version: int
    hub_id: int
    hub: str
    patient_id: int
    family_name: str
    given_name: str
    birth_date: dt.date | None
    gender: Gender
    nhs_number: str | None
    nhs_number_verified: bool
    source: Source
    status: ReferralStatus
    priority: int | None
    problem: str
    stream: Stream | None
    gp_needed: bool
    received_at: dt.datetime
    triage_due_at: dt.datetime | None
    due_at: dt.datetime | None
    due_clock: str
    frame_from: dt.datetime
    disposition: str | None
    address: str
    postcode: str | None
    area: str
    lat: float | None
    lon: float | None
    phone: str | None
    practice: str | None
    practice_code: str | None
    practice_link: PracticeLink
    record_access: RecordAccess
    asks_ambulance: bool
    ambulance_reference: str | None
    worse_at: dt.datetime | None
    acknowledgement_owed: bool
    flags: tuple[str, ...]
    markers: int
    markers_unacknowledged: int
    visit_id: int | None
    visit_version: int | None
    visit_status: VisitStatus | None
    visit_at: dt.datetime | None
    practitioner_id: int | None
    practitioner: str | None
    queue_entry_id: int | None
    queue_status: QueueStatus | None
    # Since when somebody has been with the patient, one of ours or a crew; None while they wait.
    met_at: dt.datetime | None = None
    # When the practitioner who is out for this visit is to be clear.
    expected_clear_at: dt.datetime | None = None
    # Since when a clinician is asked to decide about a patient whom nobody reaches; None once decided.
    failed_contact_at: dt.datetime | None = None

    @property
    def is_untriaged(self) -> bool:
        """Whether a clinician has still to triage it."""
        return self.status is ReferralStatus.RECEIVED

    @property
    def word(self) -> str:
        """The board's one word for where this referral stands, derived from the four lives."""
        if self.asks_ambulance:
            return "999: take-over owed" if self.ambulance_reference else "999: reference owed"
        if self.visit_status is not None and self.visit_status.is_active:
            return self.visit_status.label
        if self.queue_status is not None and self.queue_status.is_open:
            return f"Hub: {self.queue_status.label.lower()}"
        if self.is_seen:
            return "Seen: close owed"
        return "Clinician decides" if self.awaits_decision else self.status.label

    @property
    def is_seen(self) -> bool:
        """Whether our care has ended and only something about it keeps the referral open."""
        return self._is_nobodys and self.status.is_open and self.met_at is not None

    @property
    def is_waiting(self) -> bool:
        """Whether the patient waits for somebody to be sent."""
        return self._is_nobodys and self.met_at is None

    @property
    def awaits_decision(self) -> bool:
        """Whether nobody reached the patient, who waits until a clinician has decided what happens."""
        return self.is_waiting and not self.is_untriaged and self.failed_contact_at is not None

    @property
    def _is_nobodys(self) -> bool:
        return self.visit_status is None and self.queue_status is None


@dataclass(frozen=True, slots=True)
class PractitionerRow:
    """One practitioner with what can be asked of them now."""

    id: int
    version: int
    name: str
    profession: Profession
    grade: str
    employer: Employer
    competences: tuple[str, ...]
    phone: str | None
    hub_id: int | None
    hub: str | None
    shift_id: int | None
    shift_version: int | None
    placement: Placement | None
    is_remote: bool
    shift_starts_at: dt.datetime | None
    shift_ends_at: dt.datetime | None
    on_at: dt.datetime | None
    availability: Availability
    since: dt.datetime | None
    referral_id: int | None
    referral_number: str | None
    waiting_visits: int
    expected_clear_at: dt.datetime | None
    lat: float | None
    lon: float | None
    accuracy_m: float | None
    position_source: str | None
    position_at: dt.datetime | None
    # Since when nobody reaches them, who work alone; None once somebody has said that they were found.
    unanswered_since: dt.datetime | None = None

    @property
    def visits_behind(self) -> int:
        """How many visits wait behind the one that this row names, which waits too until acknowledged."""
        return max(self.waiting_visits - (self.availability is Availability.ALLOCATED), 0)


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One open hub queue entry."""

    id: int
    version: int
    hub_id: int
    hub: str
    referral_id: int
    referral_number: str
    referral_version: int
    patient_id: int
    family_name: str
    given_name: str
    birth_date: dt.date | None
    gender: Gender
    problem: str
    status: QueueStatus
    stream: Stream | None
    priority: int | None
    gp_needed: bool
    booked_for_at: dt.datetime | None
    arrived_at: dt.datetime | None
    stream_due_at: dt.datetime | None
    streamed_at: dt.datetime | None
    due_at: dt.datetime | None
    practitioner_id: int | None
    practitioner: str | None
    being_seen_at: dt.datetime | None
    worse_at: dt.datetime | None
    flags: tuple[str, ...]
    # Control took whoever saw the patient, and nobody at the hub has acknowledged it.
    acknowledgement_owed: bool = False


@dataclass(frozen=True, slots=True)
class HubRow:
    """One hub and its opening today (UTC); both None when it stays closed."""

    id: int
    version: int
    code: str
    name: str
    phone: str | None
    lat: float | None
    lon: float | None
    opens_at: dt.datetime | None
    closes_at: dt.datetime | None
    is_closed_down: bool
    diverts_to: str | None
    diverts_until: dt.datetime | None
    diverted_by: str | None
    # When it should have closed, until somebody closes it or it opens again.
    left_open_at: dt.datetime | None = None

    def is_open(self, now: dt.datetime) -> bool:
        """Whether the hub takes patients now: in its hours, and not closed for the day."""
        if self.is_closed_down or self.opens_at is None or self.closes_at is None:
            return False
        return self.opens_at <= now < self.closes_at

    def day_that_closes(self, now: dt.datetime) -> dt.datetime:
        """A moment of the day for which the hub would be closed now."""
        return day_that_closes(now, self.left_open_at, self.opens_at)


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One open task for a role in a hub; `accepted_by` names who took it."""

    id: int
    version: int
    hub_id: int
    hub: str
    role: Role
    kind: TaskKind
    subject: str  # such as report:12: what it is about
    words: str
    referral_id: int | None
    referral_number: str | None
    report_id: int | None
    practitioner_id: int | None
    due_at: dt.datetime
    created_at: dt.datetime
    accepted_by: str | None
    accepted_at: dt.datetime | None

    @property
    def title(self) -> str:
        """What it asks, in few words."""
        return title_of(self.kind, self.subject)


@dataclass(frozen=True, slots=True)
class Board:
    """The whole board at one moment, as read on every connect; `as_of` is the server's clock."""

    as_of: dt.datetime
    hubs: tuple[HubRow, ...]
    referrals: tuple[ReferralRow, ...]
    practitioners: tuple[PractitionerRow, ...]
    queue: tuple[QueueRow, ...]
    reports: tuple[ReportRow, ...]
    tasks: tuple[TaskRow, ...]


@dataclass(frozen=True, slots=True)
class BoardDelta:
    """Rows re-read after a change; ids in `gone_*` no longer stand on the board."""

    as_of: dt.datetime
    hubs: tuple[HubRow, ...] = ()
    referrals: tuple[ReferralRow, ...] = ()
    practitioners: tuple[PractitionerRow, ...] = ()
    queue: tuple[QueueRow, ...] = ()
    reports: tuple[ReportRow, ...] = ()
    tasks: tuple[TaskRow, ...] = ()
    gone_referrals: frozenset[int] = frozenset()
    gone_practitioners: frozenset[int] = frozenset()
    gone_queue: frozenset[int] = frozenset()
    gone_reports: frozenset[int] = frozenset()
    gone_tasks: frozenset[int] = frozenset()
