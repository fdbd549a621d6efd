"""Back-entry by keys: line after line, each said before it is entered, none entered twice, none lost."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.domain.paper import PaperEntry, PaperStep
from console.domain.words import VisitStatus
from db.models import Step
from tests.services.team import Team
from tests.support.sitting import Seat
from tests.ui.dialogs.keys import focused, typed
from ui.dialogs.paper import PaperDialog
from ui.dialogs.paper_new import PaperReferralDialog

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


class Typist:
    """Types as a person does, wherever the keyboard is, and counts the keys."""

    def __init__(self, dialog: PaperDialog, seat: Seat, qtbot: QtBot) -> None:
        self.dialog, self.seat, self.qtbot, self.keys = dialog, seat, qtbot, 0

    def type(self, words: str) -> None:
        """Type words; | is Tab."""
        for letter in words:
            if letter == "|":
                self.press(Qt.Key.Key_Tab)
            else:
                typed(letter)
                self.keys += 1

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(focused(), key, modifier)
        QApplication.processEvents()
        self.keys += 1

    def enter(self) -> None:
        """Save the line and wait until it is in, or refused."""
        before = len(self.dialog.entered)
        self.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        self.qtbot.waitUntil(lambda: not self.dialog.is_busy)
        if len(self.dialog.entered) > before:
            self.seat.look()
            self.qtbot.wait(1)

    def line(self, words: str) -> None:
        """Type a line and save it."""
        self.type(words)
        self.enter()
        assert not self.dialog.error.text(), self.dialog.error.text()


@pytest.fixture
def waits(team: Team) -> int:
    key = team.triaged()
    team.clock.pass_minutes(90)
    return key


@pytest.fixture
def typist(waits: int, ann: Seat, qtbot: QtBot) -> Typist:
    ann.window.show()
    dialog = PaperDialog(ann.session, ann.window)
    qtbot.addWidget(dialog)
    dialog.open()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    qtbot.waitUntil(lambda: dialog.fields.practitioner.count() > 2 and not ann.background.busy)
    return Typist(dialog, ann, qtbot)


def test_that_a_visit_that_is_over_is_typed_as_one_line(typist: Typist, team: Team, waits: int) -> None:
    typist.type("1410|visit|marsh|sh|treated|no|1440|rested|")
    fields = typist.dialog.fields
    assert typist.dialog.preview.text() == "14:10   MARSH, Ivy   A whole visit, over by now, Sam Hill"
    assert (fields.at.accessibleName(), fields.until.accessibleName()) == ("There at", "Clear at")
    typist.enter()
    assert typist.dialog.error.text() == ""
    assert fields.patient.value() is None  # the next line is about somebody else
    assert [line.said for line in typist.dialog.entered] == [
        "14:10   MARSH, Ivy   A whole visit, over by now, Sam Hill"
    ]
    typist.dialog.undo.click()
    typist.qtbot.waitUntil(lambda: not typist.dialog.entered)
    assert team.row(waits).is_waiting


def test_that_a_visit_is_typed_line_by_line_and_what_follows_stands_there_already(
    typist: Typist, team: Team, waits: int
) -> None:
    typist.type("1410|ask|marsh|sh|")
    assert typist.dialog.preview.text() == "14:10   MARSH, Ivy   Asked to go, Sam Hill"
    typist.enter()
    assert typist.dialog.error.text() == ""
    fields = typist.dialog.fields
    assert fields.step.value() is PaperStep.ACKNOWLEDGED
    assert fields.at.hasFocus()
    for time in ("1412", "14:15", "1431"):
        typist.line(time)
    assert team.row(waits).visit_status is VisitStatus.ON_SCENE
    typist.line("1455|||treated at|n")
    with team.database.read() as session:
        steps = session.query(Step).filter(Step.from_paper).order_by(Step.id).all()
        times = [f"{step.happened_at:%H%M}" for step in steps]
    assert times == ["1410", "1412", "1415", "1431", "1455"]
    assert typist.dialog.done_title.text() == "5 lines entered, the newest first"
    assert fields.patient.value() is None  # nothing follows: the next line names its own patient


def test_that_a_line_that_seems_entered_is_said_and_entered_when_it_is_saved_once_more(
    typist: Typist, team: Team
) -> None:
    call = "1410|call|marsh|patient|no rep|"
    typist.line(call)
    typist.type(call)
    typist.enter()
    assert "This seems to be entered already" in typist.dialog.error.text()
    assert len(typist.dialog.entered) == 1
    typist.enter()
    assert typist.dialog.error.text() == ""
    assert len(typist.dialog.entered) == 2


def test_that_lines_are_taken_back_one_by_one_and_no_step_of_anything_else(
    typist: Typist, team: Team, waits: int, qtbot: QtBot
) -> None:
    dialog = typist.dialog

    def takes_back() -> None:
        before = list(dialog.entered)
        typist.press(Qt.Key.Key_U, Qt.KeyboardModifier.AltModifier)
        qtbot.waitUntil(
            lambda: not dialog.is_busy and (dialog.entered != before or bool(dialog.error.text()))
        )
        typist.seat.look()

    earlier = PaperEntry(step=PaperStep.WORSE, at=team.clock(), referral_id=waits, words="Drowsy")
    team.desk("ann").paper.enter(earlier)  # from another sheet, before this dialog
    for time in ("1410", "1420", "1430"):
        typist.line(f"{time}|call|marsh|practice|no rep|")
    takes_back()
    assert [line[:5] for line in dialog.done_lines.text().splitlines()] == ["14:20", "14:10"]
    assert dialog.done_title.text().startswith("Taken back: ")
    assert dialog.done_title.text().endswith(" 2 lines entered, the newest first")
    takes_back()
    assert [line[:5] for line in dialog.done_lines.text().splitlines()] == ["14:10"]
    takes_back()
    assert dialog.done_title.text().endswith("Nothing is entered now.")
    assert not dialog.undo.isEnabled()
    dialog.take_back()
    assert not dialog.is_busy
    assert team.row(waits).worse_at is not None
    typist.line("1440|call|marsh|practice|no rep|")
    team.desk("ann").referrals.worse(team.triaged(), "Weak")
    takes_back()
    assert "cannot be taken back" in dialog.error.text()
    assert len(dialog.entered) == 1


def test_that_a_refused_line_stays_as_it_was_typed(typist: Typist) -> None:
    typist.type("1410|there|marsh|")
    typist.enter()
    assert "enter first who was asked to go" in typist.dialog.error.text()
    assert typist.dialog.fields.at.text() == "1410"
    assert typist.dialog.typed()


def test_that_a_new_patient_is_the_patient_of_the_next_line(typist: Typist, team: Team, qtbot: QtBot) -> None:
    typist.type("1420|new|")
    typist.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    found = typist.dialog.findChildren(PaperReferralDialog)
    assert len(found) == 1
    new = found[0]
    qtbot.waitUntil(new.isActiveWindow)
    fields = new.fields
    assert fields.received.text() == "14:20"
    fields.source.put(fields.source._values[0])
    for field, words in ((fields.family, "Osman"), (fields.born, "2/3/1950"), (fields.problem, "Fever")):
        QTest.keyClicks(field, words)
    QTest.keyClick(new, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(typist.dialog.entered) == 1)
    typist.seat.look()
    qtbot.waitUntil(lambda: typist.dialog.fields.patient.value() is not None)
    assert typist.dialog.fields.patient.currentText().startswith("OSMAN")
    assert typist.dialog.fields.step.value() is PaperStep.TRIAGED
    with team.database.read() as session:
        step = session.query(Step).filter(Step.from_paper).one()
        assert step.kind == "referral.received"
        assert step.happened_at == dt.datetime(2026, 1, 14, 14, 20, tzinfo=dt.UTC)


def test_that_the_day_of_the_paper_stays_and_no_time_of_the_future_is_taken(typist: Typist) -> None:
    fields = typist.dialog.fields
    fields.at.setText("2359")
    with pytest.raises(ValueError, match="still to come"):
        fields.at.read()
    fields.day.setText("13/1/2026")
    assert fields.at.read() == dt.datetime(2026, 1, 13, 23, 59, tzinfo=dt.UTC)
    fields.next_line(None, same_patient=False)
    assert fields.day.text() == "13/1/2026"


def test_that_the_day_goes_on_over_midnight_and_an_older_one_is_said_before_it_is_entered(
    typist: Typist, team: Team
) -> None:
    after_midnight = dt.datetime(2026, 1, 15, 0, 15, tzinfo=dt.UTC)
    team.clock.pass_minutes(int((after_midnight - team.clock()).total_seconds() // 60) + 1)
    fields = typist.dialog.fields
    fields.step.put(PaperStep.WORSE)
    typist.type("0010")
    assert fields.at.read() == dt.datetime(2026, 1, 15, 0, 10, tzinfo=dt.UTC)
    assert typist.dialog.preview.text().startswith("00:10 ")
    team.clock.pass_minutes(24 * 60)
    fields.next_line(PaperStep.WORSE, same_patient=True)
    assert fields.day.read() == dt.date(2026, 1, 16)
    fields.day.setText("15/1/2026")
    typist.type("0010")
    assert fields.day.text() == "15/1/2026"
    assert typist.dialog.preview.text().startswith("Thu 00:10 ")


def test_that_initials_that_two_people_share_ask_for_more_of_the_name(typist: Typist) -> None:
    from console.domain.rows import PractitionerName
    from console.domain.words import Profession

    fields = typist.dialog.fields
    people = [PractitionerName(n, name, Profession.GP) for n, name in ((1, "Sam Hill"), (2, "Sue Hart"))]
    fields.offer_people(people)
    fields.practitioner.setEditText("sh")
    with pytest.raises(ValueError, match="Several are SH: type more of the name"):
        fields.practitioner.read()
    fields.practitioner.setEditText("sue")
    assert fields.practitioner.read() == 2
