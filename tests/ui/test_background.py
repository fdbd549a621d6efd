"""Work off the GUI thread: exactly one answer, on the right thread, without a patient's data in the log."""

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from console.domain.refusals import ChangedElsewhere, Refused
from ui.background import Background, Failure


@pytest.fixture
def background(qtbot: QtBot) -> Iterator[Background]:
    """A background that is stopped and joined."""
    made = Background()
    yield made
    made.stop()


class Answers:
    """What came back, and on which thread."""

    def __init__(self) -> None:
        self.got: list[object] = []
        self.threads: set[int] = set()

    def take(self, answer: object) -> None:
        self.got.append(answer)
        self.threads.add(threading.get_ident())


def test_that_work_is_done_elsewhere_and_its_answer_arrives_here(
    qtbot: QtBot, background: Background
) -> None:
    answers = Answers()
    background.run(threading.get_ident, answers.take)
    qtbot.waitUntil(lambda: len(answers.got) == 1)
    assert answers.got != [threading.get_ident()]
    assert answers.threads == {threading.get_ident()}


def test_that_a_refusal_arrives_with_its_kind_and_its_reasons(qtbot: QtBot, background: Background) -> None:
    answers, wrong = Answers(), Answers()

    def refuse() -> None:
        raise ChangedElsewhere("Ann Jones allocated this referral at 14:02.")

    background.run(refuse, wrong.take, wrong.take, refused=answers.take)
    qtbot.waitUntil(lambda: len(answers.got) == 1)
    assert isinstance(answers.got[0], ChangedElsewhere)
    assert isinstance(answers.got[0], Refused)
    assert answers.got[0].reasons == ("Ann Jones allocated this referral at 14:02.",)
    assert wrong.got == []


def test_that_a_fault_is_logged_with_its_place_and_without_its_data(
    qtbot: QtBot, background: Background, caplog: pytest.LogCaptureFixture
) -> None:
    answers = Answers()

    def fail() -> None:
        raise KeyError("SMITH, John, 943 476 5919")

    background.run(fail, failed=answers.take)
    qtbot.waitUntil(lambda: len(answers.got) == 1)
    assert isinstance(answers.got[0], Failure)
    assert "KeyError" in caplog.text
    assert "in fail" in caplog.text
    assert "943" not in caplog.text


def test_that_an_answer_for_a_closed_dialog_is_dropped(qtbot: QtBot, background: Background) -> None:
    answers, later, may_go = Answers(), Answers(), threading.Event()
    owner = QObject()
    background.run(may_go.wait, answers.take, owner=owner)
    delete(owner)
    may_go.set()
    qtbot.waitUntil(lambda: background.busy == 0)
    background.run(lambda: 1, later.take)
    qtbot.waitUntil(lambda: later.got == [1])
    assert answers.got == []


def test_that_stopping_waits_for_what_runs_and_drops_its_answer(qtbot: QtBot) -> None:
    background, answers, started = Background(), Answers(), threading.Event()
    background.run(started.set, answers.take)
    background.stop()
    assert started.is_set()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("background")]
    assert answers.got == []
