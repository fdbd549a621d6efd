"""Where a patient is to be seen, put right while the referral runs; whatever hangs on the place follows."""

from dataclasses import replace

from console.domain import visit_address as rules
from console.domain.acting import NOW, Happened
from console.domain.identifiers import normalise_postcode
from console.domain.opening_reasons import ADDRESS
from console.domain.permissions import Deed
from console.domain.visit_address import Where
from console.services import due, intake, telling
from console.services.basis import Basis, refuse
from console.services.hub_choice import hub_for
from console.services.records import keep_open
from console.services.steps import happened_at
from console.services.triage import reasons_ended
from db import patient_details
from db.models import Patient, Practice, Referral, Visit
from db.queries import lookups
from db.queries.markers import read_markers
from db.unit_of_work import UnitOfWork


class VisitAddress:
    """Corrects the address of a visit."""

    _basis: Basis

    def correct_address(
        self,
        referral_id: int,
        seen_version: int,
        address: str,
        postcode: str | None,
        reason: str,
        happened: Happened = NOW,
        *,
        home_version: int | None = None,
    ) -> str | None:
        """Correct where the patient is to be seen; gives the hub that has the new place, if it is another's.

        `home_version` is the patient's as it was seen, where the home address was wrong too. Who is sent
        already and was told is in `happened`; else a task asks to tell them.
        """
        if home_version is not None:
            keep_open(self._basis, referral_id, ADDRESS, Deed.CORRECT_ADDRESS)
        after = " ".join(address.split()), _normal(postcode)
        with self._basis.work(Deed.CORRECT_ADDRESS) as work:
            referral = work.lock(Referral, referral_id)
            work.expect(referral, seen_version)
            refuse(reasons_ended(referral))
            before = referral.visit_address, referral.visit_postcode
            refuse(rules.reasons_not_to_correct(before, after, reason))
            at = happened_at(work, happened, referral.received_at)
            visit, name = lookups.active_visit(work.session, referral.id) or (None, "")
            refuse(_reasons_not_told(visit, name, happened))
            left = _markers_of_place(work, referral)
            intake.place(referral, self._basis.places, *after)
            work.session.flush()  # the markers are asked of the database
            here = _markers_of_place(work, referral)
            if home_version is not None:
                _move_home(work, referral, home_version, after)
            _tell(work, referral, visit, before, after, tuple(here.values()), happened)
            gone, new = ([a[key] for key in a if key not in b] for a, b in ((left, here), (here, left)))
            work.step(
                rules.CORRECTED,
                rules.corrected_words(before, after, reason, gone, new),
                hub_id=referral.hub_id,
                referral_id=referral.id,
                practitioner_id=visit.practitioner_id if visit else None,
                happened=replace(happened, at=at),
                # Somebody was sent there: whoever takes it back has to tell them once more.
                undoable=visit is None and not due.asks_ambulance(referral),
            )
            return self._other_hub(work, referral, before[1], after[1])

    def _other_hub(
        self, work: UnitOfWork, referral: Referral, before: str | None, after: str | None
    ) -> str | None:
        """Name the hub that would have taken the new place in, unless it is the referral's or was before."""
        practice = work.get(Practice, referral.practice_id) if referral.practice_id is not None else None
        was, now = (hub_for(work, self._basis.places, None, practice, one) for one in (before, after))
        return now.name if now.id not in (was.id, referral.hub_id) else None


def _normal(postcode: str | None) -> str | None:
    return normalise_postcode(postcode) if postcode and postcode.strip() else None


def _markers_of_place(work: UnitOfWork, referral: Referral) -> dict[int, str]:
    return {one.id: one.kind.label for one in read_markers(work.session, referral.id) if one.on_place}


def _reasons_not_told(visit: Visit | None, name: str, happened: Happened) -> tuple[str, ...]:
    """Whoever was told must be the one who goes."""
    told = happened.on_behalf_of_id
    if told is None or (visit is not None and visit.practitioner_id == told):
        return ()
    return (
        f"{name} has this visit now: tell them."
        if name
        else "Nobody has this visit any more: do not say that they know.",
    )


def _move_home(work: UnitOfWork, referral: Referral, seen_version: int, after: Where) -> None:
    patient = patient_details.load(work.session, work.lock(Patient, referral.patient_id))
    work.expect(patient, seen_version, referral.id)
    patient.home_address, patient.home_postcode = after


def _tell(
    work: UnitOfWork,
    referral: Referral,
    visit: Visit | None,
    before: Where,
    after: Where,
    here: tuple[str, ...],
    happened: Happened,
) -> None:
    """Let everybody learn of it who was told the old address."""
    if due.asks_ambulance(referral):
        telling.ask_to_tell_control(work, referral, before, after, here)
    for one in lookups.visits_of(work.session, referral.id):
        # A step that is half entered was read back with the old address; and no undo of an end may send
        # somebody on to it.
        work.touch(work.lock(Visit, one.id), "status")
    if visit is None:
        return
    if happened.on_behalf_of_id is not None:
        telling.learnt(work, visit, "Told with the correction.")
    else:
        telling.ask_to_tell(work, referral, visit, before, after, here)
