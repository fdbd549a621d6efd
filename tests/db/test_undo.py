"""A step of one's own can be taken back for ten minutes, by a second step."""

import datetime as dt

import pytest
from sqlalchemy import select

from console.domain.refusals import Refused
from console.domain.words import OutcomeKind, ReportStatus, VisitStatus
from db.engine import Database
from db.models import Outcome, Referral, Report, Step, Visit
from tests.db.house import JO, MO, House, allocate


def _worse(database: Database, house: House, now: dt.datetime) -> int:
    with database.work(JO, now) as work:
        work.lock(Referral, house.referral).worse_at = now
        return_step = work.step(
            "referral.worse", "Worse", hub_id=house.folkestone, referral_id=house.referral
        )
    return return_step.id


def test_that_undo_puts_back_what_the_step_changed(
    database: Database, house: House, now: dt.datetime
) -> None:
    step_id = _worse(database, house, now)
    with database.work(JO, now) as work:
        undone = work.undo(step_id)
    with database.read() as session:
        referral = session.get_one(Referral, house.referral)
        assert (referral.worse_at, referral.version) == (None, 3)
        assert session.get_one(Step, undone.id).words == "Undid: Worse"
        assert session.get_one(Step, undone.id).undoes_id == step_id


def test_that_undo_brings_back_times_and_words(database: Database, house: House, now: dt.datetime) -> None:
    with database.work(JO, now) as work:
        visit_id = allocate(work, house.referral, house.sam).id
    with database.work(JO, now) as work:
        visit = work.lock(Visit, visit_id)
        visit.status, visit.allocated_at = VisitStatus.EN_ROUTE, now + dt.timedelta(hours=1)
        step = work.step("visit.en_route", "En route", hub_id=house.folkestone, referral_id=house.referral)
    with database.work(JO, now) as work:
        work.undo(step.id)
    with database.read() as session:
        visit = session.get_one(Visit, visit_id)
    assert (visit.status, visit.allocated_at) == (VisitStatus.ALLOCATED, now)


def test_that_an_undone_visit_is_withdrawn_and_the_referral_is_free(
    database: Database, house: House, now: dt.datetime
) -> None:
    with database.work(JO, now) as work:
        visit = allocate(work, house.referral, house.sam)
    with database.read() as session:
        step = session.scalars(select(Step).order_by(Step.id.desc())).first()
    assert step is not None
    with database.work(JO, now) as work:
        work.undo(step.id)
    with database.work(JO, now) as work:
        allocate(work, house.referral, house.kit)
    with database.read() as session:
        assert session.get_one(Visit, visit.id).status is VisitStatus.WITHDRAWN


def test_that_an_undone_end_of_a_visit_owes_no_report(
    database: Database, house: House, now: dt.datetime
) -> None:
    with database.work(JO, now) as work:
        visit_id = allocate(work, house.referral, house.sam).id
    with database.work(JO, now) as work:
        work.lock(Visit, visit_id).status = VisitStatus.CLEAR
        ids = {"hub_id": house.folkestone, "referral_id": house.referral}
        outcome = work.add(Outcome(**ids, visit_id=visit_id, kind=OutcomeKind.VISIT, ended_at=now))
        times = {"owed_at": now, "due_at": now, "latest_at": now}
        work.add(Report(**ids, **times, outcome_id=outcome.id, status=ReportStatus.OWED))
        step = work.step("visit.clear", "Clear", hub_id=house.folkestone, referral_id=house.referral)
    with database.work(JO, now) as work:
        work.undo(step.id)
    with database.read() as session:
        assert not session.scalars(select(Report)).all()
        assert not session.scalars(select(Outcome)).all()
        assert session.get_one(Visit, visit_id).status is VisitStatus.ALLOCATED


def test_that_a_step_is_undone_once(database: Database, house: House, now: dt.datetime) -> None:
    step_id = _worse(database, house, now)
    with database.work(JO, now) as work:
        undone = work.undo(step_id)
    with pytest.raises(Refused, match="undone already"), database.work(JO, now) as work:
        work.undo(step_id)
    with pytest.raises(Refused, match="cannot be undone"), database.work(JO, now) as work:
        work.undo(undone.id)


def test_that_only_oneself_may_undo_and_only_for_ten_minutes(
    database: Database, house: House, now: dt.datetime
) -> None:
    step_id = _worse(database, house, now)
    with pytest.raises(Refused, match="Somebody else"), database.work(MO, now) as work:
        work.undo(step_id)
    late = now + dt.timedelta(minutes=11)
    with pytest.raises(Refused, match="10 minutes"), database.work(JO, late) as work:
        work.undo(step_id)


def test_that_what_changed_since_is_not_undone(database: Database, house: House, now: dt.datetime) -> None:
    step_id = _worse(database, house, now)
    with database.work(MO, now) as work:
        work.lock(Referral, house.referral).area = "Harbour"
    with pytest.raises(Refused, match="changed since"), database.work(JO, now) as work:
        work.undo(step_id)


def test_that_a_final_step_cannot_be_undone(database: Database, house: House, now: dt.datetime) -> None:
    with database.work(JO, now) as work:
        work.lock(Referral, house.referral).area = "Harbour"
        step = work.step("report.sent", "Sent", hub_id=house.folkestone, undoable=False)
    with pytest.raises(Refused, match="cannot be taken back"), database.work(JO, now) as work:
        work.undo(step.id)
