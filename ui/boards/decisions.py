"""Who decides about a patient whom nobody reached, in the few words that a row has room for."""

from console.domain.referral import UNREACHED
from console.domain.rows import ReferralRow, TaskRow
from ui.boards.task_cells import holds_until
from ui.session import Session
from ui.time_text import clock


def who_decides(row: ReferralRow, session: Session) -> str:
    """Who took the decision on and until when it is theirs, else since when it is asked of a clinician."""
    if not row.awaits_decision:
        return ""
    tasks = [task for task in session.live.tasks.by_id.values() if is_about(task, row)]
    taken = next((task for task in tasks if task.accepted_by is not None), None)
    if taken is None or taken.accepted_by is None:
        return f"asked {clock(row.failed_contact_at)}" if row.failed_contact_at else ""
    until = holds_until(taken, session.frame)
    return taken.accepted_by if until is None else f"{taken.accepted_by}, to {clock(until)}"


def is_about(task: TaskRow, row: ReferralRow) -> bool:
    """Whether a clinician is asked by this task what happens to this patient."""
    return task.referral_id == row.id and task.kind in UNREACHED
