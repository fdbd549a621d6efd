"""The Audit workspace: lines by patient, person and time, what each holds, and how far they are proved."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import TypeVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from console.domain import audit_words
from console.domain.audit_rows import AuditChain, AuditLine, AuditPage, AuditWish, Cursor, Names
from console.domain.refusals import Refused
from ui.audit import cells
from ui.audit.detail import AuditDetail
from ui.audit.filters import AuditFilters
from ui.background import FAULT, Failure
from ui.boards.delegates import RowDelegate
from ui.boards.keyed_table import KeyedTableModel
from ui.boards.live_view import LiveView
from ui.boards.stacking import Halves
from ui.session import Session
from ui.time_text import day_clock
from ui.widgets.looks import Card, column, label, line
from ui.widgets.messages import EmptyState

NAME = "audit"
_NARROW, _LEAST = 940, 128
Result = TypeVar("Result")


class AuditWorkspace(QWidget):
    """Filters on top, lines on the left, the chosen one on the right; nothing is asked on this thread."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Ask for the newest lines."""
        super().__init__(parent)
        self._session = session
        self._names, self._asked = Names(), 0
        self._more: Cursor | None = None
        self._sealed = 0
        self.filters = AuditFilters(session)
        self.model: KeyedTableModel[AuditLine] = KeyedTableModel(
            cells.columns(),
            key=lambda one: one.id,
            order=cells.order,
            spoken=cells.spoken,
            now=session.now,
            parent=self,
        )
        self.view: LiveView[AuditLine] = LiveView(self.model, RowDelegate(self.model), session.countdown)
        self.view.setAccessibleName("Audit")
        self.view.setObjectName("audit")
        self.card = Card("Audit", margin=12)
        self.empty = EmptyState("refresh-cw", "Reading the audit.")
        self.older = QPushButton("Older lines")
        self.again = QPushButton("Read anew")
        self.export = QPushButton("Take a copy")
        self.chain = label("", "small", wraps=True)
        self.detail = AuditDetail()
        self._lay_out()
        self._connect()
        self.read()

    def _lay_out(self) -> None:
        whole = column(self, gap=10)
        self.card.body.addWidget(self.filters)
        self.card.body.addWidget(self.view, 1)
        self.card.body.addWidget(self.empty, 1)
        self.view.setMinimumHeight(_LEAST)
        foot = line(gap=8)
        foot.addStretch(1)
        for button in (self.older, self.again, self.export):
            foot.addWidget(button)
        self.card.body.addWidget(self.chain)
        self.card.body.addLayout(foot)
        self.halves = Halves(self._session, _NARROW)
        self.halves.addWidget(self.card)
        self.halves.addWidget(self.detail)
        self.halves.setStretchFactor(0, 5)
        self.halves.setStretchFactor(1, 2)
        self.halves.setSizes([900, 400])
        self.panel_place = self.halves
        whole.addWidget(self.halves, 1)
        self._show_table(is_shown=False)

    def _connect(self) -> None:
        self.filters.changed.connect(self.read)
        self.view.selected.connect(self._choose)
        self.view.opened.connect(self._open)
        self.older.clicked.connect(self._read_older)
        self.again.clicked.connect(self.read)
        self.empty.acted.connect(self.read)
        self.export.clicked.connect(self._export)

    def set_narrow(self, narrow: bool) -> None:
        """An opened record stands where the chosen line is told."""
        self.detail.setVisible(not narrow)

    # Reading

    @Slot()
    def read(self) -> None:
        """Ask for the newest lines that are wanted; an answer to an older question is dropped."""
        self._asked += 1
        self.model.reset(())
        self._more = None
        self._say("refresh-cw", "Reading the audit.")
        audits = self._session.desk.audits
        wish = self.filters.wish

        def work() -> tuple[AuditPage, AuditChain, tuple[tuple[int, str], ...]]:
            return audits.page(wish), audits.chain(), audits.people()

        self._run(work, partial(self._show_first, self._asked))

    @Slot()
    def _read_older(self) -> None:
        if self._more is None:
            return
        self.older.setEnabled(False)
        audits, wish, before = self._session.desk.audits, self.filters.wish, self._more
        self._run(lambda: audits.page(wish, before), partial(self._show_more, self._asked))

    def _run(self, work: Callable[[], Result], then: Callable[[Result], None]) -> None:
        self._session.background.run(work, then, self._failed, refused=self._failed, owner=self)

    def _show_first(
        self, asked: int, answer: tuple[AuditPage, AuditChain, tuple[tuple[int, str], ...]]
    ) -> None:
        if asked != self._asked:
            return
        page, chain, people = answer
        self.filters.offer_people(people)
        self._sealed = chain.through_id
        self.chain.setText(" ".join(chain_words(chain, self._session)))
        self._take(page)
        # Whoever narrows it down goes on typing; at the beginning the newest line is chosen.
        focused = QApplication.focusWidget()
        if asked == 1 or focused is None or not self.filters.isAncestorOf(focused):
            self.view.enter()

    def _show_more(self, asked: int, page: AuditPage) -> None:
        if asked == self._asked:
            self._take(page)

    def _take(self, page: AuditPage) -> None:
        self._names, self._more = page.names, page.more
        if self.model.rowCount():
            self.model.apply(page.lines)
        else:
            self.model.reset(page.lines)
        count = self.model.rowCount()
        self.card.say_aside(f"the newest {count:,}" if self._more else f"{count:,}")
        self.older.setVisible(self._more is not None)
        self.older.setEnabled(True)
        if count:
            self._show_table(is_shown=True)
        elif self.filters.wish == AuditWish():
            self._say("history", "The audit holds no line of your hubs yet.")
        else:
            self._say("search", "No line is like that. Ask for another patient, person, day or kind.")

    def _failed(self, why: Refused | Failure) -> None:
        self.older.setEnabled(True)
        if isinstance(why, Failure):
            self._session.failed(why)
        self._say("circle-alert", str(why) if isinstance(why, Refused) else FAULT, "Try again")

    # Showing

    def _say(self, icon: str, sentence: str, action: str = "") -> None:
        self._show_table(is_shown=False)
        self.empty.say(icon, sentence, action)

    def _show_table(self, *, is_shown: bool) -> None:
        self.view.setVisible(is_shown)
        self.empty.setVisible(not is_shown)
        self.older.setVisible(is_shown and self._more is not None)
        if not is_shown:
            self.card.say_aside("")
            self.detail.show_line(None, self._names, self._sealed)

    def _choose(self, _: int | None) -> None:
        self.detail.show_line(self.view.selected_row(), self._names, self._sealed)

    def _open(self, line_id: int) -> None:
        """Open the referral that the line is about; the reason is asked for there."""
        row = self.model.row(line_id)
        if row is not None and row.referral_id is not None:
            self._session.open_record(row.referral_id)
        else:
            self._session.say("This line is about no referral that can be opened.")

    @Slot()
    def _export(self) -> None:
        from ui.dialogs.export_audit import ExportAuditDialog  # loaded when it is wanted

        dialog = ExportAuditDialog(self._session, self.filters.wish, self._session.window)
        dialog.finished.connect(self.read)
        dialog.open()


def chain_words(chain: AuditChain, session: Session) -> Iterator[str]:
    """Say how far the lines are proved, and who can check it."""
    now = session.now()
    if chain.sealed_at is None:
        yield "No line is sealed yet."
    else:
        yield f"Sealed up to line {chain.through_id:,}, at {day_clock(chain.sealed_at, now)}."
    if chain.waiting and chain.waiting_since is not None:
        yield f"{chain.waiting:,} newer lines wait since {day_clock(chain.waiting_since, now)}."
    yield audit_words.checked(chain.checked)
    yield "Check the whole chain with: main.py audit verify."
