"""Promises that are easily broken by two people, a late entry or a name: each tried on both databases."""

import datetime as dt
import threading
from collections.abc import Callable

import pytest
from sqlalchemy import select, text

from console.domain.acting import Happened
from console.domain.refusals import Refused
from console.domain.rows import Board
from console.domain.words import (
    Channel,
    ContactResult,
    ContactWith,
    Placement,
    QueueStatus,
    ReferralStatus,
    Source,
)
from db.models import Patient, QueueEntry, Referral, Report, Task, Visit
from db.queries.board import read_board
from tests.services.hubs_at_work import report_version, sam, written
from tests.services.team import Team, new_referral

MINUTE = dt.timedelta(minutes=1)
CALL = ContactWith.PATIENT, Channel.TELEPHONE, "01303 123456", ContactResult.SPOKEN


def at_once(*deeds: Callable[[], object]) -> list[str]:
    """Let several people do something in the same moment; gives what was refused."""
    refused: list[str] = []
    start = threading.Barrier(len(deeds))

    def run(deed: Callable[[], object]) -> None:
        start.wait()
        try:
            deed()
        except Refused as reasons:
            refused.append(str(reasons))

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refused


def patients(team: Team) -> list[Patient]:
    """Give every patient."""
    with team.database.read() as session:
        return list(session.scalars(select(Patient).order_by(Patient.id)))


def board(team: Team, hub: str) -> Board:
    """Give the board of one hub."""
    with team.database.read() as session:
        return read_board(session, [team.ids[hub]], team.clock())


def test_that_a_call_entered_late_is_due_from_when_it_came(team: Team, now: dt.datetime) -> None:
    form = new_referral(practice_id=team.ids["practice"])
    key = team.jo.referrals.receive(form, Happened(now - 15 * MINUTE))
    stored = team.stored(Referral, key)
    assert (stored.received_at, stored.triage_due_at) == (now - 15 * MINUTE, now + 5 * MINUTE)


def test_that_a_walk_in_entered_late_is_due_from_when_they_came(team: Team, now: dt.datetime) -> None:
    form = new_referral(source=Source.HUB, practice_id=team.ids["practice"], hub_id=team.ids["folkestone"])
    entry = team.stored(QueueEntry, team.jo.hub_queue.arrive(form, happened=Happened(now - 10 * MINUTE)))
    assert (entry.arrived_at, entry.stream_due_at) == (now - 10 * MINUTE, now + 5 * MINUTE)
    assert team.stored(Referral, entry.referral_id).received_at == now - 10 * MINUTE


@pytest.mark.parametrize(
    ("received", "triaged", "due"),
    [
        # The hour that is skipped in March, and the one that comes twice in October.
        ("2026-03-29T00:40+00:00", "2026-03-29T00:50+00:00", "2026-03-29T02:50+00:00"),
        ("2026-10-25T00:40+00:00", "2026-10-25T00:50+00:00", "2026-10-25T02:50+00:00"),
    ],
)
def test_that_a_back_dated_triage_moves_the_clock_by_real_minutes(
    team: Team, received: str, triaged: str, due: str
) -> None:
    received_at, triaged_at = dt.datetime.fromisoformat(received), dt.datetime.fromisoformat(triaged)
    team.clock.at = received_at + 40 * MINUTE
    key = team.received(new_referral(practice_id=team.ids["practice"], received_at=received_at))
    with pytest.raises(Refused, match="before the step"):
        team.ann.triage.triage(key, team.version(key), 3, happened=Happened(received_at - MINUTE))
    with pytest.raises(Refused, match="has not come yet"):
        team.ann.triage.triage(key, team.version(key), 3, happened=Happened(team.clock() + 5 * MINUTE))
    team.ann.triage.triage(key, team.version(key), 3, happened=Happened(triaged_at))
    assert team.row(key).due_at == dt.datetime.fromisoformat(due)


def test_that_two_desks_that_take_in_one_new_patient_at_once_write_one_patient(team: Team) -> None:
    form = new_referral(practice_id=team.ids["practice"], nhs_number_verified=True)
    desks = [team.desk(name) for name in ("jo", "ann", "mo", "jo")]
    assert at_once(*[lambda desk=desk: desk.referrals.receive(form) for desk in desks]) == []
    (patient,) = patients(team)
    assert patient.nhs_number_verified


def test_that_a_verified_number_of_somebody_else_merges_nobody(team: Team) -> None:
    practice = team.ids["practice"]
    team.received(new_referral(practice_id=practice, nhs_number_verified=True))
    for other in ({"family_name": "Field"}, {"given_name": "Rose"}):
        key = team.received(new_referral(practice_id=practice, nhs_number_verified=True, **other))
        assert "check who this is" in " ".join(team.jo.records.open(key).issues)
        assert not team.row(key).nhs_number_verified
    assert len(patients(team)) == 3


def test_that_a_receipt_is_not_taken_back_once_somebody_has_worked_on_it(team: Team) -> None:
    key = team.received()
    step = team.jo.last_undoable()
    assert step is not None
    team.ann.contacts.record(key, *CALL, said="Says the pain is worse")
    with pytest.raises(Refused, match="refers to it already"):
        team.jo.undo(step.id)
    assert team.row(key).status is ReferralStatus.RECEIVED


def test_that_a_receipt_is_not_taken_back_after_triage(team: Team) -> None:
    key = team.received()
    step = team.jo.last_undoable()
    assert step is not None
    team.ann.triage.triage(key, team.version(key), 2)
    with pytest.raises(Refused, match="Something has changed since"):
        team.jo.undo(step.id)


def test_that_of_an_undo_and_a_step_at_once_only_one_holds(team: Team) -> None:
    key, visit = team.allocated()
    step, version = team.jo.last_undoable(), team.visit_version(key)
    assert step is not None
    refused = at_once(
        lambda: team.jo.undo(step.id), lambda: team.desk("sam_self").visits.acknowledge(visit, version)
    )
    assert len(refused) == 1
    assert team.stored(Visit, visit).status.value in {"withdrawn", "acknowledged"}


def test_that_practitioners_answer_for_their_own_reports_only(team: Team) -> None:
    report = written(team)
    kit = team.desk("kit_self").reports
    for deed in (
        lambda: kit.sign(report, report_version(team, report)),
        lambda: kit.draft(report, report_version(team, report), kit.content(report)),
        lambda: kit.sent(report, report_version(team, report), Channel.POST, "Somebody"),
        lambda: kit.hold(report, report_version(team, report), "Restricted"),
    ):
        with pytest.raises(Refused, match="another practitioner's"):
            deed()
    sam(team).reports.sign(report, report_version(team, report))
    sam(team).reports.sent(report, report_version(team, report), Channel.POST, "The practice")


def test_that_nobody_reads_a_record_that_they_have_not_opened(team: Team) -> None:
    key = team.received()
    with pytest.raises(Refused, match="have not opened this record"):
        team.mo.records.read_again(key)
    team.mo.records.open(key, "The family rang the control room")
    assert team.mo.records.read_again(key).row.id == key


def test_that_a_shift_that_would_end_before_its_planned_start_is_told(team: Team, now: dt.datetime) -> None:
    team.clock.at = now + dt.timedelta(hours=10)
    shift = next(one for one in board(team, "folkestone").practitioners if one.id == team.ids["kit"])
    assert shift.shift_id is not None
    assert shift.shift_version is not None
    team.jo.workforce.shift_off(shift.shift_id, shift.shift_version)
    starts_at = team.clock() + 50 * MINUTE
    hub, kit = team.ids["dover"], team.ids["kit"]
    work = team.jo.workforce
    work.plan_shift(kit, hub, Placement.HOME_VISITING, starts_at, starts_at + dt.timedelta(hours=8))
    with pytest.raises(Refused, match="ends before it begins"):
        work.shift_on(kit, hub, Placement.HOME_VISITING, None, team.clock() + 20 * MINUTE)
    begins = starts_at + 60 * MINUTE
    with pytest.raises(Refused, match="already has a shift at Dover"):
        work.plan_shift(kit, team.ids["folkestone"], Placement.HUB, begins, begins + 60 * MINUTE)


def test_that_a_shift_that_runs_over_keeps_its_practitioner_on_the_board(team: Team) -> None:
    key, _ = team.on_scene()
    team.clock.pass_minutes(9 * 60)
    row = next(one for one in board(team, "folkestone").practitioners if one.id == team.ids["sam"])
    assert (row.availability.value, row.referral_id) == ("on_scene", key)
    other = team.triaged()
    with pytest.raises(Refused, match="shift of Sam Hill ended"):
        team.jo.visits.allocate(other, team.ids["sam"], team.version(other))


def test_that_a_referral_that_moves_takes_visit_queue_report_and_tasks_along(team: Team) -> None:
    key, visit = team.allocated()
    dover, folkestone = team.ids["dover"], team.ids["folkestone"]
    team.jo.referrals.worse(key, "Rang back")
    with team.database.read() as session:
        before = session.execute(text("SELECT coalesce(max(id), 0) FROM change_log")).scalar_one()
    team.jo.referrals.move_hub(key, team.version(key), dover, "Nearer to Dover")
    assert team.stored(Visit, visit).hub_id == dover
    with team.database.read() as session:
        assert {one.hub_id for one in session.scalars(select(Task).where(Task.referral_id == key))} == {dover}
        told = session.execute(
            text("SELECT DISTINCT tbl, hub_id FROM change_log WHERE id > :before"), {"before": before}
        ).all()
        scope = session.execute(
            text("SELECT hub_id FROM patient_hub WHERE patient_id = :patient"),
            {"patient": team.row(key).patient_id},
        ).scalars()
        assert set(scope) == {dover, folkestone}
    for table in ("referral", "visit"):
        assert {hub for tbl, hub in told if tbl == table} == {dover, folkestone}
    assert key not in {row.id for row in board(team, "folkestone").referrals}
    assert key in {row.id for row in board(team, "dover").referrals}
    team.jo.visits.acknowledge(visit, team.visit_version(key))
    team.jo.visits.en_route(visit, team.visit_version(key))
    team.jo.visits.on_scene(visit, team.visit_version(key))
    report = team.jo.visits.clear(visit, team.visit_version(key))
    assert team.stored(Report, report).hub_id == dover


def test_that_a_hub_patient_who_moves_is_in_one_queue_only(team: Team) -> None:
    form = new_referral(source=Source.HUB, practice_id=team.ids["practice"], hub_id=team.ids["folkestone"])
    first = team.jo.hub_queue.arrive(form)
    second = team.jo.hub_queue.move(first, 1, team.ids["dover"], "Shorter wait")
    assert team.stored(QueueEntry, first).status is QueueStatus.MOVED
    assert [row.id for row in board(team, "dover").queue] == [second]
    assert board(team, "folkestone").queue == ()
