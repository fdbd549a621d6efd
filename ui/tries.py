"""How often somebody tried a password in vain: after some tries the next one has to wait."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QPushButton

_FREE, _FIRST_WAIT_S, _LONGEST_WAIT_S = 3, 2, 30


class Tries(QObject):
    """Keeps the button off as long as the wait lasts."""

    def __init__(self, button: QPushButton) -> None:
        """Nothing was tried yet."""
        super().__init__(button)
        self._button = button
        self._in_vain = 0
        self._wait = QTimer(self, singleShot=True)
        self._wait.timeout.connect(self._let_try)

    @property
    def is_waiting(self) -> bool:
        """Whether the next try has to wait."""
        return self._wait.isActive()

    def told(self, reasons: Sequence[str], *, counts: bool) -> str:
        """Give what to say to a try in vain; what was nobody's mistake does not count."""
        self._in_vain = self._in_vain + 1 if counts else 0
        over = self._in_vain - _FREE
        if over < 0:
            return " ".join(reasons)
        wait_s = min(_FIRST_WAIT_S * 2**over, _LONGEST_WAIT_S)
        self._button.setEnabled(False)
        self._wait.start(wait_s * 1000)
        return " ".join([*reasons, f"You can try again in {wait_s} seconds."])

    def _let_try(self) -> None:
        self._button.setEnabled(True)
