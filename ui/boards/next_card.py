"""The next patient of a hub, large: to be streamed, or to be called."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.domain.permissions import Deed
from console.domain.rows import QueueRow
from console.domain.words import QueueStatus
from ui import theme
from ui.boards import hub_cells as cells
from ui.boards.cells import Due, priority_words
from ui.boards.delegates import due_tone
from ui.boards.hub_load import HubLoad, next_to_call, runs_out_at
from ui.boards.painting import CHIP_HEIGHT, CHIP_WIDTH, chip
from ui.boards.referral_cells import age_and_sex, name_of
from ui.boards.seat import profession_of
from ui.session import Session
from ui.time_text import due_text
from ui.widgets.action_bar import KeyButton
from ui.widgets.elided import ElidedLabel
from ui.widgets.looks import Card, Pill, column, label, line, restyle
from ui.widgets.messages import EmptyState


class PriorityChip(QWidget):
    """The mark of a priority: colour, shape and text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """The question mark of an untriaged patient."""
        super().__init__(parent)
        self._priority: int | None = None
        self.setFixedSize(QSize(CHIP_WIDTH, CHIP_HEIGHT))

    def show_priority(self, priority: int | None) -> None:
        """Show another priority."""
        self._priority = priority
        self.setAccessibleName(priority_words(priority))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.drawPixmap(0, 0, chip(self._priority, self.devicePixelRatioF()))
        painter.end()


class NextCard(Card):
    """Who is next in this hub and the one key that takes them on; `wanted` asks for the row to be chosen."""

    wanted = Signal(int)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Nobody is next yet."""
        super().__init__("Next patient", parent=parent)
        self._session = session
        self._shown: QueueRow | None = None
        self._then: QueueRow | None = None
        self.stream = Pill()
        self.chip = PriorityChip()
        self.name = ElidedLabel()
        self.name.setFont(theme.font(20, QFont.Weight.Bold))
        self.problem = ElidedLabel(look="mute")
        self.due, self.wait = label("", "percent"), label("", "small")
        self.call = KeyButton("Call", "F2", "primary")
        self.to_stream = KeyButton("Stream", session.commands["hub.stream"].shortcut, "primary")
        self.then = ElidedLabel(look="small")
        self.empty = EmptyState("circle-check", "")
        self._lay_out()
        for button in (self.call, self.to_stream):
            button.clicked.connect(self._take_on)
        session.countdown.ticked.connect(self._tick)

    def _lay_out(self) -> None:
        self.head.addWidget(self.stream)
        self.patient = QWidget()
        inner = column(self.patient, gap=6)
        upper = line(gap=10)
        upper.addWidget(self.chip)
        upper.addWidget(self.name, 1)
        lower = line(gap=10)
        lower.addWidget(self.due)
        lower.addWidget(self.wait)
        lower.addStretch(1)
        inner.addLayout(upper)
        inner.addWidget(self.problem)
        inner.addLayout(lower)
        inner.addWidget(self.call)
        inner.addWidget(self.to_stream)
        inner.addWidget(self.then)
        self.body.addWidget(self.patient)
        self.body.addWidget(self.empty)
        # As high as a patient needs it, also while nobody is next: nothing below jumps.
        self.setMinimumHeight(216)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def show_load(self, load: HubLoad) -> None:
        """Show who is next in this hub for the person who works here."""
        profession = profession_of(self._session)
        call = next_to_call(load, profession)
        may_stream = self._session.may(Deed.STREAM)
        unstreamed = load.unstreamed[0] if may_stream and load.unstreamed else None
        self._shown, self._then = unstreamed or call, call if unstreamed else None
        row = self._shown
        self.patient.setVisible(row is not None)
        self.stream.setVisible(row is not None)
        self.empty.setVisible(row is None)
        if row is None:
            self._say_nobody(load)
            self.setAccessibleDescription("Nobody is next")
            return
        self._show_row(row)
        self._tick()

    def _say_nobody(self, load: HubLoad) -> None:
        if load.unstreamed:
            said = f"{len(load.unstreamed)} not streamed yet: the duty clinician streams them first."
            self.empty.say("stethoscope", said)
        elif load.here:
            self.empty.say("users", "Nobody waits to be called. Those who were called stand in the queue.")
        else:
            self.empty.say("circle-check", "Nobody waits here. Arrivals appear by themselves.")

    def _show_row(self, row: QueueRow) -> None:
        now = self._session.now()
        is_new = row.status is QueueStatus.ARRIVED
        self.stream.say(cells.group(row, now), "bad" if is_new else "info")
        self.chip.show_priority(row.priority)
        self.name.setText(name_of(row))
        about = (
            age_and_sex(row.birth_date, row.gender, now),
            row.problem,
            *(one.words for one in cells.flags(row)),
        )
        self.problem.setText(" · ".join(part for part in about if part))
        self.to_stream.setVisible(is_new)
        self.call.setVisible(not is_new)
        self.call.setEnabled(self._session.may(Deed.CALL_PATIENT))
        self.then.setVisible(self._then is not None)
        if self._then is not None:
            self.then.setText(f"To be called next (F2): {name_of(self._then)}")

    def _tick(self) -> None:
        """Count down."""
        row = self._shown
        if row is None:
            return
        now = self._session.now()
        at = runs_out_at(row)
        said = due_text(at, now) if at else "no time yet"
        self.due.setText(said[:1].upper() + said[1:])
        tone = due_tone(Due(at, row.arrived_at), now) if at else "plain"
        restyle(self.due, tone="" if tone in ("ok", "plain") else tone)
        self.wait.setText(f"here for {cells.waited(row, now)}")
        self.setAccessibleDescription(cells.spoken(row, now))

    def _take_on(self) -> None:
        row = self._shown
        if row is None:
            return
        if row.status is QueueStatus.ARRIVED:
            self.wanted.emit(row.id)
            self._session.commands.run("hub.stream")
        else:
            self._session.commands.run("hub.call_next")
