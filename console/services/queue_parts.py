"""What the services of the hub queue share: the locked entry, its rules, its line on the timeline."""

import datetime as dt
from dataclasses import replace

from console.domain import hub_queue as rules
from console.domain.acting import Happened
from console.domain.permissions import Deed, reasons_not_permitted
from console.domain.waiting import decides_by_step
from console.domain.welfare import is_search
from console.domain.words import QueueStatus, ReferralStatus, Role, TaskKind
from console.services import queue_hours, safety
from console.services.basis import refuse
from db.models import Hub, QueueEntry, Referral, Step
from db.queries import lookups
from db.unit_of_work import UnitOfWork

OUT_OF_SIGHT = (
    "You do not see {hub}: ask somebody who works for both hubs, such as the supervisor, to move the patient."
)


def locked(
    work: UnitOfWork, entry_id: int, seen_version: int, after: QueueStatus | None = None
) -> tuple[QueueEntry, Referral]:
    """Lock an entry's referral and the entry, unless it changed since or may not become `after`."""
    referral = work.lock(Referral, work.get(QueueEntry, entry_id).referral_id)
    entry = work.lock(QueueEntry, entry_id)
    work.expect(entry, seen_version, referral.id)
    if after is not None:
        refuse(rules.reasons_not_to_move(entry.status, after))
    return entry, referral


def as_rules_see_it(entry: QueueEntry, referral: Referral) -> rules.Entry:
    """Give an entry as the rules see it."""
    return rules.Entry(
        id=entry.id,
        number=referral.number,
        status=entry.status,
        stream=entry.stream,
        priority=referral.priority,
        due_at=referral.due_at,
        arrived_at=entry.arrived_at,
        booked_for_at=entry.booked_for_at,
        gp_needed=referral.gp_needed,
        seen_by_id=entry.practitioner_id,
    )


def last_time(entry: QueueEntry, referral: Referral) -> dt.datetime:
    """Give when the entry's last step happened; nothing after it can have happened before."""
    times = (entry.arrived_at, entry.streamed_at, entry.called_at, entry.being_seen_at)
    return max((at for at in times if at is not None), default=referral.received_at)


def end(entry: QueueEntry, status: QueueStatus, at: dt.datetime, because: str = "") -> None:
    """Take an entry out of the queue."""
    entry.status, entry.ended_at, entry.ended_because = status, at, because or None


def ask_supervisor_when_closed(work: UnitOfWork, hub: Hub, referral: Referral, because: str) -> None:
    """Whoever comes, or waits at home again, when the hub is closed is the 24-hour supervisor's, by name.

    The `hub` is locked, so that nobody closes it meanwhile without being asked about this patient.
    """
    if not queue_hours.is_open(work, hub):
        words = f"{because}. Accept the patient by name."
        safety.ask_about(work, TaskKind.OVERNIGHT, Role.SUPERVISOR, referral, words)


def ask_about_open_again(work: UnitOfWork, undoing: Step) -> None:
    """Who was done with when the hub closed, and is not after all, is the supervisor's by name."""
    if undoing.referral_id is None or undoing.undoes_id is None:
        return
    referral = work.session.get(Referral, undoing.referral_id)
    ended = any(
        kept["table"] == Referral.__tablename__
        and "status" in kept["was"]
        and not ReferralStatus(kept["now"]["status"]).is_open
        for kept in work.get(Step, undoing.undoes_id).changes
    )
    if referral is not None and ended and referral.status.is_open:
        hub = work.lock(Hub, referral.hub_id)
        because = "open again: what ended it was taken back while the hub is closed"
        ask_supervisor_when_closed(work, hub, referral, because)


def wait_on(entry: QueueEntry, referral: Referral) -> None:
    """Nobody sees the patient any more: they wait on in their place, with their clocks as they were."""
    if entry.being_seen_at is not None and referral.seen_at == entry.being_seen_at:
        referral.seen_at = None
    entry.practitioner_id = entry.called_at = entry.being_seen_at = None


def queue_step(
    work: UnitOfWork,
    entry: QueueEntry,
    kind: str,
    words: str,
    happened: Happened,
    at: dt.datetime,
    *,
    undoable: bool = True,
) -> None:
    """Put a step of an entry on the referral's timeline; whoever is here by it is reached."""
    if decides_by_step(kind, work.actor.role):
        referral = work.lock(Referral, entry.referral_id)
        safety.reached(work, referral, "The patient is at a hub, or was given a time there.", at)
    work.step(
        f"queue.{kind}",
        words,
        hub_id=entry.hub_id,
        referral_id=entry.referral_id,
        practitioner_id=entry.practitioner_id,
        happened=replace(happened, at=at),
        undoable=undoable,
    )


def move_referral(work: UnitOfWork, referral: Referral, hub: Hub) -> None:
    """Give a referral to another hub with all that hangs on it; nobody moves one out of their own sight."""
    refuse(reasons_not_permitted(work.actor.role, Deed.MOVE_HUB))
    refuse(() if lookups.is_hub_in_sight(work.session, hub.id) else (OUT_OF_SIGHT.format(hub=hub.name),))
    for task in lookups.open_tasks(work.session, referral.id):
        if not is_search(task.kind, task.subject):  # one of ours is looked for where they work
            task.hub_id = hub.id
    referral.hub_id = hub.id
    work.session.flush()
