"""A choice that is typed by its key: two letters for a step, initials for a person."""

from collections.abc import Sequence
from typing import TypeVar

from PySide6.QtWidgets import QWidget

from ui.widgets.fields import ChoiceField

Value = TypeVar("Value")


class KeyedChoice(ChoiceField[Value]):
    """What is typed means the option of that key; else, as in every choice, the only one it is a part of."""

    def __init__(self, options: Sequence[tuple[Value, str, str]] = (), parent: QWidget | None = None) -> None:
        """Each option is (value, key, text)."""
        self._keys: list[str] = []
        super().__init__((), parent)
        self.offer_keyed(options)

    def offer_keyed(self, options: Sequence[tuple[Value, str, str]]) -> None:
        """Offer other options; what was chosen or typed stays, as far as it is among them."""
        before = self._before()
        self._keys = []
        self._replace([(value, f"{key}   {text}") for value, key, text in options])
        self._keys = [key.casefold() for _, key, _ in options]
        self._restore(*before)

    def value(self) -> Value | None:
        """The option of the typed key, when there is exactly one; else what any choice would give."""
        typed = self.currentText().strip().casefold()
        meant = [place for place, key in enumerate(self._keys) if key == typed]
        if len(meant) == 1 and meant[0] < len(self._values):
            return self._values[meant[0]]
        return None if meant else super().value()

    def read(self) -> Value | None:
        """The option; a key that several share is said."""
        typed = self.currentText().strip().casefold()
        if typed and self._keys.count(typed) > 1:
            raise ValueError(f"Several are {self.currentText().strip().upper()}: type more of the name.")
        return super().read()
