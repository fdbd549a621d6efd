"""The steps of one visit, as the practitioner reports them or a coordinator enters them for them."""

import datetime as dt
from dataclasses import dataclass, replace

from console.domain import visit as rules
from console.domain.acting import NOW, Happened
from console.domain.clinical_words import NoAccess
from console.domain.clocks import minutes
from console.domain.permissions import Deed
from console.domain.words import (
    OutcomeDisposition,
    OutcomeKind,
    ReferralStatus,
    TaskKind,
    VisitStatus,
)
from console.services import due, ending, outcomes, safety, searching, sending, site, telling
from console.services.basis import Basis, refuse
from console.services.steps import happened_at, own_only, refuse_other
from db.models import Practitioner, Referral, Report, Visit
from db.queries import lookups
from db.unit_of_work import UnitOfWork

CONTACTS = (OutcomeKind.VISIT, OutcomeKind.DEATH)


@dataclass(frozen=True, slots=True)
class Found:
    """What a visit came to, as whoever was there says."""

    kind: OutcomeKind = OutcomeKind.VISIT
    disposition: OutcomeDisposition | None = None
    admission_prevented: bool | None = None
    prevented_because: str = ""


class VisitSteps:
    """From acknowledged to clear, and no access."""

    _basis: Basis

    def acknowledge(self, visit_id: int, seen_version: int, happened: Happened = NOW) -> None:
        """The practitioner has taken the visit on; one at a time."""
        with self._basis.work(Deed.WORK_VISIT) as work:
            # The practitioner first, as allocating does: two acknowledgements cannot then pass each other.
            work.lock(Practitioner, work.get(Visit, visit_id).practitioner_id)
            visit, referral = reported_visit(work, visit_id, seen_version, happened)
            other = lookups.engaged_with(work.session, visit.practitioner_id, visit.id)
            refuse(rules.reasons_not_to_acknowledge(visit.status, other))
            telling.refuse_unread(work, visit, happened)
            at = happened_at(work, happened, last_time(visit))
            visit.status, visit.acknowledged_at = VisitStatus.ACKNOWLEDGED, at
            telling.read_back(work, referral, at)
            named_step(work, visit, "visit.acknowledged", "acknowledged the visit", happened, at)

    def en_route(
        self,
        visit_id: int,
        seen_version: int,
        expected_clear_at: dt.datetime | None = None,
        happened: Happened = NOW,
    ) -> None:
        """The practitioner is on the way; the expected clear time starts the welfare clock."""
        with self._basis.work(Deed.WORK_VISIT) as work:
            visit, _ = _moving(work, visit_id, seen_version, VisitStatus.EN_ROUTE, happened)
            telling.refuse_to_go_on(work, visit, happened)
            at = happened_at(work, happened, last_time(visit))
            visit.status, visit.en_route_at = VisitStatus.EN_ROUTE, at
            _expect_clear(visit, expected_clear_at, at)
            named_step(work, visit, "visit.en_route", "is on the way", happened, at)

    def on_scene(
        self,
        visit_id: int,
        seen_version: int,
        expected_clear_at: dt.datetime | None = None,
        happened: Happened = NOW,
    ) -> None:
        """The practitioner is with the patient; the response clock stops, the welfare clock always runs."""
        with self._basis.work(Deed.WORK_VISIT) as work:
            visit, referral = _moving(work, visit_id, seen_version, VisitStatus.ON_SCENE, happened)
            telling.refuse_to_go_on(work, visit, happened)
            at = happened_at(work, happened, last_time(visit))
            visit.status, visit.on_scene_at = VisitStatus.ON_SCENE, at
            _expect_clear(visit, expected_clear_at, at)
            if visit.expected_clear_at is None or visit.expected_clear_at <= at:
                visit.expected_clear_at = at + minutes(site.clocks(work).expected_clear)
            referral.seen_at = referral.seen_at or at
            being_seen = "The patient is being seen."
            safety.settle_all(work, referral, being_seen, TaskKind.WAITING_CALL)
            safety.reached(work, referral, being_seen, at)
            telling.read_back(work, referral, at, being_seen)
            named_step(work, visit, "visit.on_scene", "is on scene", happened, at)

    def clear(
        self,
        visit_id: int,
        seen_version: int,
        disposition: OutcomeDisposition | None = None,
        admission_prevented: bool | None = None,
        prevented_because: str = "",
        kind: OutcomeKind = OutcomeKind.VISIT,
        happened: Happened = NOW,
    ) -> int:
        """The visit is done: the practice is owed a report (its id is given), and the referral closes."""
        with self._basis.work(Deed.WORK_VISIT) as work:
            visit, referral = _moving(work, visit_id, seen_version, VisitStatus.CLEAR, happened)
            refuse(reasons_no_contact(kind))
            stay_for_crew(visit, referral)
            at = happened_at(work, happened, last_time(visit))
            found = Found(kind, disposition, admission_prevented, prevented_because)
            report = seen_at_home(work, referral, visit, at, found)
            named_step(work, visit, "visit.clear", "is clear", happened, at)
        return report.id

    def no_access(
        self,
        visit_id: int,
        seen_version: int,
        is_concern: bool,
        words: str,
        happened: Happened = NOW,
    ) -> int:
        """Nobody was seen: a concern goes to a clinician and the patient waits on; "refused, safe" closes."""
        with self._basis.work(Deed.WORK_VISIT) as work:
            visit, referral = reported_visit(work, visit_id, seen_version, happened)
            refuse(_reasons_not_at_the_door(work, visit, happened))
            refuse(() if words.strip() else ("Say what was found at the door.",))
            stay_for_crew(visit, referral)
            at = happened_at(work, happened, last_time(visit))
            if not is_concern:  # else the patient waits on, and a clinician looks
                telling.refuse_old_door(work, visit, at)
            telling.refuse_untold(work, visit, happened)  # nobody answers at the wrong door
            why = NoAccess.NO_REPLY_CONCERN if is_concern else NoAccess.REFUSED_SAFE
            kind, task_kind = rules.outcome_of_no_access(why)
            visit.status, visit.ended_at, visit.ended_because = VisitStatus.NO_ACCESS, at, words.strip()
            safety.settle_all(work, referral, "The visit ended: no access.", TaskKind.VISIT_UNACKNOWLEDGED)
            report = outcomes.owed(
                work,
                referral,
                kind,
                ended_at=at,
                visit=visit,
                disposition=OutcomeDisposition.NOT_SEEN,
            )
            if task_kind is not None:
                waits_again(referral, visit)
                said = f"no reply at the door, concern. {words.strip()}"
                safety.ask_to_decide(work, referral, task_kind, said)
            else:
                ending.close_if_done(work, referral, at, f"{why.label}: {words.strip()}")
            said = f"had no access ({why.label.lower()}): {words.strip()}"
            named_step(work, visit, "visit.no_access", said, happened, at)
        return report.id


def locked_visit(work: UnitOfWork, visit_id: int, seen_version: int) -> tuple[Visit, Referral]:
    """Lock a visit's referral and then the visit, unless it changed since or is another practitioner's."""
    referral = work.lock(Referral, work.get(Visit, visit_id).referral_id)
    visit = work.lock(Visit, visit_id)
    own_only(work, visit.practitioner_id)
    work.expect(visit, seen_version, referral.id)
    return visit, referral


def reported_visit(
    work: UnitOfWork, visit_id: int, seen_version: int, happened: Happened
) -> tuple[Visit, Referral]:
    """Lock a visit of which something is told; what one practitioner said is never kept as another's."""
    visit, referral = locked_visit(work, visit_id, seen_version)
    refuse_other(work, visit.practitioner_id, happened)
    return visit, referral


def _moving(
    work: UnitOfWork, visit_id: int, seen_version: int, status: VisitStatus, happened: Happened
) -> tuple[Visit, Referral]:
    visit, referral = reported_visit(work, visit_id, seen_version, happened)
    refuse(rules.reasons_not_to_move(visit.status, status))
    return visit, referral


def send(
    work: UnitOfWork,
    practitioner: Practitioner,
    referral: Referral,
    at: dt.datetime,
    because: str,
    *,
    is_over: bool = False,
) -> Visit:
    """Ask the rule, then write the visit; whoever sends somebody has noticed that the patient waits.

    What was written on paper first is judged by the shift of that time; before a door at which somebody has
    been and gone no marker is read any more.
    """
    rule_work = sending.work_for(work.session, referral, at)
    if is_over:
        rule_work = replace(rule_work, unacknowledged_markers=())
    reasons, shift_id = sending.reasons_not_to_send(work.session, practitioner, rule_work, at)
    refuse(reasons)
    referral.status = ReferralStatus.ACCEPTED
    safety.noticed(work, referral, "A practitioner is sent.")
    return work.add(
        Visit(
            hub_id=referral.hub_id,
            referral_id=referral.id,
            practitioner_id=practitioner.id,
            shift_id=shift_id,
            status=VisitStatus.ALLOCATED,
            allocated_at=at,
            chosen_because=because.strip(),
        )
    )


def _reasons_not_at_the_door(work: UnitOfWork, visit: Visit, happened: Happened) -> tuple[str, ...]:
    """What is over and stands on paper needs no step before it once the practitioner works for others."""
    is_past = happened.from_paper and visit.status is VisitStatus.ALLOCATED
    if is_past and lookups.engaged_with(work.session, visit.practitioner_id, visit.id):
        return ()
    return rules.reasons_not_to_move(visit.status, VisitStatus.NO_ACCESS)


def reasons_no_contact(kind: OutcomeKind) -> tuple[str, ...]:
    """Give why a visit does not end so."""
    return () if kind in CONTACTS else ("A visit that is clear was a visit or a death.",)


def seen_at_home(work: UnitOfWork, referral: Referral, visit: Visit, at: dt.datetime, found: Found) -> Report:
    """End a visit at which the patient was seen: the practice is owed a report, and the referral closes."""
    visit.status, visit.clear_at, visit.ended_at = VisitStatus.CLEAR, at, at
    report = outcomes.owed(
        work,
        referral,
        found.kind,
        ended_at=at,
        visit=visit,
        disposition=found.disposition,
        admission_prevented=found.admission_prevented,
        prevented_because=found.prevented_because,
    )
    safety.seen(work, referral, at)
    safety.settle_all(
        work, referral, "The patient was seen.", TaskKind.OVERNIGHT, TaskKind.VISIT_UNACKNOWLEDGED
    )
    ending.close_if_done(work, referral, at, "Seen at home.")
    return report


def last_time(visit: Visit) -> dt.datetime:
    """Give when the last step of a visit happened; nothing after it can have happened before."""
    times = (visit.allocated_at, visit.acknowledged_at, visit.en_route_at, visit.on_scene_at)
    return max(at for at in times if at is not None)


def visit_step(
    work: UnitOfWork, visit: Visit, kind: str, words: str, happened: Happened, *, undoable: bool = True
) -> None:
    """Put a step of a visit on the referral's timeline; whoever told it themselves is not looked for."""
    searching.heard(work, visit.practitioner_id, happened, happened.at or work.now)
    work.step(
        kind,
        words,
        hub_id=visit.hub_id,
        referral_id=visit.referral_id,
        practitioner_id=visit.practitioner_id,
        happened=happened,
        undoable=undoable,
    )


def named_step(
    work: UnitOfWork, visit: Visit, kind: str, words: str, happened: Happened, at: dt.datetime
) -> None:
    """Put a step of a visit on the timeline, with the name of whoever goes."""
    name = work.get(Practitioner, visit.practitioner_id).name
    visit_step(work, visit, kind, f"{name} {words}", replace(happened, at=at))


def _expect_clear(visit: Visit, expected_clear_at: dt.datetime | None, at: dt.datetime) -> None:
    if expected_clear_at is not None:
        too_early = "The expected clear time is before this step: give a later one."
        refuse((too_early,) if expected_clear_at <= at else ())
        visit.expected_clear_at = expected_clear_at


def stay_for_crew(visit: Visit, referral: Referral) -> None:
    """Refuse to end a visit at the patient's side while an ambulance is asked for."""
    refuse(rules.reasons_not_to_leave(visit.status, asks_ambulance=due.asks_ambulance(referral)))


def waits_again(referral: Referral, visit: Visit) -> None:
    """Arriving stopped the clock; a visit that ends without care lets it run on from where it began."""
    if visit.on_scene_at is not None and referral.seen_at == visit.on_scene_at:
        referral.seen_at = None
