"""A step of one's own can be taken back for ten minutes, by a second step."""

import datetime as dt

import pytest
from sqlalchemy import select

from console.domain.refusals import Refused
from console.domain.words import OutcomeKind, ReportStatus, Role, TaskKind, VisitStatus
from db.engine import Database
from db.models import Outcome, Referral, Report, ReportVersion, Step, Task, Visit
from tests.db.house import JO, MO, House, allocate, shift
from tests.db.logs import audit


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


@pytest.mark.parametrize(
    "what", [{"table": "ward"}, {"was": {"released_to": None}, "now": {"released_to": "x"}}]
)
def test_that_what_a_newer_version_entered_is_undone_there(
    database: Database, house: House, now: dt.datetime, what: dict[str, object]
) -> None:
    step_id = _worse(database, house, now)
    with database.work(JO, now) as work:
        step = work.get(Step, step_id)
        step.changes = [step.changes[0] | what]
    with pytest.raises(Refused, match="newer version"), database.work(JO, now) as work:
        work.undo(step_id)


def test_that_an_undone_reassignment_gives_the_first_practitioner_back(
    database: Database, house: House, now: dt.datetime
) -> None:
    with database.work(JO, now) as work:
        first_id = allocate(work, house.referral, house.sam).id
    with database.work(JO, now) as work:
        first = work.lock(Visit, first_id)
        first.status, first.ended_at = VisitStatus.HANDED_BACK, now
        second = allocate(work, house.referral, house.kit)
    with database.work(JO, now) as work:
        work.undo(_newest_step(database))
    with database.read() as session:
        assert session.get_one(Visit, first_id).status is VisitStatus.ALLOCATED
        assert session.get_one(Visit, first_id).ended_at is None
        assert session.get_one(Visit, second.id).status is VisitStatus.WITHDRAWN


def _newest_step(database: Database) -> int:
    with database.read() as session:
        return session.scalars(select(Step.id).order_by(Step.id.desc())).first() or 0


def test_that_an_undone_visit_is_not_brought_back_onto_another(
    database: Database, house: House, now: dt.datetime
) -> None:
    with database.work(JO, now) as work:
        first_id = allocate(work, house.referral, house.sam).id
    with database.work(JO, now) as work:
        work.lock(Visit, first_id).status = VisitStatus.HANDED_BACK
        step = work.step("visit.handed_back", "Handed back", hub_id=house.folkestone)
    with database.work(MO, now) as work:
        allocate(work, house.referral, house.kit)
    with pytest.raises(Refused, match="is already allocated to Kit Wood"), database.work(JO, now) as work:
        work.undo(step.id)


def test_that_a_task_that_was_asked_by_mistake_is_gone_but_kept_in_the_audit(
    database: Database, house: House, now: dt.datetime
) -> None:
    with database.work(JO, now) as work:
        work.add(_task(house, now))
        step = work.step("task.asked", "Asked", hub_id=house.folkestone)
    with database.work(JO, now) as work:
        work.undo(step.id)
    with database.read() as session:
        assert not session.scalars(select(Task)).all()
    assert [line["op"] for line in audit(database, "task")] == ["I", "D"]


def test_that_a_task_that_somebody_took_is_not_undone(
    database: Database, house: House, now: dt.datetime
) -> None:
    with database.work(JO, now) as work:
        task_id = work.add(_task(house, now)).id
        step = work.step("task.asked", "Asked", hub_id=house.folkestone)
    with database.work(MO, now) as work:
        work.lock(Task, task_id).accepted_by_id = MO.staff_id
    with pytest.raises(Refused, match="changed since"), database.work(JO, now) as work:
        work.undo(step.id)


def _task(house: House, now: dt.datetime) -> Task:
    return Task(
        hub_id=house.folkestone,
        role=Role.CLINICIAN,
        kind=TaskKind.CLINICIAN_NOW,
        subject="referral:1",
        referral_id=house.referral,
        created_at=now,
        due_at=now,
    )


def test_that_a_shift_that_a_visit_refers_to_stays(
    database: Database, house: House, now: dt.datetime
) -> None:
    with database.work(JO, now) as work:
        shift_id = work.add(shift(house, now, 8)).id
        step = work.step("shift.on", "On shift", hub_id=house.folkestone)
    with database.work(MO, now) as work:
        allocate(work, house.referral, house.sam).shift_id = shift_id
    with pytest.raises(Refused, match="refers to it already"), database.work(JO, now) as work:
        work.undo(step.id)


def test_that_a_written_version_of_a_report_stays(database: Database, house: House, now: dt.datetime) -> None:
    ids = {"hub_id": house.folkestone, "referral_id": house.referral}
    with database.work(JO, now) as work:
        outcome = work.add(Outcome(**ids, kind=OutcomeKind.VISIT, ended_at=now))
        times = {"owed_at": now, "due_at": now, "latest_at": now}
        report_id = work.add(Report(**ids, **times, outcome_id=outcome.id, status=ReportStatus.OWED)).id
    with database.work(JO, now) as work:
        work.add(ReportVersion(report_id=report_id, number=1, content={}, written_by_id=1, written_at=now))
        step = work.step("report.drafted", "Drafted", hub_id=house.folkestone)
    with pytest.raises(Refused, match="never taken back"), database.work(JO, now) as work:
        work.undo(step.id)
