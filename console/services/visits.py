"""Visits: who is sent, and every step until the visit ends one way or another."""

import datetime as dt
from dataclasses import replace

from console.domain import visit as rules
from console.domain.acting import NOW, Happened
from console.domain.calendar import local
from console.domain.permissions import Deed, reasons_not_permitted
from console.domain.refusals import ChangedElsewhere
from console.domain.rows import CandidateRow
from console.domain.words import Placement, QueueStatus, TaskKind, VisitStatus
from console.services import queue_parts, safety, sending
from console.services.basis import Basis, refuse
from console.services.steps import happened_at
from console.services.tasks import settle
from console.services.visit_steps import (
    VisitSteps,
    last_time,
    locked_visit,
    reported_visit,
    send,
    stay_for_crew,
    visit_step,
    waits_again,
)
from console.services.whole_visits import WholeVisits
from db.models import Practitioner, QueueEntry, Referral, Shift, Visit
from db.queries import care, lookups
from db.unit_of_work import UnitOfWork


class Visits(VisitSteps, WholeVisits):
    """Sending a practitioner to a patient, and taking them back."""

    def __init__(self, basis: Basis) -> None:
        self._basis = basis

    def candidates(
        self, referral_id: int, but_visit_id: int | None = None, at: dt.datetime | None = None
    ) -> tuple[CandidateRow, ...]:
        """Give who could be sent: the nearest whom the rule allows first, the others each with every reason.

        `but_visit_id` is the visit that is to be given to somebody else; `at` when it was decided on paper.
        """
        refuse(reasons_not_permitted(self._basis.actor.role, Deed.ALLOCATE))
        with self._basis.database.read() as session:
            referral = session.get(Referral, referral_id)
            if referral is None:
                return ()
            # Where people are now says nothing about who was near when it was decided on paper.
            travel = self._basis.travel if at is None else None
            now = at or self._basis.now()
            return sending.candidates(session, referral, now, but_visit_id=but_visit_id, travel=travel)

    def allocate(
        self,
        referral_id: int,
        practitioner_id: int,
        seen_version: int,
        chosen_because: str = "",
        happened: Happened = NOW,
        seen_in_hand: int | None = None,
    ) -> int:
        """Allocate a visit and give its id; a triaged referral is accepted by it.

        `seen_in_hand` is how many visits the practitioner had when the person chose: when there are more now,
        the person is told, instead of sending one practitioner to two patients unknowingly.
        """
        with self._basis.work(Deed.ALLOCATE) as work:
            practitioner = work.lock(Practitioner, practitioner_id)
            referral = work.lock(Referral, referral_id)
            work.expect(referral, seen_version)
            _expect_in_hand(work, practitioner, seen_in_hand)
            at = happened_at(work, happened, referral.first_triaged_at or referral.received_at)
            visit = send(work, practitioner, referral, at, chosen_because)
            words = f"Allocated to {practitioner.name}"
            visit_step(work, visit, "visit.allocated", words, replace(happened, at=at))
        return visit.id

    def reassign(
        self,
        visit_id: int,
        seen_version: int,
        practitioner_id: int,
        reason: str,
        happened: Happened = NOW,
    ) -> int:
        """Give a visit that is not yet at the door to somebody else, clocks intact; gives the new visit."""
        with self._basis.work(Deed.REASSIGN) as work:
            practitioner = work.lock(Practitioner, practitioner_id)
            visit, referral = locked_visit(work, visit_id, seen_version)
            refuse(rules.reasons_not_to_move(visit.status, VisitStatus.WITHDRAWN))
            refuse(_reasons_not_to_reassign(visit, practitioner, reason))
            at = happened_at(work, happened, last_time(visit))
            before = work.get(Practitioner, visit.practitioner_id)
            _end_early(work, visit, referral, VisitStatus.WITHDRAWN, at, reason)
            following = send(work, practitioner, referral, at, reason)
            words = f"Reassigned from {before.name} to {practitioner.name}: {reason.strip()}"
            visit_step(work, following, "visit.reassigned", words, replace(happened, at=at))
        return following.id

    def withdraw(self, visit_id: int, seen_version: int, reason: str, happened: Happened = NOW) -> None:
        """Call a practitioner off before the door; the referral waits again with its clocks as they were."""
        self._return(Deed.REASSIGN, visit_id, seen_version, VisitStatus.WITHDRAWN, reason, happened)

    def hand_back(self, visit_id: int, seen_version: int, reason: str, happened: Happened = NOW) -> None:
        """Hand a visit back; the referral waits again with its clocks as they were."""
        self._return(Deed.HAND_BACK, visit_id, seen_version, VisitStatus.HANDED_BACK, reason, happened)

    def divert(self, practitioner_id: int, reason: str, happened: Happened = NOW) -> int:
        """Take a practitioner for control: all whom they have in hand wait again; gives how many do.

        The rest of their shift becomes front line, so that nobody sends them to a home visit meanwhile.
        """
        with self._basis.work(Deed.DIVERT_PRACTITIONER) as work:
            refuse(rules.reasons_not_to_divert(work.actor.role, reason))
            practitioner = work.lock(Practitioner, practitioner_id)
            at = happened_at(work, happened)
            visits = lookups.visits_in_hand(work.session, practitioner.id)
            for visit in visits:
                self._take_away(work, visit, practitioner, reason, replace(happened, at=at))
            being_seen = care.being_seen_by(work.session, practitioner.id)
            left = [
                _leave_at_hub(work, one, practitioner, reason, replace(happened, at=at)) for one in being_seen
            ]
            _to_front_line(work, practitioner, at)
            words = f"{practitioner.name} diverted by control: {reason.strip()}"
            work.step(
                "practitioner.diverted",
                words,
                hub_id=None,
                practitioner_id=practitioner.id,
                happened=replace(happened, at=at),
                undoable=False,
            )
        return len(visits) + sum(left)

    def _take_away(
        self, work: UnitOfWork, visit: Visit, practitioner: Practitioner, reason: str, happened: Happened
    ) -> None:
        referral = work.lock(Referral, visit.referral_id)
        refuse(rules.reasons_not_to_move(visit.status, VisitStatus.DIVERTED))
        # Control may have taken them before somebody here, who did not know, sent them once more.
        at = max(happened.at or work.now, last_time(visit))
        _end_early(work, visit, referral, VisitStatus.DIVERTED, at, reason)
        safety.return_notice(work, referral, practitioner)
        words = f"{practitioner.name} diverted by control: {reason.strip()}"
        visit_step(work, visit, "visit.diverted", words, replace(happened, at=at), undoable=False)

    def _return(
        self,
        deed: Deed,
        visit_id: int,
        seen_version: int,
        status: VisitStatus,
        reason: str,
        happened: Happened,
    ) -> None:
        with self._basis.work(deed) as work:
            visit, referral = reported_visit(work, visit_id, seen_version, happened)
            refuse(rules.reasons_not_to_move(visit.status, status))
            stay_for_crew(visit, referral)
            refuse(() if reason.strip() else ("Say why the visit comes back.",))
            at = happened_at(work, happened, last_time(visit))
            _end_early(work, visit, referral, status, at, reason)
            words = f"{status.label}: {reason.strip()}"
            visit_step(work, visit, f"visit.{status.value}", words, replace(happened, at=at))


def _leave_at_hub(
    work: UnitOfWork, entry: QueueEntry, practitioner: Practitioner, reason: str, happened: Happened
) -> bool:
    """A patient whom they were seeing at a hub waits on in the stream, and the hub must notice."""
    referral = work.lock(Referral, entry.referral_id)
    entry = work.lock(QueueEntry, entry.id)
    if entry.status is not QueueStatus.BEING_SEEN or entry.practitioner_id != practitioner.id:
        return False  # finished while control decided
    at = max(happened.at or work.now, queue_parts.last_time(entry, referral))
    entry.status = QueueStatus.STREAMED
    queue_parts.wait_on(entry, referral)
    safety.return_notice(work, referral, practitioner)
    words = f"{practitioner.name} diverted by control, waits on: {reason.strip()}"
    queue_parts.queue_step(work, entry, "diverted", words, happened, at, undoable=False)
    return True


def _to_front_line(work: UnitOfWork, practitioner: Practitioner, at: dt.datetime) -> None:
    """End the shift that is being worked and begin one for control with what is left of it."""
    shift = care.shift_on_duty(work.session, practitioner.id)
    if shift is None or shift.placement is Placement.FRONT_LINE:
        return
    shift.off_at = at
    work.session.flush()  # a person works one shift at a time
    if at < shift.ends_at:
        work.add(
            Shift(
                practitioner_id=practitioner.id,
                hub_id=shift.hub_id,
                placement=Placement.FRONT_LINE,
                starts_at=at,
                ends_at=shift.ends_at,
                on_at=at,
            )
        )


def _end_early(
    work: UnitOfWork, visit: Visit, referral: Referral, status: VisitStatus, at: dt.datetime, reason: str
) -> None:
    """End a visit before it is clear; the flush frees the referral for the next one."""
    visit.status, visit.ended_at, visit.ended_because = status, at, reason.strip()
    waits_again(referral, visit)
    for task in lookups.open_tasks(work.session, visit.referral_id, TaskKind.VISIT_UNACKNOWLEDGED):
        settle(work, task, f"The visit ended: {status.label.lower()}.")
    work.session.flush()


def _reasons_not_to_reassign(visit: Visit, practitioner: Practitioner, reason: str) -> tuple[str, ...]:
    has_it = f"{practitioner.name} has this visit already."
    checks = (
        (visit.practitioner_id == practitioner.id, has_it),
        (not reason.strip(), "Say why somebody else goes."),
    )
    return tuple(words for is_reason, words in checks if is_reason)


def _expect_in_hand(work: UnitOfWork, practitioner: Practitioner, seen_in_hand: int | None) -> None:
    visits = lookups.visits_in_hand(work.session, practitioner.id)
    if seen_in_hand is None or len(visits) <= seen_in_hand:
        return
    newest = max(visits, key=lambda one: one.id)
    number = work.get(Referral, newest.referral_id).number
    step = lookups.newest_step(work.session, newest.referral_id, ("visit.allocated", "visit.reassigned"))
    who = step[1] if step else "Somebody"
    raise ChangedElsewhere(
        f"{who} allocated {number} to {practitioner.name} at {local(newest.allocated_at):%H:%M}."
        " Look again before you decide."
    )
