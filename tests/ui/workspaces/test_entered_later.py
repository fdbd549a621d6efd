"""What was written on paper is entered later: every step with the time at which it happened."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from sqlalchemy import select

from console.domain.words import (
    Placement,
    QueueStatus,
    Role,
    Stream,
    TaskKind,
    VisitStatus,
)
from console.services.tasks import ask, settle
from db.models import QueueEntry, Referral, Report, Shift, Task, Visit
from db.queries.tasks import read_tasks
from tests.services.team import Team
from tests.ui.workspaces.at_board import Key, Sit, at, at_board, choose, fill, send, step, tab_to, times
from tests.ui.workspaces.conftest import ALT, CTRL, SHIFT, arrived
from ui.boards.hub_workspace import HubWorkspace
from ui.boards.practitioner_cells import doing
from ui.dialogs.allocate import AllocateDialog
from ui.dialogs.earlier import EarlierDialog
from ui.dialogs.new_referral import ArriveDialog, NewReferralDialog
from ui.dialogs.reassign import ReassignDialog
from ui.dialogs.shift import ShiftDialog
from ui.panel.record_panel import RecordPanel

# The offscreen platform says so of sizes and of the lists that open below a field.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_that_a_whole_visit_is_entered_after_it_and_every_clock_is_right(sit: Sit, team: Team) -> None:
    team.clock.at = at(16)
    jo = at_board(sit, "jo")
    jo.press(Key.Key_N, CTRL)
    dialog = jo.dialog()
    assert isinstance(dialog, NewReferralDialog)
    fill(jo, Source="NHS 111", Received_at="13:00", Family_name="Marsh", Given_name="Ivy")
    fill(jo, Home_address="4 Sea Road", Home_postcode="CT21 5AA", Own_practice="G82696")
    jo.wait(lambda: dialog.fields.practice.is_settled)
    jo.press(Key.Key_Tab)
    fill(jo, Problem="Fall, cannot get up")
    jo.submit()
    key = next(iter(jo.session.live.referrals.by_id))

    ann = at_board(sit, "ann")
    choose(ann, key)
    ann.press(Key.Key_T, CTRL)
    ann.dialog()
    fill(ann, Priority="P2", When_you_decided="13:10")
    ann.submit()

    choose(jo, key)
    send(jo, "Sam", "13:12")
    rows = jo.session.live
    sam = rows.practitioners.by_id[team.ids["sam"]]
    assert doing(sam, rows.referrals.by_id[key], at(16)).what == "MARSH"
    step(jo, Key.Key_F5, "13:15", "Got it")
    step(jo, Key.Key_F7, "13:20", "Leaving now")
    step(jo, Key.Key_F8, "13:40", "With her")
    sam = jo.session.live.practitioners.by_id[team.ids["sam"]]
    assert sam.expected_clear_at == at(14, 25)
    assert doing(sam, None, at(16)).text == "Over 1 h 35"
    what = {"What became": "Treated", "Admission": "Yes"}
    step(jo, Key.Key_F9, "14:30", "All done", **what)

    entered = [(kind, when) for kind, when, entered_at in times(team, key) if entered_at == at(16)]
    assert entered == [
        ("referral.received", at(13)),
        ("referral.triaged", at(13, 10)),
        ("visit.allocated", at(13, 12)),
        ("visit.acknowledged", at(13, 15)),
        ("visit.en_route", at(13, 20)),
        ("visit.on_scene", at(13, 40)),
        ("visit.clear", at(14, 30)),
    ]
    referral = team.stored(Referral, key)
    assert (referral.triage_due_at, referral.due_at) == (at(13, 20), at(14, 10))
    assert (referral.seen_at, referral.closed_at) == (at(13, 40), at(14, 30))
    with team.database.read() as session:
        report = session.query(Report).one()
        assert (report.owed_at, report.due_at) == (at(14, 30), at(17, 30))


def test_that_a_step_before_the_one_that_led_to_it_is_refused_and_stays_typed(sit: Sit, team: Team) -> None:
    key, _ = team.allocated()
    team.clock.pass_minutes(30)
    jo = at_board(sit, "jo")
    choose(jo, key)
    jo.press(Key.Key_F5)
    dialog = jo.dialog()
    fill(jo, When_it_happened="13:50", What="Got it")
    jo.press(Key.Key_Return, CTRL)
    jo.wait(lambda: bool(dialog.error.text()) and not dialog.is_busy)
    assert "before the step that led to it" in dialog.error.text()
    jo.press(Key.Key_Escape)
    jo.press(Key.Key_Return)


def to_home_visiting(team: Team, name: str) -> None:
    """Let somebody of the hub go on home visits today."""
    with team.database.work(team.actors["mo"], team.clock()) as work:
        shift = work.session.scalars(select(Shift).where(Shift.practitioner_id == team.ids[name])).one()
        shift.placement = Placement.HOME_VISITING


def end_shift(team: Team, name: str) -> None:
    """Record that somebody goes off duty now."""
    with team.database.read() as session:
        shift = session.scalars(select(Shift).where(Shift.practitioner_id == team.ids[name])).one()
    team.jo.workforce.shift_off(shift.id, shift.version)


@pytest.mark.parametrize("modifiers", [CTRL | SHIFT, CTRL])
def test_that_a_visit_goes_to_somebody_else_in_one_step(
    sit: Sit, team: Team, modifiers: Qt.KeyboardModifier
) -> None:
    to_home_visiting(team, "kit")
    key, visit = team.allocated()
    due = team.row(key).due_at
    team.clock.pass_minutes(10)
    jo = at_board(sit, "jo")
    choose(jo, key)
    jo.press(Key.Key_Return, modifiers)
    dialog = jo.dialog()
    assert isinstance(dialog, ReassignDialog)
    jo.wait(lambda: bool(dialog.candidates.shown))
    has_it = next(one for one in dialog.candidates.shown if one.practitioner.name == "Sam Hill")
    assert has_it.reasons == ("Sam Hill has this visit already.",)
    fill(jo, Who_goes="Kit")
    assert dialog.primary.accessibleName() == "Reassign to Kit Wood"
    jo.press(Key.Key_Return, CTRL)
    assert dialog.because.accessibleDescription() == "Say why somebody else goes."
    fill(jo, Why_somebody_else="Nearer", Reassigned_at="-5")
    jo.submit()
    row = team.row(key)
    assert (row.practitioner, row.visit_status, row.due_at) == ("Kit Wood", VisitStatus.ALLOCATED, due)
    assert team.stored(Visit, visit).status is VisitStatus.WITHDRAWN
    assert times(team, key)[-1] == ("visit.reassigned", at(14, 5), at(14, 10))


def test_that_somebody_with_two_hubs_is_asked_at_which_one_a_patient_is(sit: Sit, team: Team) -> None:
    team.clock.at = at(16)
    jo = at_board(sit, "jo")
    jo.press(Key.Key_H, CTRL)
    dialog = jo.dialog()
    assert isinstance(dialog, ArriveDialog)
    fill(jo, Family_name="Osman", Problem="Sprained ankle")
    jo.press(Key.Key_Return, CTRL)
    assert dialog.fields.hub.accessibleDescription() == "Choose the hub at which the patient is."
    fill(jo, Hub="Dover", Arrived_at="15:50")
    jo.submit()
    with team.database.read() as session:
        entry = session.query(QueueEntry).one()
        assert (entry.hub_id, entry.arrived_at) == (team.ids["dover"], at(15, 50))
        assert entry.stream_due_at == at(16, 5)
        assert session.get_one(Referral, entry.referral_id).received_at == at(15, 50)


def test_that_a_call_a_while_ago_is_entered_with_its_time(sit: Sit, team: Team) -> None:
    entry = arrived(team, "Marsh")
    version = team.stored(QueueEntry, entry).version
    team.ann.hub_queue.stream(entry, version, Stream.PARAMEDIC_PRACTITIONER, 3, False, "Seen at the desk")
    team.clock.pass_minutes(20)
    ann = sit("ann", HubWorkspace, "hub")
    workspace = ann.workspace
    assert isinstance(workspace, HubWorkspace)
    workspace.queue.view.setFocus()
    ann.press(Key.Key_Home)
    for said, status in (("-12", QueueStatus.CALLED), ("-8", QueueStatus.STREAMED)):
        ann.press(Key.Key_E, ALT)
        assert isinstance(ann.dialog(), EarlierDialog)
        ann.type(said)
        ann.submit()
        assert team.stored(QueueEntry, entry).status is status
    referral_id = team.stored(QueueEntry, entry).referral_id
    happened = {kind: when for kind, when, _ in times(team, referral_id)}
    assert (happened["queue.called"], happened["queue.put_back"]) == (at(14, 8), at(14, 12))


def test_that_a_whole_hub_is_not_decided_about_on_the_board(sit: Sit, team: Team) -> None:
    mo = at_board(sit, "mo")
    commands = mo.session.commands
    assert not commands.is_enabled("hub.divert")
    assert not commands.is_enabled("hub.close")
    mo.session.come_to_front("load")
    assert commands.is_enabled("hub.divert")
    mo.session.come_to_front("hub")
    mo.session.choose("hub", "hub", team.ids["dover"])
    assert commands.is_enabled("hub.close")


def test_that_an_open_record_says_by_itself_who_should_be_clear(sit: Sit, team: Team) -> None:
    key, _ = team.on_scene()
    jo = at_board(sit, "jo")
    panel = RecordPanel(jo.session, jo.seat.window)
    panel.show()
    panel.open(key)
    jo.wait(lambda: panel.record is not None)
    assert "Ring them" not in " ".join(told(panel))
    team.clock.pass_minutes(46)
    for _ in range(20):
        jo.session.countdown.ticked.emit()
    assert "Sam Hill was to be clear at 14:45, 1 min ago. Ring them." in told(panel)


def test_that_an_open_record_shows_what_is_asked_about_it_meanwhile(sit: Sit, team: Team) -> None:
    key, _ = team.on_scene()
    jo = at_board(sit, "jo")
    panel = RecordPanel(jo.session, jo.seat.window)
    panel.show()
    panel.open(key)
    jo.wait(lambda: panel.record is not None)
    with team.database.work(team.actors["mo"], team.clock()) as work:
        task = ask(
            work,
            TaskKind.WELFARE,
            Role.COORDINATOR,
            hub_id=team.ids["folkestone"],
            subject="visit:1",
            words="Ring Sam",
            due_at=work.now,
            referral_id=key,
        )
    with team.database.read() as session:
        (row,) = read_tasks(session, [team.ids["folkestone"]], [task.id])
    jo.session.live.tasks.change((row,))
    jo.wait(lambda: "Ring Sam" in [one.words for one in panel.record.tasks] if panel.record else False)
    with team.database.work(team.actors["mo"], team.clock()) as work:
        settle(work, work.lock(Task, task.id), "Rung")
    jo.session.live.tasks.change((), {task.id})
    jo.wait(lambda: "Ring Sam" not in [one.words for one in panel.record.tasks] if panel.record else False)


def told(panel: RecordPanel) -> list[str]:
    """Every line of the panel."""
    sheet = panel.area.widget()
    assert sheet is not None
    return [one.text() for one in sheet.findChildren(QLabel)]


def test_that_a_whole_shift_is_entered_from_paper(sit: Sit, team: Team) -> None:
    end_shift(team, "sam")  # at two o'clock
    team.clock.at = at(20)
    jo = at_board(sit, "jo")
    jo.see()
    jo.press(Key.Key_S, CTRL | SHIFT)
    dialog = jo.dialog()
    assert isinstance(dialog, ShiftDialog)
    jo.wait(lambda: dialog.who.count() == len(("sam", "kit", "gil", "pat", "dot")))
    fill(jo, Practitioner="Sam", Hub="Folkestone", Works_as="Home")
    tab_to(jo, "The whole shift is over")
    jo.press(Key.Key_Space)
    assert dialog.primary.accessibleName() == "Save shift"
    fill(jo, Came_on="14:05", Went_off="13:00")
    jo.press(Key.Key_Return, CTRL)
    assert dialog.said.accessibleDescription().startswith("Write down what stands on the paper")
    fill(jo, What_they="Sheet of the 14th")
    jo.press(Key.Key_Return, CTRL)
    jo.wait(lambda: bool(dialog.error.text()) and not dialog.is_busy)
    assert dialog.error.text() == "The shift ends before it begins: check both times."
    dialog.went.clear()
    fill(jo, Went_off="18:00")
    jo.submit()
    assert jo.said[-1] == "The shift of Sam Hill from 14:05 to 18:00 is recorded."
    with team.database.read() as session:
        stored = session.scalars(select(Shift).where(Shift.practitioner_id == team.ids["sam"])).all()
        assert (stored[-1].on_at, stored[-1].off_at) == (at(14, 5), at(18))
    assert team.ids["sam"] not in jo.session.live.practitioners.by_id


def test_that_a_visit_is_entered_on_a_shift_that_is_over(sit: Sit, team: Team) -> None:
    key = team.triaged()
    team.clock.at = at(18)
    end_shift(team, "sam")
    team.clock.at = at(20)
    jo = at_board(sit, "jo")
    choose(jo, key)
    jo.press(Key.Key_Return, CTRL)
    sending = jo.dialog()
    assert isinstance(sending, AllocateDialog)
    jo.wait(lambda: bool(sending.candidates.shown))
    fill(jo, Who_goes="Sam", Allocated_at="14:30")
    assert sending.list.chosen is None
    jo.press(Key.Key_Return, CTRL)
    jo.wait(lambda: sending.list.chosen is not None)
    jo.submit()
    assert team.row(key).practitioner == "Sam Hill"
    assert times(team, key)[-1] == ("visit.allocated", at(14, 30), at(20))
