"""A key that cannot be used now says why, and what to do: by real keys through the real window."""

import re
from dataclasses import replace
from functools import partial

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.domain.permissions import Deed, reasons_not_permitted
from console.domain.words import QueueStatus, ReportStatus, Role, VisitStatus
from tests.ui.conftest import LONG_MS, SignInAs
from tests.ui.test_commands import KINDS, is_idle, rows_of
from tests.ui.test_window import board_of
from ui.commands import all_commands, needs
from ui.desk_page import DeskPage
from ui.widgets.action_bar import KeyButton

HANDS_ON = (Role.COORDINATOR, Role.CLINICIAN, Role.SUPERVISOR, Role.PRACTITIONER)


def press(page: DeskPage, shortcut: str) -> None:
    """Press the key of a command where the focus is."""
    QTest.keySequence(QApplication.focusWidget() or page, QKeySequence(shortcut))


def choose(page: DeskPage, **rows: int | None) -> None:
    """Choose these rows on the board and nothing else."""
    for kind in KINDS:
        page.session.choose("board", kind, rows.get(kind))


def told(page: DeskPage) -> str:
    """What the window says at its foot."""
    return page.notices.sentence.text() if page.notices.isVisible() else ""


@pytest.mark.parametrize("role", HANDS_ON)
def test_that_every_key_that_cannot_be_used_says_why(role: Role, sign_in: SignInAs) -> None:
    page = sign_in(role)
    choose(page)
    page.session.commands.refresh()
    refused = [one for one in all_commands() if page.session.commands.why_not(one.id)]
    assert len(refused) > 30
    for command in refused:
        page.notices.dismiss()
        press(page, command.shortcut)
        assert told(page) == page.session.commands.why_not(command.id), command.id
        assert page.notices.property("tone") == "info"
        # A screen reader reads the name of the notice, and what stands on a button of that command.
        assert page.notices.accessibleName() == told(page)
        assert page.session.commands.action(command.id).toolTip().endswith(f"\n{told(page)}")


def test_that_a_role_that_may_not_is_told_who_may(sign_in: SignInAs) -> None:
    page = sign_in(Role.COORDINATOR)
    untriaged = next(row for row in page.session.live.referrals.by_id.values() if row.is_untriaged)
    choose(page, referral=untriaged.id)
    press(page, "Ctrl+T")
    assert (told(page),) == reasons_not_permitted(Role.COORDINATOR, Deed.TRIAGE)


def test_that_a_key_for_another_kind_of_row_says_what_comes_first(page: DeskPage) -> None:
    rows = page.session.live.referrals.by_id.values()
    untriaged = next(row for row in rows if row.is_untriaged and row.is_waiting)
    choose(page, referral=untriaged.id)
    for key, sentence in (
        ("Ctrl+Return", "It is not triaged yet: a clinician has to triage it first."),
        ("F8", "Nobody has been sent: allocate a practitioner first."),
        ("F3", "Choose a patient in a hub's queue first."),
        ("Ctrl+R", "Go to Reports and choose a report first, or open its referral."),
    ):
        press(page, key)
        assert told(page) == sentence
    sent = next(row for row in rows if row.visit_status is VisitStatus.ALLOCATED)
    choose(page, referral=sent.id)
    press(page, "F8")
    assert told(page) == "The visit is allocated: its next step is acknowledged."


def test_that_the_key_works_as_soon_as_its_row_is_chosen(page: DeskPage, qtbot: QtBot) -> None:
    choose(page)
    board_of(page).referrals.view.setFocus()
    press(page, "Ctrl+L")
    assert told(page) == "Choose a referral first."
    assert QApplication.activeModalWidget() is None
    choose(page, referral=next(iter(page.session.live.referrals.by_id)))
    press(page, "Ctrl+L")
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None, timeout=LONG_MS)
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    dialog.close()
    qtbot.waitUntil(partial(is_idle, page), timeout=LONG_MS)


def test_that_why_a_key_was_refused_goes_with_the_choice(page: DeskPage) -> None:
    first, second, *_ = page.session.live.referrals.by_id
    choose(page, referral=first)
    press(page, "F3")
    assert told(page) == "Choose a patient in a hub's queue first."
    choose(page, referral=first)
    assert told(page)
    choose(page, referral=second)
    assert not told(page)
    press(page, "F3")
    page.session.say("The pack is printed.", "ok")
    choose(page, referral=first)
    assert told(page) == "The pack is printed."


def test_that_a_referral_that_has_left_the_board_is_said_to_have_left(page: DeskPage) -> None:
    choose(page, referral=999_999)
    press(page, "Ctrl+L")
    assert told(page) == "This referral is not open any more: choose one that is on the board."


def test_that_a_button_that_cannot_be_pressed_tells_the_same(sign_in: SignInAs) -> None:
    page = sign_in(Role.PRACTITIONER)
    button = next(one for one in page.findChildren(KeyButton) if one.accessibleName() == "New referral")
    assert not button.isEnabled()
    press(page, "Ctrl+N")
    assert told(page).startswith("The role practitioner may not take in a referral: ask a")
    assert button.toolTip() == f"New referral (Ctrl+N)\n{told(page)}"
    assert button.accessibleDescription() == button.toolTip()


def test_that_a_practitioner_is_offered_to_hand_over_whom_they_see(sign_in: SignInAs) -> None:
    page = sign_in(Role.PRACTITIONER)
    queue = page.session.live.queue.by_id
    waiting = next(row for row in queue.values() if row.practitioner is None)
    choose(page, queue_entry=waiting.id)
    assert "ask the hub coordinator" in page.session.commands.why_not("hub.elsewhere")
    queue[waiting.id] = replace(waiting, practitioner=page.session.actor.name)
    page.session.commands.refresh()
    assert page.session.commands.why_not("hub.elsewhere") == ""


def test_that_a_button_that_can_be_pressed_again_tells_no_reason(page: DeskPage) -> None:
    buttons = page.findChildren(KeyButton)
    position = next(one for one in buttons if one.accessibleName() == "Position by hand")
    choose(page)
    assert "Choose a practitioner first." in position.toolTip()
    choose(page, practitioner=next(iter(page.session.live.practitioners.by_id)))
    assert position.isEnabled()
    assert position.toolTip() == "Position by hand (Ctrl+Shift+O)"


@pytest.mark.parametrize("role", HANDS_ON)
def test_that_whatever_is_chosen_each_reason_is_a_sentence(role: Role, sign_in: SignInAs) -> None:
    page = sign_in(role)
    for kind, row_id in rows_of(page):
        choose(page, **{kind: row_id})
        for command in all_commands():
            why = page.session.commands.why_not(command.id)
            assert why == "" or (re.fullmatch(r"[A-Z9].{12,}\.", why) and "None" not in why)


def test_that_every_status_of_queue_and_report_has_its_own_next_step() -> None:
    assert set(needs.IN_QUEUE) == {status for status in QueueStatus if status.is_open}
    assert set(needs.UNSENT) == {ReportStatus.OWED, ReportStatus.DRAFTED, ReportStatus.SIGNED}
    assert set(needs.STOPPED) == {ReportStatus.REJECTED, ReportStatus.HELD, ReportStatus.UNCERTAIN}
