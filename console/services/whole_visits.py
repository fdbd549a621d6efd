"""A visit that is over and was written down elsewhere, entered whole."""

import datetime as dt
from dataclasses import replace

from console.domain import visit as rules
from console.domain.acting import NOW, Happened
from console.domain.calendar import local
from console.domain.permissions import Deed
from console.domain.words import VisitStatus
from console.services import due, ending, safety
from console.services.basis import Basis, refuse
from console.services.steps import happened_at
from console.services.visit_steps import (
    Found,
    last_time,
    named_step,
    reasons_no_contact,
    seen_at_home,
    send,
)
from db.models import Practitioner, Referral, Visit
from db.queries import lookups
from db.unit_of_work import UnitOfWork

LONGEST = dt.timedelta(hours=16)
SEEN = Found()


class WholeVisits:
    """From there to clear in one step."""

    _basis: Basis

    def visited(
        self,
        referral_id: int,
        practitioner_id: int,
        seen_version: int,
        there_at: dt.datetime,
        clear_at: dt.datetime,
        found: Found = SEEN,
        told: Happened = NOW,
    ) -> int:
        """Enter a visit that is over, whole; the practice is owed a report, whose id is given.

        The practitioner may be with somebody else by now, and may have been sent before. `told` says for
        whom, how and in which words.
        """
        with self._basis.work(Deed.ALLOCATE) as work:
            practitioner = work.lock(Practitioner, practitioner_id)
            referral = work.lock(Referral, referral_id)
            work.expect(referral, seen_version)
            refuse((*_reasons_not_over(there_at, clear_at, work.now), *reasons_no_contact(found.kind)))
            visit = _sent_before(work, practitioner, referral)
            came_in = referral.first_triaged_at or referral.received_at
            there_at = happened_at(work, replace(told, at=there_at), last_time(visit) if visit else came_in)
            visit = visit or send(work, practitioner, referral, there_at, "", is_over=told.from_paper)
            visit.on_scene_at, referral.seen_at = there_at, there_at
            safety.settle_all(work, referral, "The patient was seen.", *ending.WHILE_WAITING)
            report = seen_at_home(work, referral, visit, clear_at, found)
            said = f"was with the patient from {local(there_at):%H:%M} to {local(clear_at):%H:%M}"
            named_step(work, visit, "visit.clear", said, told, clear_at)
        return report.id


def _sent_before(work: UnitOfWork, practitioner: Practitioner, referral: Referral) -> Visit | None:
    """Give the visit on which the practitioner is already, while they are not there yet."""
    found, _ = lookups.active_visit(work.session, referral.id) or (None, "")
    if found is None or found.practitioner_id != practitioner.id:
        return None
    visit = work.lock(Visit, found.id)
    is_there = f"{practitioner.name} is with the patient already: enter when they were clear."
    refuse((is_there,) if visit.on_scene_at is not None else ())
    refuse(rules.reasons_not_to_leave(VisitStatus.ON_SCENE, asks_ambulance=due.asks_ambulance(referral)))
    return visit


def _reasons_not_over(there_at: dt.datetime, clear_at: dt.datetime, now: dt.datetime) -> tuple[str, ...]:
    is_long = "This would be a visit of more than 16 hours: check both times."
    checks = (
        (clear_at <= there_at, "The visit ends before it begins: check both times."),
        (clear_at > now, "This visit is not over yet: enter what has happened of it, step by step."),
        (clear_at - there_at > LONGEST, is_long),
    )
    return tuple(words for is_reason, words in checks if is_reason)
