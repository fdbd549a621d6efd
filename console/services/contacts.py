"""Contacts: what was said to or by whom, on which number; and what happens when nobody can be reached."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from console.domain import waiting
from console.domain.acting import NOW, Happened
from console.domain.clocks import ClockSettings
from console.domain.identifiers import is_phone, normalise_phone
from console.domain.opening_reasons import RINGING
from console.domain.permissions import Deed
from console.domain.words import (
    Channel,
    ContactResult,
    ContactWith,
    OutcomeDisposition,
    OutcomeKind,
    ReferralStatus,
    Role,
    Stream,
    TaskKind,
)
from console.services import outcomes, safety, site
from console.services.basis import Basis, refuse
from console.services.intake import dialled
from console.services.phone_advice import PhoneAdvice
from console.services.records import keep_open
from console.services.steps import happened_at
from console.services.triage import reasons_ended
from db import patient_details
from db.models import Contact, Patient, Referral
from db.queries import lookups, meetings
from db.unit_of_work import UnitOfWork

WITH_PATIENT = frozenset({ContactWith.PATIENT, ContactWith.CALLER})


class Contacts(PhoneAdvice):
    """What is said about a referral outside the console."""

    def __init__(self, basis: Basis) -> None:
        self._basis = basis

    def record(
        self,
        referral_id: int,
        contact_with: ContactWith,
        channel: Channel,
        number: str | None,
        result: ContactResult,
        *,
        said: str = "",
        promised_by_at: dt.datetime | None = None,
        report_id: int | None = None,
        happened: Happened = NOW,
    ) -> int:
        """Record a contact and give its id; three that fail with the patient bring a clinician's decision."""
        if contact_with in WITH_PATIENT and result not in waiting.REACHED:
            # Which numbers are left to try is in the record.
            keep_open(self._basis, referral_id, RINGING, Deed.RECORD_CONTACT)
        with self._basis.work(Deed.RECORD_CONTACT) as work:
            referral = work.lock(Referral, referral_id)
            refuse(_reasons_not_to_record(result, said, promised_by_at))
            at = happened_at(work, happened, referral.received_at)
            contact = work.add(
                Contact(
                    hub_id=referral.hub_id,
                    referral_id=referral.id,
                    report_id=report_id,
                    practice_id=referral.practice_id if contact_with is ContactWith.PRACTICE else None,
                    contact_with=contact_with,
                    channel=channel,
                    number=dialled(number),
                    result=result,
                    said=said.strip(),
                    promised_by_at=promised_by_at,
                    happened_at=at,
                    entered_at=work.now,
                    by_id=work.actor.staff_id,
                )
            )
            if contact_with in WITH_PATIENT and referral.status.is_open:
                self._judge(work, referral, contact)
            work.step(
                "contact.recorded",
                f"{contact_with.label}, {channel.label.lower()}: {result.label.lower()}",
                hub_id=referral.hub_id,
                referral_id=referral.id,
                happened=replace(happened, at=at),
            )
        return contact.id

    def decide_failed_contact(
        self, referral_id: int, seen_version: int, decision: str, happened: Happened = NOW
    ) -> None:
        """Record what a clinician decides about a patient who cannot be reached; nothing closes by itself."""
        with self._basis.work(Deed.DECIDE_FAILED_CONTACT) as work:
            referral = work.lock(Referral, referral_id)
            work.expect(referral, seen_version)
            refuse(reasons_ended(referral))
            refuse(() if decision.strip() else ("Say what is to happen now.",))
            at = happened_at(work, happened, referral.received_at)
            safety.reached(work, referral, decision.strip(), at, TaskKind.NO_REPLY_CONCERN)
            work.step(
                "contact.failed_decided",
                f"Failed contact, decided: {decision.strip()}",
                hub_id=referral.hub_id,
                referral_id=referral.id,
                happened=replace(happened, at=at),
            )

    def _judge(self, work: UnitOfWork, referral: Referral, contact: Contact) -> None:
        """Let a contact with the patient raise or answer "cannot be reached"."""
        if contact.result in waiting.REACHED:
            safety.reached(work, referral, "The patient was reached.", contact.happened_at)
            if contact.contact_with is ContactWith.PATIENT:
                _spoken(work, referral, contact)
            return
        ask_when_unreachable(work, referral)


def ask_when_unreachable(work: UnitOfWork, referral: Referral) -> bool:
    """Ask a clinician to decide once enough attempts have failed, or their time has run out."""
    keys = [referral.id]
    tried = lookups.contacts_with_patients(work.session, keys)[referral.id]
    met_at = meetings.with_patients(work.session, keys, work.now)[referral.id]
    patient = patient_details.load(work.session, work.get(Patient, referral.patient_id))
    state = attempts_stand(referral, patient, tried, met_at, site.clocks(work))
    is_gone = referral.ambulance_taken_over_at is not None
    if is_gone or referral.failed_contact_at is not None or not state.clinician_decides(work.now):
        return False
    words = "the patient cannot be reached. Decide what happens."
    safety.ask_to_decide(work, referral, TaskKind.FAILED_CONTACT, words)
    return True


def attempts_stand(
    referral: Referral,
    patient: Patient,
    tried: Sequence[Contact],
    met_at: Sequence[dt.datetime],
    clocks: ClockSettings,
) -> waiting.FailedContact:
    """Where the attempts to reach a patient stand, over every number that is known."""
    attempts = [waiting.Attempt(one.happened_at, one.number, one.result) for one in tried]
    return waiting.failed_contact(attempts, known_numbers(referral, patient), clocks, met_at)


def known_numbers(referral: Referral, patient: Patient) -> tuple[str, ...]:
    """Give every number that may reach the patient, each once, as it is dialled."""
    given = (referral.contact_phone, patient.phone, referral.caller_phone, *patient.other_phones)
    numbers = [normalise_phone(one) for one in given if one and is_phone(one)]
    return tuple(dict.fromkeys(numbers))


def _spoken(work: UnitOfWork, referral: Referral, contact: Contact) -> None:
    safety.answered(work, referral, "A clinician spoke to the patient.", contact.happened_at)
    is_advice = referral.stream is Stream.TELEPHONE and work.actor.role is Role.CLINICIAN
    if is_advice and referral.first_triaged_at is not None and referral.seen_at is None:
        _advised(work, referral, contact.happened_at)


def _advised(work: UnitOfWork, referral: Referral, at: dt.datetime) -> None:
    """Advice by telephone is a contact like a visit: the clock stops and the practice is owed a report."""
    referral.seen_at, referral.status = at, ReferralStatus.ACCEPTED
    advice = OutcomeDisposition.ADVICE
    outcomes.owed(work, referral, OutcomeKind.PHONE_ADVICE, ended_at=at, disposition=advice)


def _reasons_not_to_record(
    result: ContactResult, said: str, promised_by_at: dt.datetime | None
) -> tuple[str, ...]:
    checks = (
        (result is ContactResult.SPOKEN and not said.strip(), "Write down what was said or agreed."),
        (
            result is ContactResult.PROMISED and promised_by_at is None,
            "Say by when it was promised.",
        ),
    )
    return tuple(words for is_reason, words in checks if is_reason)
