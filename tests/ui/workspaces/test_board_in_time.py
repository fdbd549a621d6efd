"""What the board shows moves with the time alone, when there is no news for hours."""

from collections.abc import Callable

from PySide6.QtWidgets import QPushButton, QWidget

from tests.services.team import Team
from tests.ui.workspaces.at_board import at_board
from tests.ui.workspaces.conftest import Working
from ui.boards.board import BoardWorkspace


def test_that_who_becomes_overdue_is_shown_and_counted_by_itself(
    sit: Callable[[str, Callable[..., QWidget], str], Working], team: Team
) -> None:
    key = team.triaged()
    working = at_board(sit, "jo")
    board = working.workspace
    assert isinstance(board, BoardWorkspace)
    board.referrals.show_only("overdue")
    assert board.referrals.model.rowCount() == 0

    team.clock.pass_minutes(24 * 60)
    for _ in range(15):  # a quarter of a minute
        working.session.countdown.ticked.emit()
    working.wait(lambda: board.referrals.model.row_of(key) is not None)
    assert "Overdue 1" in {chip.text() for chip in board.referrals.chips.findChildren(QPushButton)}
