"""A choice that was only typed is understood, and asks what belongs to it, before a step is done with it."""

import pytest
from pytestqt.qtbot import QtBot

from tests.services.team import Team
from tests.support.sitting import Seat
from tests.ui.dialogs.conftest import Opened
from tests.ui.dialogs.keys import press, typed
from ui.dialogs.contact import ContactDialog
from ui.widgets.fields import begin_in

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_that_a_promise_is_asked_for_before_the_contact_is_recorded(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    dialog = opened(ContactDialog(jo.session, team.row(team.triaged()), jo.window))
    assert isinstance(dialog, ContactDialog)
    begin_in(dialog.came)
    typed("promised")
    press("Ctrl+Return")
    qtbot.waitUntil(lambda: not jo.background.busy)
    assert dialog.isVisible()
    assert dialog.promised.hasFocus()
