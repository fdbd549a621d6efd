"""How an outgoing message ends, with the steps that it carries: never in silence."""

from collections.abc import Sequence

from console.domain.chase_words import ChaseState, MessageStatus
from console.domain.words import Role, TaskKind
from console.services import tasks
from db.models import Chase, OutgoingMessage
from db.queries import care, outgoing
from db.unit_of_work import UnitOfWork

TAKEN = "The mail server has taken it."
NOT_NEEDED = "Not needed any more."
TRAINING = "Training: nothing is sent."
BROKE_OFF = "The worker stopped while it was sending this."
MESSAGE = "message"
_STEPS = {
    MessageStatus.SENT: ChaseState.SENT,
    MessageStatus.CANCELLED: ChaseState.CANCELLED,
    MessageStatus.FAILED: ChaseState.FAILED,
    MessageStatus.UNCERTAIN: ChaseState.UNCERTAIN,
}


def end(work: UnitOfWork, message: OutgoingMessage, state: MessageStatus, result: str) -> None:
    """Let a message end, and with it the steps that were still to go or to be decided."""
    message.state, message.ended_at, message.result = state, work.now, result
    message.lease_until = None
    open_ones = outgoing.chases_of(work.session, message.id, ChaseState.QUEUED, ChaseState.UNCERTAIN)
    end_chases(work, open_ones, _STEPS[state], result)


def end_chases(work: UnitOfWork, chases: Sequence[Chase], state: ChaseState, result: str) -> None:
    """Let steps end; where one failed its subject is looked at now, so that the next step goes."""
    for chase in chases:
        chase.state, chase.ended_at, chase.result = state, work.now, result
    if state is ChaseState.FAILED:
        outgoing.look_again(work.session, chases, work.now)


def leave_to_a_person(work: UnitOfWork, message: OutgoingMessage, result: str) -> None:
    """Nobody knows whether it was sent: a coordinator is asked, and it is not sent twice meanwhile."""
    end(work, message, MessageStatus.UNCERTAIN, result)
    tasks.ask(
        work,
        TaskKind.REMINDER_UNCERTAIN,
        Role.COORDINATOR,
        hub_id=message.hub_id or outgoing.a_hub(work.session),
        subject=f"{MESSAGE}:{message.id}",
        words=f"Ask {message.address} whether this came: {message.subject_line.removeprefix('Doorstep: ')}.",
        due_at=work.now,
    )


def now_known(work: UnitOfWork, message: OutgoingMessage) -> None:
    """Whoever sent it could say so only after a person had been asked: nobody need decide any more."""
    end(work, message, MessageStatus.SENT, TAKEN)
    asked = care.open_task(
        work.session, TaskKind.REMINDER_UNCERTAIN, f"{MESSAGE}:{message.id}", Role.COORDINATOR
    )
    if asked is not None:
        tasks.settle(work, asked, TAKEN)
