"""What others changed while one looked elsewhere: a line below the workspace, and marks on its rows."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from console.domain.since import News, Since, SinceRow
from ui.actions import key_text
from ui.boards.live_view import LiveView
from ui.session import Session
from ui.time_text import day_clock
from ui.widgets.action_bar import KeyButton
from ui.widgets.elided import ElidedLabel
from ui.widgets.looks import IconLabel, line
from ui.widgets.messages import announce

# The table of each workspace on whose rows marks stand.
TABLES = {"board": "referrals", "hub": "queue", "reports": "reports", "load": "tasks"}
_WORDS = ((News.NEW, "new"), (News.CHANGED, "changed"), (News.GONE, "gone"), (News.PASSED, "came and went"))


def counted(rows: list[SinceRow]) -> str:
    """2 new, 3 changed, 1 gone."""
    counts = ((sum(row.news is news for row in rows), words) for news, words in _WORDS)
    return ", ".join(f"{count} {words}" for count, words in counts if count)


def told(row: SinceRow, at: str) -> str:
    """What became of one row, by whom and when, as it is read aloud on the row."""
    when = f" at {at}" if at else ""
    return f"{row.news.label.lower()} since you looked: {row.words}, by {row.by or 'nobody named'}{when}"


class SinceBar(QFrame):
    """Below the workspace, so that no row moves when it comes; gone when all of it was seen."""

    def __init__(self, session: Session, front: Callable[[], QWidget], parent: QWidget | None = None) -> None:
        """Hidden until something is unread; `front` is the workspace that is seen."""
        super().__init__(parent)
        self.setObjectName("Warning")
        self.setProperty("tone", "info")
        self._session, self._front = session, front
        self._followed: set[LiveView[Any]] = set()
        self._workspace = ""
        across = line(self, gap=10)
        across.setContentsMargins(12, 5, 6, 5)
        self.sentence = ElidedLabel(look="label")
        commands = session.commands
        self.show_button = KeyButton("Show", commands["window.since"].shortcut)
        self.show_button.setAccessibleName("Show what changed since you looked")
        self.seen_button = QPushButton(f"Seen  {key_text(commands['window.seen'].shortcut)}")
        self.seen_button.setAccessibleName("All that changed is seen")
        self.seen_button.setProperty("look", "quiet")
        across.addWidget(IconLabel("history", "info", 18))
        across.addWidget(self.sentence, 1)
        across.addWidget(self.show_button)
        across.addWidget(self.seen_button)
        self.show_button.clicked.connect(self.open_list)
        self.seen_button.clicked.connect(self._seen)
        session.looking.told.connect(self._tell)
        session.looking.read_on.connect(self._read_on)
        session.chosen.connect(self._fronted)
        self.hide()

    def _tell(self, found: Since) -> None:
        self._look()
        announce(self, self.sentence.text())

    def _read_on(self, workspace: str) -> None:
        if workspace == self._session.selection.front:
            self._look()

    def _fronted(self) -> None:
        if self._session.selection.front != self._workspace:
            self._look()

    def _look(self) -> None:
        """Show what is unread in the workspace in front."""
        looking = self._session.looking
        self._workspace = self._session.selection.front
        found, left = looking.unread.get(self._workspace), looking.left(self._workspace)
        self._mark(left)
        self.setVisible(found is not None)
        if found is None:
            return
        since = day_clock(self._local(found), self._session.now())
        cut = " Only the newest are listed." if found.is_cut else ""
        said = f"Since you looked at {since}: {counted(left)}.{cut}"
        self.sentence.setText(said)
        self.setAccessibleName(said)

    def _local(self, found: Since) -> Any:
        """When one looked, by the clock at the head of the window: in training that is not the server's."""
        parts, now = self._session.parts, self._session.now()
        return now - parts.silence(found.since) * parts.speed

    def _mark(self, left: list[SinceRow]) -> None:
        view = self._front().findChild(LiveView, TABLES.get(self._workspace, ""))
        if not isinstance(view, LiveView):
            return
        if view not in self._followed:
            self._followed.add(view)
            view.selected.connect(self._read)
        now = self._session.now()
        rows = (row for row in left if row.news.is_there and row.about.value != "step")
        view.show_unread(
            {row.row_id: (row.news, told(row, day_clock(row.at, now) if row.at else "")) for row in rows}
        )

    def _read(self, row_id: int | None) -> None:
        if row_id is not None:
            self._session.looking.read(self._session.selection.front, row_id)

    def _seen(self) -> None:
        self._session.looking.seen(self._session.selection.front)

    def show_or_ask(self) -> None:
        """What is unread, as a list; else ask whether there is anything."""
        looking = self._session.looking
        if self._session.selection.front in looking.unread:
            self.open_list()
        else:
            looking.ask()

    def open_list(self) -> None:
        """List all of it, with what became of what is gone."""
        from ui.since_list import SinceDialog  # read when it is wanted

        found = self._session.looking.unread.get(self._session.selection.front)
        if found is not None:
            SinceDialog(self._session, found, self._local(found), self._session.window).open()
