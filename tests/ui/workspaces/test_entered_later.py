"""What was written on paper is entered later: every step with the time at which it happened."""

import datetime as dt
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget
from sqlalchemy import select

from console.domain.words import (
    OutcomeDisposition,
    OutcomeKind,
    Placement,
    QueueStatus,
    ReferralStatus,
    Stream,
    VisitStatus,
)
from db.models import Outcome, Patient, QueueEntry, Referral, Report, Shift, Step, Visit
from tests.services.team import Team, new_referral
from tests.ui.workspaces.conftest import ALT, CTRL, SHIFT, Working, arrived
from ui.boards.board import BoardWorkspace
from ui.boards.hub_workspace import HubWorkspace
from ui.boards.practitioner_cells import doing
from ui.dialogs.allocate import AllocateDialog
from ui.dialogs.earlier import EarlierDialog
from ui.dialogs.new_referral import ArriveDialog, NewReferralDialog
from ui.dialogs.reassign import ReassignDialog

Sit = Callable[[str, Callable[..., QWidget], str], Working]
Key = Qt.Key
# The offscreen platform says so of sizes and of the lists that open below a field.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def at(hour: int, minute: int = 0) -> dt.datetime:
    """That time of the day of these tests."""
    return dt.datetime(2026, 1, 14, hour, minute, tzinfo=dt.UTC)


def at_board(sit: Sit, login: str) -> Working:
    """Somebody at the board, with no hub chosen."""
    working = sit(login, BoardWorkspace, "board")
    board = working.workspace
    assert isinstance(board, BoardWorkspace)
    board.referrals.view.setFocus()
    return working


def choose(working: Working, referral_id: int) -> None:
    """Go to a referral on the board."""
    working.see()
    working.session.choose("board", "referral", referral_id)


def tab_to(working: Working, name: str) -> None:
    """Press Tab until the field of that name has the keyboard."""
    for _ in range(40):
        front = QApplication.activeModalWidget()
        if front is not None and QApplication.activePopupWidget() is None and not front.isActiveWindow():
            # Offscreen nobody gives the keys back to a dialog when a list below its field closes.
            front.activateWindow()
            working.wait(front.isActiveWindow)
        here = QApplication.focusWidget()
        assert here is not None
        if here.accessibleName().startswith(name):
            return
        working.press(Key.Key_Tab)
        QApplication.processEvents()  # a list below the field closes
    raise AssertionError(f"Tab does not come to {name!r}.")


def fill(working: Working, **fields: str) -> None:
    """Type into fields by the beginning of their names, in the order of the form."""
    for name, text in fields.items():
        tab_to(working, name.replace("_", " "))
        here = QApplication.focusWidget()
        if isinstance(here, QPlainTextEdit) and here.toPlainText():
            working.press(Key.Key_A, CTRL)
        working.type(text)


def step(working: Working, key: Qt.Key, told_at: str, said: str, **before: str) -> None:
    """Enter one step of a visit as it was written down."""
    working.press(key)
    working.dialog()
    fill(working, **before, When_it_happened=told_at, What=said)
    working.submit()


def send(working: Working, name: str, decided_at: str) -> None:
    """Allocate the chosen referral, as it was written down."""
    working.press(Key.Key_Return, CTRL)
    dialog = working.dialog()
    assert isinstance(dialog, AllocateDialog)
    working.wait(lambda: bool(dialog.candidates.shown))
    fill(working, Who_goes=name, Allocated_at=decided_at)
    working.submit()


def times(team: Team, referral_id: int) -> list[tuple[str, dt.datetime, dt.datetime]]:
    """The steps of a referral: kind, when it happened, when it was entered."""
    with team.database.read() as session:
        rows = session.query(Step).where(Step.referral_id == referral_id).order_by(Step.id)
        return [(one.kind, one.happened_at, one.entered_at) for one in rows]


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


def came(team: Team, referral_id: int) -> tuple[OutcomeKind, OutcomeDisposition | None]:
    """What the outcome of a referral is."""
    with team.database.read() as session:
        outcome = session.query(Outcome).where(Outcome.referral_id == referral_id).one()
        assert session.query(Report).where(Report.outcome_id == outcome.id).count() == 1
        return outcome.kind, outcome.disposition


@pytest.mark.parametrize(
    ("typed", "came_of_it"),
    [
        ("advice", (OutcomeKind.PHONE_ADVICE, OutcomeDisposition.ADVICE)),
        ("refused", (OutcomeKind.REFUSAL, OutcomeDisposition.NOT_SEEN)),
        ("death", (OutcomeKind.DEATH, OutcomeDisposition.DIED)),
    ],
)
def test_that_a_clinician_settles_it_by_telephone(
    sit: Sit, team: Team, typed: str, came_of_it: tuple[OutcomeKind, OutcomeDisposition]
) -> None:
    key = team.triaged()
    team.clock.pass_minutes(30)
    ann = at_board(sit, "ann")
    choose(ann, key)
    ann.press(Key.Key_G, CTRL)
    ann.dialog()
    fill(ann, What_was_said="Spoke to her daughter", What_it_was=typed)
    if typed == "advice":
        fill(ann, What_became="Advice", Admission_prevented="No")
    fill(ann, When_the_call_ended="-10")
    ann.submit()
    assert came(team, key) == came_of_it
    referral = team.stored(Referral, key)
    assert (referral.status, referral.seen_at) == (ReferralStatus.CLOSED, at(14, 20))
    is_death = came_of_it[0] is OutcomeKind.DEATH
    assert ("telephone_gp" in team.tasks(key)) is is_death
    assert (team.stored(Patient, referral.patient_id).deceased_at is not None) is is_death


def test_that_telephone_advice_is_a_clinicians_and_needs_triage(sit: Sit, team: Team) -> None:
    untriaged, triaged = (
        team.received(),
        team.triaged(form=new_referral(family_name="Osman", nhs_number=None)),
    )
    for login, may in (("jo", False), ("ann", True)):
        person = at_board(sit, login)
        choose(person, triaged)
        assert person.session.commands.is_enabled("referral.advice") is may
        choose(person, untriaged)
        assert not person.session.commands.is_enabled("referral.advice")


def test_that_a_death_at_a_hub_is_kept_and_telephoned(sit: Sit, team: Team) -> None:
    entry = arrived(team, "Marsh")
    queue = team.ann.hub_queue
    queue.stream(entry, team.stored(QueueEntry, entry).version, Stream.GP_NEEDED, 1, True, "Collapsed")
    queue.begin(entry, team.stored(QueueEntry, entry).version, team.ids["gil"])
    team.clock.pass_minutes(10)
    ann = sit("ann", HubWorkspace, "hub")
    workspace = ann.workspace
    assert isinstance(workspace, HubWorkspace)
    workspace.queue.view.setFocus()
    ann.session.choose("hub", "queue_entry", entry)
    ann.press(Key.Key_F10)
    ann.dialog()
    fill(ann, What_it_was="death", When_it_ended="-5")
    ann.submit()
    referral = team.stored(Referral, team.stored(QueueEntry, entry).referral_id)
    assert came(team, referral.id) == (OutcomeKind.DEATH, OutcomeDisposition.DIED)
    assert "telephone_gp" in team.tasks(referral.id)
    assert team.stored(Patient, referral.patient_id).deceased_at == at(14, 5)


def test_that_a_safe_refusal_at_the_door_closes_and_owes_a_report(sit: Sit, team: Team) -> None:
    key, _ = team.on_scene()
    jo = at_board(sit, "jo")
    choose(jo, key)
    jo.press(Key.Key_J, CTRL)
    jo.dialog()
    fill(jo, What_it_means="Refused", What_was_found="Well, wants nobody", What_Sam="She sent me away")
    jo.submit()
    assert came(team, key) == (OutcomeKind.REFUSAL, OutcomeDisposition.NOT_SEEN)
    assert team.stored(Referral, key).status is ReferralStatus.CLOSED


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
