"""The Hub workspace, worked by keys over a real database."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from console.domain.words import QueueStatus, Stream
from console.steady import steady
from db.models import Hub, QueueEntry, Referral
from tests.services.team import Team
from tests.ui.workspaces.conftest import ALT, CTRL, SHIFT, Working, arrived
from ui.boards.hub_workspace import HubWorkspace
from ui.dialogs.begin import BeginDialog
from ui.dialogs.close_hub import CloseHubDialog
from ui.dialogs.open_hub import OpenHubDialog
from ui.dialogs.queue_end import ElsewhereDialog, LeftDialog, MoveDialog
from ui.dialogs.seen import SeenDialog
from ui.dialogs.stream import StreamDialog

Sit = Callable[[str, Callable[..., QWidget], str], Working]
Key = Qt.Key


def at_hub(sit: Sit, login: str = "ann") -> tuple[Working, HubWorkspace]:
    working = sit(login, HubWorkspace, "hub")
    workspace = working.workspace
    assert isinstance(workspace, HubWorkspace)
    workspace.queue.view.setFocus()
    return working, workspace


def streamed(team: Team, entry: int, stream: Stream, priority: int = 3, *, gp_needed: bool = False) -> None:
    version = team.stored(QueueEntry, entry).version
    team.ann.hub_queue.stream(entry, version, stream, priority, gp_needed, "Seen at the desk")


def shown(workspace: HubWorkspace) -> list[str]:
    return [row.family_name for row in workspace.queue.model.rows()]


def chosen(working: Working) -> str:
    row = working.session.queue_entry
    return row.family_name if row else ""


@pytest.mark.qt_log_ignore("This plugin does not support")  # lists below fields, without a screen
def test_that_a_clinician_takes_a_patient_from_arrival_to_seen_by_keys_alone(sit: Sit, team: Team) -> None:
    entry = arrived(team, "Marsh")
    ann, hub = at_hub(sit)
    ann.press(Key.Key_Home)
    ann.press(Key.Key_T, CTRL | SHIFT)
    assert isinstance(ann.dialog(), StreamDialog)
    ann.fill("Paramedic practitioner", "P3 Urgent", "", "Cut finger")
    ann.submit()
    assert team.stored(QueueEntry, entry).status is QueueStatus.STREAMED
    ann.press(Key.Key_F2)
    ann.see()
    assert team.stored(QueueEntry, entry).status is QueueStatus.CALLED
    assert hub.queue.view.selected_id() == entry
    ann.press(Key.Key_F3)
    begin = ann.dialog()
    assert isinstance(begin, BeginDialog)
    ann.fill("Kit")
    ann.submit()
    assert hub.seats.model.rows()[0].who.name == "Kit Wood"
    ann.press(Key.Key_F10)
    assert isinstance(ann.dialog(), SeenDialog)
    ann.fill("", "Advice", "No")
    ann.submit()
    assert team.stored(QueueEntry, entry).status is QueueStatus.SEEN
    assert [row.family_name for row in ann.session.live.reports.by_id.values()] == ["Marsh"]
    ann.wait(lambda: shown(hub) == [])


def test_that_unstreamed_arrivals_stand_on_top_and_streams_follow_in_order(sit: Sit, team: Team) -> None:
    names = ("Ash", "Birch", "Cedar")
    entries = [arrived(team, name) for name in names]
    streamed(team, entries[0], Stream.GP_NEEDED, 2)
    streamed(team, entries[1], Stream.PARAMEDIC_PRACTITIONER, 4)
    _, hub = at_hub(sit)
    assert shown(hub) == ["Cedar", "Birch", "Ash"]
    headings = [hub.queue.model.columns[0].value(row).who for row in hub.queue.model.rows()]
    assert headings == ["Not streamed", "Practitioner here", "GP needed"]


def test_that_the_next_patient_is_to_be_streamed_for_a_clinician_and_to_be_called_for_a_coordinator(
    sit: Sit, team: Team
) -> None:
    waiting, _ = arrived(team, "Ash"), arrived(team, "Birch")
    streamed(team, waiting, Stream.PARAMEDIC_PRACTITIONER)
    _, for_ann = at_hub(sit, "ann")
    assert for_ann.next.name.text() == "BIRCH, Ivy"
    assert for_ann.next.to_stream.isVisible()
    assert for_ann.next.then.text() == "To be called next (F2): ASH, Ivy"
    _, for_jo = at_hub(sit, "jo")
    assert for_jo.next.name.text() == "ASH, Ivy"
    assert for_jo.next.call.isVisible()


def test_that_a_wait_becomes_unsafe_by_time_alone_and_the_figure_leads_to_it(sit: Sit, team: Team) -> None:
    arrived(team, "Ash")
    second = arrived(team, "Birch")
    streamed(team, second, Stream.PARAMEDIC_PRACTITIONER, 4)
    ann, hub = at_hub(sit)
    assert hub.head.tiles["unsafe"].figure == "0"
    ann.pass_minutes(16)
    assert hub.head.tiles["unsafe"].figure == "1"
    hub.head.tiles["unsafe"].setFocus()
    ann.press(Key.Key_Return)
    row = hub.queue.view.selected_row()
    assert row is not None
    assert row.family_name == "Ash"


def test_that_the_other_hub_has_its_key_and_takes_no_choice_with_it(sit: Sit, team: Team) -> None:
    arrived(team, "Ash")
    arrived(team, "Birch", "dover")
    ann, hub = at_hub(sit)
    ann.press(Key.Key_Home)
    assert chosen(ann) == "Ash"
    ann.press(Key.Key_2, ALT)
    assert shown(hub) == ["Birch"]
    assert chosen(ann) == ""
    ann.press(Key.Key_1, ALT)
    assert shown(hub) == ["Ash"]


def test_that_a_gp_needed_patient_cannot_be_seen_where_no_gp_is(sit: Sit, team: Team) -> None:
    streamed(team, arrived(team, "Ash", "dover"), Stream.GP_NEEDED)
    ann, hub = at_hub(sit)
    ann.press(Key.Key_2, ALT)
    assert hub.load is not None
    assert [row.family_name for row in hub.load.cannot_be_seen] == ["Ash"]
    ann.press(Key.Key_Home)
    ann.press(Key.Key_F3)
    begin = ann.dialog()
    told = " ".join(one.text() for one in begin.findChildren(QLabel))
    assert "Dot Reed: R-" in told
    assert "only a GP may see this patient" in told
    assert "Nobody who may see this patient is free at Dover" in begin.error.text()
    ann.press(Key.Key_Escape)


def test_that_a_patient_moves_to_the_other_hub_with_the_reason(sit: Sit, team: Team) -> None:
    streamed(team, arrived(team, "Ash"), Stream.GP_NEEDED)
    ann, hub = at_hub(sit)
    ann.press(Key.Key_Home)
    ann.press(Key.Key_B, CTRL | SHIFT)
    dialog = ann.dialog()
    assert isinstance(dialog, MoveDialog)
    ann.type("Dover is quieter")
    ann.submit()
    ann.wait(lambda: shown(hub) == [])
    assert [row.hub for row in ann.session.live.queue.by_id.values()] == ["Dover"]


def test_that_the_other_hub_is_offered_as_it_stands(sit: Sit, team: Team) -> None:
    streamed(team, arrived(team, "Ash"), Stream.PARAMEDIC_PRACTITIONER)
    dover, folkestone = team.ids["dover"], team.ids["folkestone"]
    until = team.clock() + dt.timedelta(hours=9)
    team.mo.hubs.divert(dover, team.stored(Hub, dover).version, folkestone, until, "No light")
    team.clock.at = team.clock.at.replace(hour=19, minute=50)
    ann, _ = at_hub(sit)
    ann.press(Key.Key_Home)
    ann.press(Key.Key_B, CTRL | SHIFT)
    dialog = ann.dialog()
    assert isinstance(dialog, MoveDialog)
    stands = "0 waiting, no arrival is safe any more, diverts to Folkestone"
    assert dialog.hub.currentText() == f"Dover · {stands}"
    ann.press(Key.Key_Escape)


def test_that_who_may_not_give_another_day_is_asked_for_the_service_alone(sit: Sit, team: Team) -> None:
    streamed(team, arrived(team, "Ash"), Stream.PARAMEDIC_PRACTITIONER)
    jo, _ = at_hub(sit, "jo")
    jo.press(Key.Key_Home)
    jo.press(Key.Key_X, CTRL | SHIFT)
    dialog = jo.dialog()
    assert isinstance(dialog, ElsewhereDialog)
    assert dialog.windowTitle() == "Taken over by a named service"
    assert not dialog.way.isVisible()
    assert dialog.service.hasFocus()
    jo.type("Biggin Street Pharmacy")
    jo.submit()
    assert list(jo.session.live.queue.by_id) == []


def test_that_nobody_but_a_clinician_is_offered_to_hand_over_whom_no_clinician_has_streamed(
    sit: Sit, team: Team
) -> None:
    arrived(team, "Ash")
    for login, may in (("jo", False), ("ann", True)):
        working, _ = at_hub(sit, login)
        working.press(Key.Key_Home)
        assert chosen(working) == "Ash"
        assert working.session.commands.is_enabled("hub.elsewhere") is may


def test_that_a_practitioner_records_of_nobody_else_whom_they_see(sit: Sit, team: Team) -> None:
    streamed(team, arrived(team, "Ash"), Stream.PARAMEDIC_PRACTITIONER)
    kit, _ = at_hub(sit, "kit_self")
    kit.session.person = replace(kit.session.person, practitioner_id=team.ids["kit"])
    kit.press(Key.Key_Home)
    kit.press(Key.Key_F3)
    dialog = kit.dialog()
    assert isinstance(dialog, BeginDialog)
    assert [dialog.who_sees.itemText(n) for n in range(dialog.who_sees.count())] == [
        "Kit Wood · Advanced practitioner"
    ]
    told = " ".join(one.text() for one in dialog.findChildren(QLabel))
    assert "Gil Frost: says themselves whom they see." in told
    kit.submit()


def test_that_somebody_who_left_is_rung_by_a_clinician(sit: Sit, team: Team) -> None:
    entry = arrived(team, "Ash")
    jo, _ = at_hub(sit, "jo")
    jo.press(Key.Key_Home)
    jo.press(Key.Key_D, CTRL | SHIFT)
    assert isinstance(jo.dialog(), LeftDialog)
    jo.submit()
    assert team.stored(QueueEntry, entry).status is QueueStatus.LEFT
    referral = team.stored(QueueEntry, entry).referral_id
    assert "failed_contact" in team.tasks(referral)


def test_that_did_not_attend_is_not_offered_before_the_time_has_come(sit: Sit, team: Team) -> None:
    key = team.triaged()
    team.jo.hub_queue.book(key, team.version(key), team.clock() + dt.timedelta(hours=1))
    jo, _ = at_hub(sit, "jo")
    jo.press(Key.Key_Home)
    jo.wait(lambda: "which is still to come" in jo.session.commands.why_not("hub.left"))
    jo.pass_minutes(61)
    assert jo.session.commands.is_enabled("hub.left")


def test_that_what_was_typed_stays_when_a_time_is_refused(sit: Sit, team: Team) -> None:
    streamed(team, arrived(team, "Ash"), Stream.PARAMEDIC_PRACTITIONER)
    ann, _ = at_hub(sit)
    ann.press(Key.Key_Home)
    ann.press(Key.Key_X, CTRL | SHIFT)
    dialog = ann.dialog()
    assert isinstance(dialog, ElsewhereDialog)
    assert dialog.service.hasFocus()
    dialog.way.put("day")
    dialog.time.setFocus()
    ann.fill("+30", "Comfortable, seen by nurse")
    ann.press(Key.Key_Return, CTRL)
    ann.wait(dialog.error.isVisible)
    assert "later day" in dialog.error.text()
    assert dialog.reason.toPlainText() == "Comfortable, seen by nurse"
    dialog.time.setText("tomorrow 09:00")
    ann.submit()
    assert [row.status for row in ann.session.live.queue.by_id.values()] == [QueueStatus.BOOKED]


def test_that_a_hub_closes_only_when_everybody_is_safe(sit: Sit, team: Team) -> None:
    ill = arrived(team, "Ash")
    away = team.triaged()
    ann, hub = at_hub(sit)
    assert not hub.closing.close_button.isVisible()
    team.clock.at = team.clock.at.replace(hour=18, minute=31)
    ann.see()
    assert hub.closing.title.text() == "Closing"
    assert hub.minimumSizeHint().height() <= 704
    assert [one.entry_id for one in hub.closing.model.rows()] == [ill, None]
    ann.press(Key.Key_C, CTRL | SHIFT)
    dialog = ann.dialog()
    assert isinstance(dialog, CloseHubDialog)
    ann.wait(dialog.hand_over.isVisible)
    assert not dialog.primary.isEnabled()
    dialog.hand_over.setFocus()
    ann.press(Key.Key_Space)
    ann.wait(lambda: "accept it by name" in dialog.open_ones.text())
    ann.press(Key.Key_Escape)
    ann.see()
    task = next(one for one in ann.session.live.tasks.by_id.values() if one.referral_id == away)
    team.mo.tasks.accept(task.id, task.version)
    version = team.stored(QueueEntry, ill).version
    team.ann.hub_queue.taken_over(ill, version, "William Harvey SDEC", "Sister Jones")
    ann.see()
    assert hub.closing.heading.isHidden()
    ann.press(Key.Key_C, CTRL | SHIFT)
    closing = ann.dialog()
    assert isinstance(closing, CloseHubDialog)
    ann.wait(closing.primary.isEnabled)
    assert "is the supervisor's for the night" in closing.open_ones.text()  # as the one at home is
    ann.submit()
    assert ann.session.live.hubs.by_id[team.ids["folkestone"]].is_closed_down
    assert team.stored(Referral, away).status.is_open


def test_that_a_hub_that_nobody_closed_says_so_after_midnight_while_patients_wait(
    sit: Sit, team: Team
) -> None:
    entry = arrived(team, "Ash")
    streamed(team, entry, Stream.PARAMEDIC_PRACTITIONER)
    team.clock.at = team.clock().replace(hour=1, minute=30) + dt.timedelta(days=1)
    ann, hub = at_hub(sit)
    ann.see()
    assert (hub.closing.title.text(), hub.closing.pill.text()) == ("Closing", "Past closing")
    assert (hub.head.state.text(), hub.head.until.text()) == ("Past closing", "Was to close at Wed 20:00")
    assert [one.entry_id for one in hub.closing.model.rows()] == [entry]
    assert hub.head.tiles["cannot"].figure == "1"
    team.ann.hub_queue.taken_over(entry, team.stored(QueueEntry, entry).version, "William Harvey")
    ann.see()
    assert (hub.closing.title.text(), hub.head.state.text()) == ("Until closing", "Closed")


def test_that_a_hub_that_was_closed_by_mistake_is_opened_again_by_a_key(sit: Sit, team: Team) -> None:
    ann, hub = at_hub(sit)
    commands, key = ann.session.commands, team.ids["folkestone"]
    assert commands.why_not("hub.open") == "Folkestone is not closed for the day."
    assert not hub.closing.open_button.isVisible()
    team.jo.hubs.close(key, team.stored(Hub, key).version)
    ann.see()
    assert hub.closing.open_button.isVisible()
    assert hub.closing.title.text() == "Closed"
    assert hub.closing.facts.isHidden()
    assert "open it again (Ctrl+O)" in commands.why_not("hub.close")
    ann.press(Key.Key_O, CTRL)
    dialog = ann.dialog()
    assert isinstance(dialog, OpenHubDialog)
    assert "New arrivals are the hub's again." in dialog.sentence.text()
    ann.submit()
    assert not ann.session.live.hubs.by_id[key].is_closed_down
    assert not hub.closing.open_button.isVisible()
    assert commands.is_enabled("hub.close")


@pytest.mark.parametrize(
    ("hour", "told"),
    [
        (7, "Its hours begin at 08:00: until then new arrivals stay the supervisor's. Whoever"),
        (12, "New arrivals are the hub's again. It still diverts to Dover until 23:00. Whoever"),
        (20, "Its hours ended at 20:00: new arrivals stay the supervisor's. It still diverts"),
    ],
)
def test_that_opening_again_promises_no_arrivals_outside_of_its_hours(
    sit: Sit, team: Team, hour: int, told: str
) -> None:
    team.clock.at = team.clock().replace(hour=hour, minute=30)
    key = team.ids["folkestone"]
    if hour > 8:
        until = team.clock().replace(hour=23, minute=0)
        team.mo.hubs.divert(key, team.stored(Hub, key).version, team.ids["dover"], until, "No GP")
    team.jo.hubs.close(key, team.stored(Hub, key).version)
    ann, _ = at_hub(sit)
    ann.press(Key.Key_O, CTRL)
    assert told in ann.dialog().sentence.text()
    ann.press(Key.Key_Escape)


def test_that_the_queue_turns_grey_when_nothing_is_heard(sit: Sit, team: Team, now: dt.datetime) -> None:
    arrived(team, "Ash")
    ann, hub = at_hub(sit)
    assert not any(age.is_old for age in hub.ages)
    later = steady() + 6
    ann.seat.countdown.steady = lambda: later
    ann.seat.countdown.ticked.emit()
    assert all(age.is_old for age in hub.ages)
    assert all(age.isVisible() for age in hub.ages)


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_that_it_is_still_said_what_to_do_when_nobody_can_see_the_patient(sit: Sit, team: Team) -> None:
    for family in ("Marsh", "Stone"):
        streamed(team, arrived(team, family), Stream.GP_NEEDED, 2, gp_needed=True)
    queue = team.ann.hub_queue
    with team.database.read() as session:
        first, second = session.query(QueueEntry.id).order_by(QueueEntry.id)
    queue.begin(first.id, team.stored(QueueEntry, first.id).version, team.ids["gil"])
    ann, hub = at_hub(sit)
    hub.queue.view.select_id(second.id)
    ann.press(Key.Key_F3)
    dialog = ann.dialog()
    ann.press(Key.Key_Return, CTRL)
    said = [one.text() for one in dialog.findChildren(QLabel) if one.isVisible()]
    assert any(line.startswith("Nobody who may see this patient is free at Folkestone.") for line in said)
    dialog.reject()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_that_a_death_at_the_hub_is_not_said_to_be_a_patient_who_was_seen(sit: Sit, team: Team) -> None:
    entry = arrived(team, "Marsh")
    streamed(team, entry, Stream.PARAMEDIC_PRACTITIONER)
    team.ann.hub_queue.begin(entry, team.stored(QueueEntry, entry).version, team.ids["kit"])
    ann, hub = at_hub(sit)
    hub.queue.view.select_id(entry)
    ann.press(Key.Key_F10)
    ann.dialog()
    ann.fill("Death", "")
    ann.submit()
    assert ann.said[-1].startswith("MARSH, Ivy died at the hub; the report is owed.")
