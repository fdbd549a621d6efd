"""The chosen practice of the call list: its number in large, and each report that the call is about."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from console.domain.call_list import PracticeToCall, ReportToCall
from ui.boards.call_cells import last, phone
from ui.boards.call_list_pane import STEPS
from ui.boards.referral_cells import name_of
from ui.boards.report_words import unsigned_words
from ui.boards.snooze_words import snoozed_words
from ui.session import Session
from ui.time_text import day_clock
from ui.widgets.looks import Card, Pill, column, empty_layout, label, line, rule
from ui.widgets.messages import EmptyState

_TONES = {"rejected": "bad", "not_delivered": "warn", "not_accepted": "warn", "overdue": "plain"}


class CallDetail(Card):
    """What one says on the telephone: whose report, of when, and what is asked for."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Nothing is chosen yet."""
        super().__init__(" ", margin=14, parent=parent)
        self._session = session
        self._shown: tuple[object, ...] = ()
        self.pill = Pill()
        self.head.addWidget(self.pill)
        self.phone = label("", "figure")
        self.phone.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByKeyboard | Qt.TextInteractionFlag.TextSelectableByMouse
        )
        self.keys = label(_keys(session), "small", wraps=True)
        self.rests = label("", "label", tone="warn", wraps=True)
        self.empty = EmptyState("phone", "Choose a practice to see its number and what the call is about.")
        inside = QWidget()
        self._told = column(inside, gap=8)
        self._told.setContentsMargins(2, 2, 10, 2)
        self.words = QScrollArea()
        self.words.setWidgetResizable(True)
        self.words.setFrameShape(QFrame.Shape.NoFrame)
        self.words.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.words.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.words.setAccessibleName("Reports that the call is about")
        self.words.setWidget(inside)
        self.chosen = QWidget()
        whole = column(self.chosen, gap=8)
        for part in (self.phone, self.keys, self.rests, rule()):
            whole.addWidget(part)
        whole.addWidget(self.words, 1)
        self.body.addWidget(self.chosen, 1)
        self.body.addWidget(self.empty, 1)
        self.show_row(None)

    def show_row(self, row: PracticeToCall | None) -> None:
        """Show a practice, or its newer state."""
        self.chosen.setVisible(row is not None)
        self.pill.setVisible(row is not None)
        self.empty.setVisible(row is None)
        self.title.setText("" if row is None else row.name)
        self.setAccessibleName("Call" if row is None else f"Call to {row.name}")
        if row is None:
            self._shown = ()
            return
        now = self._session.now()
        self.pill.say(*last(row, now)[:2])
        self.phone.setText(phone(row))
        snooze = row.snoozed(now)
        self.rests.setText("" if snooze is None else f"{snoozed_words(snooze, now)}.")
        self.rests.setVisible(snooze is not None)
        if (row, now.minute) != self._shown:
            self._shown = (row, now.minute)
            empty_layout(self._told)
            for part in self._parts(row):
                self._told.addWidget(part)
            self._told.addStretch(1)

    def _parts(self, row: PracticeToCall) -> Iterator[QWidget]:
        many = len(row.reports)
        yield label(
            "One call settles 1 report" if many == 1 else f"One call settles {many} reports", "heading"
        )
        for one in row.reports:
            yield self._line(one)

    def _line(self, one: ReportToCall) -> QWidget:
        now, row = self._session.now(), one.row
        made = QWidget()
        whole = column(made, gap=1)
        across = line(gap=8)
        across.addWidget(label(name_of(row), "label", wraps=True), 1)
        across.addWidget(Pill(one.reason.label, _TONES[one.reason.value]), 0, Qt.AlignmentFlag.AlignTop)
        whole.addLayout(across)
        sent = f"sent {day_clock(row.sent_at, now)}" if row.sent_at else f"due {day_clock(row.due_at, now)}"
        by = f" by {row.sent_by_channel.label.lower()}" if row.sent_by_channel and row.sent_at else ""
        whole.addWidget(
            label(f"{row.referral_number} · {row.outcome_kind.label} · {sent}{by}", "small", wraps=True)
        )
        if unsigned := unsigned_words(row, now):
            whole.addWidget(label(unsigned, "small", tone="warn", wraps=True))
        if row.last_result:
            whole.addWidget(label(row.last_result, "small", wraps=True))
        told = (name_of(row), one.reason.label, sent, unsigned)
        made.setAccessibleName(", ".join(part for part in told if part))
        return made


def _keys(session: Session) -> str:
    """All that may come of the call with its keys: the bar shows as many as it has room for."""
    there = {command.id: command for command in session.commands}
    found = [there[one] for one in STEPS if one in there]
    return " · ".join(f"{one.words} {one.shortcut.replace(', ', ' ')}" for one in found)
