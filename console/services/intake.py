"""Taking a referral in: who the patient is, where they are, which hub has them, what is left to do."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from console.domain import triage
from console.domain.calendar import local
from console.domain.dispositions import disposition
from console.domain.identifiers import is_phone, normalise_nhs_number, normalise_phone, normalise_postcode
from console.domain.identity import NOT_READ_BACK
from console.domain.moves import reasons_not_to_have_happened
from console.domain.refusals import Refused
from console.domain.words import (
    PRIORITY_LABELS,
    PracticeLink,
    ReferralStatus,
    Role,
    Source,
    Stream,
    TaskKind,
)
from console.planning.places import Places
from console.services import due, key_safes, safety
from console.services.basis import Basis, refuse
from console.services.forms import NewReferral
from console.services.hub_choice import hub_for
from db import patient_details
from db.models import Hub, Patient, Practice, Referral
from db.queries import lookups, search
from db.unit_of_work import UnitOfWork


@dataclass(slots=True)
class _Reading:
    """Reads the typed values: refuses a person who can still correct them, notes what a message got wrong."""

    is_message: bool
    issues: list[str]

    def postcode(self, text: str | None) -> str | None:
        return self._normal(text, normalise_postcode, "The postcode of the message is not a UK postcode.")

    def nhs_number(self, text: str | None) -> str | None:
        return self._normal(text, normalise_nhs_number, "The NHS number of the message is not valid.")

    def _normal(self, text: str | None, normalise: Callable[[str], str], issue: str) -> str | None:
        if text is None or not text.strip():
            return None
        try:
            return normalise(text)
        except Refused:
            if not self.is_message:
                raise
            said = f"{issue} It says: {text.strip()}"
            if said not in self.issues:
                self.issues.append(said)
            return None


def take_in(work: UnitOfWork, basis: Basis, form: NewReferral) -> Referral:
    """Write a new referral with its patient, clocks, hub and tasks."""
    reading = _Reading(form.received_message_id is not None, list(form.issues))
    received_at = form.received_at or work.now
    refuse(_reasons_not_to_take(form, received_at, work.now))
    patient = _patient(work, basis, form, reading)
    practice = work.get(Practice, form.practice_id) if form.practice_id is not None else None
    postcode = reading.postcode(form.visit_postcode if form.visit_address else form.home_postcode)
    hub = hub_for(work, basis.places, form.hub_id, practice, postcode)
    referral = _referral(work, form, min(received_at, work.now), patient, hub)
    referral.contact_phone = _number(basis, patient, form)
    place(referral, basis.places, form.visit_address or form.home_address, postcode)
    _judge(referral, form, reading.issues)
    if reading.is_message:
        # Nobody was asked whether the patient is known, as whoever takes a call is.
        reading.issues.extend(_on_board_already(work, patient, referral))
    referral.issues = reading.issues
    due.wind(work, referral, basis.calendar)
    work.add(referral)
    if form.key_safe_code.strip():
        key_safes.keep(work, basis, patient.id, form.key_safe_code, form.key_safe_place)
    _leave_tasks(work, referral)
    return referral


def _on_board_already(work: UnitOfWork, patient: Patient, referral: Referral) -> list[str]:
    """Say which open referrals may be about the same patient; nothing is ever merged by itself."""
    who = (patient.nhs_number, patient.family_name, patient.given_name, patient.birth_date)
    found = search.possible_duplicates(work.session, *who)
    return [
        f"{one.open_referral_number} stood on the board when this came: {one.because[:1].lower()}"
        f"{one.because[1:]}. Check whether it is about the same."
        for one in found
        if one.open_referral_id not in (None, referral.id)
    ]


def _reasons_not_to_take(form: NewReferral, received_at: dt.datetime, now: dt.datetime) -> list[str]:
    checks = (
        (form.patient_id is None and not form.family_name.strip(), "Enter the patient's family name."),
        (not form.problem.strip(), "Enter the problem in a few words."),
        (
            form.stated_priority is not None and form.stated_priority not in PRIORITY_LABELS,
            "Choose a priority: emergency, acute, urgent or routine.",
        ),
        (
            form.birth_date is not None and form.birth_date > local(now).date(),
            "The date of birth lies in the future: check it.",
        ),
    )
    reasons = [words for is_reason, words in checks if is_reason]
    return [*reasons, *reasons_not_to_have_happened(received_at, now)]


def _patient(work: UnitOfWork, basis: Basis, form: NewReferral, reading: _Reading) -> Patient:
    """Track the patient who is named, or who has the same verified number and name; else write a new one."""
    if form.patient_id is not None:
        if basis.database.capabilities.has_row_security:
            search.take_known_on(work.session, form.patient_id)
        return _filled_in(work, basis, work.lock(Patient, form.patient_id), form, reading)
    nhs_number = reading.nhs_number(form.nhs_number)
    is_verified = form.nhs_number_verified and nhs_number is not None
    if nhs_number and is_verified:
        lookups.hold_nhs_number(work.session, nhs_number)
    known = lookups.patient_with_verified_number(work.session, nhs_number) if nhs_number else None
    if known is not None and is_verified and _is_same_person(known, form):
        return _filled_in(work, basis, work.lock(Patient, known.id), form, reading)
    if known is not None and is_verified:
        reading.issues.append(
            "This NHS number is verified for a patient with another name or birth date: check who this is."
        )
    return work.add(
        Patient(
            title=form.title.strip(),
            family_name=form.family_name.strip(),
            given_name=form.given_name.strip(),
            birth_date=form.birth_date,
            gender=form.gender,
            nhs_number=nhs_number,
            nhs_number_verified=is_verified and known is None,
            home_address=form.home_address.strip(),
            home_postcode=reading.postcode(form.home_postcode),
            phone=dialled(form.phone),
            other_phones=[dialled(one) for one in form.other_phones],
            practice_id=form.practice_id,
        )
    )


def _is_same_person(known: Patient, form: NewReferral) -> bool:
    same_name = known.family_name.casefold() == form.family_name.strip().casefold()
    return same_name and known.birth_date == form.birth_date and _first_names_fit(known, form)


def _first_names_fit(known: Patient, form: NewReferral) -> bool:
    """Twins share family name and birth date; one name that was not given fits any."""
    names = [one.casefold().split()[:1] for one in (known.given_name, form.given_name)]
    return names[0] == names[1] or not all(names)


def _filled_in(
    work: UnitOfWork, basis: Basis, patient: Patient, form: NewReferral, reading: _Reading
) -> Patient:
    """Add what was not known; what is known is corrected by a person, never by the way."""
    if patient.deceased_at is not None:
        reading.issues.append("This patient is recorded as having died: check who this is.")
    phone, postcode = dialled(form.phone), reading.postcode(form.home_postcode)
    address = form.home_address.strip()
    if basis.database.capabilities.has_row_security:  # what is known is shown to nobody by the way either
        patient_details.complete(work.session, patient.id, phone, address, postcode, form.practice_id)
        return patient
    patient.phone = patient.phone or phone
    patient.practice_id = patient.practice_id or form.practice_id
    if not patient.home_address:
        patient.home_address, patient.home_postcode = address, postcode
    return patient


def _number(basis: Basis, patient: Patient, form: NewReferral) -> str | None:
    """Give the number for this referral; a secured database puts the patient's own in by itself."""
    is_guarded = basis.database.capabilities.has_row_security
    return dialled(form.phone) or (None if is_guarded else patient.phone)


def _referral(
    work: UnitOfWork, form: NewReferral, received_at: dt.datetime, patient: Patient, hub: Hub
) -> Referral:
    key = lookups.next_referral_id(work.session)
    is_known = form.practice_id is not None
    return Referral(
        id=key,
        number=f"R-{local(received_at).year}-{key:06d}",
        hub_id=hub.id,
        patient_id=patient.id,
        source=form.source,
        problem=form.problem.strip(),
        narrative=form.narrative,
        gp_needed=form.gp_needed,
        is_routine_request=form.is_routine,
        received_at=received_at,
        entered_at=work.now,
        entered_by_id=work.actor.staff_id,
        disposition=form.disposition or None,
        disposition_at=form.disposition_at,
        caller=form.caller.strip(),
        caller_phone=dialled(form.caller_phone),
        practice_id=form.practice_id,
        practice_link=PracticeLink.KNOWN if is_known else form.practice_link or PracticeLink.UNKNOWN,
        identity_read_back_by_id=work.actor.staff_id if form.identity_read_back else None,
        flags=list(form.flags),
        sender_reference=form.sender_reference,
        received_message_id=form.received_message_id,
        acknowledgement_owed=False,
        asks_ambulance=False,
    )


def place(referral: Referral, places: Places, address: str, postcode: str | None) -> None:
    """Say where the patient is to be seen, and put it on the map where its postcode is known."""
    referral.visit_address = address.strip()
    referral.visit_postcode = postcode
    point = places.locate(postcode) if postcode else None
    referral.visit_lat, referral.visit_lon = point or (None, None)
    referral.area = places.area(postcode) if postcode else ""


def _judge(referral: Referral, form: NewReferral, issues: list[str]) -> None:
    """Give the first status: triaged where the sender's word counts, else waiting for triage."""
    codes = (form.disposition, *form.other_dispositions)
    referral.asks_ambulance = any(disposition(code).asks_ambulance for code in codes if code)
    is_message = form.received_message_id is not None  # which says itself what it lacks
    if form.disposition and form.disposition_at is None and not is_message:
        issues.append("No time is given for the 111 disposition: its clock runs from the receipt.")
    if not is_message and not form.identity_read_back:
        issues.append(NOT_READ_BACK)
    if triage.needs_triage(
        form.source,
        form.stated_priority,
        stated_by_clinician=form.stated_by_clinician,
        asks_ambulance=referral.asks_ambulance,
    ):
        referral.status, referral.priority = ReferralStatus.RECEIVED, None
        if form.stated_priority is not None:
            label = PRIORITY_LABELS[form.stated_priority].lower()
            issues.append(f"The sender asks for the priority {label}: a clinician decides.")
        return
    referral.status, referral.priority = ReferralStatus.TRIAGED, form.stated_priority
    referral.stream = Stream.GP_NEEDED if form.gp_needed else Stream.HOME_VISIT
    referral.first_triaged_at = referral.triaged_at = referral.received_at


def _leave_tasks(work: UnitOfWork, referral: Referral) -> None:
    """Ask for what this referral owes from the start."""
    if referral.asks_ambulance:
        words = "the disposition asks for 999. Record the ambulance reference and the crew's take-over."
        safety.ask_about(work, TaskKind.AMBULANCE_TAKE_OVER, Role.COORDINATOR, referral, words)
    if referral.source is Source.COMMUNITY_NURSING:
        words = "referred by community nursing. Tell the patient's own GP."
        safety.ask_about(work, TaskKind.GP_LIAISON, Role.COORDINATOR, referral, words, referral.due_at)
    if referral.practice_id is None:
        words = f"own practice: {referral.practice_link.label.lower()}. Find it, or own the report."
        safety.ask_about(work, TaskKind.REPORT_OWNER, Role.COORDINATOR, referral, words, referral.due_at)


def dialled(text: str | None) -> str | None:
    """Give a number as it is dialled; one that cannot be read stays as it was said, for a person to judge."""
    if text is None or not text.strip():
        return None
    return normalise_phone(text) if is_phone(text) else text.strip()
