"""A scripted day in a program of its own, on the display that it is given: every key comes through xdotool.

python -m tests.end_to_end.played weekday --database URL --log FILE
"""

import argparse
import logging
import sys
import traceback
from types import TracebackType

import keyring
from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QScreen
from PySide6.QtWidgets import QApplication

import main
from db.engine import open_database
from tests.end_to_end.days import MODULES, day, timetable_of
from tests.end_to_end.driver import AtTheDesk
from tests.end_to_end.hands import PlayedClock, waited_for
from tests.end_to_end.ways import ThroughTheDisplay
from tests.support.keyring_in_memory import KeyringInMemory
from ui import theme
from ui.collector import Collector
from ui.main_window import MainWindow

_OF_AN_EMPTY_SCREEN = 8


class Wrong:
    """What went wrong without ending the day: Qt's warnings, and faults in what Qt called."""

    def __init__(self) -> None:
        self.said: list[str] = []
        qInstallMessageHandler(self._qt)
        sys.excepthook = self._fault

    def _qt(self, kind: QtMsgType, context: QMessageLogContext, words: str) -> None:
        if kind is not QtMsgType.QtDebugMsg and kind is not QtMsgType.QtInfoMsg:
            self.said.append(f"Qt: {words}")

    def _fault(self, kind: type[BaseException], fault: BaseException, where: TracebackType | None) -> None:
        self.said.append("".join(traceback.format_exception(kind, fault, where)))


def colours_of(screen: QScreen) -> int:
    """How many colours are on the display itself, looked at here and there."""
    seen = screen.grabWindow(0).toImage()
    return len({seen.pixel(x, y) for x in range(0, seen.width(), 3) for y in range(0, seen.height(), 3)})


def play(name: str, url: str) -> None:
    """Open the window as main.py does, on a clock that the day moves on, and pass the day."""
    app = QApplication(["doorstep"])
    theme.apply(app, "light")
    collector = Collector(app)
    collector.start()
    wanted, service = day(name), open_database(url)
    clock = PlayedClock(wanted.begins)
    window = MainWindow(lambda: main.compose(open_database(url), clock, (), is_training=False))
    window.resize(1366, 768)
    window.show()
    window.begin()
    assert waited_for(lambda: window.start.sign_in is not None), "The window did not open."
    try:
        wanted.play(AtTheDesk(window, ThroughTheDisplay(window), clock, timetable_of(service, clock)))
        assert colours_of(app.primaryScreen()) > _OF_AN_EMPTY_SCREEN, "Nothing is on the display."
    finally:
        window.close()
        collector.stop()
        service.close()


def run(words: list[str]) -> int:
    """Play the day that is asked for; gives 0 when it passed and nothing went wrong beside it."""
    asked = argparse.ArgumentParser()
    asked.add_argument("day", choices=list(MODULES))
    asked.add_argument("--database", required=True)
    asked.add_argument("--log", required=True)
    given = asked.parse_args(words)
    logging.basicConfig(filename=given.log, level=logging.INFO, format="%(levelname)s %(message)s")
    keyring.set_keyring(KeyringInMemory())  # as on a computer that has one: nothing is said of its absence
    wrong = Wrong()
    try:
        play(given.day, given.database)
    except BaseException as fault:  # noqa: BLE001 - it is told with all that went wrong beside it
        wrong.said.append("".join(traceback.format_exception(fault)))
    print("\n".join(wrong.said), file=sys.stderr)
    return 1 if wrong.said else 0


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
