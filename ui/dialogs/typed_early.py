"""What is typed before a dialog has read what its fields begin with waits for them."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QDialog, QWidget

from ui.widgets.asked import focus_in, is_part_of
from ui.widgets.fields import begin_in

_TABS = frozenset({Qt.Key.Key_Tab, Qt.Key.Key_Backtab})
# Keys without a text of their own that belong to typing. Enter is not among them: it would press a button.
_OF_TYPING = _TABS | {
    *(Qt.Key.Key_Backspace, Qt.Key.Key_Delete, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home),
    *(Qt.Key.Key_End, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown),
}
_COMMAND = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
_ANY_COMMAND = _COMMAND | Qt.KeyboardModifier.MetaModifier
_NONE = Qt.KeyboardModifier.NoModifier


class TypedEarly(QWidget):
    """Has the keyboard of a dialog that cannot be typed into yet, and gives its keys to a field once it can.

    Else the button that Qt brings the keyboard to would have them: a space of an address pressed Cancel.
    """

    def __init__(self, dialog: QWidget) -> None:
        """Nothing is seen of it."""
        super().__init__(dialog)
        self.setFixedSize(0, 0)
        self.setAccessibleName("Wait: what is known is being read.")
        # A letter may be composed of several keys, as an accent is: the input method gives it then.
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        self._held: list[Callable[[], QKeyEvent | QInputMethodEvent]] = []
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
        for made in held:
            focused = focus_in(self.window())
            if focused is not None and focused is not self:
                _press_again(focused, made())

    @property
    def holds(self) -> bool:
        """Whether anything was typed."""
        return bool(self._held)

    def forget(self) -> None:
        """Take no more keys, and let go of those that came."""
        for part in self._taken_from:
            part.removeEventFilter(self)
        self._held.clear()
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep what is typed; keys of commands, Escape and those that scroll go on as they are."""
        if isinstance(event, QInputMethodEvent) and watched is self:
            if text := event.commitString():
                self._held.append(partial(_composed, text))
            return True
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return False
        # What is there to be read is left by Tab and gone through by the arrows, as everything is.
        if _is_text(event) or (watched is self and _is_of_typing(event)):
            key = (event.key(), event.modifiers(), event.text())
            self._held.append(partial(QKeyEvent, QEvent.Type.KeyPress, *key))
            return True
        return False


def _is_text(event: QKeyEvent) -> bool:
    """Whether it writes; Alt+2 is a command, and AltGr comes as Ctrl+Alt in some places."""
    is_command = event.modifiers() & _ANY_COMMAND not in (_NONE, _COMMAND)
    return bool(event.text()) and event.text().isprintable() and not is_command


def _is_of_typing(event: QKeyEvent) -> bool:
    return Qt.Key(event.key()) in _OF_TYPING or event.matches(QKeySequence.StandardKey.Paste)


def _composed(text: str) -> QInputMethodEvent:
    event = QInputMethodEvent()
    event.setCommitString(text)
    return event


def _press_again(focused: QWidget, event: QKeyEvent | QInputMethodEvent) -> None:
    """Press a key where the keyboard is; no button is pressed unseen, but a tick is set."""
    is_tab = isinstance(event, QKeyEvent) and Qt.Key(event.key()) in _TABS
    if isinstance(focused, QAbstractButton) and not is_tab:
        is_space = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Space
        if is_space and isinstance(focused, QCheckBox):
            focused.click()
    else:
        QCoreApplication.sendEvent(focused, event)


class FilledLater(QDialog):
    """A dialog that may be filled in the background; what is typed before waits until it is."""

    filled = Signal()  # what is read for it in the background stands in its fields

    def __init__(self, parent: QWidget | None) -> None:
        """Over the window `parent`."""
        super().__init__(parent)
        self._early: TypedEarly | None = None
        self._is_due = False  # what was typed has its field, and waits for the window to be in front again
        self._begins_in: QWidget | None = None
        self._put_first: list[Callable[[], None]] = []
        self.filled.connect(self._filled)

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

    def when_filled(self, put: Callable[[], None]) -> None:
        """Put something into its fields as soon as they are there, before what is typed meanwhile."""
        if self.is_filled:
            put()
        else:
            self._put_first.append(put)

    @Slot()
    def _filled(self) -> None:
        while self._put_first:
            self._put_first.pop(0)()
        self.give_keys()

    def give_keys(self, begins_in: QWidget | None = None) -> None:
        """Let what was typed too early be typed now, where the keyboard is, or in the field it `begins_in`.

        Whoever has clicked elsewhere meanwhile stays there. In a window that is not in front Tab would select
        nothing, and what follows it would go behind what stands there.
        """
        early, elsewhere = self._early, focus_in(self)
        self._begins_in, self._is_due = begins_in or elsewhere, early is not None and early.holds
        if early is None or (self._is_due and not self.isActiveWindow()):
            return
        self._early, first = None, self._begins_in
        if self._is_due and first is not elsewhere and is_part_of(self, first) and first is not None:
            begin_in(first)
        early.give()
        if self._is_due and first is not elsewhere and elsewhere not in (None, early):
            elsewhere.setFocus()
        self._is_due, self._begins_in = False, None

    def changeEvent(self, event: QEvent) -> None:
        """Go on where the answer came while another window was in front."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange and self._is_due and self.isActiveWindow():
            self.give_keys(self._begins_in)

    def wait_no_more(self) -> None:
        """Nothing comes that could be typed into: Tab goes through the buttons again."""
        self._is_due = False
        if self._early is not None:
            self._early.forget()
            self._early = None
