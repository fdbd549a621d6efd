"""How a referral ends: only when nothing of it is left open, and then with everything that waited for it."""

import datetime as dt

from console.domain import referral as rules
from console.domain.undo import BY_MISTAKE
from console.domain.words import ReferralStatus, Role, TaskKind
from console.services import due
from console.services.basis import refuse
from console.services.tasks import settle
from db.models import Referral, Task
from db.queries import lookups
from db.unit_of_work import UnitOfWork

# These ask for something only as long as somebody waits.
WHILE_WAITING = (TaskKind.WAITING_CALL, TaskKind.VISIT_UNACKNOWLEDGED)
# These end with the referral; who may let a night's patient go is asked before.
WITH_REFERRAL = (*WHILE_WAITING, TaskKind.OVERNIGHT)
_TURNED_AWAY = (ReferralStatus.REDIRECTED, ReferralStatus.DECLINED)


def open_parts(
    work: UnitOfWork, referral: Referral, ends_as: ReferralStatus | None = None
) -> rules.OpenParts:
    """Gather what hangs on a referral, and would hinder that it ends in this way."""
    visit, by = lookups.active_visit(work.session, referral.id) or (None, None)
    entry, hub = lookups.open_queue_entry(work.session, referral.id) or (None, None)
    return rules.OpenParts(
        visit_status=visit.status if visit else None,
        visit_by=by,
        queue_status=entry.status if entry else None,
        queue_hub=hub,
        asks_ambulance=due.asks_ambulance(referral),
        is_worse_unanswered=referral.worse_at is not None,
        is_failed_contact=referral.failed_contact_at is not None,
        acknowledgement_owed=referral.acknowledgement_owed,
        open_tasks=frozenset(
            task.kind
            for task in lookups.open_tasks(work.session, referral.id)
            if not _is_let_go(work, task, ends_as)
        ),
        has_outcome=lookups.has_outcome(work.session, referral.id),
    )


def _is_let_go(work: UnitOfWork, task: Task, ends_as: ReferralStatus | None) -> bool:
    """A night's patient is ended by the supervisor who accepted them, or by a clinician who turns them away.

    Only a clinician may give a patient to another service, and the supervisor may not finish before.
    """
    if task.kind is not TaskKind.OVERNIGHT:
        return False
    if work.actor.role is Role.CLINICIAN:
        return ends_as in _TURNED_AWAY
    return work.actor.role is Role.SUPERVISOR and task.accepted_by_id is not None


def end(work: UnitOfWork, referral: Referral, status: ReferralStatus, at: dt.datetime, because: str) -> None:
    """End a referral in this way; refuse while anything of it is open."""
    refuse(rules.reasons_not_to_end(referral.status, status, open_parts(work, referral, status)))
    referral.status = status
    referral.closed_at, referral.closed_because = at, because
    # Without a contact there is no report, and so none that somebody must own.
    no_report = () if lookups.has_outcome(work.session, referral.id) else (TaskKind.REPORT_OWNER,)
    for task in lookups.open_tasks(work.session, referral.id, *WITH_REFERRAL, *no_report):
        settle(work, task, f"The referral has ended: {status.label.lower()}.")


def settle_taken_back(work: UnitOfWork, referral_id: int) -> None:
    """Finish what was asked by itself about a referral that was taken back: nobody waits any more."""
    referral = work.session.get(Referral, referral_id)  # the step may have been that it came into sight
    if referral is not None and referral.closed_because == BY_MISTAKE:
        for task in lookups.open_tasks(work.session, referral.id):
            settle(work, task, f"{BY_MISTAKE}.")


def close_if_done(work: UnitOfWork, referral: Referral, at: dt.datetime, because: str) -> bool:
    """Close a referral when nothing of it is open any more; tell whether it closed."""
    if rules.reasons_not_to_close(referral.status, open_parts(work, referral)):
        return False
    end(work, referral, ReferralStatus.CLOSED, at, because)
    return True
