"""The address of a visit is corrected by keys, and whoever is sent there is told of it."""

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from console.domain.visit_address import is_about_address
from console.domain.words import Channel, MarkerKind, VisitStatus
from db.models import Patient, Step, Task
from tests.services.team import Team, new_referral
from tests.support.sitting import Seat
from tests.ui.conftest import LONG_MS
from tests.ui.dialogs.conftest import Opened
from tests.ui.dialogs.keys import done, press, tab, typed
from ui.boards.next_steps import for_referral
from ui.boards.referral_cells import flags, spoken
from ui.commands.load import COMMANDS as LOAD
from ui.commands.needs import MARKERS_READ
from ui.commands.visit import COMMANDS
from ui.dialogs.marker import AcknowledgeMarkersDialog
from ui.dialogs.step import StepDialog
from ui.dialogs.task_done import for_task
from ui.dialogs.upgrade import UpgradeDialog
from ui.dialogs.visit_address import VisitAddressDialog
from ui.panel.sections import warnings

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
NO_ADDRESS = "No address for the visit"


def form(seat: Seat, opened: Opened, key: int, qtbot: QtBot) -> VisitAddressDialog:
    """The form, with what is recorded read."""
    seat.look()
    qtbot.waitUntil(lambda: key in seat.live.referrals.by_id)
    dialog = VisitAddressDialog(seat.session, seat.team.row(key), seat.window)
    opened(dialog)
    qtbot.waitUntil(lambda: dialog.is_filled, timeout=LONG_MS)
    qtbot.waitUntil(dialog.address.hasFocus)
    return dialog


def newest(team: Team) -> Step:
    with team.database.read() as session:
        return session.query(Step).order_by(Step.id.desc()).limit(1).one()


def untold(team: Team) -> Task:
    with team.database.read() as session:
        tasks = session.query(Task).filter_by(done_at=None).all()
    return next(one for one in tasks if is_about_address(one.subject))


def why_not(seat: Seat, key: int, command_id: str, qtbot: QtBot) -> str:
    """Why a key is refused for this referral."""
    seat.look()
    newest = seat.team.row(key)
    qtbot.waitUntil(lambda: seat.live.referrals.by_id.get(key) == newest)
    seat.session.come_to_front("board")
    seat.session.choose("board", "referral", key)
    command = next(one for one in COMMANDS if one.id == command_id)
    return command.why_not(seat.session)


def test_that_visit_and_home_are_corrected_by_keys(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    key = team.triaged()
    dialog = form(jo, opened, key, qtbot)
    assert dialog.address.selectedText() == "4 Sea Road, Hythe"
    typed("14 Castle Street, Dover")
    tab()
    typed("ct161pd")
    tab()
    typed("change both")
    tab()
    typed("The daughter rang")
    press("Ctrl+Return")
    done(qtbot, dialog)
    row = team.row(key)
    assert (row.address, row.postcode) == ("14 Castle Street, Dover", "CT16 1PD")
    assert team.stored(Patient, row.patient_id).home_address == "14 Castle Street, Dover"


def test_that_nothing_is_saved_before_home_and_reason_are_said(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    key = team.triaged()
    dialog = form(jo, opened, key, qtbot)
    typed("14 Castle Street, Dover")
    press("Ctrl+Return")
    said = [one.text() for one in dialog.findChildren(QLabel) if one.isVisible()]
    assert "Say whether the home address was wrong too." in said
    assert "Say who gave it." in said
    assert team.row(key).address == "4 Sea Road, Hythe"


def test_that_a_home_elsewhere_is_shown_and_not_asked_about(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    key = team.triaged(form=new_referral(visit_address="Ward House, Dover", visit_postcode="CT16 1AS"))
    dialog = form(jo, opened, key, qtbot)
    assert not dialog.home.isVisible()
    assert "4 Sea Road, Hythe, CT21 5AA" in dialog.home_stays.text()
    typed("Ward House, Room 3, Dover")
    tab(2)
    typed("The ward rang")
    press("Ctrl+Return")
    done(qtbot, dialog)
    row = team.row(key)
    assert row.address == "Ward House, Room 3, Dover"
    assert team.stored(Patient, row.patient_id).home_address == "4 Sea Road, Hythe"


def test_that_a_home_that_is_only_written_otherwise_is_asked_about(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    key = team.triaged(form=new_referral(visit_address="4 SEA ROAD HYTHE", visit_postcode="CT21 5AA"))
    dialog = form(jo, opened, key, qtbot)
    assert dialog.home.isVisible()
    assert not dialog.home_stays.isVisible()


def test_that_it_says_where_no_home_is_recorded(team: Team, jo: Seat, opened: Opened, qtbot: QtBot) -> None:
    key = team.triaged(form=new_referral(home_address="", home_postcode=None))
    team.jo.referrals.correct_address(key, team.version(key), "4 Sea Road", "CT21 5AA", "The caller")
    dialog = form(jo, opened, key, qtbot)
    assert dialog.home_stays.text().startswith("No home address is recorded.")


def test_that_who_is_sent_is_told_with_the_correction(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    key, _ = team.allocated()
    dialog = form(jo, opened, key, qtbot)
    typed("6 Sea Road, Hythe")
    dialog.home.put(False)
    dialog.reason.setPlainText("The daughter rang")
    assert dialog.is_told is not None
    dialog.is_told.setChecked(True)
    press("Ctrl+Return")
    assert dialog.isVisible()  # in which words is still to be said
    assert dialog.told.said is not None
    assert dialog.told.said.hasFocus()
    typed("Number six, not four")
    press("Ctrl+Return")
    done(qtbot, dialog)
    step = newest(team)
    assert (step.kind, step.on_behalf_of_id) == ("referral.address", team.ids["sam"])
    assert (step.channel, step.said) == (Channel.TELEPHONE, "Number six, not four")


def test_that_who_is_not_told_yet_goes_no_further_until_the_task_is_done(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    key, visit = team.allocated()
    team.jo.visits.acknowledge(visit, team.visit_version(key))
    dialog = form(jo, opened, key, qtbot)
    typed("6 Sea Road, Hythe")
    dialog.home.put(False)
    dialog.reason.setPlainText("The daughter rang")
    press("Ctrl+Return")
    done(qtbot, dialog)
    assert "Sam Hill does not know the corrected address" in why_not(jo, key, "visit.en_route", qtbot)
    asked = jo.live.tasks.by_id[untold(team).id]
    telling = opened(for_task(jo.session, asked, jo.window))
    typed("Read number six back")
    press("Ctrl+Return")
    done(qtbot, telling)
    step = newest(team)
    assert (step.on_behalf_of_id, step.channel) == (team.ids["sam"], Channel.TELEPHONE)
    jo.look()
    qtbot.waitUntil(lambda: asked.id not in jo.live.tasks.by_id)
    assert why_not(jo, key, "visit.en_route", qtbot) == ""


def test_that_ambulance_control_is_told_by_a_task_that_is_done_as_one(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    key = team.triaged()
    team.jo.ambulance.upgrade(key, team.version(key), "Chest pain")
    team.jo.referrals.correct_address(key, team.version(key), "6 Sea Road, Hythe", "CT21 5AA", "The caller")
    jo.look()
    qtbot.waitUntil(lambda: untold(team).id in jo.live.tasks.by_id)
    asked = jo.live.tasks.by_id[untold(team).id]
    assert asked.title == "Corrected address: tell 999"
    done_by_key = next(one for one in LOAD if one.id == "task.done")
    jo.session.come_to_front("load")
    jo.session.choose("load", "task", asked.id)
    assert done_by_key.why_not(jo.session) == ""
    telling = opened(for_task(jo.session, asked, jo.window))
    typed("Control read number six back")
    press("Ctrl+Return")
    done(qtbot, telling)
    step = newest(team)
    assert step.words == "Task done: Corrected address: tell 999"
    assert (step.on_behalf_of_id, step.channel) == (None, Channel.TELEPHONE)


def test_that_who_was_second_reads_why_and_keeps_what_was_typed(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    key = team.triaged()
    dialog = form(jo, opened, key, qtbot)
    typed("6 Sea Road, Hythe")
    dialog.home.put(True)
    dialog.reason.setPlainText("The daughter rang")
    home = team.stored(Patient, team.row(key).patient_id).version
    team.ann.referrals.correct_address(
        key, team.version(key), "8 Sea Road, Hythe", "CT21 5AA", "The son rang", home_version=home
    )
    press("Ctrl+Return")
    qtbot.waitUntil(lambda: "Ann Lee changed" in dialog.error.text(), timeout=LONG_MS)
    assert dialog.address.text() == "6 Sea Road, Hythe"
    jo.look()
    newest = team.row(key)
    qtbot.waitUntil(lambda: jo.live.referrals.by_id.get(key) == newest)
    assert dialog.sentence.text().startswith("The visit is at: 8 Sea Road, Hythe")
    qtbot.waitUntil(lambda: not jo.background.busy, timeout=LONG_MS)
    press("Ctrl+Return")
    qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=LONG_MS)
    assert team.row(key).address == "6 Sea Road, Hythe"
    assert team.stored(Patient, team.row(key).patient_id).home_address == "6 Sea Road, Hythe"


def test_that_unread_markers_stop_the_next_step_and_say_which_key_reads_them(
    team: Team, jo: Seat, qtbot: QtBot
) -> None:
    key, _ = team.allocated()
    assert MARKERS_READ(team.row(key)) == ""
    review_on = team.clock().date()
    team.jo.markers.add(None, "CT21 5AA", None, MarkerKind.ANIMAL, "Large dog", review_on)
    assert "Ctrl+Shift+M" in MARKERS_READ(team.row(key))
    assert "Ctrl+Shift+M" in why_not(jo, key, "visit.acknowledged", qtbot)


def test_that_a_referral_without_an_address_says_so_and_leads_to_it(
    team: Team, jo: Seat, qtbot: QtBot
) -> None:
    key = team.triaged(form=new_referral(home_address="", home_postcode=None))
    row = team.row(key)
    assert any(NO_ADDRESS in flag.words for flag in flags(row))
    assert NO_ADDRESS in spoken(row, team.clock())
    shown = list(warnings(team.jo.records.open(key), team.clock()))
    for one in shown:
        qtbot.addWidget(one)
    words = [part.text() for one in shown for part in one.findChildren(QLabel)]
    assert any(NO_ADDRESS in one and "Alt+F" in one for one in words)
    jo.look()
    qtbot.waitUntil(lambda: key in jo.live.referrals.by_id)
    jo.session.come_to_front("board")
    jo.session.choose("board", "referral", key)
    assert for_referral(row, jo.session)[0] == "referral.address"
    team.jo.referrals.correct_address(key, row.version, "4 Sea Road", "CT21 5AA", "The caller")
    assert not any(NO_ADDRESS in flag.words for flag in flags(team.row(key)))


@pytest.mark.parametrize("to", [VisitStatus.ACKNOWLEDGED, VisitStatus.UPGRADED])
def test_that_who_began_with_the_old_address_reads_the_new_one_before_saving_again(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot, to: VisitStatus
) -> None:
    key, _ = team.allocated()
    dialog: StepDialog | UpgradeDialog
    if to is VisitStatus.UPGRADED:
        dialog = UpgradeDialog(jo.session, team.row(key), jo.window)
        dialog.reason.setPlainText("Chest pain")
    else:
        dialog = StepDialog(jo.session, team.row(key), to, jo.window)
    opened(dialog)
    assert "4 Sea Road" in dialog.about.text()
    assert dialog.told.said is not None
    dialog.told.said.setText("Yes")
    team.ann.referrals.correct_address(key, team.version(key), "8 Sea Road", "CT21 5AA", "The son rang")
    press("Ctrl+Return")
    qtbot.waitUntil(lambda: "Ann Lee changed" in dialog.error.text(), timeout=LONG_MS)
    jo.look()
    qtbot.waitUntil(lambda: "8 Sea Road" in dialog.about.text(), timeout=LONG_MS)


def test_that_who_is_on_scene_at_the_wrong_door_is_to_be_sent_anew(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    key, _ = team.on_scene()
    dialog = form(jo, opened, key, qtbot)
    assert "Sam Hill is on scene: if that is the wrong door" in dialog.sentence.text()


def test_that_a_marker_is_read_out_to_whoever_is_sent(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    key, _ = team.allocated()
    team.jo.markers.add(None, "CT21 5AA", None, MarkerKind.ANIMAL, "Large dog", team.clock().date())
    dialog = opened(AcknowledgeMarkersDialog(jo.session, team.row(key), jo.window))
    assert isinstance(dialog, AcknowledgeMarkersDialog)
    assert dialog.sentence.text().startswith("Read them, and read them out to Sam Hill.")
    qtbot.waitUntil(lambda: dialog.markers.is_unread)
