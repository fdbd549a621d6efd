"""Opening a patient's record: never without leaving who opened it, when and why."""

from console.domain.permissions import Deed
from console.domain.rows import ReferralRecord
from console.services.basis import Basis, refuse
from db.models import Referral
from db.models.patient import RecordOpening
from db.queries.record import has_opened, read_record

WORKING = "working this referral"
NOT_OPENED = "You have not opened this record yet: open it, with the reason."


class Records:
    """Everything that is known about one referral and its patient."""

    def __init__(self, basis: Basis) -> None:
        self._basis = basis

    def open(self, referral_id: int, reason: str = WORKING) -> ReferralRecord:
        """Open the record of a referral; the opening is saved before anything is shown."""
        with self._basis.work(Deed.OPEN_RECORD) as work:
            refuse(() if reason.strip() else ("Say why you open this record.",))
            referral = work.get(Referral, referral_id)
            work.add(
                RecordOpening(
                    patient_id=referral.patient_id,
                    referral_id=referral.id,
                    opened_by_id=work.actor.staff_id,
                    role=work.actor.role,
                    device=work.actor.device,
                    reason=reason.strip(),
                    opened_at=work.now,
                )
            )
        return self.read_again(referral_id)

    def read_again(self, referral_id: int) -> ReferralRecord:
        """Read a record that is open on the screen once more, after a change; it is no second opening."""
        who = self._basis.actor
        with self._basis.database.read() as session:
            refuse(() if has_opened(session, referral_id, who.staff_id) else (NOT_OPENED,))
            return read_record(session, referral_id, self._basis.now(), who.staff_id)
