"""What the timetable looks for while patients wait; it asks once for each, however many consoles run it."""

from console.domain.permissions import Deed, reasons_not_permitted
from console.domain.refusals import Refused, Unreachable
from console.domain.waiting import waiting_call_due_at
from console.domain.words import Role, TaskKind
from console.services import contacts, safety, site
from console.services.basis import Basis, refuse
from db.models import Referral
from db.queries import lookups
from db.unit_of_work import UnitOfWork


class WaitingRoom:
    """Waiting calls, and attempts to reach a patient that nobody went on with."""

    def __init__(self, basis: Basis) -> None:
        self._basis = basis

    def look(self) -> int:
        """Ask a clinician about all who wait too long or cannot be reached; gives how many were asked."""
        refuse(reasons_not_permitted(self._basis.actor.role, Deed.WATCH_WAITING))
        with self._basis.database.read() as session:
            overdue = lookups.overdue_and_unseen(session, self._basis.now())
            unreached = lookups.tried_in_vain(session)
        asked = sum(self._ask(one, is_overdue=True) for one in overdue)
        return asked + sum(self._ask(one, is_overdue=False) for one in unreached)

    def _ask(self, referral_id: int, *, is_overdue: bool) -> bool:
        """One short transaction for each, so that nobody waits for the timetable."""
        try:
            with self._basis.work(Deed.WATCH_WAITING) as work:
                referral = work.lock(Referral, referral_id)
                if not referral.status.is_open:
                    return False
                return _call(work, referral) if is_overdue else contacts.ask_when_unreachable(work, referral)
        except Unreachable:
            raise
        except Refused:
            return False  # somebody is at work on it right now: the next look sees what is left


def _call(work: UnitOfWork, referral: Referral) -> bool:
    """Ask for a waiting call when the due time has passed, and hourly after each call until seen."""
    if referral.due_at is None or lookups.open_tasks(work.session, referral.id, TaskKind.WAITING_CALL):
        return False
    last = lookups.last_done_at(work.session, referral.id, TaskKind.WAITING_CALL)
    due_at = waiting_call_due_at(referral.due_at, last, referral.seen_at, site.clocks(work))
    if due_at is None or due_at > work.now:
        return False
    words = "past its due time. Ring the patient: is it safe to wait?"
    safety.ask_about(work, TaskKind.WAITING_CALL, Role.CLINICIAN, referral, words, due_at)
    return True
