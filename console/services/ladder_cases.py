"""The subjects of ladders as the ladders see them: facts out of the rows of one transaction, in bulk."""

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from console.domain import hub_closing
from console.domain.calendar import local_day
from console.domain.chase_words import STAFF, Subject
from console.domain.clocks import delivery_due
from console.domain.ladder import Frame, Resting
from console.domain.ladder_facts import (
    HubFacts,
    PracticeFacts,
    ReferralFacts,
    ReportFacts,
    ShiftFacts,
    VisitFacts,
)
from console.domain.ladders_practices import call_at
from console.domain.ladders_safety import OUT
from console.domain.opening import is_of_the_day_that_begins
from console.domain.rows import HubRow
from console.domain.words import Availability, ReportStatus, TaskKind, VisitStatus
from console.services import due, telling
from console.services.contacts import attempts_stand
from console.services.queue_parts import as_rules_see_it
from console.services.report_parts import is_released
from console.services.site import value
from db.models import Contact, Hub, Practice, Referral, Report, Shift, Visit
from db.queries import care, ladder_facts, lookups, meetings, watching
from db.queries.hubs import read_hubs
from db.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Case:
    """One subject with its facts, and what a task about it is tied to."""

    facts: Any
    hub_id: int
    referral_id: int | None = None
    report_id: int | None = None
    practitioner_id: int | None = None
    # Whoever writes the report or works the shift has a console of their own as a practitioner.
    author_practitioner_id: int | None = None


Rests = Mapping[int, Sequence[Resting]]
Load = Callable[[UnitOfWork, Mapping[int, Any], Frame, Rests], dict[int, Case]]


def cases(work: UnitOfWork, kind: Subject, rows: Mapping[int, Any], frame: Frame) -> dict[int, Case]:
    """Give each of the locked subjects with its facts."""
    return _LOAD[kind](work, rows, frame, watching.resting(work.session, kind, rows)) if rows else {}


def _reports(work: UnitOfWork, rows: Mapping[int, Report], _: Frame, rests: Rests) -> dict[int, Case]:
    return reports_as_cases(work.session, work.now, rows, rests)


def reports_as_cases(
    session: care.Open, now: dt.datetime, rows: Mapping[int, Report], rests: Rests
) -> dict[int, Case]:
    """Give reports with their facts, to whoever chases them and to whoever only looks."""
    numbers = ladder_facts.numbers_of(session, {row.referral_id for row in rows.values()})
    authors = ladder_facts.authors(session, {row.author_id for row in rows.values() if row.author_id})
    supervisor = value("mail.supervisor", care.settings_in_force(session, now))
    found = {}
    for key, row in rows.items():
        author = authors.get(row.author_id or 0)
        facts = ReportFacts(
            status=row.status,
            number=numbers[row.referral_id],
            due_at=row.due_at,
            latest_at=row.latest_at,
            author=f"{STAFF}{author.staff_id}" if author else None,
            author_has_mail=bool(author and author.mail),
            supervisor_has_mail=bool(supervisor),
            is_released=is_released(row),
            sent_at=row.sent_at,
            resting=rests.get(key, ()),
        )
        practitioner = author.practitioner_id if author else None
        found[key] = Case(facts, row.hub_id, row.referral_id, row.id, author_practitioner_id=practitioner)
    return found


def _practices(work: UnitOfWork, rows: Mapping[int, Practice], frame: Frame, rests: Rests) -> dict[int, Case]:
    reports = ladder_facts.reports_with_practices(work.session, rows)
    done = watching.done_at(work.session, Subject.PRACTICE, rows, TaskKind.REPORT_UNANSWERED)
    found = {}
    for key, row in rows.items():
        sent = reports.get(key, [])
        due = [call_at(one.status, one.sent_at, one.delivered_at, frame) for one in sent]
        since = min((one.sent_at for one in sent if one.sent_at), default=None)
        finished = done.get((key, TaskKind.REPORT_UNANSWERED), [])
        facts = PracticeFacts(
            name=row.name,
            call_at=[at for at in due if at is not None],
            uncollected_at=[
                delivery_due(one.sent_at, frame.calendar, frame.clocks).uncollected_at
                for one in sent
                if one.sent_at is not None and one.status is ReportStatus.SENT
            ],
            failed_at=ladder_facts.failed_calls(work.session, key, since) if since else (),
            done_at=[at for at in finished if since and at >= since],
            resting=rests.get(key, ()),
        )
        found[key] = Case(facts, sent[0].hub_id if sent else _any_hub(work))
    return found


def _visits(work: UnitOfWork, rows: Mapping[int, Visit], _: Frame, rests: Rests) -> dict[int, Case]:
    people = {row.practitioner_id for row in rows.values()}
    numbers = ladder_facts.numbers_of(work.session, {row.referral_id for row in rows.values()})
    names = ladder_facts.practitioners_by_id(work.session, people)
    engaged = ladder_facts.engaged_visits(work.session, people)
    free_from = ladder_facts.free_since(work.session, list(rows.values()))
    done = watching.done_at(work.session, Subject.VISIT, rows, TaskKind.WELFARE)
    untold = telling.untold_of(work, rows)
    searches = ladder_facts.searches(work.session, people)
    found = {}
    for key, row in rows.items():
        other = engaged.get(row.practitioner_id)
        ended = searches.get(row.practitioner_id, [])
        answered = [at for at in ended if at is not None and at >= row.allocated_at]
        facts = VisitFacts(
            status=row.status,
            number=numbers[row.referral_id],
            practitioner=names[row.practitioner_id].name,
            allocated_at=row.allocated_at,
            is_busy_elsewhere=other is not None and other.id != key,
            free_from=free_from.get(key),
            en_route_at=row.en_route_at,
            expected_clear_at=row.expected_clear_at,
            welfare_done_at=sorted((*done.get((key, TaskKind.WELFARE), ()), *answered)),
            is_looked_for=None in ended,
            untold=untold.get(key),
            resting=rests.get(key, ()),
        )
        found[key] = Case(facts, row.hub_id, row.referral_id, practitioner_id=row.practitioner_id)
    return found


def _shifts(work: UnitOfWork, rows: Mapping[int, Shift], _: Frame, rests: Rests) -> dict[int, Case]:
    session, people = work.session, {row.practitioner_id for row in rows.values()}
    who = ladder_facts.practitioners_by_id(session, people)
    authors = ladder_facts.authors(session, {one.staff_id for one in who.values() if one.staff_id})
    engaged, seeing = (
        ladder_facts.engaged_visits(session, people),
        ladder_facts.seeing_somebody(session, people),
    )
    devices = ladder_facts.with_device(session, people)
    positions = ladder_facts.newest_positions(session, people)
    done = watching.done_at(session, Subject.SHIFT, rows, TaskKind.SAFE_HOME)
    found = {}
    for key, row in rows.items():
        one = who[row.practitioner_id]
        author = authors.get(one.staff_id or 0)
        facts = ShiftFacts(
            practitioner=one.name,
            ends_at=row.ends_at,
            on_at=row.on_at,
            off_at=row.off_at,
            author=f"{STAFF}{author.staff_id}" if author else None,
            author_has_mail=bool(author and author.mail),
            unsigned=ladder_facts.unsigned_of(session, row),
            is_on_a_visit=one.id in engaged and engaged[one.id].status in OUT,
            safe_home_done_at=done.get((key, TaskKind.SAFE_HOME), ()),
            doing=_doing(engaged.get(one.id), is_seeing=one.id in seeing),
            has_device=one.id in devices,
            position_at=positions.get(one.id),
            resting=rests.get(key, ()),
        )
        found[key] = Case(
            facts, row.hub_id, practitioner_id=one.id, author_practitioner_id=one.id if author else None
        )
    return found


def _doing(visit: Visit | None, *, is_seeing: bool) -> Availability:
    if visit is not None and visit.status is VisitStatus.ON_SCENE:
        return Availability.ON_SCENE
    return Availability.AT_HUB if is_seeing else Availability.FREE


def _referrals(work: UnitOfWork, rows: Mapping[int, Referral], frame: Frame, rests: Rests) -> dict[int, Case]:
    kinds = (TaskKind.WAITING_CALL, TaskKind.FAILED_CONTACT)
    done = watching.done_at(work.session, Subject.REFERRAL, rows, *kinds)
    is_open = [key for key, row in rows.items() if row.status.is_open]
    contacts = lookups.contacts_with_patients(work.session, is_open) if is_open else {}
    patients = lookups.patients_with_numbers(work.session, {rows[key].patient_id for key in contacts})
    untold = telling.untold_to_control(work, [key for key, row in rows.items() if due.asks_ambulance(row)])
    met = meetings.with_patients(work.session, list(contacts), work.now) if contacts else {}
    found = {}
    for key, row in rows.items():
        tried = contacts.get(key, ())
        decided = done.get((key, TaskKind.FAILED_CONTACT), ())
        state = None
        if tried and not _is_decided(tried, decided):
            state = attempts_stand(row, patients[row.patient_id], tried, met.get(key, ()), frame.clocks)
        facts = ReferralFacts(
            status=row.status,
            number=row.number,
            priority=row.priority,
            triage_due_at=row.triage_due_at,
            due_at=row.due_at,
            seen_at=row.seen_at,
            asks_ambulance=row.asks_ambulance,
            taken_over_at=row.ambulance_taken_over_at,
            calls_done_at=done.get((key, TaskKind.WAITING_CALL), ()),
            decide_from=state.decide_from if state else None,
            failed_attempts=state.failed if state else 0,
            failed_since=state.failed_since if state else None,
            untold=untold.get(key),
            resting=rests.get(key, ()),
        )
        found[key] = Case(facts, row.hub_id, row.id)
    return found


def _is_decided(tried: Sequence[Contact], decided_at: Sequence[dt.datetime]) -> bool:
    """Whether no attempt followed the last decision."""
    return bool(decided_at) and max(one.entered_at for one in tried) <= max(decided_at)


def _hubs(work: UnitOfWork, rows: Mapping[int, Hub], frame: Frame, _: Rests) -> dict[int, Case]:
    found = {}
    for row in read_hubs(work.session, rows, work.now):
        everybody = [as_rules_see_it(*pair) for pair in care.open_entries(work.session, row.id)]
        late: Collection[object] = ()
        # After midnight a hub with patients still stands at the closing that nobody made: it is the same day.
        closes_at = hub_closing.closing_that_counts(everybody, row.left_open_at, row.closes_at, row.opens_at)
        if at_home := _held_by_nobody(work, row):
            closes_at = row.left_open_at
        entries = hub_closing.of_this_closing(everybody, closes_at, row.opens_at)
        day = local_day(closes_at or work.now)
        if closes_at is not None and entries:
            seats = ladder_facts.seats(work.session, row.id)
            late = hub_closing.who_cannot_be_seen(entries, work.now, closes_at, seats=seats)
        facts = HubFacts(
            name=row.name,
            day=day.toordinal(),
            opens_at=row.opens_at,
            closes_at=closes_at,
            warning_at=hub_closing.closing_warning_at(closes_at, frame.clocks) if closes_at else None,
            is_closed_down=row.is_closed_down,
            patients=len(
                hub_closing.reasons_not_to_close(entries, row.left_open_at or work.now, row.opens_at)
            ),
            at_home=at_home,
            cannot_be_seen=len(late),
        )
        found[row.id] = Case(facts, row.id)
    return found


def _held_by_nobody(work: UnitOfWork, row: HubRow) -> int:
    """Count the patients at home whom closing would have handed over, of a hub that nobody closed."""
    if (left_at := row.left_open_at) is None:
        return 0
    return sum(
        handed is None and not is_of_the_day_that_begins(referral.received_at, left_at, row.opens_at)
        for referral, handed in care.outside_the_queue(work.session, row.id)
    )


def _any_hub(work: UnitOfWork) -> int:
    return lookups.hubs(work.session)[0].id


_LOAD = cast(
    "dict[Subject, Load]",
    {
        Subject.REPORT: _reports,
        Subject.PRACTICE: _practices,
        Subject.VISIT: _visits,
        Subject.SHIFT: _shifts,
        Subject.REFERRAL: _referrals,
        Subject.HUB: _hubs,
    },
)
