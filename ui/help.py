"""Every command with its key, as the table of commands has them; one types to find one."""

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QPushButton, QScrollArea, QWidget

from ui.actions import HelpLine
from ui.widgets.asked import screen_of
from ui.widgets.filters import SearchField
from ui.widgets.looks import column, label, line

_IN_TWO = 760  # narrower there is one column


class HelpDialog(QDialog):
    """The list of all keys."""

    def __init__(self, lines: Sequence[HelpLine], parent: QWidget) -> None:
        """Show all of them."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Keys and commands")
        self._lines = lines
        whole = column(self, gap=12, margin=20)
        head = line(gap=12)
        head.addWidget(label("Keys and commands", "title"))
        head.addStretch(1)
        self.search = SearchField("Find a command or key")
        self.search.setMinimumWidth(260)
        head.addWidget(self.search)
        whole.addLayout(head)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._scroll.setAccessibleName("Commands")
        whole.addWidget(self._scroll, 1)
        foot = line()
        close = QPushButton("Close")
        close.setAutoDefault(False)
        close.clicked.connect(self.accept)
        foot.addStretch(1)
        foot.addWidget(close)
        whole.addLayout(foot)
        self.search.searched.connect(self.show_matching)
        room = screen_of(self).availableSize()
        self.resize(min(820, room.width() - 40), min(720, parent.height() - 60))
        self.show_matching("")

    def show_matching(self, typed: str) -> None:
        """Show the commands whose words or key hold all that was typed."""
        parts = typed.casefold().split()
        wanted = [one for one in self._lines if all(part in _text(one) for part in parts)]
        groups = [(name, list(inside)) for name, inside in groupby(wanted, key=lambda one: one.group)]
        sheet = QWidget()
        across = line(sheet, gap=32)
        across.setContentsMargins(0, 0, 12, 0)
        for share in _shared(groups) if self.width() >= _IN_TWO else [groups]:
            side = column(gap=14)
            for name, inside in share:
                side.addWidget(_group(name, inside))
            side.addStretch(1)
            across.addLayout(side, 1)
        if not wanted:
            across.addWidget(label("No command has these words. Try another word or key.", "mute"))
        self._scroll.setWidget(sheet)


def _text(one: HelpLine) -> str:
    return f"{one.group} {one.text} {one.key}".casefold()


def _shared(groups: list[tuple[str, list[HelpLine]]]) -> list[list[tuple[str, list[HelpLine]]]]:
    """Two columns of about the same height."""
    heights = [len(inside) + 2 for _, inside in groups]
    cut = min(range(len(groups) + 1), key=lambda at: max(sum(heights[:at]), sum(heights[at:])))
    return [groups[:cut], groups[cut:]]


def _group(name: str, lines: Sequence[HelpLine]) -> QWidget:
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(0, 1)
    grid.addWidget(label(name.upper(), "capitals"), 0, 0, 1, 2)
    for number, one in enumerate(lines, start=1):
        grid.addWidget(label(one.text), number, 0)
        if one.key:
            grid.addWidget(label(one.key, "keycap"), number, 1, Qt.AlignmentFlag.AlignRight)
    return made
