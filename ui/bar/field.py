"""The line of the command bar."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit


class BarField(QLineEdit):
    """The line: while it has the keyboard, no key reaches a command behind the bar."""

    pressed = Signal(Qt.Key)
    left = Signal()

    def event(self, event: QEvent) -> bool:
        """Take every key before it is a shortcut, and Tab before it leaves."""
        if event.type() is QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and self._moves(event):
            return True
        return super().event(event)

    def _moves(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key is Qt.Key.Key_K and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            key = Qt.Key.Key_Escape  # the key that opened it closes it
        if key not in _MOVES:
            return False
        self.pressed.emit(key)
        return True

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason):
            self.left.emit()


_MOVES = frozenset(
    {
        Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Tab,
        Qt.Key.Key_Backtab, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape,
    }
)  # fmt: skip
