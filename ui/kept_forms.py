"""Keeps what is being typed in the dialogs of one session, and opens them again with it after a crash."""

import datetime as dt
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from console.domain.refusals import Refused, Unreachable
from ui.background import Background, Failure
from ui.boards.countdown import Countdown

if TYPE_CHECKING:  # dialogs are loaded when one is wanted
    from console.services.kept_forms import FormStore, KeptForm
    from ui.dialogs.base import DecisionDialog

Result = TypeVar("Result")
_CANNOT = "What you are typing cannot be kept on this computer. Go on, and save it before you leave."


class KeptForms(QObject):
    """The forms of one person: those in open dialogs are written as they grow, those left are offered."""

    changed = Signal()  # what waits for an answer
    said = Signal(str, str)  # a sentence and its tone

    def __init__(
        self,
        store: "FormStore | None",
        login: str,
        countdown: Countdown,
        now: Callable[[], dt.datetime],
        parent: QObject | None = None,
    ) -> None:
        """Nothing is read or written before it is asked for."""
        super().__init__(parent)
        self.store, self.login, self.now = store, login, now
        self.countdown = countdown
        self.waiting: list[KeptForm] = []
        # Of its own: a database that does not answer must not hold up what is typed meanwhile.
        self.background = Background(self, workers=1)
        self._has_said = False
        self.in_dialogs: set[str] = set()

    def look(self) -> None:
        """Ask what this person had typed when a window of theirs went."""
        if (store := self.store) is not None:
            self.background.run(
                lambda: store.left(self.login), self._found, self.failed, refused=self.refused, owner=self
            )

    def _found(self, answer: "tuple[list[KeptForm], str]") -> None:
        self.waiting, note = answer
        if note and not self._has_said:
            self._has_said = True
            self.said.emit(note, "info")
        self.changed.emit()

    def attach(self, dialog: "DecisionDialog", opens: dict[str, Any], form_id: str | None = None) -> None:
        """Keep what is typed in a dialog from now on, until it is entered or thrown away."""
        if self.store is not None:
            dialog.keeper = Keeper(self, dialog, opens, form_id or os.urandom(16).hex())

    def keep_now(self, dialog: QWidget) -> None:
        """Write what stands in a dialog that is about to go without an answer."""
        keeper = getattr(dialog, "keeper", None)
        if isinstance(keeper, Keeper):
            keeper.look()

    def take(self, form: "KeptForm") -> None:
        """A dialog holds this form again."""
        self.waiting = [one for one in self.waiting if one.id != form.id]
        if self.store is not None:
            self.store.reopen(form.id)
        self.changed.emit()

    def throw_away(self, form: "KeptForm") -> None:
        """Remove a form that nobody wants."""
        self.waiting = [one for one in self.waiting if one.id != form.id]
        self.discard(form.id)
        self.changed.emit()

    def keep(self, form: "KeptForm") -> None:
        """Write a form beside this thread."""
        if (store := self.store) is not None:
            self.background.run(lambda: store.keep(form), None, self.failed, refused=self.refused, owner=self)

    def discard(self, form_id: str) -> None:
        """Remove a form beside this thread."""
        if (store := self.store) is not None:
            self.background.run(lambda: store.discard(form_id), None, self.failed, owner=self)

    def refused(self, refusal: Refused) -> None:
        """Say once why it cannot be kept: it is tried again with every second of typing."""
        if not self._has_said:
            self._has_said = True
            self.said.emit(str(refusal), "warn")

    def failed(self, _: Failure) -> None:
        """Whatever goes wrong here must not stop what is being typed."""
        self.refused(Refused(_CANNOT))

    def stop(self) -> None:
        """Do what is on its way, and no more: what was thrown away must not be offered again."""
        self.background.stop(drops_waiting=False)
        if self.store is not None:
            for form_id in self.in_dialogs:
                self.store.close_dialog(form_id)


class Keeper(QObject):
    """Looks once a second at what stands in a dialog."""

    def __init__(
        self, forms: KeptForms, dialog: "DecisionDialog", opens: dict[str, Any], form_id: str
    ) -> None:
        super().__init__(dialog)
        self._forms, self._dialog, self._id = forms, dialog, form_id
        self.opens = opens
        self._kept: list[dict[str, Any]] | None = None
        self._is_unsure = False
        forms.in_dialogs.add(form_id)
        forms.countdown.ticked.connect(self.look)
        dialog.finished.connect(self._end)

    @Slot()
    def look(self) -> None:
        """Write what has grown since the last look."""
        values = None if self._dialog.is_busy else self._dialog.typed()
        if values is not None and values != self._kept:
            self._kept = values
            self._forms.keep(self._form(values))

    def saving(self, work: Callable[[], Result]) -> Callable[[], Result]:
        """Let the work begin by writing that it is on its way, and end by removing the form.

        Whatever kills the console in between: a form that may have been entered is never offered as one that
        was not.
        """
        store, values = self._forms.store, self._dialog.typed()
        self._kept = None  # refused, it is written again with the next second
        if store is None:
            return work
        form = None if values is None else replace(self._form(values), is_saving=True)

        def kept() -> Result:
            if form is not None:
                with suppress(Refused):  # said already while it was typed
                    store.keep(form)
            try:
                result = work()
            except Unreachable:
                self._is_unsure = True  # the answer may be all that was lost
                raise
            store.discard(self._id)
            return result

        return kept

    def renew(self) -> None:
        """What was typed is entered and done with; what is typed from now on is a form of its own."""
        self._forms.in_dialogs.discard(self._id)
        self._forms.discard(self._id)
        self._id = os.urandom(16).hex()
        self._forms.in_dialogs.add(self._id)
        self._kept, self._is_unsure = None, False

    def _form(self, values: list[dict[str, Any]]) -> "KeptForm":
        from console.services.kept_forms import KeptForm

        title, about = self._dialog.windowTitle(), getattr(self._dialog, "who", "")
        login, now = self._forms.login, self._forms.now()
        return KeptForm(self._id, login, title, str(about), self.opens, now, values, self._is_unsure)

    @Slot()
    def _end(self) -> None:
        self._forms.countdown.ticked.disconnect(self.look)
        self._forms.in_dialogs.discard(self._id)
        self._forms.discard(self._id)
