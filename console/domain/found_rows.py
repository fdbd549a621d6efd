"""What a part of a name may mean beyond what stands on the board: the answers of `services.finding`."""

import datetime as dt
from dataclasses import dataclass

from console.domain.words import Profession, ReferralStatus, ReportStatus


@dataclass(frozen=True, slots=True)
class PatientFound:
    """A patient with the newest referral that the person who looks may see."""

    patient_id: int
    family_name: str
    given_name: str
    birth_date: dt.date | None
    nhs_number: str | None
    referral_id: int
    referral_number: str
    status: ReferralStatus
    received_at: dt.datetime


@dataclass(frozen=True, slots=True)
class ReportFound:
    """A report that its practice has accepted: it has left the board."""

    id: int
    referral_id: int
    referral_number: str
    family_name: str
    given_name: str
    practice: str | None
    practice_code: str | None
    status: ReportStatus
    accepted_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class PractitionerFound:
    """One who works for the service, whether on duty or not."""

    id: int
    name: str
    profession: Profession


@dataclass(frozen=True, slots=True)
class PracticeFound:
    """A practice as a search shows it."""

    id: int
    ods_code: str
    name: str
    postcode: str | None
    phone: str | None


@dataclass(frozen=True, slots=True)
class PlaceFound:
    """A practice, a town or a postcode, and where on earth it lies; `at` is latitude and longitude."""

    kind: str  # practice, town or postcode
    name: str
    below: str = ""
    at: tuple[float, float] | None = None
    practice_id: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """Everything that was found for one text; `cut` says that there is more than is shown."""

    patients: tuple[PatientFound, ...] = ()
    reports: tuple[ReportFound, ...] = ()
    practitioners: tuple[PractitionerFound, ...] = ()
    places: tuple[PlaceFound, ...] = ()
    cut: bool = False
