"""Triage, allocation and the steps of a visit, by the keys of the people who do them."""

import datetime as dt

import pytest
from PySide6.QtWidgets import QComboBox, QWidget
from pytestqt.qtbot import QtBot

from console.domain.words import (
    Channel,
    MarkerKind,
    OutcomeDisposition,
    ReferralStatus,
    Stream,
    VisitStatus,
)
from db.models import Outcome, Step
from tests.services.team import Team
from tests.support.sitting import Seat
from tests.ui.dialogs.conftest import Opened
from tests.ui.dialogs.keys import done, press, tab, typed
from ui.dialogs.allocate import AllocateDialog
from ui.dialogs.priority import PriorityDialog
from ui.dialogs.step import StepDialog
from ui.dialogs.triage import TriageDialog

# The offscreen platform says so of sizes and of the lists that open below a field.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_that_a_clinician_triages_with_a_handful_of_keys(
    team: Team, ann: Seat, opened: Opened, qtbot: QtBot
) -> None:
    key = team.received()
    dialog = opened(TriageDialog(ann.session, team.row(key), ann.window))
    typed("p2")
    tab()
    typed("gp")
    tab()
    typed("Chest sounds wet")
    press("Ctrl+Return")
    done(qtbot, dialog)
    row = team.row(key)
    assert (row.status, row.priority, row.stream, row.gp_needed) == (
        ReferralStatus.TRIAGED, 2, Stream.GP_NEEDED, True,
    )  # fmt: skip


def test_that_triage_without_a_priority_is_told_below_the_field(
    team: Team, ann: Seat, opened: Opened
) -> None:
    dialog = opened(TriageDialog(ann.session, team.row(team.received()), ann.window))
    assert isinstance(dialog, TriageDialog)
    press("Ctrl+Return")
    assert dialog.isVisible()
    assert dialog.priority.accessibleDescription().startswith("Choose a priority")


def test_that_a_coordinator_is_offered_only_higher_priorities(
    team: Team, jo: Seat, ann: Seat, opened: Opened, qtbot: QtBot
) -> None:
    key = team.triaged(priority=3)
    dialog = opened(PriorityDialog(jo.session, team.row(key), jo.window))
    assert isinstance(dialog, PriorityDialog)
    assert [dialog.priority.itemText(at) for at in range(dialog.priority.count())] == [
        "P1 Emergency",
        "P2 Acute",
    ]
    typed("p2")
    tab()
    typed("Worse breathing")
    press("Ctrl+Return")
    done(qtbot, dialog)
    assert team.row(key).priority == 2
    lower = PriorityDialog(ann.session, team.row(key), ann.window)
    assert lower.priority.count() == 3
    lower.deleteLater()


def test_that_typing_a_name_and_control_enter_send_that_practitioner(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    key = team.triaged()
    dialog = opened(AllocateDialog(jo.session, team.row(key), parent=jo.window))
    assert isinstance(dialog, AllocateDialog)
    qtbot.waitUntil(lambda: len(dialog.candidates.shown) == 4)
    typed("sam")
    assert dialog.primary.accessibleName() == "Allocate Sam Hill"
    press("Ctrl+Return")
    done(qtbot, dialog)
    assert team.row(key).practitioner == "Sam Hill"


def test_that_keys_pressed_twice_send_nobody(team: Team, jo: Seat, opened: Opened, qtbot: QtBot) -> None:
    key = team.triaged()
    dialog = opened(AllocateDialog(jo.session, team.row(key), parent=jo.window))
    assert isinstance(dialog, AllocateDialog)
    press("Ctrl+Return")
    qtbot.waitUntil(lambda: len(dialog.candidates.shown) == 4)
    press("Ctrl+Return")
    assert dialog.error.text().startswith("Choose who goes")
    assert team.row(key).visit_status is None


def test_that_a_refused_practitioner_stays_in_the_list_with_the_reason(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    key = team.triaged()
    dialog = opened(AllocateDialog(jo.session, team.row(key), parent=jo.window))
    assert isinstance(dialog, AllocateDialog)
    qtbot.waitUntil(lambda: len(dialog.candidates.shown) == 4)
    for _ in range(4):
        press("Down")
    chosen = dialog.list.chosen
    assert chosen is not None
    assert chosen.practitioner.name == "Pat Moss"
    press("Ctrl+Return")
    assert "never sent to home visits" in dialog.error.text()
    assert dialog.isVisible()


def test_that_markers_are_acknowledged_by_name_before_anybody_is_offered(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    key = team.triaged()
    review = dt.date(2026, 6, 1)
    team.jo.markers.add(team.row(key).patient_id, None, None, MarkerKind.ANIMAL, "Large dog", review, key)
    dialog = opened(AllocateDialog(jo.session, team.row(key), parent=jo.window))
    assert isinstance(dialog, AllocateDialog)
    qtbot.waitUntil(lambda: dialog.markers.is_unread)
    assert dialog.list.isHidden()
    press("Ctrl+Return")
    qtbot.waitUntil(lambda: not dialog.list.isHidden())
    assert team.row(key).markers_unacknowledged == 0
    typed("kit")
    press("Ctrl+Return")
    done(qtbot, dialog)
    assert team.row(key).practitioner == "Kit Wood"


def test_that_who_was_second_is_told_and_may_look_again(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    key = team.triaged()
    dialog = opened(AllocateDialog(jo.session, team.row(key), parent=jo.window))
    assert isinstance(dialog, AllocateDialog)
    qtbot.waitUntil(lambda: len(dialog.candidates.shown) == 4)
    team.mo.visits.allocate(key, team.ids["kit"], team.version(key))
    typed("sam")
    press("Ctrl+Return")
    qtbot.waitUntil(lambda: bool(dialog.error.text()) and not dialog.is_busy)
    assert "Mo Khan" in dialog.error.text()
    assert dialog.search.text() == "sam"
    qtbot.waitUntil(lambda: not any(one.is_allowed for one in dialog.candidates.shown))


def test_that_a_step_is_kept_with_its_time_its_channel_and_its_words(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    key, _ = team.allocated()
    team.clock.pass_minutes(10)
    dialog = opened(StepDialog(jo.session, team.row(key), VisitStatus.ACKNOWLEDGED, jo.window))
    typed("-4")
    tab()
    typed("radio")
    tab()
    typed("Got it, on my way in ten")
    press("Ctrl+Return")
    done(qtbot, dialog)
    assert team.row(key).visit_status is VisitStatus.ACKNOWLEDGED
    with team.database.read() as session:
        step = session.query(Step).order_by(Step.id.desc()).first()
        assert step is not None
        assert (step.channel, step.said) == (Channel.RADIO, "Got it, on my way in ten")
        assert step.on_behalf_of_id == team.ids["sam"]
        assert step.entered_at - step.happened_at == dt.timedelta(minutes=4)


def test_that_a_step_without_the_practitioners_words_is_not_sent(
    team: Team, jo: Seat, opened: Opened
) -> None:
    key, _ = team.allocated()
    dialog = opened(StepDialog(jo.session, team.row(key), VisitStatus.ACKNOWLEDGED, jo.window))
    assert isinstance(dialog, StepDialog)
    press("Ctrl+Return")
    assert dialog.told.said is not None
    assert dialog.told.said.accessibleDescription() == "Write down what Sam Hill said, in their words."
    assert team.row(key).visit_status is VisitStatus.ALLOCATED


def test_that_clear_asks_what_became_of_the_patient_and_owes_the_report(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    key, _ = team.on_scene()
    dialog = opened(StepDialog(jo.session, team.row(key), VisitStatus.CLEAR, jo.window))
    tab()
    typed("treated")
    tab()
    typed("yes")
    tab()
    typed("Would have gone to hospital by ambulance")
    tab(3)
    typed("All done here, clear")
    press("Ctrl+Return")
    done(qtbot, dialog)
    with team.database.read() as session:
        outcome = session.query(Outcome).one()
        assert outcome.disposition is OutcomeDisposition.TREATED_AT_HOME
        assert outcome.admission_prevented is True
    assert team.row(key).status is ReferralStatus.CLOSED


def test_that_a_death_asks_nothing_about_admission(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    key, _ = team.on_scene()
    dialog = opened(StepDialog(jo.session, team.row(key), VisitStatus.CLEAR, jo.window))
    typed("death")
    tab()
    assert not _shown(dialog, "What became of the patient")
    tab(2)
    typed("Verified at the door")
    press("Ctrl+Return")
    done(qtbot, dialog)
    assert "telephone_gp" in team.tasks(key)


def _shown(dialog: QWidget, name: str) -> bool:
    return any(one.accessibleName() == name and one.isVisible() for one in dialog.findChildren(QComboBox))
