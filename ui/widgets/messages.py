"""What a pane says when it has nothing to show, and what the window says after a step."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from ui.widgets.looks import IconLabel, column, label, line, restyle

_GAP = 40
_ICONS = {
    "plain": "info",
    "info": "info",
    "ok": "circle-check",
    "warn": "triangle-alert",
    "bad": "circle-alert",
}


COVERED = "covered"
"""Marks what is behind the cover of a locked window, and all that is in it."""


def announce(widget: QWidget, sentence: str, *, urgent: bool = False) -> None:
    """Let a screen reader say a sentence; an urgent one interrupts what it is saying.

    What cannot be read on a locked window is not read aloud from it either.
    """
    part: QWidget | None = widget
    while part is not None:
        if part.property(COVERED):
            return
        part = part.parentWidget()
    event = QAccessibleAnnouncementEvent(widget, sentence)
    polite = QAccessible.AnnouncementPoliteness
    event.setPoliteness(polite.Assertive if urgent else polite.Polite)
    QAccessible.updateAccessibility(event)


class EmptyState(QWidget):
    """An icon, a sentence and perhaps one thing to do; for empty, loading, failed and forbidden alike."""

    acted = Signal()

    def __init__(self, icon: str, sentence: str, action: str = "", parent: QWidget | None = None) -> None:
        """Without an action there is no button."""
        super().__init__(parent)
        whole = column(self, gap=12, margin=24)
        self._icon = IconLabel(icon, "mute", 36)
        self._sentence = label(sentence, "mute", wraps=True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._sentence.setMinimumWidth(200)
        self._sentence.setMaximumWidth(460)
        self.button = QPushButton(action)
        if not action:
            self.button.hide()
        self.button.clicked.connect(self.acted)
        whole.addStretch(1)
        whole.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignHCenter)
        # Between stretches, not aligned: only so is a long sentence given the height of all its lines.
        across = line(gap=0)
        across.addStretch(1)
        across.addWidget(self._sentence, 8)
        across.addStretch(1)
        whole.addLayout(across)
        whole.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        whole.addStretch(1)

    def say(self, icon: str, sentence: str, action: str = "") -> None:
        """Say something else."""
        self._icon.show_icon(icon, "mute")
        self._sentence.setText(sentence)
        self.button.setText(action)
        self.button.setVisible(bool(action))
        self._ask_for_lines()

    def minimumSizeHint(self) -> QSize:
        """As high as all lines of its sentence need in this width."""
        least = super().minimumSizeHint()
        inside = self.layout()
        # The stretches on both sides may take a pixel or two of the width, and so break a line more.
        wanted = inside.totalHeightForWidth(self.width() - _GAP) if inside is not None else 0
        return QSize(least.width(), max(least.height(), wanted))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._ask_for_lines()

    def _ask_for_lines(self) -> None:
        """A layout that is short of room takes it from whatever does not insist."""
        wanted = self._sentence.heightForWidth(self._sentence.width())
        self._sentence.setMinimumHeight(max(wanted, 0))  # none without words
        self.updateGeometry()


class Notice(QFrame):
    """One line above the boards that says what was done or refused, with an undo where it is safe."""

    dismissed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Hidden until it has something to say."""
        super().__init__(parent)
        self.setProperty("tone", "info")
        self._undo_step: Callable[[], None] | None = None
        whole = line(self, gap=10, margin=6)
        whole.setContentsMargins(12, 5, 6, 5)
        self._icon = IconLabel("info", "info", 18)
        self.sentence = label("", wraps=True)
        self.sentence.setObjectName("Sentence")
        self.undo = QPushButton("Undo")
        self.undo.clicked.connect(self._undo)
        self.close_button = QPushButton("Dismiss")
        for button in (self.undo, self.close_button):
            button.setProperty("look", "quiet")
        self.close_button.clicked.connect(self.dismiss)
        whole.addWidget(self._icon)
        whole.addWidget(self.sentence, 1)
        whole.addWidget(self.undo)
        whole.addWidget(self.close_button)
        self.hide()

    def say(self, sentence: str, tone: str = "info", undo: Callable[[], None] | None = None) -> None:
        """Show and announce a sentence; bad ones interrupt."""
        self._undo_step = undo
        self.sentence.setText(sentence)
        self.undo.setVisible(undo is not None)
        self._icon.show_icon(_ICONS[tone], tone)
        restyle(self, tone=tone)
        self.setAccessibleName(sentence)
        self.show()
        announce(self, sentence, urgent=tone == "bad")

    def offer(self, undo: Callable[[], None]) -> None:
        """Offer to undo what is said."""
        self._undo_step = undo
        self.undo.show()

    def dismiss(self) -> None:
        """Say nothing any more."""
        self._undo_step = None
        self.hide()
        self.dismissed.emit()

    def _undo(self) -> None:
        step = self._undo_step
        self.dismiss()
        if step is not None:
            step()
