"""What keeps a waiting patient safe: who is asked to look, and whose act is the answer."""

import datetime as dt

from console.domain.words import Role, TaskKind
from console.services.tasks import ask, let_go_when_decided, settle
from db.models import Practitioner, Referral, Task
from db.queries import lookups
from db.unit_of_work import UnitOfWork

ANSWERED_BY_CREW = (
    TaskKind.AMBULANCE_TAKE_OVER,
    TaskKind.FAILED_CONTACT,
    TaskKind.NO_REPLY_CONCERN,
    TaskKind.OVERNIGHT,
    TaskKind.VISIT_UNACKNOWLEDGED,
)


def ask_about(
    work: UnitOfWork,
    kind: TaskKind,
    role: Role,
    referral: Referral,
    words: str,
    due_at: dt.datetime | None = None,
    practitioner_id: int | None = None,
    *,
    is_news: bool = False,
) -> Task:
    """Ask a role for something about a referral, now unless said otherwise; once more where it is news."""
    head = f"{referral.number}: "
    return ask(
        work,
        kind,
        role,
        hub_id=referral.hub_id,
        subject=f"referral:{referral.id}",
        words=f"{head}{words}",
        due_at=due_at or work.now,
        referral_id=referral.id,
        practitioner_id=practitioner_id,
        is_news=is_news,
        head=head,
    )


def settle_all(work: UnitOfWork, referral: Referral, result: str, *kinds: TaskKind) -> None:
    """Finish every open task of these kinds about a referral."""
    for task in lookups.open_tasks(work.session, referral.id, *kinds):
        settle(work, task, result)


# What happened at `at` may be entered long after, from paper: it answers nothing that came after it.


def answered(work: UnitOfWork, referral: Referral, result: str, at: dt.datetime) -> None:
    """Let a clinician's act answer "worse" and the waiting call; nobody else's act does."""
    if work.actor.role is Role.CLINICIAN:
        _looked(work, referral, result, at)


def reached(
    work: UnitOfWork, referral: Referral, result: str, at: dt.datetime, *also_settled: TaskKind
) -> None:
    """Take back "cannot be reached", unless the patient was missed since."""
    if not _is_newer(lookups.last_missed_at(work.session, referral.id), at):
        settle_all(work, referral, result, TaskKind.FAILED_CONTACT, *also_settled)
        let_go_when_decided(work, referral)


def ask_to_decide(work: UnitOfWork, referral: Referral, kind: TaskKind, words: str) -> None:
    """Ask a clinician what happens to a patient whom nobody reaches; the referral shows it until decided."""
    referral.failed_contact_at = referral.failed_contact_at or work.now
    ask_about(work, kind, Role.CLINICIAN, referral, words)


def seen(work: UnitOfWork, referral: Referral, at: dt.datetime) -> None:
    """A clinician has been with the patient: what was asked for while they waited is answered."""
    result = "The patient was seen."
    _looked(work, referral, result, at)
    reached(work, referral, result, at, TaskKind.NO_REPLY_CONCERN)


def taken_over(work: UnitOfWork, referral: Referral, at: dt.datetime) -> None:
    """A crew has the patient: that answers what was asked for until then, and why nobody is reached since."""
    result = "A crew took the patient over."
    _looked(work, referral, result, at)
    referral.failed_contact_at = None
    settle_all(work, referral, result, *ANSWERED_BY_CREW)
    noticed(work, referral, result)  # nobody waits whom control left


def _looked(work: UnitOfWork, referral: Referral, result: str, at: dt.datetime) -> None:
    """A clinician who acts on the patient has looked: "worse" and the waiting call need no second look."""
    if _is_newer(referral.worse_at, at):
        return
    referral.worse_at = None
    settle_all(work, referral, result, TaskKind.CLINICIAN_NOW)
    for call in lookups.open_tasks(work.session, referral.id, TaskKind.WAITING_CALL):
        if not _is_newer(call.due_at, at):
            settle(work, call, result)


def _is_newer(stands_since: dt.datetime | None, at: dt.datetime) -> bool:
    return stands_since is not None and stands_since > at


def noticed(work: UnitOfWork, referral: Referral, result: str) -> None:
    """Whoever sends or sees the patient has noticed that they came back."""
    referral.acknowledgement_owed = False
    settle_all(work, referral, result, TaskKind.DIVERT_NOTICE)


def return_notice(work: UnitOfWork, referral: Referral, practitioner: Practitioner) -> None:
    """Ask the hub to acknowledge that control took its practitioner and the patient waits again."""
    referral.acknowledgement_owed = True
    words = f"control diverted {practitioner.name}. The patient waits again: acknowledge it."
    ask_about(
        work,
        TaskKind.DIVERT_NOTICE,
        Role.COORDINATOR,
        referral,
        words,
        practitioner_id=practitioner.id,
    )
