"""A console's real window for a whole day: it signs in, goes round its workspaces, tells what Qt warns of.

Run by bench.day, which ends it; it ends by itself when its input does.
"""

import itertools
import sys
import threading
from typing import TYPE_CHECKING

import main as console
from console.domain.words import Role

if TYPE_CHECKING:  # the console itself loads Qt, in its own way
    from ui.main_window import MainWindow

QT = "QT WARNING"
# The platform without a screen says so of itself whenever a window is resized.
OF_NO_SCREEN = "This plugin does not support propagateSizeHints()"
ROUND_MS = 5000
PLACES = {
    Role.COORDINATOR: ("board", "hub", "reports"),
    Role.CLINICIAN: ("board", "hub"),
    Role.SUPERVISOR: ("load", "board"),
}


def main() -> int:
    """Open the window as `main.py open` does."""
    role, *words = sys.argv[1:]
    return console.show(console.read(["open", *words]), lambda window: work_in(window, Role(role)))


def work_in(window: "MainWindow", role: Role) -> None:
    """Sign in when asked, go round, and end with the input."""
    from PySide6.QtCore import (
        QMessageLogContext,
        QObject,
        Qt,
        QTimer,
        QtMsgType,
        Signal,
        qInstallMessageHandler,
    )

    class End(QObject):
        """Brings the end of the input onto the window's thread."""

        came = Signal()

    def tell(kind: QtMsgType, _where: QMessageLogContext, words: str | None) -> None:
        if words != OF_NO_SCREEN:
            sys.stderr.write(f"{QT} {kind.name}: {words}\n")

    def sign_in() -> None:
        person = next(one for one in window.people if role in one.roles)
        window.sign_in(person, role)
        print("ready", flush=True)

    def go_on() -> None:
        if window.page is not None:
            window.page.go_to(next(places))

    def wait() -> None:
        sys.stdin.read()
        end.came.emit()

    qInstallMessageHandler(tell)
    window.remembers = False
    window.start.asked.connect(sign_in)
    window.faulted.connect(lambda why: sys.stderr.write(f"FAULT {why}\n"))
    places = itertools.cycle(PLACES[role])
    rounds = QTimer(window, interval=ROUND_MS)
    rounds.timeout.connect(go_on)
    rounds.start()
    end = End(window)
    end.came.connect(window.close, Qt.ConnectionType.QueuedConnection)
    threading.Thread(target=wait, daemon=True).start()


if __name__ == "__main__":
    sys.exit(main())
