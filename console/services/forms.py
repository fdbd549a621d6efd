"""What people fill in, as plain values: light to import, so that a dialog needs no database."""

import datetime as dt
from dataclasses import dataclass, field

from console.domain.words import Gender, PracticeLink, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class NewReferral:
    """One referral as it is taken in, by telephone, in person or from a message.

    `visit_address` and `visit_postcode` are None when the patient is seen at home. `stated_priority` is the
    sender's; it counts as triage only from a GP or a CAS clinician (`stated_by_clinician`).
    `other_dispositions` are further 111 codes that came along: their times are not used, but when one asks
    for an ambulance, so does the referral, until a clinician stands it down. `patient_id`
    tracks a patient who is known already; `hub_id` is None when the hub follows from practice and postcode.
    """

    source: Source
    family_name: str
    problem: str
    given_name: str = ""
    title: str = ""
    birth_date: dt.date | None = None
    gender: Gender = Gender.UNKNOWN
    nhs_number: str | None = None
    nhs_number_verified: bool = False
    phone: str | None = None
    other_phones: tuple[str, ...] = ()
    home_address: str = ""
    home_postcode: str | None = None
    visit_address: str | None = None
    visit_postcode: str | None = None
    caller: str = ""
    caller_phone: str | None = None
    practice_id: int | None = None
    practice_link: PracticeLink | None = None
    narrative: str = ""
    stated_priority: int | None = None
    stated_by_clinician: bool = True
    is_routine: bool = False
    disposition: str | None = None
    disposition_at: dt.datetime | None = None
    other_dispositions: tuple[str, ...] = ()
    gp_needed: bool = False
    patient_id: int | None = None
    hub_id: int | None = None
    received_at: dt.datetime | None = None
    identity_read_back: bool = False
    flags: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()
    received_message_id: int | None = None
    sender_reference: str | None = None
    key_safe_code: str = field(default="", repr=False)
    key_safe_place: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who the patient is, as corrected by a person who has asked for two identifiers."""

    family_name: str
    given_name: str = ""
    title: str = ""
    birth_date: dt.date | None = None
    gender: Gender = Gender.UNKNOWN
    nhs_number: str | None = None
    nhs_number_verified: bool = False
    phone: str | None = None
    other_phones: tuple[str, ...] | None = None  # as they are
    home_address: str = ""
    home_postcode: str | None = None
