"""The line above every workspace: a patient needs an answer from this role, and nobody has accepted it."""

from PySide6.QtWidgets import QFrame, QWidget

from console.domain.rows import TaskRow
from ui.boards.task_cells import about, to_answer
from ui.session import Session
from ui.time_text import age
from ui.widgets.action_bar import KeyButton
from ui.widgets.elided import ElidedLabel
from ui.widgets.looks import IconLabel, label, line
from ui.widgets.messages import announce


class AlertBar(QFrame):
    """Stays until somebody accepts; whoever looks at another workspace sees it too."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Hidden until something urgent is asked."""
        super().__init__(parent)
        self.setObjectName("Warning")
        self.setProperty("tone", "bad")
        self._session = session
        self._known: set[int] = set()
        whole = line(self, gap=10)
        whole.setContentsMargins(12, 3, 4, 3)
        self.sentence = ElidedLabel(look="label")
        self.more = label("", "small")
        self.show_button = KeyButton("Show", session.commands["window.tasks"].shortcut)
        self.show_button.setAccessibleName("Show what is asked of you")
        self.show_button.clicked.connect(session.commands.action("window.tasks").trigger)
        whole.addWidget(IconLabel("siren", "bad", 18))
        whole.addWidget(self.sentence, 1)
        whole.addWidget(self.more)
        whole.addWidget(self.show_button)
        self.hide()
        session.live.changed.connect(self.tell)
        session.countdown.ticked.connect(self._say)
        self._first: TaskRow | None = None

    def tell(self) -> None:
        """Show what is owed an answer now, and announce what has come."""
        tasks = to_answer(self._session.live.tasks.by_id.values(), self._session.actor)
        come = [row for row in tasks if row.id not in self._known]
        self._known = {row.id for row in tasks}
        self._first = tasks[0] if tasks else None
        self.more.setText(f"and {len(tasks) - 1} more" if len(tasks) > 1 else "")
        self.more.setVisible(len(tasks) > 1)
        self._say()
        self.setVisible(bool(tasks))
        for row in come:
            announce(self, self._words(row), urgent=True)

    def _say(self) -> None:
        if self._first is not None:
            asked = age(self._first.created_at, self._session.now())
            said = f"{self._words(self._first)} Asked {asked}."
            self.sentence.setText(said)
            self.setAccessibleName(said)

    def _words(self, row: TaskRow) -> str:
        whom = about(row, self._session.live.referrals.by_id).who
        return f"{row.kind.label} · {whom} · nobody has accepted it."
