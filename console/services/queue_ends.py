"""The ways out of a hub queue other than being seen; none of them lets a patient go silently."""

import datetime as dt

from console.domain import hub_queue as rules
from console.domain import referral as lives
from console.domain.acting import NOW, Happened
from console.domain.calendar import said
from console.domain.permissions import Deed
from console.domain.words import (
    OutcomeDisposition,
    OutcomeKind,
    QueueStatus,
    ReferralStatus,
    TaskKind,
)
from console.services import ending, outcomes, queue_hours, safety
from console.services.basis import Basis, refuse
from console.services.queue_parts import (
    ask_supervisor_when_closed,
    end,
    last_time,
    locked,
    move_referral,
    queue_step,
)
from console.services.steps import happened_at, own_only
from db.models import Hub, QueueEntry, Referral
from db.unit_of_work import UnitOfWork


class QueueEnds:
    """Left, did not attend, moved, taken over, another day."""

    _basis: Basis

    def left(self, entry_id: int, seen_version: int, words: str = "", happened: Happened = NOW) -> None:
        """The patient left before being seen: a clinician decides what happens; nothing closes by itself."""
        self._gone(entry_id, seen_version, QueueStatus.LEFT, words, happened)

    def did_not_attend(
        self, entry_id: int, seen_version: int, words: str = "", happened: Happened = NOW
    ) -> None:
        """A booked patient did not come: a clinician decides what happens; nothing closes by itself."""
        self._gone(entry_id, seen_version, QueueStatus.DID_NOT_ATTEND, words, happened)

    def move(
        self, entry_id: int, seen_version: int, hub_id: int, reason: str, happened: Happened = NOW
    ) -> int:
        """Send a waiting patient to the other hub, clocks running on; gives the entry there."""
        with self._basis.work(Deed.MOVE_QUEUE_ENTRY) as work:
            entry, referral = locked(work, entry_id, seen_version, QueueStatus.MOVED)
            here, there = work.get(Hub, entry.hub_id), work.get(Hub, hub_id)
            refuse(_reasons_not_to_move(work, entry, here, there, reason))
            at = happened_at(work, happened, last_time(entry, referral))
            status, stream_due_at = entry.status, entry.stream_due_at
            end(entry, QueueStatus.MOVED, at, f"From {here.name} to {there.name}: {reason.strip()}")
            move_referral(work, referral, there)
            was_called = status in (QueueStatus.CALLED, QueueStatus.BEING_SEEN)
            moved = work.add(
                QueueEntry(
                    hub_id=there.id,
                    referral_id=referral.id,
                    status=QueueStatus.STREAMED if was_called else status,
                    stream=entry.stream,
                    booked_for_at=entry.booked_for_at,
                    arrived_at=entry.arrived_at,
                    stream_due_at=stream_due_at,
                    streamed_at=entry.streamed_at,
                )
            )
            if status is not QueueStatus.BOOKED:
                there = work.lock(Hub, there.id)
                ask_supervisor_when_closed(work, there, referral, f"moved to {there.name} out of hours")
            words = f"Moved from {here.name} to {there.name}: {reason.strip()}"
            queue_step(work, moved, "moved", words, happened, at, undoable=False)
        return moved.id

    def taken_over(
        self,
        entry_id: int,
        seen_version: int,
        receiving_service: str,
        reference: str = "",
        happened: Happened = NOW,
    ) -> None:
        """A named service takes the patient over."""
        with self._basis.work(Deed.END_QUEUE_ENTRY) as work:
            entry, referral = locked(work, entry_id, seen_version, QueueStatus.TAKEN_OVER)
            refuse(rules.reasons_not_to_hand_over(receiving_service))
            refuse(rules.reasons_unjudged(work.actor.role, entry.streamed_at))
            own_only(work, entry.practitioner_id)
            at = happened_at(work, happened, last_time(entry, referral))
            was_seen = entry.being_seen_at is not None
            noted = f" ({reference.strip()})" if reference.strip() else ""
            words = f"Taken over by {receiving_service.strip()}{noted}"
            end(entry, QueueStatus.TAKEN_OVER, at, words)
            work.session.flush()
            if was_seen:
                _owe_consultation(work, referral, entry, at)
            # Whoever hands a patient over has noticed that control took who saw them, else it would not end.
            safety.noticed(work, referral, f"{words}.")
            # Who came while the hub was closed was asked of the supervisor, and is somebody else's now.
            safety.settle_all(work, referral, f"{words}.", TaskKind.OVERNIGHT)
            _end_referral(work, referral, at, words, was_seen=was_seen)
            queue_step(work, entry, "taken_over", words, happened, at)

    def tomorrow(
        self,
        entry_id: int,
        seen_version: int,
        booked_for_at: dt.datetime,
        reason: str,
        happened: Happened = NOW,
    ) -> None:
        """A clinician gives a waiting patient a time on a later day."""
        with self._basis.work(Deed.GIVE_TOMORROW) as work:
            entry, referral = locked(work, entry_id, seen_version)
            if entry.status is not QueueStatus.BOOKED:
                refuse(rules.reasons_not_to_move(entry.status, QueueStatus.BOOKED))
            hub = work.get(Hub, entry.hub_id)
            opens_at = queue_hours.opens_at(work.session, hub, work.now)
            refuse(rules.reasons_not_to_rebook(work.actor.role, booked_for_at, work.now, opens_at))
            refuse(() if reason.strip() else ("Say why the patient can safely wait until then.",))
            refuse(queue_hours.reasons_not_to_book(work, hub, booked_for_at))
            at = happened_at(work, happened, last_time(entry, referral))
            entry.status, entry.booked_for_at = QueueStatus.BOOKED, booked_for_at
            entry.arrived_at = entry.stream_due_at = entry.called_at = None
            given = "A clinician gave another day's time."
            safety.answered(work, referral, given, at)
            safety.settle_all(work, referral, given, TaskKind.OVERNIGHT)
            words = f"Given {said(booked_for_at)}: {reason.strip()}"
            queue_step(work, entry, "rebooked", words, happened, at)

    def _gone(
        self, entry_id: int, seen_version: int, status: QueueStatus, words: str, happened: Happened
    ) -> None:
        with self._basis.work(Deed.END_QUEUE_ENTRY) as work:
            entry, referral = locked(work, entry_id, seen_version, status)
            at = happened_at(work, happened, last_time(entry, referral))
            is_missed = status is QueueStatus.DID_NOT_ATTEND
            refuse(rules.reasons_not_to_have_missed(entry.booked_for_at, at) if is_missed else ())
            end(entry, status, at, words.strip())
            told = f"{status.label}: {words.strip()}" if words.strip() else status.label
            asked = f"{told}. Ring the patient and decide what happens."
            safety.ask_to_decide(work, referral, TaskKind.FAILED_CONTACT, asked)
            queue_step(work, entry, status.value, told, happened, at)


def _reasons_not_to_move(
    work: UnitOfWork, entry: QueueEntry, here: Hub, there: Hub, reason: str
) -> tuple[str, ...]:
    reasons = []
    if here.id == there.id:
        reasons.append(f"The patient is at {there.name} already.")
    if entry.status is QueueStatus.BOOKED and entry.booked_for_at is not None:
        # Whoever is to come tomorrow may find it closed today, and must not find it closed tomorrow.
        comes_at = max(entry.booked_for_at, work.now)
        reasons += queue_hours.reasons_not_to_book(work, there, comes_at)
    elif queue_hours.is_closed_down(there, work.now):
        reasons.append(f"{there.name} has closed for the day.")
    if not reason.strip():
        reasons.append("Say why the patient moves.")
    return tuple(reasons)


def _owe_consultation(work: UnitOfWork, referral: Referral, entry: QueueEntry, at: dt.datetime) -> None:
    outcomes.owed(
        work,
        referral,
        OutcomeKind.HUB_CONSULTATION,
        ended_at=at,
        queue_entry=entry,
        disposition=OutcomeDisposition.REFERRED_COMMUNITY,
    )


def _end_referral(
    work: UnitOfWork, referral: Referral, at: dt.datetime, because: str, *, was_seen: bool
) -> None:
    """End what is nobody's here any more; while something of it is open, it stays on the board."""
    if was_seen:
        ending.close_if_done(work, referral, at, because)
        return
    redirected = ReferralStatus.REDIRECTED
    if not lives.reasons_not_to_end(referral.status, redirected, ending.open_parts(work, referral)):
        ending.end(work, referral, redirected, at, because)
