"""Taking somebody in by the keys of a telephone call; a patient who is known is noticed."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QRadioButton
from pytestqt.qtbot import QtBot

from console.domain.record_rows import PossibleDuplicate
from console.domain.words import QueueStatus, ReferralStatus, Source
from db.models import QueueEntry, Referral
from tests.services.team import Team, new_referral
from tests.support.sitting import Seat
from tests.ui.dialogs.conftest import Opened
from tests.ui.dialogs.keys import done, press, tab, typed
from ui.dialogs.duplicates import DuplicateWarning
from ui.dialogs.new_referral import ArriveDialog, NewReferralDialog

# The offscreen platform says so of sizes and of the lists that open below a field.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def _call(*, family: str = "Osman", number: str = "") -> None:
    """Type the left column: who refers, and who the patient is."""
    typed("gp pr")
    tab(2)
    typed("Dr Osei")
    tab()
    typed("01303 555 555")
    tab()
    typed(number)
    tab()
    typed("2/3/1941")
    tab()
    typed(family)
    tab()
    typed("Ivy")
    tab()
    typed("fem")
    tab()
    typed("07700 900123")
    tab()
    press("Space")


def _is_asked(dialog: NewReferralDialog) -> bool:
    """Whether the warning can be answered."""
    answers = dialog.warning.findChildren(QRadioButton)
    return bool(answers) and all(one.isVisible() for one in answers)


def test_that_a_telephone_call_becomes_a_referral_by_keys_alone(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    dialog = opened(NewReferralDialog(jo.session, jo.window))
    assert isinstance(dialog, NewReferralDialog)
    _call()
    tab()
    typed("4 Sea Road, Hythe")
    tab()
    typed("ct215aa")
    tab(2)
    typed("G82696")
    qtbot.waitUntil(lambda: dialog.fields.practice.is_settled)
    tab(2)
    typed("Fall, cannot get up alone")
    tab(2)
    typed("p2")
    tab(2)
    press("Space")
    opened_ids: list[int] = []
    jo.session.record_wanted.connect(opened_ids.append)
    press("Ctrl+Return")
    done(qtbot, dialog)
    row = team.row(opened_ids[0])
    assert (row.family_name, row.source, row.postcode) == ("Osman", Source.GP_PRACTICE, "CT21 5AA")
    assert (row.status, row.priority, row.practice_code) == (ReferralStatus.TRIAGED, 2, "G82696")
    assert team.stored(Referral, opened_ids[0]).identity_read_back_by_id == team.actors["jo"].staff_id


def test_that_an_nhs_number_that_cannot_be_right_is_said_while_it_is_typed(jo: Seat, opened: Opened) -> None:
    dialog = opened(NewReferralDialog(jo.session, jo.window))
    assert isinstance(dialog, NewReferralDialog)
    tab(4)
    typed("9434765918")
    assert "does not fit" in dialog.fields.nhs_number.accessibleDescription()
    press("Backspace")
    typed("9")
    assert dialog.fields.nhs_number.accessibleDescription() == ""
    tab()
    assert dialog.fields.nhs_number.text() == "943 476 5919"


def test_that_a_known_patient_must_be_answered_and_can_be_tracked_instead(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    key = team.received()
    dialog = opened(NewReferralDialog(jo.session, jo.window))
    assert isinstance(dialog, NewReferralDialog)
    _call(number="9434765919")
    qtbot.waitUntil(lambda: _is_asked(dialog))
    press("Ctrl+Return")
    owed = "Choose whether this is the same patient."
    qtbot.waitUntil(lambda: dialog.warning.error.text() == owed)
    press("Space")
    assert dialog.primary.accessibleName() == "Open the referral"
    opened_ids: list[int] = []
    jo.session.record_wanted.connect(opened_ids.append)
    press("Ctrl+Return")
    done(qtbot, dialog)
    assert opened_ids == [key]
    with team.database.read() as session:
        assert session.query(Referral).count() == 1


def test_that_each_open_referral_of_a_known_patient_is_offered(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    first = team.received()
    second = team.received(new_referral(patient_id=team.row(first).patient_id, problem="Cough"))
    dialog = opened(NewReferralDialog(jo.session, jo.window))
    assert isinstance(dialog, NewReferralDialog)
    _call(number="9434765919")
    qtbot.waitUntil(lambda: _is_asked(dialog))
    offered = [one.text() for one in dialog.warning.findChildren(QRadioButton)]
    assert offered == [
        f"Open {team.row(second).number} instead (Alt+1)",
        f"Open {team.row(first).number} instead (Alt+2)",
        "The same patient, with a new referral (Alt+3)",
        "Somebody else (Alt+4)",
    ]
    opened_ids: list[int] = []
    jo.session.record_wanted.connect(opened_ids.append)
    press("Alt+2")
    qtbot.waitUntil(lambda: dialog.warning.tracks == first)
    press("Ctrl+Return")
    done(qtbot, dialog)
    assert opened_ids == [first]


def test_that_by_tab_the_answers_come_where_they_stand(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    team.received()
    dialog = opened(NewReferralDialog(jo.session, jo.window))
    assert isinstance(dialog, NewReferralDialog)
    _call(family="Marsh")
    qtbot.waitUntil(lambda: _is_asked(dialog))
    answers = dialog.warning.findChildren(QRadioButton)
    assert dialog.focusWidget() is dialog.fields.read_back
    tab()
    assert answers[0].hasFocus()
    press("Alt+3")
    qtbot.waitUntil(dialog.warning.reason.isVisible)
    answers[2].setFocus()
    tab()
    assert dialog.warning.reason.hasFocus()
    tab()
    assert dialog.fields.home.hasFocus()


def test_that_no_answer_is_given_a_key_of_two_digits(qtbot: QtBot) -> None:
    warning = DuplicateWarning("Open {number} instead")
    qtbot.addWidget(warning)
    warning.show_found(
        [
            PossibleDuplicate(who, "Marsh", "Ivy", None, None, f"R-{who}{one}", 10 * who + one, "like name")
            for who in range(1, 5)
            for one in range(2)
        ]
    )
    answers = warning.findChildren(QRadioButton)
    assert len(answers) == 13
    assert [one.shortcut().toString() for one in answers][8:11] == ["Alt+9", "Alt+0", ""]
    assert answers[-1].text() == "Somebody else"
    for one in answers:
        assert one.text().endswith(f"({one.shortcut().toString()})") or "(" not in one.text()


def test_that_somebody_else_of_the_same_name_is_taken_in_with_the_reason(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    team.received()
    dialog = opened(NewReferralDialog(jo.session, jo.window))
    assert isinstance(dialog, NewReferralDialog)
    _call(family="Marsh")
    qtbot.waitUntil(lambda: _is_asked(dialog))
    dialog.fields.problem.setText("Cough")
    press("Alt+3")
    qtbot.waitUntil(dialog.warning.reason.isVisible)
    press("Ctrl+Return")
    qtbot.waitUntil(lambda: dialog.focusWidget() is dialog.warning.reason)
    typed("Lives in Deal, another telephone")
    press("Ctrl+Return")
    done(qtbot, dialog)
    with team.database.read() as session:
        newest = session.query(Referral).order_by(Referral.id.desc()).first()
        assert newest is not None
        assert "Lives in Deal, another telephone" in " ".join(newest.issues)
        assert session.query(Referral).count() == 2


def test_that_a_half_typed_form_is_not_thrown_away_unasked(jo: Seat, opened: Opened) -> None:
    dialog = opened(NewReferralDialog(jo.session, jo.window))
    assert isinstance(dialog, NewReferralDialog)
    tab(2)
    typed("Dr Osei")
    press("Esc")
    assert dialog.isVisible()
    press("Esc")
    assert dialog.isVisible()
    assert dialog.focusWidget() is dialog.fields.caller
    press("Esc")
    tab()
    press("Return")
    assert not dialog.isVisible()


def test_that_an_empty_form_is_left_at_once(jo: Seat, opened: Opened) -> None:
    dialog = opened(NewReferralDialog(jo.session, jo.window))
    press("Esc")
    assert not dialog.isVisible()


def test_that_a_patient_on_the_board_arrives_without_a_second_referral(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    key = team.received()
    dialog = opened(ArriveDialog(jo.session, jo.window))
    assert isinstance(dialog, ArriveDialog)
    dialog.fields.hub.put(team.ids["folkestone"])
    tab(4)
    typed("9434765919")
    tab()
    qtbot.waitUntil(lambda: _is_asked(dialog))
    press("Ctrl+Return")
    qtbot.waitUntil(lambda: bool(dialog.warning.error.text()))
    press("Space")
    press("Ctrl+Return")
    done(qtbot, dialog)
    with team.database.read() as session:
        entry = session.query(QueueEntry).one()
        assert (entry.referral_id, entry.status) == (key, QueueStatus.ARRIVED)


def test_that_a_practitioner_receives_who_is_expected_and_is_told_that_the_desk_takes_in(
    team: Team, sit: Callable[[str], Seat], opened: Opened, qtbot: QtBot
) -> None:
    key = team.received()
    sam = sit("sam_self")
    dialog = opened(ArriveDialog(sam.session, sam.window))
    assert isinstance(dialog, ArriveDialog)
    dialog.fields.hub.put(team.ids["folkestone"])
    press("Ctrl+Return")
    assert "may not take in a referral: ask a hub coordinator" in dialog.error.text()
    tab(4)
    typed("9434765919")
    tab()
    qtbot.waitUntil(lambda: _is_asked(dialog))
    press("Ctrl+Return")
    qtbot.waitUntil(lambda: bool(dialog.warning.error.text()))
    press("Space")
    press("Ctrl+Return")
    done(qtbot, dialog)
    with team.database.read() as session:
        assert session.query(QueueEntry).one().referral_id == key


def test_that_a_patient_who_is_known_is_not_taken_in_without_an_address_for_the_visit(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    team.received()
    dialog = opened(NewReferralDialog(jo.session, jo.window))
    assert isinstance(dialog, NewReferralDialog)
    _call(family="Marsh")
    qtbot.waitUntil(lambda: _is_asked(dialog))
    dialog.fields.problem.setText("Cough")
    press("Alt+2")
    qtbot.waitUntil(lambda: any(one.isChecked() for one in dialog.warning.findChildren(QRadioButton)))
    press("Ctrl+Return")
    qtbot.waitUntil(lambda: dialog.focusWidget() is dialog.fields.home)
    assert "Ask for the address" in dialog.fields.home.accessibleDescription()
    typed("4 Sea Road, Hythe")
    press("Ctrl+Return")
    done(qtbot, dialog)
    with team.database.read() as session:
        newest = session.query(Referral).order_by(Referral.id.desc()).first()
        assert newest is not None
        assert newest.visit_address == "4 Sea Road, Hythe"


def test_that_no_comma_stands_for_a_name_that_is_not_known(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    team.received(new_referral(family_name="Moor", given_name="", nhs_number=None))
    said: list[str] = []
    jo.session.done_with.connect(lambda sentence, _: said.append(sentence))
    dialog = opened(NewReferralDialog(jo.session, jo.window))
    assert isinstance(dialog, NewReferralDialog)
    _call(family="Moor")
    dialog.fields.given.clear()
    qtbot.waitUntil(lambda: _is_asked(dialog))
    assert dialog.warning.names == "MOOR"
    dialog.fields.problem.setText("Cough")
    dialog.fields.home.setText("4 Sea Road, Hythe")
    press("Alt+2")
    qtbot.waitUntil(lambda: any(one.isChecked() for one in dialog.warning.findChildren(QRadioButton)))
    press("Ctrl+Return")
    done(qtbot, dialog)
    with team.database.read() as session:
        assert session.query(Referral).count() == 2
    assert set(said) == {"MOOR is taken in."}
