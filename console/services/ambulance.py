"""999: asked for, referenced, accepted, taken over by a crew; or stood down by a registered clinician."""

import datetime as dt
from dataclasses import replace

from console.domain import ambulance as rules
from console.domain.acting import NOW, Happened
from console.domain.permissions import Deed
from console.domain.referral import reasons_not_to_end
from console.domain.words import (
    OutcomeDisposition,
    OutcomeKind,
    QueueStatus,
    ReferralStatus,
    Role,
    TaskKind,
    VisitStatus,
)
from console.services import due, ending, outcomes, safety, searching
from console.services.basis import Basis, refuse
from console.services.steps import happened_at, own_only
from console.services.triage import reasons_ended
from console.services.visit_steps import last_time
from db.models import QueueEntry, Referral, Staff, Visit
from db.queries import lookups
from db.unit_of_work import UnitOfWork


class Ambulance:
    """What is asked of, and said by, ambulance control."""

    def __init__(self, basis: Basis) -> None:
        self._basis = basis

    def upgrade(self, referral_id: int, seen_version: int, reason: str, happened: Happened = NOW) -> None:
        """Ask for 999; the referral, and whoever is with the patient, stay until the crew's take-over."""
        with self._basis.work(Deed.UPGRADE) as work:
            referral = work.lock(Referral, referral_id)
            work.expect(referral, seen_version)
            refuse(_reasons_not_to_upgrade(referral, reason))
            visit, _ = _with_us(work, referral)
            at = happened_at(work, happened, last_time(visit) if visit else referral.received_at)
            self._ask(work, referral, at)
            if visit is not None:
                searching.heard(work, visit.practitioner_id, happened, at)
            work.step(
                due.UPGRADED,
                f"Upgraded to 999: {reason.strip()}",
                hub_id=referral.hub_id,
                referral_id=referral.id,
                practitioner_id=visit.practitioner_id if visit else None,
                happened=replace(happened, at=at),
            )

    def reference(
        self,
        referral_id: int,
        seen_version: int,
        reference: str,
        accepted_by: str,
        happened: Happened = NOW,
    ) -> None:
        """Record the ambulance reference and who accepted the call, when."""
        with self._basis.work(Deed.RECORD_AMBULANCE) as work:
            referral = self._asked(work, referral_id, seen_version)
            _with_us(work, referral)
            at = happened_at(work, happened, referral.received_at)
            call = rules.AmbulanceCall(reference.strip(), accepted_by.strip(), at)
            refuse(one for one in rules.what_is_owed(replace(call, taken_over_at=at)))
            refuse(rules.reasons_not_to_record(call, work.now))
            referral.ambulance_reference = call.reference
            referral.ambulance_accepted_by = call.accepted_by
            referral.ambulance_accepted_at = call.accepted_at
            words = f"Ambulance reference {call.reference}, accepted by {call.accepted_by}"
            _step(work, referral, "ambulance.reference", words, replace(happened, at=at))

    def take_over(self, referral_id: int, seen_version: int, happened: Happened = NOW) -> None:
        """Record that the crew took the patient over; the referral then leaves the board."""
        with self._basis.work(Deed.RECORD_AMBULANCE) as work:
            referral = self._asked(work, referral_id, seen_version)
            visit, entry = _with_us(work, referral)
            at = happened_at(work, happened, last_time(visit) if visit else referral.received_at)
            refuse(rules.reasons_not_to_record(_call(referral, at), work.now))
            referral.ambulance_taken_over_at = at
            _hand_over(work, referral, visit, entry, at)
            safety.taken_over(work, referral, at)
            # At night nobody is at the hub who could acknowledge that control took whoever went.
            safety.noticed(work, referral, "A crew took the patient over.")
            due.wind(work, referral, self._basis.calendar)
            _leave_board(work, referral, at)
            words = "A crew took the patient over"
            _step(work, referral, "ambulance.taken_over", words, replace(happened, at=at))

    def stand_down(self, referral_id: int, seen_version: int, reason: str, happened: Happened = NOW) -> None:
        """Take the request for 999 back, as a named registered clinician; the patient waits again."""
        with self._basis.work(Deed.STAND_DOWN) as work:
            referral = self._asked(work, referral_id, seen_version)
            staff = work.get(Staff, work.actor.staff_id)
            refuse(rules.reasons_not_to_stand_down(work.actor.role, staff.registration, reason))
            at = happened_at(work, happened, referral.received_at)
            referral.stood_down_by_id = staff.id
            safety.settle_all(work, referral, "Stood down by a clinician.", TaskKind.AMBULANCE_TAKE_OVER)
            safety.answered(work, referral, "A clinician stood 999 down.", at)
            due.wind(work, referral, self._basis.calendar)
            words = f"999 stood down: {reason.strip()}"
            _step(work, referral, "ambulance.stood_down", words, replace(happened, at=at))

    def _asked(self, work: UnitOfWork, referral_id: int, seen_version: int) -> Referral:
        referral = work.lock(Referral, referral_id)
        work.expect(referral, seen_version)
        is_asked = due.asks_ambulance(referral)
        refuse(() if is_asked else ("No ambulance is asked for: upgrade to 999 first.",))
        return referral

    def _ask(self, work: UnitOfWork, referral: Referral, at: dt.datetime) -> None:
        referral.asks_ambulance, referral.stood_down_by_id = True, None
        referral.ambulance_reference = referral.ambulance_accepted_by = None
        referral.ambulance_accepted_at = referral.ambulance_taken_over_at = None
        due.wind(work, referral, self._basis.calendar, asked_at=at)
        words = "999 asked for. Record the ambulance reference and the crew's take-over."
        safety.ask_about(work, TaskKind.AMBULANCE_TAKE_OVER, Role.COORDINATOR, referral, words)


def _with_us(work: UnitOfWork, referral: Referral) -> tuple[Visit | None, QueueEntry | None]:
    """Give the visit or the place in a hub's queue; a practitioner speaks for their own patient only."""
    visit, _ = lookups.active_visit(work.session, referral.id) or (None, "")
    entry, _ = lookups.open_queue_entry(work.session, referral.id) or (None, "")
    if visit is not None:
        work.lock(Visit, visit.id)
    if entry is not None:
        work.lock(QueueEntry, entry.id)
    contact = visit or entry
    own_only(work, contact.practitioner_id if contact else None)
    return visit, entry


def _hand_over(
    work: UnitOfWork, referral: Referral, visit: Visit | None, entry: QueueEntry | None, at: dt.datetime
) -> None:
    """End what we had in hand; the practice is owed a report of a 999 call that was ours."""
    because = f"Taken over by 999, {referral.ambulance_reference}"
    was_seen = visit is not None or (entry is not None and entry.being_seen_at is not None)
    if visit is not None:
        visit.status, visit.ended_at, visit.ended_because = VisitStatus.UPGRADED, at, because
    if entry is not None:
        entry.status, entry.ended_at, entry.ended_because = QueueStatus.TAKEN_OVER, at, because
    work.session.flush()
    if was_seen or lookups.newest_step(work.session, referral.id, (due.UPGRADED,)):
        outcomes.owed(
            work,
            referral,
            OutcomeKind.UPGRADED,
            ended_at=at,
            visit=visit,
            queue_entry=entry if was_seen else None,
            disposition=OutcomeDisposition.AMBULANCE,
        )


def _call(referral: Referral, taken_over_at: dt.datetime) -> rules.AmbulanceCall:
    return rules.AmbulanceCall(
        referral.ambulance_reference,
        referral.ambulance_accepted_by,
        referral.ambulance_accepted_at,
        taken_over_at,
    )


def _reasons_not_to_upgrade(referral: Referral, reason: str) -> tuple[str, ...]:
    reasons = list(reasons_ended(referral))
    if due.asks_ambulance(referral):
        reasons.append("999 is asked for already: record its reference.")
    if not reason.strip():
        reasons.append("Say why an ambulance is needed.")
    return tuple(reasons)


def _leave_board(work: UnitOfWork, referral: Referral, at: dt.datetime) -> None:
    """Close what was a contact of ours; what never was goes on to the ambulance service."""
    parts = ending.open_parts(work, referral)
    for status in (ReferralStatus.CLOSED, ReferralStatus.REDIRECTED):
        if not reasons_not_to_end(referral.status, status, parts):
            ending.end(work, referral, status, at, f"Taken over by 999, {referral.ambulance_reference}")
            return


def _step(work: UnitOfWork, referral: Referral, kind: str, words: str, happened: Happened) -> None:
    work.step(kind, words, hub_id=referral.hub_id, referral_id=referral.id, happened=happened)
