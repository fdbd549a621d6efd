"""The rows of one record, and of those who are chosen from lists; everybody imports them from `rows`."""

import datetime as dt
from dataclasses import dataclass

from console.domain.board_rows import PractitionerRow, ReferralRow, TaskRow
from console.domain.found_rows import PracticeFound
from console.domain.report_rows import ReportRow
from console.domain.undo import BY_MISTAKE
from console.domain.words import (
    Availability,
    Channel,
    Gender,
    MarkerKind,
    Profession,
    Role,
)


@dataclass(frozen=True, slots=True)
class StepRow:
    """One line of a referral's timeline: what happened when, and who entered it when."""

    id: int
    referral_id: int | None
    words: str
    kind: str
    happened_at: dt.datetime
    entered_at: dt.datetime
    by: str
    role: Role
    on_behalf_of: str | None
    channel: Channel | None
    said: str
    can_undo: bool
    from_paper: bool = False
    is_undone: bool = False


@dataclass(frozen=True, slots=True)
class MarkerRow:
    """A warning about a patient or a place, with whether it is acknowledged for the referral being read."""

    id: int
    kind: MarkerKind
    words: str
    on_place: bool
    owner: str
    review_on: dt.date
    acknowledged_by: str | None
    acknowledged_at: dt.datetime | None
    version: int = 1


@dataclass(frozen=True, slots=True)
class KeySafeRow:
    """That a key-safe code is kept, and since when by whom; never the code itself."""

    changed_at: dt.datetime
    changed_by: str


@dataclass(frozen=True, slots=True)
class PatientBanner:
    """Who the single-patient view is about, in the order that NHS identity rules ask for."""

    id: int
    version: int
    title: str
    family_name: str
    given_name: str
    birth_date: dt.date | None
    gender: Gender
    nhs_number: str | None
    nhs_number_verified: bool
    deceased_at: dt.datetime | None
    phone: str | None
    home_address: str
    home_postcode: str | None


@dataclass(frozen=True, slots=True)
class ContactRow:
    """One thing said to or by somebody about the referral."""

    id: int
    happened_at: dt.datetime
    entered_at: dt.datetime
    by: str
    contact_with: str
    channel: Channel
    number: str | None
    result: str
    said: str


@dataclass(frozen=True, slots=True)
class ReferralRecord:
    """All that the side panel shows of one referral; read through an opening of the record."""

    row: ReferralRow
    patient: PatientBanner
    narrative: str
    caller: str
    caller_phone: str | None
    phones: tuple[str, ...]
    issues: tuple[str, ...]
    timeline: tuple[StepRow, ...]
    markers: tuple[MarkerRow, ...]
    contacts: tuple[ContactRow, ...]
    reports: tuple[ReportRow, ...]
    tasks: tuple[TaskRow, ...]
    key_safe: KeySafeRow | None = None
    closed_at: dt.datetime | None = None
    closed_because: str = ""

    @property
    def end(self) -> str:
        """How it ended, in one word; of what was taken back no sender has cancelled anything."""
        return BY_MISTAKE if self.closed_because == BY_MISTAKE else self.row.status.label


@dataclass(frozen=True, slots=True)
class PractitionerName:
    """One who works for the service, whether on duty or not; for coming on duty."""

    id: int
    name: str
    profession: Profession


@dataclass(frozen=True, slots=True)
class Person:
    """A named person who may act, with the roles and hubs that are theirs."""

    id: int
    login: str
    name: str
    roles: tuple[Role, ...]
    hub_ids: tuple[int, ...]
    practitioner_id: int | None
    registration: str | None
    mail: str | None = None


@dataclass(frozen=True, slots=True)
class PossibleDuplicate:
    """A patient or open referral that may be the one being entered; minimal on purpose."""

    patient_id: int
    family_name: str
    given_name: str
    birth_date: dt.date | None
    nhs_number: str | None
    open_referral_number: str | None
    open_referral_id: int | None
    because: str
    is_elsewhere: bool = False  # known to hubs only that whoever looks does not see


@dataclass(frozen=True, slots=True)
class KnownDetails:
    """What is recorded of a patient that a further referral of them asks for again."""

    home_address: str
    home_postcode: str | None
    phone: str | None
    other_phones: tuple[str, ...]
    practice: PracticeFound | None
    is_practice_open: bool


@dataclass(frozen=True, slots=True)
class Near:
    """How near a candidate is, as far as it is known: their place in the order (1 is first), and why.

    `minutes` is about how long the way takes, `there_at` about when they could be there; None: not known.
    """

    rank: int | None
    minutes: int | None
    there_at: dt.datetime | None
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CandidateRow:
    """A practitioner whom the dialog offers for a visit: why not (then greyed), and what to know if so."""

    practitioner: PractitionerRow
    reasons: tuple[str, ...]
    notes: tuple[str, ...]
    near: Near | None = None

    @property
    def is_allowed(self) -> bool:
        """Whether the rule lets this practitioner be sent."""
        return not self.reasons

    @property
    def in_hand(self) -> int:
        """How many visits they have in hand; `allocate` is told, so that two people do not send one twice."""
        engaged = {Availability.ACKNOWLEDGED, Availability.EN_ROUTE, Availability.ON_SCENE}
        return self.practitioner.waiting_visits + (self.practitioner.availability in engaged)
