"""The window goes by the clocks of its own service, also when they change while somebody works."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from console.domain.clocks import DEFAULTS, ClockSettings
from console.domain.refusals import Unreachable
from console.services import setup
from tests.services.team import Team
from tests.ui.workspaces.conftest import CTRL, SHIFT, Working, arrived
from ui.boards.hub_workspace import HubWorkspace
from ui.dialogs.seen import SeenDialog

Sit = Callable[[str, Callable[..., QWidget], str], Working]


def state(team: Team, **clocks: Any) -> None:
    """Let the service state its own figures."""
    with team.database.work(team.actors["jo"], team.clock()) as work:
        for name, value in clocks.items():
            setup.put_setting(work, f"clock.{name}", value, "Agreed", team.actors["jo"].staff_id)


def read(working: Working) -> None:
    working.session.service_clocks.read()
    working.wait(lambda: working.session.background.busy == 0)


def words(widget: QWidget) -> str:
    return " ".join(one.text() for one in widget.findChildren(QLabel))


def test_that_the_closing_warning_comes_when_the_service_says(sit: Sit, team: Team) -> None:
    jo = sit("jo", HubWorkspace, "hub")
    hub = jo.workspace
    assert isinstance(hub, HubWorkspace)
    assert hub.closing.title.text() == "Until closing"
    state(team, closing_warning=dt.time(13, 30))
    read(jo)
    jo.see()
    assert hub.closing.title.text() == "Closing"


def test_that_dialogs_name_the_figures_of_the_service(sit: Sit, team: Team) -> None:
    state(team, hub_arrival=25, report_due=120)
    arrived(team, "Marsh")
    ann = sit("ann", HubWorkspace, "hub")
    read(ann)
    hub = ann.workspace
    assert isinstance(hub, HubWorkspace)
    hub.queue.view.setFocus()
    ann.press(Qt.Key.Key_Home)
    ann.press(Qt.Key.Key_T, CTRL | SHIFT)
    dialog = ann.dialog()
    assert "The 25-minute clock" in words(dialog)
    dialog.reject()
    row = ann.session.queue_entry
    assert row is not None
    seen = SeenDialog(ann.session, row)
    assert "owed within 2 h." in words(seen)
    seen.deleteLater()


def test_that_the_clocks_of_before_hold_while_the_database_is_away(sit: Sit, team: Team) -> None:
    jo = sit("jo", HubWorkspace, "hub")
    assert jo.session.clocks == DEFAULTS
    state(team, report_due=120)
    read(jo)
    told: list[object] = []
    jo.session.fault.connect(told.append)
    jo.session.said.connect(told.append)

    def away() -> ClockSettings:
        raise Unreachable("The database cannot be reached.")

    jo.session.parts = replace(jo.session.parts, clocks=away)
    read(jo)
    assert jo.session.clocks.report_due == 120
    assert told == []


def test_that_a_window_that_is_open_takes_new_figures_by_itself(sit: Sit, team: Team) -> None:
    jo = sit("jo", HubWorkspace, "hub")
    jo.session.service_clocks.every_ms = 20  # minutes, where nobody waits for it
    jo.session.service_clocks.follow()
    jo.wait(lambda: jo.session.background.busy == 0)
    assert jo.session.clocks.report_due == 180
    state(team, report_due=120)
    jo.wait(lambda: jo.session.clocks.report_due == 120)
    jo.session.service_clocks.timer.stop()
    jo.wait(lambda: jo.session.background.busy == 0)
