"""What was typed in any dialog comes back into its fields, and the report's into its lists."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from console.domain.words import ContactResult, OutcomeDisposition, Source
from tests.services.team import Team
from tests.support.dialog_samples import SAMPLES, Sample, Scene
from tests.support.sitting import Seat
from tests.ui.dialogs.conftest import Opened
from tests.ui.dialogs.keys import press, tab, typed
from ui.dialogs.base import DecisionDialog
from ui.dialogs.contact import ContactDialog
from ui.dialogs.new_referral import NewReferralDialog
from ui.dialogs.report import ReportDialog
from ui.dialogs.report_sections import Care, Plan
from ui.widgets.fields import ChoiceField, DateField, TimeField
from ui.widgets.password_field import PasswordField
from ui.widgets.typed_values import text_of
from ui.widgets.unkept_field import UnkeptField

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def texts(dialog: DecisionDialog) -> list[str]:
    """Everything that stands in the fields of a dialog."""
    shown: list[str] = []
    for field in dialog._inside.findChildren(QWidget):
        if isinstance(field, UnkeptField | PasswordField):
            continue
        if isinstance(field, TimeField):
            shown.append(str(field.value() or field.text()))  # however it is written
        elif isinstance(field, QLineEdit) and not isinstance(field, UnkeptField):
            shown.append(field.text())
        elif isinstance(field, QPlainTextEdit):
            shown.append(field.toPlainText())
        elif isinstance(field, QComboBox):
            shown.append(field.currentText())
        elif isinstance(field, QCheckBox):
            shown.append(str(field.isChecked()))
    return shown


def fill_in(dialog: DecisionDialog) -> None:
    """Put something into every field, texts as somebody types them."""
    for number, field in enumerate(dialog._inside.findChildren(QWidget)):
        if isinstance(field, ChoiceField):
            if field.count():
                field.put(field._values[-1])
        elif isinstance(field, QCheckBox):
            field.setChecked(not field.isChecked())
        elif isinstance(field, QPlainTextEdit):
            field.setPlainText(f"Several\nlines {number}")
            field.document().setModified(True)
        elif isinstance(field, DateField | TimeField):
            field.setText("3/10/1941" if isinstance(field, DateField) else "13:05")
            field.setModified(True)
        elif isinstance(field, QLineEdit) and not isinstance(field.parent(), ChoiceField):
            field.setText(f"Words {number}")
            field.setModified(True)


@pytest.fixture
def seats(team: Team) -> Iterator[list[Seat]]:
    """Those who sit down in the test."""
    seats: list[Seat] = []
    yield seats
    for seat in seats:
        seat.stand_up()


@pytest.mark.parametrize("name", [name for name in SAMPLES if not name.endswith(("_wrong", "_known"))])
def test_that_what_stands_in_a_dialog_stands_in_the_next_one(
    name: str, team: Team, seats: list[Seat], opened: Opened, qtbot: QtBot
) -> None:
    sample: Sample = SAMPLES[name]
    scene = Scene(team, sample.set_up(team))
    seat = Seat(team, sample.who)
    seats.append(seat)
    seat.look()
    qtbot.waitUntil(lambda: bool(seat.live.hubs.by_id))
    before, after = (opened(sample.make(seat, scene)) for _ in range(2))
    for dialog in (before, after):
        qtbot.waitUntil(lambda dialog=dialog: dialog.is_filled)  # type: ignore[misc]
    qtbot.waitUntil(lambda: not seat.background.busy)
    fill_in(before)
    values = before.typed()
    if values is None:
        assert not any(
            isinstance(one, QLineEdit | QPlainTextEdit)
            and not isinstance(one, UnkeptField)
            and not isinstance(one.parent(), ChoiceField)
            for one in before._inside.findChildren(QWidget)
        )
        return  # choices alone are quickly made again
    after.put_back(values)
    assert texts(after) == texts(before)
    again = after.typed()
    if again is None:
        lines = after._inside.findChildren(QLineEdit)
        assert all(isinstance(one, UnkeptField | PasswordField) for one in lines)
        return  # nothing but what is kept nowhere
    assert [kept["key"] for kept in again] == [kept["key"] for kept in values]


def test_that_nothing_is_kept_before_somebody_has_typed(jo: Seat, opened: Opened) -> None:
    dialog = opened(NewReferralDialog(jo.session, jo.window))
    assert isinstance(dialog, NewReferralDialog)
    assert dialog.typed() is None
    dialog.fields.source.put(Source.GP_PRACTICE)
    assert dialog.typed() is None  # a choice is quickly made again
    dialog.fields.problem.setFocus()
    typed("Fall")
    values = dialog.typed()
    assert values is not None
    assert ("Problem", "Fall") in [(kept["words"], text_of(kept["value"])) for kept in values]


def test_that_a_time_is_kept_as_it_was_meant(team: Team, jo: Seat, opened: Opened) -> None:
    team.received()
    jo.look()
    QApplication.processEvents()
    row = next(iter(jo.live.referrals.by_id.values()))
    before = opened(ContactDialog(jo.session, row, jo.window))
    assert isinstance(before, ContactDialog)
    before.came.put(ContactResult.NO_REPLY)
    before.at.setFocus()
    typed("-10")
    meant = before.at.read()
    values = before.typed()
    assert values is not None
    team.clock.pass_minutes(45)
    after = opened(ContactDialog(jo.session, row, jo.window))
    assert isinstance(after, ContactDialog)
    after.put_back(values)
    assert meant is not None
    assert after.at.read() == meant.replace(second=0, microsecond=0)
    assert after.came.read() is ContactResult.NO_REPLY


def test_that_a_known_patient_is_told_when_a_new_referral_is_continued(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    before = opened(NewReferralDialog(jo.session, jo.window))
    tab(4)
    typed("9434765919")
    values = before.typed()
    assert values is not None
    team.received()
    after = opened(NewReferralDialog(jo.session, jo.window))
    assert isinstance(after, NewReferralDialog)
    after.put_back(values)
    qtbot.waitUntil(after.warning.isVisible)


def test_that_the_lists_of_a_report_come_back(team: Team, ann: Seat, opened: Opened, qtbot: QtBot) -> None:
    key, visit = team.on_scene()
    team.clock.pass_minutes(35)
    team.jo.visits.clear(visit, team.visit_version(key), OutcomeDisposition.TREATED_AT_HOME, False)
    ann.look()
    qtbot.waitUntil(lambda: bool(ann.live.reports.by_id))
    row = next(iter(ann.live.reports.by_id.values()))
    before = opened(ReportDialog(ann.session, row, ann.window))
    assert isinstance(before, ReportDialog)
    assert before.typed() is None
    qtbot.waitUntil(lambda: before.is_filled)
    assert before.typed() is None
    press("Alt+3")
    care, plan = before.sections[2], before.sections[3]
    assert isinstance(care, Care)
    assert isinstance(plan, Plan)
    care.medicines.more.click()
    typed("Paracetamol 500 mg tablets")
    plan.requests.more.click()
    plan.requests.more.click()
    typed("Blood test")
    values = before.typed()
    assert values is not None
    after = opened(ReportDialog(ann.session, row, ann.window))
    assert isinstance(after, ReportDialog)
    after.filled.connect(lambda: after.put_back(values))
    qtbot.waitUntil(lambda: after.is_filled)
    content = after.read()
    assert content is not None
    assert [one.name for one in content.medicines] == ["Paracetamol 500 mg tablets"]
    assert [one.text for one in content.gp_actions] == ["Blood test"]
    assert content == before.read()
