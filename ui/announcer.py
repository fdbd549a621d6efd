"""Reads aloud what is new and urgent, a burst of it in one breath: nobody hears a storm."""

from collections.abc import Callable, Hashable
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QWidget

from console.domain.alarms import BURST, Sound
from ui.widgets.messages import announce

# What comes with one change, by several ways, is gathered for so long.
GATHERS_MS = 300
_BURST_MS = int(BURST.total_seconds() * 1000)
_MOST_SAID = 3


class Say(Protocol):
    """Lets a screen reader say a sentence; an urgent one interrupts what it is saying."""

    def __call__(self, widget: QWidget, sentence: str, *, urgent: bool = False) -> None:
        """Say it."""


class Announcer(QObject):
    """Says the gravest first and how much more there is; then waits, unless something graver comes."""

    def __init__(self, widget: QWidget, say: Say = announce) -> None:
        """Speak for this widget."""
        super().__init__(widget)
        self._widget, self._say = widget, say
        self._waiting: dict[Hashable, tuple[Sound, str]] = {}
        self._said: Sound | None = None
        self._pause = QTimer(self, singleShot=True)
        self._pause.timeout.connect(self.speak)

    def add(self, about: Hashable, sound: Sound, words: Callable[[], str]) -> None:
        """Something new about somebody; of what is said of the same one, the gravest is kept."""
        before = self._waiting.get(about)
        if before is not None and before[0].gravity <= sound.gravity:
            return
        self._waiting[about] = sound, words()
        is_graver = self._said is not None and sound.gravity < self._said.gravity
        if is_graver or not self._pause.isActive():
            self._pause.start(GATHERS_MS)

    @Slot()
    def speak(self) -> None:
        """Say what has gathered, and begin to wait; with nothing to say, be ready."""
        waiting = sorted(self._waiting.values(), key=lambda one: one[0].gravity)
        self._waiting.clear()
        self._said = waiting[0][0] if waiting else None
        if waiting:
            more = len(waiting) - _MOST_SAID
            said = [words for _, words in waiting[:_MOST_SAID]] + ([f"And {more} more."] if more > 0 else [])
            self._say(self._widget, " ".join(said), urgent=True)
            self._pause.start(_BURST_MS)

    def stop(self) -> None:
        """Say nothing any more."""
        self._pause.stop()
        self._waiting.clear()
