"""All that others changed while one looked elsewhere: which row, what became of it, who did it and when."""

import datetime as dt

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from console.domain.since import About, News, Since, SinceRow
from ui.boards.cells import Column, Kind, PillText, TwoLines
from ui.boards.delegates import ROW_HEIGHT, RowDelegate
from ui.boards.keyed_table import KeyedTableModel
from ui.boards.live_view import LiveView
from ui.boards.referral_cells import name_of
from ui.session import Session
from ui.since_bar import counted
from ui.time_text import day_clock
from ui.widgets.looks import column, label, line

_TONES = {News.NEW: "info", News.CHANGED: "warn", News.GONE: "plain", News.PASSED: "plain"}


def news(row: SinceRow) -> PillText:
    """New, changed or gone, and what became of what is gone."""
    return PillText(row.news.label, _TONES[row.news], row.became)


def who(row: SinceRow) -> TwoLines:
    """Whom it is about."""
    if row.about is About.STEP:
        return TwoLines("Hubs and people")
    return TwoLines(name_of(row), "", row.number)


def what(row: SinceRow) -> TwoLines:
    """What was done last, and how much else before."""
    before = "1 step" if row.more == 1 else f"{row.more} steps"
    return TwoLines(row.words, "", f"and {before} before" if row.more else "")


class SinceDialog(QDialog):
    """The list; Enter opens the referral, and one key says that all of it was seen."""

    def __init__(self, session: Session, found: Since, since: dt.datetime, parent: QWidget) -> None:
        """Show all rows, the newest on top."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("What changed since you looked")
        self._session, self._found = session, found

        def by(row: SinceRow) -> TwoLines:
            return TwoLines(row.by, "", day_clock(row.at, session.now()) if row.at else "")

        self.model: KeyedTableModel[SinceRow] = KeyedTableModel(
            (
                Column("news", "What became of it", Kind.PILL, news, 150),
                Column("who", "Who", Kind.TWO_LINES, who, 190, stretches=1),
                Column("what", "What was done", Kind.TWO_LINES, what, 300, stretches=3),
                Column("by", "By · when", Kind.TWO_LINES, by, 130),
            ),
            key=lambda row: row.id,
            order=lambda row: row.id,
            now=session.now,
            parent=self,
        )
        self.view: LiveView[SinceRow] = LiveView(self.model, RowDelegate(self.model), session.countdown)
        self.view.setAccessibleName("What changed since you looked")
        self.model.reset(found.rows)
        self._lay_out(found, day_clock(since, session.now()))
        self.view.opened.connect(self._open)
        high = 210 + ROW_HEIGHT * min(max(len(found.rows), 3), 12)
        self.resize(min(1040, parent.width() - 80), min(high, parent.height() - 80))
        self.view.enter()

    def _lay_out(self, found: Since, since: str) -> None:
        whole = column(self, gap=12, margin=20)
        whole.addWidget(label(f"Since {since}: {counted(list(found.rows))}", "title"))
        more = " There was more: only the newest are listed." if found.is_cut else ""
        said = f"What others did; what you did yourself is left out.{more}"
        whole.addWidget(label(said, "mute", wraps=True))
        whole.addWidget(self.view, 1)
        foot = line(gap=8)
        foot.addWidget(label("Enter opens the referral", "small"), 1)
        close, seen = QPushButton("Leave it unread"), QPushButton("Seen")
        seen.setProperty("look", "primary")
        seen.setShortcut("Ctrl+Return")
        seen.setToolTip("All of it is seen (Ctrl+Enter)")
        for button in (close, seen):
            button.setAutoDefault(False)
            foot.addWidget(button)
        close.clicked.connect(self.reject)
        seen.clicked.connect(self._seen)
        whole.addLayout(foot)

    def _open(self, row_id: int) -> None:
        row = self.model.row(row_id)
        if row is not None and row.referral_id is not None:
            self._session.looking.read(self._found.workspace, row.row_id)
            self.accept()
            self._session.open_record(row.referral_id)

    def _seen(self) -> None:
        self._session.looking.seen(self._found.workspace)
        self.accept()
