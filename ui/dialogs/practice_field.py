"""A field that finds a practice by name, code or postcode while one types."""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QStringListModel, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from ui.session import Session

_PAUSE_MS = 150
_SHORTEST = 2


class Practice(Protocol):
    """A practice as the desk finds it."""

    @property
    def id(self) -> int:
        """Its id."""

    @property
    def ods_code(self) -> str:
        """Its ODS code."""

    @property
    def name(self) -> str:
        """Its name."""

    @property
    def postcode(self) -> str | None:
        """Where it is."""


def practice_words(practice: Practice) -> str:
    """Sea Road Surgery, CT21 5AA (G82696)."""
    place = f", {practice.postcode}" if practice.postcode else ""
    return f"{practice.name}{place} ({practice.ods_code})"


class PracticeField(QLineEdit):
    """Type a part of the name, the code or the postcode, then choose; `settled` when one is chosen."""

    settled = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Empty."""
        super().__init__(parent)
        self.setPlaceholderText("Name, code or postcode")
        self._session = session
        self._found: dict[str, int] = {}
        self._asked = self._answered = ""
        self._settled_from = ("", "")  # the practice that took the place of what was being typed, and that
        self._model = QStringListModel(self)
        finder = QCompleter(self._model, self)
        finder.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        finder.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(finder)
        if (popup := finder.popup()) is not None:
            popup.setObjectName("Choices")
        finder.activated.connect(self._chosen)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._search)
        self.textEdited.connect(self._typed)
        self.editingFinished.connect(self._search)

    def put(self, practice_id: int, words: str) -> None:
        """Show a practice that is known."""
        self._found = {words: practice_id}
        self.setText(words)

    def kept(self) -> dict[str, object]:
        """What was typed, and which practice it means."""
        return {"text": self.text(), "id": self._found.get(self.text().strip())}

    def put_back(self, kept: dict[str, object]) -> None:
        """Show it again; the practice need not be found once more."""
        text, practice_id = str(kept["text"]), kept["id"]
        if isinstance(practice_id, int):
            self.put(practice_id, text)
        else:
            # It is looked for anew: what was found meanwhile has nothing to do with it.
            self._found, self._asked, self._answered = {}, "", ""
            self.setText(text)
            self._pause.start()
        self.setModified(True)

    @property
    def is_settled(self) -> bool:
        """Whether what stands here is one practice."""
        return self.text() in self._found

    def read(self) -> int | None:
        """The id of the practice, or None; ValueError while it is not one of those that were found."""
        typed = self.text().strip()
        if not typed or typed in self._found:
            return self._found.get(typed)
        if self._asked != self._answered or self._pause.isActive():
            raise ValueError("Still looking for this practice: try again in a moment.")
        if not self._found:
            raise ValueError(
                "No practice is found by that. Try its code or postcode, or say why there is none."
            )
        raise ValueError("Several practices fit: choose one of the list.")

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Whoever leaves the practice that was found has meant it."""
        super().focusOutEvent(event)
        self._settled_from = ("", "")

    @Slot(str)
    def _typed(self, text: str) -> None:
        """Whoever had not finished when a practice was found types on behind their own words."""
        practice, own = self._settled_from
        self._settled_from = ("", "")
        if practice and text != practice and (text.startswith(practice) or text == practice[:-1]):
            self.setText(own + text[len(practice) :] if len(text) > len(practice) else own[:-1])
            self.setModified(True)
        self._pause.start()

    @Slot()
    def _search(self) -> None:
        self._pause.stop()
        typed = self.text().strip()
        if len(typed) < _SHORTEST or typed in self._found or typed == self._asked:
            return
        self._asked = typed
        self._session.background.run(
            lambda: (typed, self._session.desk.referrals.find_practices(typed)),
            self._show,
            self._nothing,
            refused=self._nothing,
            owner=self,
        )

    def _show(self, answer: tuple[str, Sequence[Practice]]) -> None:
        asked, practices = answer
        self._answered = asked
        if asked != self.text().strip():
            return
        self._found = {practice_words(one): one.id for one in practices}
        self._model.setStringList(list(self._found))
        only = _the_one(asked, practices)
        if only is not None and (len(practices) == 1 or not self.hasFocus()):
            if self.hasFocus():
                self._settled_from = (practice_words(only), self.text())
            self.setText(practice_words(only))
            self.setModified(True)
            # The list of what was typed before stands over the field no more: Tab goes on at once.
            if (popup := self.completer().popup()) is not None:
                popup.hide()
            self.settled.emit()
        elif self.hasFocus() and practices:
            self.completer().complete()

    def _nothing(self, _: object) -> None:
        self._answered = self._asked
        self._found = {}

    @Slot(str)
    def _chosen(self, _: str) -> None:
        self.settled.emit()


def _the_one(typed: str, practices: Sequence[Practice]) -> Practice | None:
    """The only one found, or the one of which the whole code was typed."""
    if len(practices) == 1:
        return practices[0]
    return next((one for one in practices if one.ods_code.lower() == typed.lower()), None)
