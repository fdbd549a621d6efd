"""The hub queue: patients arrive, are streamed, called, seen; each step by a named person."""

import datetime as dt
from dataclasses import replace

from console.domain import clocks
from console.domain import hub_queue as rules
from console.domain.acting import NOW, Happened
from console.domain.calendar import local, said
from console.domain.permissions import Deed
from console.domain.words import OutcomeDisposition, OutcomeKind, QueueStatus, ReferralStatus, TaskKind
from console.services import due, ending, intake, outcomes, queue_hours, safety, site
from console.services.basis import refuse
from console.services.forms import NewReferral
from console.services.queue_bookings import QueueBookings
from console.services.queue_ends import QueueEnds
from console.services.queue_parts import (
    as_rules_see_it,
    ask_supervisor_when_closed,
    end,
    last_time,
    locked,
    move_referral,
    queue_step,
)
from console.services.queue_stream import QueueStream
from console.services.steps import happened_at, own_only
from console.services.triage import reasons_ended
from db.models import Hub, Practitioner, QueueEntry, Referral
from db.queries import care, lookups
from db.unit_of_work import UnitOfWork

CONTACTS = (OutcomeKind.HUB_CONSULTATION, OutcomeKind.DEATH)
_CREW_COMES = "999 is asked for: record the crew's take-over, or have a clinician stand it down."


class HubQueue(QueueStream, QueueBookings, QueueEnds):
    """What is done about a patient at a hub."""

    def arrive(self, who: NewReferral | int, hub_id: int | None = None, happened: Happened = NOW) -> int:
        """A patient stands at the desk, a new one with a form or one on the board; gives the entry.

        A new one is taken in by it, which not everybody may who receives those that are expected.
        """
        is_new = isinstance(who, NewReferral)
        with self._basis.work(Deed.RECEIVE if is_new else Deed.ARRIVE) as work:
            if isinstance(who, NewReferral):
                # A new patient's clocks run from when they came, however late the desk gets to it.
                happened = replace(happened, at=happened.at or who.received_at)
                form = replace(who, received_at=who.received_at or happened.at)
                referral = self._taken_in(work, form, happened)
            else:
                referral = work.lock(Referral, who)
            at = happened_at(work, happened, referral.received_at)
            refuse(reasons_ended(referral))
            _not_with_anybody(work, referral)
            hub = work.lock(Hub, hub_id or referral.hub_id)
            entry = _booked_entry(work, referral)
            if hub.id != referral.hub_id:
                move_referral(work, referral, hub)
            entry = entry or QueueEntry(referral_id=referral.id, status=QueueStatus.ARRIVED)
            entry.hub_id, entry.status, entry.arrived_at = hub.id, QueueStatus.ARRIVED, at
            entry.stream_due_at = clocks.stream_due_at(at, site.clocks(work))
            work.add(entry)
            # Who stands at the desk is reached, whether they had left before or not come in time.
            safety.reached(work, referral, "The patient came to the hub.", at, TaskKind.NO_REPLY_CONCERN)
            ask_supervisor_when_closed(work, hub, referral, f"arrived at {hub.name} out of hours")
            queue_step(work, entry, "arrived", f"Arrived at {hub.name}", happened, at, undoable=not is_new)
        return entry.id

    def book(
        self,
        referral_id: int,
        seen_version: int,
        booked_for_at: dt.datetime,
        hub_id: int | None = None,
        happened: Happened = NOW,
    ) -> int:
        """Give a patient on the board a time at a hub; gives the entry."""
        with self._basis.work(Deed.BOOK) as work:
            referral = work.lock(Referral, referral_id)
            work.expect(referral, seen_version)
            refuse(reasons_ended(referral))
            _not_with_anybody(work, referral)
            refuse(rules.reasons_not_to_book_anew(None, booked_for_at, work.now))
            at = happened_at(work, happened, referral.received_at)
            hub = work.get(Hub, hub_id or referral.hub_id)
            refuse(queue_hours.reasons_not_to_book(work, hub, booked_for_at))
            if hub.id != referral.hub_id:
                move_referral(work, referral, hub)
            entry = work.add(
                QueueEntry(
                    hub_id=hub.id,
                    referral_id=referral.id,
                    status=QueueStatus.BOOKED,
                    stream=referral.stream,
                    booked_for_at=booked_for_at,
                )
            )
            words = f"Booked at {hub.name} for {said(booked_for_at)}"
            queue_step(work, entry, "booked", words, happened, at)
        return entry.id

    def call(self, entry_id: int, seen_version: int, happened: Happened = NOW) -> None:
        """Call the patient in."""
        with self._basis.work(Deed.CALL_PATIENT) as work:
            entry, referral = locked(work, entry_id, seen_version, QueueStatus.CALLED)
            at = happened_at(work, happened, last_time(entry, referral))
            entry.status, entry.called_at = QueueStatus.CALLED, at
            queue_step(work, entry, "called", "Called", happened, at)

    def put_back(self, entry_id: int, seen_version: int, happened: Happened = NOW) -> None:
        """Nobody came when called: the patient keeps their place in the stream."""
        with self._basis.work(Deed.CALL_PATIENT) as work:
            entry, referral = locked(work, entry_id, seen_version)
            refuse(() if entry.status is QueueStatus.CALLED else ("The patient was not called.",))
            at = happened_at(work, happened, last_time(entry, referral))
            entry.status, entry.called_at = QueueStatus.STREAMED, None
            queue_step(work, entry, "put_back", "Did not come when called; waits on", happened, at)

    def begin(self, entry_id: int, seen_version: int, practitioner_id: int, happened: Happened = NOW) -> None:
        """A practitioner on duty begins to see the patient; the response clock stops."""
        with self._basis.work(Deed.SEE_PATIENT) as work:
            practitioner = work.lock(Practitioner, practitioner_id)
            entry, referral = locked(work, entry_id, seen_version, QueueStatus.BEING_SEEN)
            own_only(work, practitioner_id)
            refuse(rules.reasons_not_to_see(practitioner.profession, as_rules_see_it(entry, referral)))
            at = happened_at(work, happened, last_time(entry, referral))
            is_past = happened.from_paper and at < work.now
            refuse(_reasons_not_on(work, practitioner, at) if is_past else ())
            refuse(() if is_past else _reasons_not_free(work, practitioner))
            entry.status, entry.being_seen_at = QueueStatus.BEING_SEEN, at
            entry.practitioner_id = practitioner.id
            referral.seen_at = referral.seen_at or at
            if referral.status is ReferralStatus.TRIAGED:
                referral.status = ReferralStatus.ACCEPTED
            safety.noticed(work, referral, "The patient is being seen.")
            safety.settle_all(work, referral, "The patient is being seen.", *ending.WHILE_WAITING)
            words = f"{practitioner.name} sees the patient"
            queue_step(work, entry, "being_seen", words, happened, at)

    def finish(
        self,
        entry_id: int,
        seen_version: int,
        disposition: OutcomeDisposition | None = None,
        admission_prevented: bool | None = None,
        prevented_because: str = "",
        kind: OutcomeKind = OutcomeKind.HUB_CONSULTATION,
        happened: Happened = NOW,
    ) -> int:
        """The patient was seen: the practice is owed a report, whose id is given, and the referral closes."""
        with self._basis.work(Deed.SEE_PATIENT) as work:
            entry, referral = locked(work, entry_id, seen_version, QueueStatus.SEEN)
            own_only(work, entry.practitioner_id)
            refuse((_CREW_COMES,) if due.asks_ambulance(referral) else ())
            refuse(() if kind in CONTACTS else ("Who was seen at a hub was seen there, or died there.",))
            at = happened_at(work, happened, last_time(entry, referral))
            end(entry, QueueStatus.SEEN, at)
            entry.seen_at = at
            report = outcomes.owed(
                work,
                referral,
                kind,
                ended_at=at,
                queue_entry=entry,
                disposition=disposition,
                admission_prevented=admission_prevented,
                prevented_because=prevented_because,
            )
            safety.seen(work, referral, at)
            # Who came while the hub was closed was asked of the supervisor, who need not take them any more.
            safety.settle_all(work, referral, "The patient was seen.", TaskKind.OVERNIGHT)
            ending.close_if_done(work, referral, at, "Seen at the hub.")
            words = "Seen at the hub" if kind is OutcomeKind.HUB_CONSULTATION else "Died at the hub"
            queue_step(work, entry, "seen", words, happened, at)
        return report.id

    def _taken_in(self, work: UnitOfWork, form: NewReferral, happened: Happened) -> Referral:
        referral = intake.take_in(work, self._basis, form)
        work.step(
            "referral.received",
            "Received at the hub's desk",
            hub_id=referral.hub_id,
            referral_id=referral.id,
            happened=replace(happened, at=referral.received_at),
            undoable=False,
        )
        return referral


def _not_with_anybody(work: UnitOfWork, referral: Referral) -> None:
    """Refuse a patient to whom somebody has been sent."""
    visit, name = lookups.active_visit(work.session, referral.id) or (None, "")
    if visit is not None:
        status = visit.status.label.lower()
        refuse((f"{name} has the visit ({status}): withdraw or finish it first.",))


def _booked_entry(work: UnitOfWork, referral: Referral) -> QueueEntry | None:
    """Give the entry of a patient who was expected; one who is in a queue already does not arrive twice."""
    entry = care.open_entry(work.session, referral.id)
    if entry is not None and entry.status is not QueueStatus.BOOKED:
        refuse((f"{referral.number} is in the queue already ({entry.status.label.lower()}).",))
    return entry


def _reasons_not_on(work: UnitOfWork, practitioner: Practitioner, at: dt.datetime) -> tuple[str, ...]:
    """What they do by now says nothing about what stands on the paper; when they were on duty does."""
    if care.was_on_duty(work.session, practitioner.id, at):
        return ()
    return (f"{practitioner.name} was not on duty at {local(at):%H:%M}: record the shift first.",)


def _reasons_not_free(work: UnitOfWork, practitioner: Practitioner) -> tuple[str, ...]:
    if care.shift_on_duty(work.session, practitioner.id) is None:
        return (f"{practitioner.name} is not on duty: record the shift first.",)
    busy = care.engaged_now(work.session, practitioner.id)
    return (f"{practitioner.name} is busy with {busy}: finish that first.",) if busy else ()
