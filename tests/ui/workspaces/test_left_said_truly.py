"""A patient who left the hub is nowhere said to be somebody whom nobody reached."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from db.models import QueueEntry
from tests.services.hubs_at_work import entry_version, streamed
from tests.services.team import Team
from tests.ui.workspaces.at_board import at_board, choose
from tests.ui.workspaces.conftest import CTRL, SHIFT, Working
from tests.ui.workspaces.test_said_truly import panel_of
from ui.boards.referral_cells import flags

Sit = Callable[[str, Callable[..., QWidget], str], Working]


def test_that_who_left_is_not_said_to_be_whom_nobody_reached(sit: Sit, team: Team) -> None:
    entry = streamed(team)
    team.jo.hub_queue.left(entry, entry_version(team, entry), "Went home by taxi")
    key = team.stored(QueueEntry, entry).referral_id
    said = {one.words for one in flags(team.row(key))}
    assert "The patient left or was not reached: a clinician decides" in said
    ann = at_board(sit, "ann")
    panel = panel_of(ann, key)
    lines = [one.text() for one in panel.findChildren(QLabel)]
    assert any(line.startswith("The patient left, or nobody reaches them. A clinician") for line in lines)
    choose(ann, key)
    ann.press(Qt.Key.Key_F, CTRL | SHIFT)
    dialog = ann.dialog()
    assert dialog.sentence.text().startswith("This patient left, or nobody reaches them")
    dialog.reject()
