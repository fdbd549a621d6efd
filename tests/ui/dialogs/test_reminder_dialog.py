"""A reminder of which nobody knows whether it was sent, decided by keys."""

import pytest
from pytestqt.qtbot import QtBot

from console.domain.chase_words import MessageStatus
from tests.services import reminding
from tests.services.team import Team
from tests.support.sitting import Seat
from tests.ui.dialogs.conftest import Opened
from tests.ui.dialogs.keys import done, press, typed
from ui.dialogs.task_done import for_task

# The offscreen platform says so of sizes and of the lists that open below a field.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.mark.parametrize(
    ("answer", "status"), [("it came", MessageStatus.SENT), ("it did not", MessageStatus.QUEUED)]
)
def test_that_the_coordinator_says_whether_it_came(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot, answer: str, status: MessageStatus
) -> None:
    row = reminding.broken_off(team)
    dialog = opened(for_task(jo.session, row, jo.window))
    press("Ctrl+Return")
    assert dialog.isVisible(), "nothing is chosen by itself"
    typed(answer)
    press("Ctrl+Return")
    done(qtbot, dialog)
    assert reminding.messages(team)[0].state is status
