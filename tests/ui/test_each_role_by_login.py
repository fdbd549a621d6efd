"""Each role signs in with its own login and looks at its workspaces: nothing is refused behind them."""

import pytest
from pytestqt.qtbot import QtBot

from tests.support.guarded import PASSWORD
from tests.ui.signing_in import LONG_MS, type_in
from ui.main_window import MainWindow

WORKSPACES = {
    "jo": ("board", "hub", "reports", "load"),
    "mo": ("board", "hub", "reports", "load"),
    "sam_self": ("board", "hub", "reports"),
    "ray": ("audit",),
    "al": ("administration",),
}


@pytest.mark.parametrize("login", WORKSPACES)
def test_that_nothing_is_refused_behind_the_workspaces_of(
    login: str, guarded_window: MainWindow, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    type_in(guarded_window, qtbot, login, PASSWORD)
    qtbot.waitUntil(lambda: guarded_window.page is not None, timeout=LONG_MS)
    page = guarded_window.page
    assert page is not None
    assert page.session.workspaces == WORKSPACES[login]
    for name in WORKSPACES[login]:
        page.session.go_to(name)
        qtbot.waitUntil(lambda: not guarded_window.background.busy, timeout=LONG_MS)
    qtbot.wait(1300)  # the clocks, the kept forms and whatever else begins with the first tick
    qtbot.waitUntil(lambda: not guarded_window.background.busy, timeout=LONG_MS)
    assert not page.notices.isVisible(), page.notices.sentence.text()
    assert not page.away.isVisible()
    assert not caplog.records, caplog.text
    assert page.session.commands.run("window.undo")
    qtbot.waitUntil(page.notices.isVisible, timeout=LONG_MS)
    assert "no step of yours" in page.notices.sentence.text()
