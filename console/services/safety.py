"""What keeps a waiting patient safe: who is asked to look, and whose act is the answer."""

import datetime as dt

from console.domain.words import Role, TaskKind
from console.services.tasks import ask, settle
from db.models import Practitioner, Referral, Task
from db.queries import lookups
from db.unit_of_work import UnitOfWork

# A clinician who acts on the patient has looked: these need no second look.
ANSWERED_BY_ACTING = (TaskKind.CLINICIAN_NOW, TaskKind.WAITING_CALL)


def ask_about(
    work: UnitOfWork,
    kind: TaskKind,
    role: Role,
    referral: Referral,
    words: str,
    due_at: dt.datetime | None = None,
    practitioner_id: int | None = None,
) -> Task:
    """Ask a role for something about a referral, now unless said otherwise."""
    return ask(
        work,
        kind,
        role,
        hub_id=referral.hub_id,
        subject=f"referral:{referral.id}",
        words=f"{referral.number}: {words}",
        due_at=due_at or work.now,
        referral_id=referral.id,
        practitioner_id=practitioner_id,
    )


def settle_all(work: UnitOfWork, referral: Referral, result: str, *kinds: TaskKind) -> None:
    """Finish every open task of these kinds about a referral."""
    for task in lookups.open_tasks(work.session, referral.id, *kinds):
        settle(work, task, result)


def answered(work: UnitOfWork, referral: Referral, result: str) -> None:
    """Let a clinician's act answer "worse" and the waiting call; nobody else's act does."""
    if work.actor.role is Role.CLINICIAN:
        referral.worse_at = None
        settle_all(work, referral, result, *ANSWERED_BY_ACTING)


def reached(work: UnitOfWork, referral: Referral, result: str) -> None:
    """Take back "cannot be reached"."""
    referral.failed_contact_at = None
    settle_all(work, referral, result, TaskKind.FAILED_CONTACT)


def return_notice(work: UnitOfWork, referral: Referral, practitioner: Practitioner) -> None:
    """Ask the hub to acknowledge that control took its practitioner and the patient waits again."""
    words = f"control diverted {practitioner.name}. The patient waits again: acknowledge it."
    ask_about(
        work,
        TaskKind.DIVERT_NOTICE,
        Role.COORDINATOR,
        referral,
        words,
        practitioner_id=practitioner.id,
    )
