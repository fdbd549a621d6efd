"""The short decisions, each by its keys: hand-back, no access, worse, 999, contact, marker, end, shift."""

from collections.abc import Callable
from importlib import import_module

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from console.domain.words import (
    Availability,
    ContactResult,
    RecordAccess,
    ReferralStatus,
    Stream,
    VisitStatus,
)
from db.models import Contact, Marker, Position, QueueEntry, Visit
from tests.services.team import Team, new_referral
from tests.support.sitting import Seat
from tests.ui.dialogs.conftest import Opened
from tests.ui.dialogs.keys import done, press, tab, typed
from ui.commands import all_commands
from ui.commands.opening import Opens
from ui.dialogs.ambulance import AmbulanceDialog
from ui.dialogs.contact import ContactDialog
from ui.dialogs.divert_practitioner import DivertPractitionerDialog
from ui.dialogs.end_referral import EndReferralDialog
from ui.dialogs.escalate import EscalateDialog
from ui.dialogs.hand_back import HandBackDialog
from ui.dialogs.marker import AcknowledgeMarkersDialog, EndMarkerDialog, MarkerDialog
from ui.dialogs.move_hub import MoveHubDialog
from ui.dialogs.no_access import NoAccessDialog
from ui.dialogs.own_practice import OwnPracticeDialog
from ui.dialogs.position import PositionDialog
from ui.dialogs.queue_end import LeftDialog
from ui.dialogs.record_access import RecordAccessDialog
from ui.dialogs.shift import ShiftDialog
from ui.dialogs.upgrade import UpgradeDialog
from ui.dialogs.worse import WorseDialog

# The offscreen platform says so of sizes and of the lists that open below a field.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_that_every_command_that_opens_a_dialog_finds_it() -> None:
    for command in all_commands():
        if isinstance(command.run, Opens):
            assert hasattr(import_module(command.run.place), command.run.dialog), command.id


def test_that_a_visit_is_handed_back_with_the_practitioners_words(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    key, visit = team.allocated()
    dialog = opened(HandBackDialog(jo.session, team.row(key), jo.window))
    typed("Car will not start")
    tab(3)
    typed("I am stuck in Hythe")
    press("Ctrl+Return")
    done(qtbot, dialog)
    assert team.row(key).is_waiting
    assert team.stored(Visit, visit).status is VisitStatus.HANDED_BACK


def test_that_calling_somebody_off_asks_for_nobodys_words(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    key, visit = team.allocated()
    dialog = opened(HandBackDialog(jo.session, team.row(key), jo.window))
    press("Shift+Tab")
    typed("we call")
    tab()
    typed("Someone is nearer")
    press("Ctrl+Return")
    done(qtbot, dialog)
    assert team.stored(Visit, visit).status is VisitStatus.WITHDRAWN


def test_that_a_door_that_stays_shut_brings_a_clinician(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    key, _ = team.on_scene()
    dialog = opened(NoAccessDialog(jo.session, team.row(key), jo.window))
    typed("no reply")
    tab()
    typed("Lights on, television heard")
    tab(3)
    typed("Nobody comes to the door")
    press("Ctrl+Return")
    done(qtbot, dialog)
    assert "no_reply_concern" in team.tasks(key)


def test_that_worse_needs_two_keys_and_no_words(team: Team, jo: Seat, opened: Opened, qtbot: QtBot) -> None:
    key = team.triaged()
    dialog = opened(WorseDialog(jo.session, team.row(key), jo.window))
    press("Ctrl+Return")
    done(qtbot, dialog)
    assert team.row(key).worse_at is not None
    assert "clinician_now" in team.tasks(key)


def test_that_an_escalation_needs_words_and_reaches_the_supervisor(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    key = team.triaged()
    dialog = opened(EscalateDialog(jo.session, team.row(key), jo.window))
    press("Ctrl+Return")
    assert dialog.isVisible()
    typed("Nobody can be sent before the due time")
    press("Ctrl+Return")
    done(qtbot, dialog)
    assert "escalation" in team.tasks(key)


def test_that_999_is_asked_for_referenced_and_taken_over(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    key = team.triaged()
    dialog = opened(UpgradeDialog(jo.session, team.row(key), jo.window))
    typed("Chest pain")
    press("Ctrl+Return")
    done(qtbot, dialog)
    assert team.row(key).word == "999: reference owed"
    reference = opened(AmbulanceDialog(jo.session, team.row(key), jo.window))
    tab()
    typed("A-4711")
    tab()
    typed("Lee in control")
    press("Ctrl+Return")
    done(qtbot, reference)
    assert team.row(key).word == "999: take-over owed"
    crew = opened(AmbulanceDialog(jo.session, team.row(key), jo.window))
    press("Ctrl+Return")
    done(qtbot, crew)
    assert not team.row(key).asks_ambulance


def test_that_a_contact_offers_the_known_number_and_keeps_a_failed_call(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    key = team.triaged()
    dialog = opened(ContactDialog(jo.session, team.row(key), jo.window))
    assert isinstance(dialog, ContactDialog)
    qtbot.waitUntil(lambda: dialog.number.text() == "01303 123456")
    tab(3)
    typed("no reply")
    press("Ctrl+Return")
    done(qtbot, dialog)
    with team.database.read() as session:
        contact = session.query(Contact).one()
        assert (contact.result, contact.number) == (ContactResult.NO_REPLY, "01303123456")


def test_that_a_marker_is_added_read_and_ended(team: Team, jo: Seat, opened: Opened, qtbot: QtBot) -> None:
    key = team.triaged()
    added = opened(MarkerDialog(jo.session, team.row(key), jo.window))
    typed("animal")
    tab(2)
    typed("Large dog")
    press("Ctrl+Return")
    done(qtbot, added)
    with team.database.read() as session:
        assert session.query(Marker).one().place_postcode == "CT21 5AA"
    read = opened(AcknowledgeMarkersDialog(jo.session, team.row(key), jo.window))
    assert isinstance(read, AcknowledgeMarkersDialog)
    read.submit()  # quicker than the record is read
    assert "still being read" in read.error.text()
    qtbot.waitUntil(lambda: read.markers.is_unread)
    press("Ctrl+Return")
    done(qtbot, read)
    assert team.row(key).markers_unacknowledged == 0
    end = opened(EndMarkerDialog(jo.session, team.row(key), jo.window))
    assert isinstance(end, EndMarkerDialog)
    qtbot.waitUntil(lambda: end.marker.count() == 1)
    tab()
    typed("The dog has died")
    press("Ctrl+Return")
    done(qtbot, end)
    assert team.row(key).markers == 0


def test_that_a_sender_cancels_by_name_and_a_coordinator_cannot_decline(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    key = team.triaged()
    dialog = opened(EndReferralDialog(jo.session, team.row(key), jo.window))
    assert isinstance(dialog, EndReferralDialog)
    words = [dialog.way.itemText(at) for at in range(dialog.way.count())]
    assert "Decline" not in words
    typed("sender")
    tab()
    typed("Dr Osei")
    press("Ctrl+Return")
    done(qtbot, dialog)
    assert team.row(key).status is ReferralStatus.CANCELLED


def test_that_particulars_are_recorded_by_keys(team: Team, jo: Seat, opened: Opened, qtbot: QtBot) -> None:
    key = team.triaged()
    access = opened(RecordAccessDialog(jo.session, team.row(key), jo.window))
    typed("yes")
    press("Ctrl+Return")
    done(qtbot, access)
    practice = opened(OwnPracticeDialog(jo.session, team.row(key), jo.window))
    tab()
    typed("visitor")
    press("Ctrl+Return")
    done(qtbot, practice)
    hub = opened(MoveHubDialog(jo.session, team.row(key), jo.window))
    typed("Nearer")
    press("Ctrl+Return")
    done(qtbot, hub)
    row = team.row(key)
    assert (row.record_access, row.practice, row.hub) == (RecordAccess.YES, None, "Dover")


def test_that_a_shift_ends_and_begins_again(team: Team, jo: Seat, opened: Opened, qtbot: QtBot) -> None:
    kit = jo.live.practitioners.by_id[team.ids["kit"]]
    off = opened(ShiftDialog(jo.session, kit, jo.window))
    press("Ctrl+Return")
    done(qtbot, off)
    jo.look()
    qtbot.waitUntil(lambda: bool(jo.live.hubs.by_id) and kit.id not in jo.live.practitioners.by_id)
    on = opened(ShiftDialog(jo.session, None, jo.window))
    assert isinstance(on, ShiftDialog)
    qtbot.waitUntil(lambda: on.who.count() == 4)
    typed("kit")
    tab()
    typed("dover")
    tab(2)
    typed("20:00")
    press("Ctrl+Return")
    done(qtbot, on)
    jo.look()
    qtbot.waitUntil(
        lambda: (
            kit.id in jo.live.practitioners.by_id
            and jo.live.practitioners.by_id[kit.id].hub == "Dover"
            and jo.live.practitioners.by_id[kit.id].availability is Availability.FREE
        )
    )


def test_that_whom_somebody_has_in_hand_is_said_before_they_go_off(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    key, _ = team.allocated()
    jo.look()
    sam = team.ids["sam"]
    qtbot.waitUntil(lambda: sam in jo.live.practitioners.by_id and key in jo.live.referrals.by_id)
    dialog = opened(ShiftDialog(jo.session, jo.live.practitioners.by_id[sam], jo.window))
    reason = f"Sam Hill has {team.row(key).number} in hand: finish, hand back or reassign first."
    assert reason in [one.text() for one in dialog.findChildren(QLabel) if one.isVisible()]
    press("Ctrl+Return")
    qtbot.waitUntil(lambda: dialog.error.text() == reason)


def test_that_it_is_said_no_more_once_nobody_is_in_hand(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    key, visit_id = team.allocated()
    sam = team.ids["sam"]
    jo.look()
    qtbot.waitUntil(lambda: sam in jo.live.practitioners.by_id and key in jo.live.referrals.by_id)
    dialog = opened(ShiftDialog(jo.session, jo.live.practitioners.by_id[sam], jo.window))

    def is_said() -> bool:
        return any("in hand" in one.text() for one in dialog.findChildren(QLabel) if one.isVisible())

    assert is_said()
    team.jo.visits.hand_back(visit_id, team.stored(Visit, visit_id).version, "The car broke down")
    jo.look()
    qtbot.waitUntil(lambda: not is_said())


def test_that_a_position_is_kept_from_a_postcode(team: Team, jo: Seat, opened: Opened, qtbot: QtBot) -> None:
    sam = jo.live.practitioners.by_id[team.ids["sam"]]
    dialog = opened(PositionDialog(jo.session, sam, jo.window))
    typed("51.081, 1.166")
    press("Ctrl+Return")
    done(qtbot, dialog)
    with team.database.read() as session:
        assert session.query(Position).one().lat == pytest.approx(51.081)


def test_that_a_divert_says_who_comes_back_and_where(
    team: Team, sit: Callable[[str], Seat], opened: Opened
) -> None:
    def told() -> str:
        mo = sit("mo")
        row = mo.live.practitioners.by_id[team.ids["sam"]]
        return opened(DivertPractitionerDialog(mo.session, row, mo.window)).sentence.text()

    assert told() == "No visit is in hand: nobody waits because of it."
    key, _ = team.allocated()
    number = team.row(key).number
    waits = "It goes back to waiting with its clocks, and the hub must acknowledge it."
    assert told() == f"In hand: {number}. {waits}"
    team.mo.visits.divert(team.ids["sam"], "Cardiac arrest in Deal")
    at_hub = team.received()
    entry = team.jo.hub_queue.arrive(at_hub)
    seen = team.stored(QueueEntry, entry)
    team.ann.hub_queue.stream(entry, seen.version, Stream.PARAMEDIC_PRACTITIONER, 3, False, "Cut finger")
    team.ann.hub_queue.begin(entry, team.stored(QueueEntry, entry).version, team.ids["sam"])
    assert told() == (
        f"{team.row(at_hub).number} is being seen at Folkestone. The patient waits on in the stream with the"
        " clocks they had, and the hub must acknowledge it."
    )


def test_that_control_takes_a_practitioner_and_the_patient_waits(
    team: Team, sit: Callable[[str], Seat], opened: Opened, qtbot: QtBot
) -> None:
    key, _ = team.allocated()
    mo = sit("mo")
    dialog = opened(
        DivertPractitionerDialog(mo.session, mo.live.practitioners.by_id[team.ids["sam"]], mo.window)
    )
    typed("Cardiac arrest in Deal")
    press("Ctrl+Return")
    done(qtbot, dialog)
    row = team.row(key)
    assert row.is_waiting
    assert row.acknowledgement_owed


def test_that_after_somebody_was_first_the_dialog_says_how_it_stands_now(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    key = team.triaged(3)
    dialog = opened(MoveHubDialog(jo.session, team.row(key), jo.window))
    assert dialog.sentence.text().startswith("It is Folkestone's now.")
    team.mo.referrals.move_hub(key, team.version(key), team.ids["dover"], "Nearer")
    typed("Nearer")
    press("Ctrl+Return")
    qtbot.waitUntil(lambda: "Look again" in dialog.error.text())
    jo.look()
    qtbot.waitUntil(lambda: dialog.sentence.text().startswith("It is Dover's now."))
    assert isinstance(dialog, MoveHubDialog)
    assert [dialog.hub.itemText(at) for at in range(dialog.hub.count())] == ["Folkestone"]
    assert dialog.hub.value() is None  # pressed twice, it would go back


def test_that_a_dialog_of_the_queue_says_how_the_patient_stands_now(
    team: Team, ann: Seat, opened: Opened, qtbot: QtBot
) -> None:
    entry = team.jo.hub_queue.arrive(new_referral(practice_id=team.ids["practice"]), team.ids["folkestone"])
    ann.look()
    qtbot.waitUntil(lambda: entry in ann.live.queue.by_id)
    row = ann.live.queue.by_id[entry]
    dialog = opened(LeftDialog(ann.session, row, ann.window))
    assert isinstance(dialog, LeftDialog)
    assert dialog.about.text().endswith("Folkestone: arrived")
    version = team.stored(QueueEntry, entry).version
    team.ann.hub_queue.stream(entry, version, Stream.PARAMEDIC_PRACTITIONER, 3, False, "Seen at the desk")
    press("Ctrl+Return")
    qtbot.waitUntil(lambda: "Look again" in dialog.error.text())
    ann.look()
    qtbot.waitUntil(lambda: dialog.about.text().endswith("Folkestone: streamed"))
