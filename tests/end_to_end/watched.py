"""The console as people start it, telling line by line what has the keyboard: it is read, never moved.

python -m tests.end_to_end.watched open-demo --database URL
"""

import json
import sys

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QWidget

import main
from tests.end_to_end.hands import name_of
from ui.main_window import MainWindow

_LOOKS_EVERY_MS = 20


def watch(window: MainWindow) -> None:
    """Tell it whenever it has changed, as long as the window lives."""
    told = ""

    def tell() -> None:
        nonlocal told
        seen = json.dumps(look())
        if seen != told:
            told = seen
            print(seen, flush=True)

    timer = QTimer(window, interval=_LOOKS_EVERY_MS)
    timer.timeout.connect(tell)
    timer.start()


def look() -> dict[str, str]:
    """Give which window is in front, which of its fields has the keyboard, and what stands in that."""
    window, here = QApplication.activeWindow(), QApplication.focusWidget()
    return {
        "window": "" if window is None else window.windowTitle(),
        "field": "" if here is None else name_of(here) or type(here).__name__,
        "text": text_of(here),
    }


def text_of(field: QWidget | None) -> str:
    """What stands in a field."""
    if isinstance(field, QComboBox):
        return field.currentText()
    if isinstance(field, QPlainTextEdit):
        return field.toPlainText()
    return field.text() if isinstance(field, QLineEdit) else ""


if __name__ == "__main__":
    sys.exit(main.show(main.read(sys.argv[1:]), watch=watch))
