"""Two people edit the same at two windows: both values are seen and chosen by keys, nothing is lost."""

from collections.abc import Callable
from dataclasses import fields, replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.domain.rows import ReportRow
from console.domain.words import PracticeLink
from console.services.forms import Identity
from db.models import Patient, Referral
from tests.services.hubs_at_work import filled, open_from_8_to_8, report_version, seen
from tests.services.team import Team
from tests.support.sitting import Seat
from tests.ui.conftest import LONG_MS
from tests.ui.dialogs.conftest import Opened
from ui.dialogs.base import DecisionDialog
from ui.dialogs.conflict import ConflictDialog
from ui.dialogs.identity import IdentityDialog
from ui.dialogs.own_practice import OwnPracticeDialog
from ui.dialogs.priority import PriorityDialog
from ui.dialogs.report import ReportDialog
from ui.dialogs.report_sections import Plan

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def asked_over(dialog: DecisionDialog, qtbot: QtBot) -> ConflictDialog:
    """Submit by keys, and wait for the question."""
    QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: bool(dialog.findChildren(ConflictDialog)), timeout=LONG_MS)
    found = dialog.findChildren(ConflictDialog)[-1]
    qtbot.waitUntil(found.isActiveWindow)
    return found


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the focus is."""
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key, modifiers)


def priority(seat: Seat, key: int, number: int) -> PriorityDialog:
    """The form for a new priority, filled in."""
    dialog = PriorityDialog(seat.session, seat.team.row(key), seat.window)
    dialog.priority.put(number)
    dialog.reason.setPlainText("In pain")
    return dialog


def test_that_both_priorities_are_seen_and_ones_own_is_chosen_by_keys(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    key = team.triaged(priority=3)
    dialog = opened(priority(jo, key, 2))
    team.ann.triage.change_priority(key, team.version(key), 1, "Worse")
    question = asked_over(dialog, qtbot)
    assert question.windowTitle() == "Ann Lee changed this too"
    choice = question.choices["priority"]
    assert choice.mine.accessibleName() == "Mine: P2 acute"
    assert choice.theirs.accessibleName() == "Ann Lee, 14:00: P1 emergency"
    press(Qt.Key.Key_Return, CTRL)  # nothing is chosen yet
    assert question.error.isVisible()
    assert QApplication.focusWidget() is choice.mine
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: not question.isVisible())
    # A coordinator may not lower what a clinician raised: what was chosen meets the rule, and stays typed.
    qtbot.waitUntil(lambda: "clinician" in dialog.error.text())
    assert team.stored(Referral, key).priority == 1


def test_that_escape_leads_back_to_the_form_with_all_that_was_typed(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    key = team.triaged(priority=3)
    form = priority(jo, key, 2)
    dialog = opened(form)
    team.ann.triage.change_priority(key, team.version(key), 1, "Worse")
    question = asked_over(dialog, qtbot)
    press(Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not question.isVisible())
    assert dialog.isVisible()
    assert (form.priority.value(), form.reason.toPlainText()) == (2, "In pain")
    assert "Ann Lee changed" in dialog.error.text()
    jo.look()
    qtbot.waitUntil(lambda: key in jo.live.referrals.by_id)
    assert jo.live.referrals.by_id[key].priority == 1
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)  # without a choice nothing goes over hers
    qtbot.waitUntil(lambda: _again(dialog, question))
    assert team.stored(Referral, key).priority == 1


def test_that_theirs_can_stay_and_nothing_is_written(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    key = team.triaged(priority=3)
    dialog = opened(priority(jo, key, 2))
    team.ann.triage.change_priority(key, team.version(key), 1, "Worse")
    version = team.version(key)
    said: list[str] = []
    jo.session.said.connect(lambda sentence, _: said.append(sentence))
    question = asked_over(dialog, qtbot)
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Space)
    assert question.choices["priority"].value == 1
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert said == ["It stays as Ann Lee saved it."]
    assert team.version(key) == version


def test_that_a_choice_is_saved_over_what_was_seen_and_a_third_edit_asks_anew(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    key = team.triaged()
    form = OwnPracticeDialog(jo.session, team.row(key), jo.window)
    form.link.put(PracticeLink.VISITOR)
    dialog = opened(form)
    team.mo.referrals.set_practice(key, team.version(key), None, PracticeLink.NOT_REGISTERED)
    question = asked_over(dialog, qtbot)
    assert question.choices["practice"].mine.accessibleName() == f"Mine: {PracticeLink.VISITOR.label}"
    team.ann.referrals.set_practice(key, team.version(key), None, PracticeLink.UNKNOWN)
    question.choices["practice"].choose(0)
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: _again(dialog, question))
    again = dialog.findChildren(ConflictDialog)[-1]
    assert again.windowTitle() == "Ann Lee changed this too"
    again.choices["practice"].choose(0)
    QTest.keyClick(again, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert team.stored(Referral, key).practice_link is PracticeLink.VISITOR


def _again(dialog: DecisionDialog, before: ConflictDialog) -> bool:
    """Whether another question is asked than before."""
    return any(one is not before and one.isVisible() for one in dialog.findChildren(ConflictDialog))


@pytest.fixture
def report(team: Team, jo: Seat, qtbot: QtBot) -> ReportRow:
    """A report that is owed, as Jo sees it."""
    open_from_8_to_8(team)
    seen(team)
    jo.look()
    qtbot.waitUntil(lambda: bool(jo.live.reports.by_id))
    return next(iter(jo.live.reports.by_id.values()))


def writing(seat: Seat, row: ReportRow, opened: Opened, qtbot: QtBot) -> ReportDialog:
    """The report before somebody who writes it."""
    dialog = opened(ReportDialog(seat.session, row, seat.window))
    assert isinstance(dialog, ReportDialog)
    qtbot.waitUntil(lambda: dialog.is_filled)
    return dialog


def typed(dialog: ReportDialog, name: str, words: str) -> None:
    """Type into one text of the report."""
    section = next(one for one in dialog.sections if name in getattr(one, "texts", {}))
    field = section.texts[name]  # type: ignore[attr-defined]
    (field.setPlainText if hasattr(field, "setPlainText") else field.setText)(words)


def signing(
    team: Team, report: ReportRow, sam: Seat, opened: Opened, qtbot: QtBot
) -> tuple[ReportDialog, ReportRow]:
    """The report before Sam, who has written all that it owes and types one thing more; with its row."""
    desk = team.desk("sam_self").reports
    desk.draft(report.id, report.version, filled(desk.content(report.id)))
    sam.look()
    qtbot.waitUntil(lambda: report.id in sam.live.reports.by_id)
    row = sam.live.reports.by_id[report.id]
    assert row.content_version == 1
    dialog = writing(sam, row, opened, qtbot)
    typed(dialog, "treatment", "Fluids")
    return dialog, row


def test_that_two_who_write_different_fields_save_both_and_are_told(
    team: Team, jo: Seat, report: ReportRow, opened: Opened, qtbot: QtBot
) -> None:
    dialog = writing(jo, report, opened, qtbot)
    typed(dialog, "history", "Fell in the night")
    first = team.jo.reports.content(report.id)
    team.ann.reports.draft(report.id, report.version, replace(first, advice="Rest"))
    said: list[str] = []
    jo.session.done_with.connect(lambda sentence, _: said.append(sentence))
    QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: not dialog.isVisible())
    now = team.jo.reports.content(report.id)
    assert (now.history, now.advice) == ("Fell in the night", "Rest")
    assert "It holds what Ann Lee wrote meanwhile: advice and safety-net." in said[0]


def test_that_each_field_of_a_report_is_chosen_by_itself(
    team: Team, jo: Seat, report: ReportRow, opened: Opened, qtbot: QtBot
) -> None:
    dialog = writing(jo, report, opened, qtbot)
    typed(dialog, "history", "Slipped on the stairs")
    typed(dialog, "treatment", "None")
    typed(dialog, "diagnosis", "Bruise")
    first = team.jo.reports.content(report.id)
    theirs = replace(first, history="Fell in the night", diagnosis="Fracture?", advice="Rest")
    team.ann.reports.draft(report.id, report.version, theirs)
    question = asked_over(dialog, qtbot)
    assert set(question.choices) == {"history", "diagnosis"}
    press(Qt.Key.Key_2, ALT)  # theirs for all, then mine for one of them
    question.choices["history"].mine.setFocus()
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: not dialog.isVisible())
    now = team.jo.reports.content(report.id)
    assert (now.history, now.diagnosis) == ("Slipped on the stairs", "Fracture?")
    assert (now.treatment, now.advice) == ("None", "Rest")


def test_that_whoever_signs_reads_first_what_was_written_meanwhile(
    team: Team, report: ReportRow, sit: Callable[[str], Seat], opened: Opened, qtbot: QtBot
) -> None:
    dialog, row = signing(team, report, sit("sam_self"), opened, qtbot)
    desk = team.desk("sam_self").reports
    team.jo.reports.draft(
        report.id, row.version, replace(desk.content(report.id), advice="Rest, and 999 if worse")
    )
    QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: bool(dialog.findChildren(ConflictDialog)), timeout=LONG_MS)
    question = dialog.findChildren(ConflictDialog)[-1]
    assert question.choices == {}
    QTest.keyClick(question, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(dialog.error.isVisible)
    assert "read it through, then sign" in dialog.error.text()
    plan = next(one for one in dialog.sections if isinstance(one, Plan))
    assert plan.texts["advice"].read() == "Rest, and 999 if worse"
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: not dialog.isVisible())
    now = desk.content(report.id)
    assert (now.treatment, now.advice) == ("Fluids", "Rest, and 999 if worse")
    assert report_version(team, report.id) > row.version


def test_that_a_text_that_was_saved_but_not_signed_yet_is_signed_without_another_version(
    team: Team, report: ReportRow, sit: Callable[[str], Seat], opened: Opened, qtbot: QtBot
) -> None:
    dialog, row = signing(team, report, sit("sam_self"), opened, qtbot)
    desk = team.desk("sam_self").reports
    content = dialog.read()
    assert content is not None
    desk.draft(row.id, row.version, content)  # so far it came before the database went away
    QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: not dialog.isVisible())
    _, second = desk.versions(row.id)
    assert second.content.treatment == "Fluids"
    assert second.signed_at is not None


def test_that_a_patient_is_corrected_by_two_people_without_a_loss(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    key = team.received()
    form = IdentityDialog(jo.session, team.row(key), jo.window)
    dialog = opened(form)
    qtbot.waitUntil(lambda: form.is_filled)
    patient = team.jo.records.open(key).patient
    names = [one.name for one in fields(Identity) if one.name != "other_phones"]
    stood = Identity(**{name: getattr(patient, name) for name in names})
    changed = replace(stood, family_name="Marsch", home_address="5 Sea Road, Hythe")
    team.mo.referrals.correct_identity(key, team.version(key), changed, "Read back", patient.version)
    form.texts["family_name"].setText("March")
    form.texts["phone"].setText("01303 999999")
    form.reason.setPlainText("Misheard")
    question = asked_over(dialog, qtbot)
    assert set(question.choices) == {"family_name"}
    question.choices["family_name"].choose(1)
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: not dialog.isVisible())
    now = team.stored(Patient, patient.id)
    assert (now.family_name, now.phone) == ("Marsch", "01303999999")
    assert now.home_address == "5 Sea Road, Hythe"
    assert now.other_phones == []
