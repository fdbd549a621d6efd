"""Streaming: a clinician says which care a patient at a hub waits for, and how urgently."""

import datetime as dt

from console.domain import hub_queue as rules
from console.domain import triage
from console.domain.acting import NOW, Happened
from console.domain.permissions import Deed
from console.domain.words import PRIORITY_LABELS, QueueStatus, ReferralStatus, Stream
from console.services import due, edits, safety
from console.services.basis import Basis, refuse
from console.services.edits import Edit
from console.services.queue_parts import (
    ask_supervisor_when_closed,
    end,
    last_time,
    locked,
    queue_step,
    wait_on,
)
from console.services.steps import happened_at
from db.models import Hub, QueueEntry, Referral
from db.unit_of_work import UnitOfWork


class QueueStream:
    """What a clinician decides about a patient at a hub."""

    def __init__(self, basis: Basis) -> None:
        self._basis = basis

    def stream(
        self,
        entry_id: int,
        seen_version: int,
        stream: Stream,
        priority: int,
        gp_needed: bool,
        reason: str,
        happened: Happened = NOW,
        *,
        seen_referral: int | None = None,
    ) -> None:
        """Put a patient in a stream with a priority; for a patient who was not triaged this is the triage.

        `seen_referral` is the version of the referral that was seen: what others decided about it meanwhile
        is not decided back unseen.
        """
        with self._basis.work(Deed.STREAM) as work:
            entry, referral = locked(work, entry_id, seen_version)
            if seen_referral is not None:
                # Whoever streams decides all three, also where that is what stood there.
                wanted = {"stream": stream, "priority": priority, "gp_needed": gp_needed}
                edits.put_together(
                    work,
                    referral,
                    seen_referral,
                    {name: Edit((name,), value) for name, value in wanted.items()},
                    triage.DECIDED_TOGETHER,
                    referral_id=referral.id,
                )
            at = happened_at(work, happened, last_time(entry, referral))
            gp_needed = gp_needed or stream is Stream.GP_NEEDED
            refuse(_reasons_not_to_stream(work, entry, referral, stream, gp_needed=gp_needed, reason=reason))
            self._judge(work, referral, priority, reason, at)
            referral.stream, referral.gp_needed = stream, gp_needed
            # Whoever began to see the patient found that other care is needed: the patient waits again.
            wait_on(entry, referral)
            _place(work, entry, referral, at)
            safety.answered(work, referral, "Streamed by a clinician.", at)
            words = f"Streamed to {stream.label}, {PRIORITY_LABELS[priority].lower()}: {reason.strip()}"
            queue_step(work, entry, "streamed", words, happened, at)

    def _judge(
        self, work: UnitOfWork, referral: Referral, priority: int, reason: str, at: dt.datetime
    ) -> None:
        """Give the first priority, or change the one that stands; the clocks keep their first times."""
        role = work.actor.role
        if referral.status is ReferralStatus.RECEIVED:
            refuse(triage.reasons_not_to_triage(role, referral.status, priority))
            referral.status = ReferralStatus.TRIAGED
            referral.triaged_at, referral.triaged_by_id = at, work.actor.staff_id
            referral.first_triaged_at = referral.first_triaged_at or at
        elif priority != referral.priority:
            refuse(triage.reasons_not_to_change_priority(role, referral.priority, priority, reason))
            if triage.is_downgrade(referral.priority, priority):
                referral.downgraded_at = at
        referral.priority = priority
        due.wind(work, referral, self._basis.calendar)


def _reasons_not_to_stream(
    work: UnitOfWork, entry: QueueEntry, referral: Referral, stream: Stream, *, gp_needed: bool, reason: str
) -> tuple[str, ...]:
    reasons = list(
        rules.reasons_not_to_stream(work.actor.role, entry.status, gp_was_needed=gp_needed, stream=stream)
    )
    if not reason.strip():
        reasons.append("Say why this stream is the right one.")
    # A stream of that name must never stand for a call that nobody made.
    if stream is Stream.AMBULANCE and not due.asks_ambulance(referral):
        reasons.append("Upgrade to 999 first, so that the call and the crew's take-over are recorded.")
    return tuple(reasons)


def _place(work: UnitOfWork, entry: QueueEntry, referral: Referral, at: dt.datetime) -> None:
    """A patient who is to be seen at home leaves the queue and waits on the board; the others wait here."""
    entry.stream, entry.streamed_at = referral.stream, at
    if referral.stream is Stream.HOME_VISIT:
        end(entry, QueueStatus.TAKEN_OVER, at, "Waits for a visit at home")
        hub = work.lock(Hub, entry.hub_id)
        ask_supervisor_when_closed(work, hub, referral, "waits for a visit at home")
    else:
        entry.status = QueueStatus.STREAMED
