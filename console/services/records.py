"""Opening a patient's record: never without leaving who opened it, when and why."""

from console.domain import opening_reasons as reasons
from console.domain.permissions import Deed, reasons_not_permitted
from console.domain.refusals import NeedsReason, NotOpened, Refused
from console.domain.rows import KnownDetails, ReferralRecord
from console.services.basis import Basis, refuse
from db import openings, patient_details
from db.models import Referral
from db.patient_details import NOT_OPENED
from db.queries.record import has_opened, is_owed, read_known, read_record
from db.unit_of_work import UnitOfWork


class Records:
    """Everything that is known about one referral and its patient."""

    def __init__(self, basis: Basis) -> None:
        self._basis = basis

    def open(self, referral_id: int, reason: str = reasons.WORKING) -> ReferralRecord:
        """Open the record of a referral; the opening is saved before anything is shown."""
        with self._basis.work(Deed.OPEN_RECORD) as work:
            refuse(() if len(reason.strip()) >= reasons.LEAST else (reasons.SAY_WHY,))
            referral = work.get(Referral, referral_id)
            if reason == reasons.WORKING:
                _refuse_without_words(work, referral)
            _request(self._basis, work, referral.patient_id, referral.id, reason)
        return self.read_again(referral_id)

    def open_known(self, patient_id: int) -> KnownDetails:
        """Open the record of a patient of whom a further referral is taken in; the opening is saved first."""
        refuse(reasons_not_permitted(self._basis.actor.role, Deed.RECEIVE))
        with self._basis.work(Deed.OPEN_RECORD) as work:
            _request(self._basis, work, patient_id, None, reasons.TAKING_IN)
        with self._basis.database.read() as session:
            known = read_known(session, patient_id)
        if known is None:
            raise Refused(reasons.ELSEWHERE)  # that it was asked for is kept
        return known

    def read_again(self, referral_id: int) -> ReferralRecord:
        """Read a record that is open on the screen once more, after a change; it is no second opening.

        Where what was opened stays open for minutes only, whoever reads it on leaves that they do.
        """
        who = self._basis.actor
        with self._basis.database.read() as session:
            refuse(() if has_opened(session, referral_id, who.staff_id) else (NOT_OPENED,))
            try:
                return read_record(session, referral_id, self._basis.now(), who.staff_id)
            except NotOpened:
                pass
        keep_open(self._basis, referral_id, reasons.STILL)
        with self._basis.database.read() as session:
            return read_record(session, referral_id, self._basis.now(), who.staff_id)


def keep_open(basis: Basis, referral_id: int, reason: str, deed: Deed = Deed.OPEN_RECORD) -> None:
    """Open the record for a step that needs the patient's details, unless this person just did.

    It is committed before the step begins: the details are given to no other transaction. Where nothing keeps
    anybody from reading them, no opening is pretended.
    """
    if not basis.database.capabilities.has_row_security:
        return
    refuse(reasons_not_permitted(basis.actor.role, deed))  # else the record would be opened for nothing
    with basis.database.read() as session:
        referral = session.get(Referral, referral_id)
        if referral is None or patient_details.is_open(session, referral.patient_id):
            return  # what does not exist for them is refused by the step itself
    with basis.database.work(basis.actor, basis.now()) as work:
        _request(basis, work, referral.patient_id, referral.id, reason)


def _request(basis: Basis, work: UnitOfWork, patient_id: int, referral_id: int | None, reason: str) -> None:
    is_guarded = basis.database.capabilities.has_row_security
    asked = patient_id, referral_id, reason.strip()
    openings.ask(work, openings.RECORD, *asked, is_guarded=is_guarded)


def _refuse_without_words(work: UnitOfWork, referral: Referral) -> None:
    owed = referral.closed_at is not None and is_owed(work.session, referral.id)
    told = reasons.reasons_to_be_told(
        work.actor.role, closed_at=referral.closed_at, is_owed=owed, now=work.now
    )
    if told:
        raise NeedsReason(*told)
