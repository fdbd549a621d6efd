"""What is typed before a dialog has read what its fields begin with waits for them."""

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QWidget

from ui.widgets.asked import focus_in

# Keys without a text of their own that belong to typing. Enter is not among them: it would press a button.
_OF_TYPING = frozenset({Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Backspace, Qt.Key.Key_Delete})


class TypedEarly(QWidget):
    """Has the keyboard of a dialog that cannot be typed into yet, and gives its keys to a field once it can.

    Else the button that Qt brings the keyboard to would have them: a space of an address pressed Cancel.
    """

    def __init__(self, dialog: QWidget) -> None:
        """Nothing is seen of it."""
        super().__init__(dialog)
        self.setFixedSize(0, 0)
        self.setAccessibleName("Wait: what is known is being read.")
        self._held: list[tuple[int, Qt.KeyboardModifier, str]] = []
        self._taken_from: list[QWidget] = []
        self.take_from(self)
        self.show()

    def take_from(self, *parts: QWidget) -> None:
        """Take the keys of these parts too, which have no use for them."""
        for part in parts:
            part.installEventFilter(self)
            self._taken_from.append(part)

    def give(self) -> None:
        """Let every key be pressed again where the keyboard is by now, and take no more."""
        held = list(self._held)
        self.forget()
        for key in held:
            focused = focus_in(self.window())
            if focused is not None and focused is not self:
                QCoreApplication.sendEvent(focused, QKeyEvent(QEvent.Type.KeyPress, *key))

    def forget(self) -> None:
        """Take no more keys, and let go of those that came."""
        for part in self._taken_from:
            part.removeEventFilter(self)
        self._held.clear()
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep what is typed; keys of commands, Escape and those that scroll go on as they are."""
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return False
        is_text = bool(event.text()) and event.text().isprintable()
        # What is there to be read is left by Tab, as everything is.
        if is_text or (watched is self and Qt.Key(event.key()) in _OF_TYPING):
            self._held.append((event.key(), event.modifiers(), event.text()))
            return True
        return False


class FilledLater(QDialog):
    """A dialog that may be filled in the background; what is typed before waits until it is."""

    filled = Signal()  # what is read for it in the background stands in its fields

    def __init__(self, parent: QWidget | None) -> None:
        """Over the window `parent`."""
        super().__init__(parent)
        self._early: TypedEarly | None = None
        self.filled.connect(self.give_keys)

    @property
    def is_filled(self) -> bool:
        """Whether its fields are there; a dialog that reads them first says so, and gives `filled` later."""
        return True

    @property
    def takes_keys(self) -> bool:
        """Whether one can type here yet; what is typed before waits."""
        return self.is_filled

    def hold_keys(self, *parts: QWidget) -> None:
        """Keep what is typed here, or in these parts of it, until there is a field to type into."""
        if self._early is None:
            self._early = TypedEarly(self)
            self._early.setFocus(Qt.FocusReason.OtherFocusReason)
        self._early.take_from(*parts)

    @Slot()
    def give_keys(self) -> None:
        """Let what was typed too early be typed now, where the keyboard is."""
        if self._early is not None:
            self._early.give()
            self._early = None

    def wait_no_more(self) -> None:
        """Nothing comes that could be typed into: Tab goes through the buttons again."""
        if self._early is not None:
            self._early.forget()
            self._early = None
