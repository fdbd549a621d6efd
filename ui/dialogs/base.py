"""The dialog for a decision that must be finished: opened, never waited for."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from console.domain.refusals import OtherVersion, Refused, Unreachable
from ui.actions import LOCK_KEY
from ui.background import FAULT, Background, Failure, carried
from ui.dialogs.leaving import LeaveQuestion, holds_typed_text
from ui.dialogs.typed_early import FilledLater
from ui.widgets.action_bar import KeyButton
from ui.widgets.asked import focus_in, is_part_of, next_by_tab, screen_of
from ui.widgets.busy_bar import BusyBar
from ui.widgets.fields import ChoiceField, begin_in
from ui.widgets.looks import column, label, line
from ui.widgets.messages import announce
from ui.widgets.scrolled import Scrolled
from ui.widgets.typed_values import put_values, typed_values

if TYPE_CHECKING:
    from ui.kept_forms import Keeper

Result = TypeVar("Result")
# What a screen keeps for the frame of the window and the bars of the desktop; the least height of a body. On
# a low screen, such as 1366x768 at 200 %, both are closer, so that more of the body is in sight.
_AROUND, _AROUND_LOW, _LOW, _LEAST = 72, 44, 480, 90
_FAULT = (
    "That did not work because of a fault in the program. What you typed is still here: try again, "
    "or tell your administrator."
)
_KEPT = "What you typed stays here."


class DecisionDialog(FilledLater):
    """A title, a sentence, a body, one primary button; Ctrl+Enter submits, Escape leaves.

    A subclass fills `body` and overrides `submit`, which usually ends in `perform`. What was typed stays when
    the step is refused.
    """

    submitted = Signal()

    def __init__(
        self, parent: QWidget | None, title: str, sentence: str, primary: str, *, look: str = "primary"
    ) -> None:
        """`primary` is the verb on the button; look is primary or danger."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setMinimumWidth(460)
        self._is_busy = False
        self.keeper: Keeper | None = None  # of what is typed here, over a crash
        self._focused: QWidget | None = None
        self.chosen_already: tuple[ChoiceField[Any], ...] = ()  # the keyboard begins behind them
        self._is_low = screen_of(self).availableGeometry().height() < _LOW
        self._whole = whole = (
            column(self, gap=8, margin=12) if self._is_low else column(self, gap=12, margin=20)
        )
        whole.addWidget(label(title, "title", wraps=True))
        self.sentence = label(sentence, "mute", wraps=True)
        whole.addWidget(self.sentence)
        self.sentence.setVisible(bool(sentence))
        self._inside = QWidget()
        self.body = column(self._inside, gap=12)
        # Room for the focus ring at the edge of the scroll area.
        self.body.setContentsMargins(2, 2, 8, 2)
        self._scroll = Scrolled(self._inside)
        self._scroll.setMinimumHeight(_LEAST)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._inside.installEventFilter(self)
        whole.addWidget(self._scroll, 1)
        self.error = label("", "error", wraps=True)
        self.error.hide()
        whole.addWidget(self.error)
        self._progress = BusyBar()
        self._progress.hide()
        whole.addWidget(self._progress)
        self._foot(primary, look)
        whole.addWidget(self._buttons)
        self._question = LeaveQuestion()
        self._question.stayed.connect(self._stay)
        self._question.left.connect(self._leave)
        whole.addWidget(self._question)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self).activated.connect(self._submit)
        QShortcut(QKeySequence(LOCK_KEY), self).activated.connect(self._lock)

    def _foot(self, primary: str, look: str) -> None:
        self.cancel = KeyButton("Cancel", "Esc")
        self.primary = KeyButton(primary, "Ctrl+Return", look)
        self.cancel.clicked.connect(self.reject)
        self.primary.clicked.connect(self._submit)
        self._buttons = QWidget()
        buttons = line(self._buttons, gap=8)
        buttons.addStretch(1)
        for button in (self.cancel, self.primary):
            # Enter in a field must not submit by accident; on a focused button it presses that button.
            button.setAutoDefault(False)
            buttons.addWidget(button)

    def _lock(self) -> None:
        """Lock the window over which this is open."""
        part = self.parentWidget()
        while part is not None and not hasattr(part, "lock_now"):
            part = part.parentWidget()
        if part is not None:
            part.lock_now()

    def add_button(self, button: QWidget) -> None:
        """Put a further button before the primary one."""
        row = self._buttons.layout()
        if isinstance(row, QHBoxLayout):
            row.insertWidget(row.count() - 1, button)

    def put_above(self, widget: QWidget) -> None:
        """Put something between what the dialog is about and its body."""
        self._whole.insertWidget(self._whole.indexOf(self._scroll), widget)

    def submit(self) -> None:
        """Check what was entered and carry it out; without an override the signal alone is given."""

    def perform(
        self, background: Background, work: Callable[[], Result], then: Callable[[Result], None] | None = None
    ) -> None:
        """Do the work off the GUI thread; close when it is done, or say why not and keep what was typed."""
        self.set_busy(busy=True)

        def done(result: Result) -> None:
            self.set_busy(busy=False)
            self.accept()
            if then is not None:
                then(result)

        step = carried(work)
        kept = step if self.keeper is None else self.keeper.saving(step)
        background.run(kept, done, self._failed, refused=self._refused, owner=self)

    def show_error(self, *sentences: str) -> None:
        """Say below the body why it cannot be done; without sentences the line goes."""
        self.error.setText("\n".join(sentences))
        if self.isVisible():
            self._scroll.setMinimumHeight(_LEAST)  # the body gives way, so that the buttons stay in sight
        self.error.setVisible(bool(sentences))
        if self.isVisible():
            self._fit()
        if sentences:
            announce(self, " ".join(sentences), urgent=True)

    def show_refusal(self, refusal: Refused) -> None:
        """Say why it was refused; when the database is away, also that nothing typed is lost by it."""
        self.nothing_comes()
        kept = (_KEPT,) if isinstance(refusal, Unreachable | OtherVersion) else ()
        self.show_error(*refusal.reasons, *kept)

    def nothing_comes(self) -> None:
        """Where its fields could not be read, the keyboard goes through the buttons, from Cancel on."""
        if not self.is_filled:
            self.wait_no_more()
            self.cancel.setFocus()

    def set_busy(self, *, busy: bool) -> None:
        """While busy nothing can be changed, submitted or left: the step is on its way."""
        self._is_busy = busy
        if busy:
            self._focused = focus_in(self)
        for part in (self._inside, self.primary, self.cancel):
            part.setEnabled(not busy)
        self._progress.setVisible(busy)
        if not busy:
            self._focus_again()

    def typed(self) -> list[dict[str, Any]] | None:
        """What stands in its fields, once somebody has typed a text; None before."""
        is_wanted = self.is_filled and holds_typed_text(self._inside, to_keep=True)
        return typed_values(self._inside) if is_wanted else None

    def put_back(self, values: list[dict[str, Any]]) -> None:
        """Put what was kept of a dialog of this kind into its fields; nothing is entered by it."""
        put_values(self._inside, values)

    @property
    def is_busy(self) -> bool:
        """Whether the step is on its way."""
        return self._is_busy

    def reject(self) -> None:
        """Leave, unless the step is on its way; a half-typed form is not thrown away unasked."""
        if self._is_busy or self._question.isVisible():
            return
        if not holds_typed_text(self._inside):
            super().reject()
            return
        self._focused = focus_in(self)
        self._buttons.hide()
        self._question.ask()

    def _stay(self) -> None:
        self._question.hide()
        self._buttons.show()
        self._focus_again()

    def _focus_again(self) -> None:
        """Go back to where the keyboard was, if that is still there: sections of a form come and go."""
        if self._focused is not None and is_part_of(self, self._focused):
            self._focused.setFocus()
        self._focused = None

    def _leave(self) -> None:
        self._question.hide()
        super().reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focused = focus_in(self)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            if isinstance(focused, QPushButton):
                focused.click()
            return
        super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Make room for the body, as far as the screen has it, and begin where something is to be said."""
        if not event.spontaneous():
            self._fit()
            self._begin_somewhere()
        super().showEvent(event)

    def _begin_somewhere(self) -> None:
        if not self.takes_keys:
            self.hold_keys()
            return
        first = next_by_tab(self._inside)
        while first is not self._inside and first is not None:
            if self._can_begin_in(first):
                begin_in(first)
                break
            first = next_by_tab(first)

    def _can_begin_in(self, field: QWidget) -> bool:
        """Whether it takes the keyboard now, and nobody has answered it for the person."""
        chosen = [one for one in self.chosen_already if one.value() is not None]
        if any(one is field or one.isAncestorOf(field) for one in chosen):
            return False
        can_be_used = field.isVisibleTo(self) and field.isEnabled()
        is_here = can_be_used and self._inside.isAncestorOf(field)
        return is_here and bool(field.focusPolicy() & Qt.FocusPolicy.TabFocus)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A body that has grown by an error or a question gets its room, as far as there is any."""
        if event.type() is QEvent.Type.LayoutRequest and watched is self._inside and self.isVisible():
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        """Make the dialog as high as its body asks; it never shrinks while somebody works in it."""
        room = screen_of(self).availableGeometry().height() - (_AROUND_LOW if self._is_low else _AROUND)
        width = max(self.width() if self.isVisible() else 0, self.minimumWidth())
        wanted = self._inside.sizeHint().height()
        if self.body.hasHeightForWidth():
            wanted = self.body.totalHeightForWidth(width - 60)
        now = max(self._scroll.sizeHint().height(), self._scroll.minimumHeight())
        rest = self._whole.totalHeightForWidth(width) - now
        self._scroll.setMinimumHeight(max(min(wanted + 4, room - rest), _LEAST))
        height = rest + self._scroll.minimumHeight()
        before = self.size()
        self.resize(width, max(height, self.height() if self.isVisible() else 0))
        if self.isVisible() and self.size() != before:
            self._keep_on_screen()

    def _keep_on_screen(self) -> None:
        """Its buttons stay in sight: what is read in the background makes it grow where it stands."""
        room, taken = screen_of(self).availableGeometry(), self.frameGeometry()
        left = max(room.left(), min(taken.left(), room.right() - taken.width() + 1))
        top = max(room.top(), min(taken.top(), room.bottom() - taken.height() + 1))
        if (left, top) != (taken.left(), taken.top()):
            self.move(left, top)

    def _submit(self) -> None:
        if not self._is_busy and not self._question.isVisible():
            self.show_error()
            if isinstance(focused := focus_in(self), ChoiceField):
                focused.settle()  # what belongs to another choice is not done with what was typed just now
            self.submitted.emit()
            self.submit()

    def _refused(self, refusal: Refused) -> None:
        self.set_busy(busy=False)
        self.show_refusal(refusal)

    def _failed(self, failure: Failure) -> None:
        self.set_busy(busy=False)
        self.nothing_comes()
        self.show_error(_FAULT if self.is_filled else FAULT)
        self.error.setToolTip(failure.details)
