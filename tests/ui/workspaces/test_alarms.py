"""Something new and urgent is heard once, shown always, and heard by nobody who turned the sound off."""

import datetime as dt
from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from console.domain.alarms import Sound
from tests.services.team import Team, new_referral
from tests.ui.workspaces.conftest import Working
from ui.alarms import Alarms
from ui.alert_bar import AlertBar
from ui.boards.board import BoardWorkspace

Sit = Callable[[str, Callable[..., QWidget], str], Working]


class Listening:
    """Somebody at the board, and what they hear."""

    def __init__(self, working: Working, qtbot: QtBot) -> None:
        """Begin to listen."""
        self.heard: list[Sound] = []
        self.working = working
        self.alarms = Alarms(working.session, working.seat.window, self.heard.append)
        self.read: list[tuple[str, bool]] = []
        self.bar = AlertBar(working.session, self.alarms, working.seat.window, self._read_aloud)
        self.working.see()

    def _read_aloud(self, widget: QWidget, sentence: str, *, urgent: bool = False) -> None:
        self.read.append((sentence, urgent))


@pytest.fixture
def listen(sit: Sit, qtbot: QtBot) -> Callable[[str], Listening]:
    """Sits somebody down who hears what comes."""
    return lambda login: Listening(sit(login, BoardWorkspace, "board"), qtbot)


def test_that_what_was_there_before_is_shown_and_not_heard(
    listen: Callable[[str], Listening], team: Team
) -> None:
    key = team.triaged()
    team.jo.referrals.worse(key, "Breathless")
    ann = listen("ann")
    assert ann.heard == []
    assert ann.bar.isVisibleTo(ann.working.seat.window)
    assert "Patient worse" in ann.bar.sentence.text()


def test_that_a_new_urgent_task_is_heard_once_by_whom_it_is_asked_of(
    listen: Callable[[str], Listening], team: Team
) -> None:
    key = team.triaged()
    ann, mo = listen("ann"), listen("mo")
    team.jo.referrals.worse(key, "Breathless")
    for one in (ann, mo):
        one.working.see()
        one.working.see()
    assert ann.heard == [Sound.URGENT]
    assert mo.heard == []


def test_that_a_burst_is_one_sound_and_the_gravest_of_it(
    listen: Callable[[str], Listening], team: Team
) -> None:
    keys = [team.triaged(form=new_referral(nhs_number=None, family_name=name)) for name in ("Ash", "Elm")]
    ann = listen("ann")
    for key in keys:
        team.jo.referrals.worse(key, "Breathless")
    ann.working.see()
    assert ann.heard == [Sound.URGENT]
    team.jo.welfare.duress(team.ids["sam"], "4 Sea Road")
    ann.working.see()
    assert ann.heard == [Sound.URGENT, Sound.HELP]
    assert ann.bar.sentence.text().startswith("Duress: help now")


def test_that_a_call_for_help_is_heard_again_until_somebody_accepts_it(
    listen: Callable[[str], Listening], team: Team
) -> None:
    mo = listen("mo")
    team.jo.welfare.duress(team.ids["sam"], "4 Sea Road")
    mo.working.see()
    team.clock.pass_minutes(0.5)
    mo.working.seat.countdown.ticked.emit()
    assert mo.heard == [Sound.HELP, Sound.HELP]
    (task,) = (row for row in mo.working.session.live.tasks.by_id.values() if row.role == "supervisor")
    team.mo.tasks.accept(task.id, task.version)
    mo.working.see()
    team.clock.pass_minutes(0.5)
    mo.working.seat.countdown.ticked.emit()
    assert len(mo.heard) == 2


def test_that_a_patient_who_becomes_overdue_by_time_alone_is_heard_and_shown_for_a_while(
    listen: Callable[[str], Listening], team: Team
) -> None:
    team.triaged(priority=2)
    jo = listen("jo")
    team.clock.pass_minutes(61)
    for _ in range(5):
        jo.working.seat.countdown.ticked.emit()
    assert jo.heard == [Sound.LATE]
    assert "MARSH" in jo.bar.sentence.text()
    assert "nobody is with them" in jo.bar.sentence.text()
    team.clock.pass_minutes(1.1)
    jo.working.seat.countdown.ticked.emit()
    assert not jo.bar.isVisibleTo(jo.working.seat.window)


def test_that_nobody_hears_who_turned_the_sound_off_and_everybody_sees(
    listen: Callable[[str], Listening], team: Team
) -> None:
    key = team.triaged()
    ann = listen("ann")
    ann.alarms.mute(is_muted=True)
    team.jo.referrals.worse(key, "Breathless")
    ann.working.see()
    assert ann.heard == []
    assert "Patient worse" in ann.bar.sentence.text()


def test_that_999_without_a_reference_is_heard_by_the_desk(
    listen: Callable[[str], Listening], team: Team, now: dt.datetime
) -> None:
    key = team.triaged()
    jo = listen("jo")
    team.ann.ambulance.upgrade(key, team.version(key), "Chest pain")
    jo.working.see()
    assert jo.heard[0] is Sound.URGENT


def test_that_what_is_there_at_sign_in_is_read_aloud_once_without_interrupting(
    listen: Callable[[str], Listening], team: Team
) -> None:
    team.jo.referrals.worse(team.triaged(), "Breathless")
    ann = listen("ann")
    ann.working.see()
    ((said, is_urgent),) = ann.read
    assert said.startswith("1 task waits for your answer. Patient worse")
    assert not is_urgent


def test_that_a_burst_is_read_aloud_in_one_breath_and_help_does_not_wait_for_its_end(
    listen: Callable[[str], Listening], team: Team, qtbot: QtBot
) -> None:
    names = ("Ash", "Elm", "Oak", "Yew", "Fir")
    keys = [team.triaged(form=new_referral(nhs_number=None, family_name=name)) for name in names]
    ann = listen("ann")
    for key in keys:
        team.jo.referrals.worse(key, "Breathless")
    ann.working.see()
    qtbot.waitUntil(lambda: len(ann.read) == 1)
    said, is_urgent = ann.read[0]
    assert is_urgent
    assert said.count("Patient worse") == 3
    assert said.endswith("And 2 more.")
    team.jo.welfare.duress(team.ids["sam"], "4 Sea Road")
    ann.working.see()
    qtbot.waitUntil(lambda: len(ann.read) == 2)
    assert ann.read[1][0].startswith("Duress: help now")


def test_that_a_question_that_is_asked_ends_with_its_own_mark(
    listen: Callable[[str], Listening], team: Team
) -> None:
    team.on_scene()
    team.clock.pass_minutes(61)
    team.look()
    jo = listen("jo")
    assert "are they well? Asked" in jo.bar.sentence.text()
