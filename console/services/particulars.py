"""The particulars of a referral: who the patient is, which practice, and who can read the GP record."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from console.domain import identity as rules
from console.domain.acting import NOW, Happened
from console.domain.identifiers import normalise_nhs_number, normalise_postcode
from console.domain.opening_reasons import IDENTITY
from console.domain.permissions import Deed
from console.domain.words import PracticeLink, RecordAccess, Role, TaskKind
from console.planning.places import distance_km
from console.services import edits, intake, safety
from console.services.basis import Basis, refuse
from console.services.edits import Edit
from console.services.forms import Identity
from console.services.records import keep_open
from console.services.report_parts import to_own_practice
from console.services.steps import happened_at
from console.services.triage import reasons_ended
from db import patient_details
from db.models import Patient, Practice, Referral
from db.queries import lookups
from db.unit_of_work import UnitOfWork

FURTHEST_KM = 150.0  # a slip of a digit, not a postcode that is a little out
ON_EARTH = "This is no place on earth: check latitude and longitude."


class Particulars:
    """What is found out about a patient while the referral runs."""

    def __init__(self, basis: Basis) -> None:
        self._basis = basis

    def record_access(
        self, referral_id: int, seen_version: int, access: RecordAccess, happened: Happened = NOW
    ) -> None:
        """Record whether the practitioner can read the GP record: checked when, and by this person."""
        with self._basis.work(Deed.RECORD_ACCESS) as work:
            referral = work.lock(Referral, referral_id)
            self._together(work, referral, seen_version, {"record_access": Edit(("record_access",), access)})
            at = happened_at(work, happened, referral.received_at)
            referral.record_access = access
            referral.record_access_at, referral.record_access_by_id = at, work.actor.staff_id
            _step(work, referral, "referral.record_access", access.label, replace(happened, at=at))

    def set_practice(
        self,
        referral_id: int,
        seen_version: int,
        practice_id: int | None,
        link: PracticeLink | None = None,
        happened: Happened = NOW,
    ) -> None:
        """Record the patient's own practice, or why there is none; reports that it has not got follow."""
        with self._basis.work(Deed.SET_PRACTICE) as work:
            referral = work.lock(Referral, referral_id)
            practice = work.get(Practice, practice_id) if practice_id is not None else None
            is_unsaid = practice is None and link in (None, PracticeLink.KNOWN)
            refuse(("Choose the practice, or say why there is none.",) if is_unsaid else ())
            mine = (practice_id, PracticeLink.KNOWN if practice else link or PracticeLink.UNKNOWN)
            edit = Edit(("practice_id", "practice_link"), mine, lambda one: _practice_words(work, *one))
            self._together(work, referral, seen_version, {"practice": edit})
            at = happened_at(work, happened, referral.received_at)
            referral.practice_id, referral.practice_link = mine
            reports = lookups.open_reports(work.session, referral.id)
            for report in reports:
                to_own_practice(work, report, referral)
            # What has ended owes no report any more, or never did: there is none that somebody must own.
            self._pass_on(work, referral, practice, is_owed=referral.status.is_open or bool(reports))
            words = practice.name if practice else referral.practice_link.label.lower()
            said = f"Own practice: {words}"
            _step(work, referral, "referral.practice", said, replace(happened, at=at))

    def correct_identity(
        self, referral_id: int, seen_version: int, identity: Identity, reason: str, patient_version: int
    ) -> None:
        """Correct who the patient is, two identifiers read back; the old values stay in the audit."""
        keep_open(self._basis, referral_id, IDENTITY, Deed.CORRECT_IDENTITY)
        with self._basis.work(Deed.CORRECT_IDENTITY) as work:
            referral = work.lock(Referral, referral_id)
            edits.put_together(work, referral, seen_version, {}, referral_id=referral.id)
            patient = patient_details.load(work.session, work.lock(Patient, referral.patient_id))
            wanted = {
                name: Edit((name,), value, is_meant=False) for name, value in _columns(identity).items()
            }
            bound = rules.READ_BACK_TOGETHER
            values = edits.put_together(
                work, patient, patient_version, wanted, bound, referral_id=referral.id
            )
            refuse(_reasons_not_to_correct(work, patient, values, reason))
            for name, value in values.items():
                setattr(patient, name, value)
            referral.contact_phone = referral.contact_phone or patient.phone
            referral.identity_read_back_by_id = work.actor.staff_id
            _step(work, referral, "referral.identity", f"Identity corrected: {reason.strip()}", NOW)

    def move_pin(
        self,
        referral_id: int,
        seen_version: int,
        lat: float,
        lon: float,
        reason: str,
        happened: Happened = NOW,
    ) -> None:
        """Say where on the map the patient is to be seen, where the postcode puts them elsewhere; and why."""
        with self._basis.work(Deed.MOVE_PIN) as work:
            referral = work.lock(Referral, referral_id)
            place = Edit(("visit_lat", "visit_lon"), (lat, lon))
            self._together(work, referral, seen_version, {"place": place})
            refuse(reasons_ended(referral))
            refuse(_reasons_not_to_move(referral, lat, lon, reason))
            at = happened_at(work, happened, referral.received_at)
            far = _how_far(referral, lat, lon)
            referral.visit_lat, referral.visit_lon = lat, lon
            words = f"Moved on the map{far}: {reason.strip()}"
            _step(work, referral, "referral.pin", words, replace(happened, at=at))

    def _together(
        self, work: UnitOfWork, referral: Referral, seen_version: int, wanted: Mapping[str, Edit]
    ) -> None:
        edits.put_together(work, referral, seen_version, wanted, referral_id=referral.id)

    def _pass_on(
        self, work: UnitOfWork, referral: Referral, practice: Practice | None, *, is_owed: bool
    ) -> None:
        if practice is None and not is_owed:
            return
        if practice is None:
            words = f"own practice: {referral.practice_link.label.lower()}. Find it, or own the report."
            safety.ask_about(work, TaskKind.REPORT_OWNER, Role.COORDINATOR, referral, words, referral.due_at)
            return
        work.lock(Patient, referral.patient_id).practice_id = practice.id
        safety.settle_all(work, referral, f"Own practice: {practice.name}.", TaskKind.REPORT_OWNER)


def _reasons_not_to_move(referral: Referral, lat: float, lon: float, reason: str) -> tuple[str, ...]:
    is_far = f"This is more than {FURTHEST_KM:.0f} km from where the patient is now: check the place."
    before = _before(referral)
    checks = (
        (not reason.strip(), "Say why the place on the map is wrong."),
        (not (-90 <= lat <= 90 and -180 <= lon <= 180), ON_EARTH),
        (before == (lat, lon), "The patient is shown at this place already."),
        (before is not None and distance_km(before, (lat, lon)) > FURTHEST_KM, is_far),
    )
    return tuple(words for is_reason, words in checks if is_reason)


def _before(referral: Referral) -> tuple[float, float] | None:
    if referral.visit_lat is None or referral.visit_lon is None:
        return None
    return referral.visit_lat, referral.visit_lon


def _how_far(referral: Referral, lat: float, lon: float) -> str:
    """Tell by how much, in words; nothing for a patient who was not on the map."""
    before = _before(referral)
    if before is None:
        return ""
    km = distance_km(before, (lat, lon))
    return f" by {km:.1f} km" if km >= 1 else f" by {round(km * 1000, -1):.0f} m"


def _step(work: UnitOfWork, referral: Referral, kind: str, words: str, happened: Happened) -> None:
    work.step(kind, words, hub_id=referral.hub_id, referral_id=referral.id, happened=happened)


def _practice_words(work: UnitOfWork, practice_id: int | None, link: PracticeLink) -> str:
    return work.get(Practice, practice_id).name if practice_id is not None else link.label


def _reasons_not_to_correct(
    work: UnitOfWork, patient: Patient, values: Mapping[str, Any], reason: str
) -> tuple[str, ...]:
    number, is_verified = values["nhs_number"], values["nhs_number_verified"]
    other = lookups.patient_with_verified_number(work.session, number) if number else None
    is_taken = other is not None and other.id != patient.id and is_verified
    checks = (
        (not values["family_name"], "Enter the patient's family name."),
        (not reason.strip(), "Say why the identity is corrected."),
        (
            is_verified and number is None,
            "A verified NHS number cannot be empty: enter it, or take the mark off.",
        ),
        (is_taken, "This NHS number is verified for another patient: check which of the two this is."),
    )
    return tuple(words for is_reason, words in checks if is_reason)


def _columns(identity: Identity) -> dict[str, Any]:
    """What is entered as it is kept, so that two ways to write the same are the same."""
    others = identity.other_phones
    return {
        "title": identity.title.strip(),
        "family_name": identity.family_name.strip(),
        "given_name": identity.given_name.strip(),
        "birth_date": identity.birth_date,
        "gender": identity.gender,
        "nhs_number": normalise_nhs_number(identity.nhs_number) if identity.nhs_number else None,
        "nhs_number_verified": identity.nhs_number_verified,
        "phone": intake.dialled(identity.phone),
        "home_address": identity.home_address.strip(),
        "home_postcode": normalise_postcode(identity.home_postcode) if identity.home_postcode else None,
    } | ({} if others is None else {"other_phones": [intake.dialled(one) for one in others]})
