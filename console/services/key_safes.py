"""Codes of key safes: kept apart, entered without being shown, and shown only to who says why."""

from dataclasses import dataclass

from console.domain.acting import NOW, Happened
from console.domain.permissions import Deed
from console.domain.refusals import Refused
from console.services.basis import Basis, refuse
from db import key_safe, openings
from db.models import Referral
from db.unit_of_work import UnitOfWork

LEAST = 3
SAY_WHY = "Say why you need the code."
NONE = "No key-safe code is kept for this patient."


@dataclass(frozen=True, slots=True, repr=False)
class KeySafe:
    """A code and where its safe hangs; it is never written into a text by the way."""

    code: str
    place: str


class KeySafes:
    """The one way to a code, and the one way to change it."""

    def __init__(self, basis: Basis) -> None:
        self._basis = basis

    def show(self, referral_id: int, reason: str) -> KeySafe:
        """Give the code of a referral's patient; who asked and why is saved before."""
        basis = self._basis
        is_guarded = basis.database.capabilities.has_row_security
        with basis.work(Deed.SHOW_KEY_SAFE) as work:
            refuse(() if len(reason.strip()) >= LEAST else (SAY_WHY,))
            referral = work.get(Referral, referral_id)
            patient_id = referral.patient_id
            refuse(() if key_safe.is_kept(work.session, patient_id) else (NONE,))
            asked = patient_id, referral.id, reason.strip()
            opening = openings.ask(work, openings.KEY_SAFE, *asked, is_guarded=is_guarded)
        with basis.database.read() as session:
            found = key_safe.read(session, patient_id, opening, is_guarded=is_guarded)
        if found is None:
            raise Refused(NONE)
        return KeySafe(*found)

    def keep(self, referral_id: int, code: str, place: str, happened: Happened = NOW) -> None:
        """Enter or replace the code of a referral's patient; an empty one says that there is none."""
        with self._basis.work(Deed.KEEP_KEY_SAFE) as work:
            referral = work.get(Referral, referral_id)
            keep(work, self._basis, referral.patient_id, code, place)
            words = "Key-safe code entered" if code.strip() else "Key-safe code removed"
            work.step(
                "patient.key_safe",
                words,
                hub_id=referral.hub_id,
                referral_id=referral.id,
                happened=happened,
                undoable=False,  # what stood there before is nobody's to bring back by the way
            )


def keep(work: UnitOfWork, basis: Basis, patient_id: int, code: str, place: str) -> None:
    """Enter a code beside whatever else is written."""
    is_guarded = basis.database.capabilities.has_row_security
    key_safe.keep(
        work, patient_id, code.strip(), place.strip() if code.strip() else "", is_guarded=is_guarded
    )
