"""The console's own window, signed in by itself, that tells when what was painted."""

import sys
import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QPaintEvent

from bench.changes import number_of
from bench.figures import resident_mb
from bench.frames import Frames, worked_ms
from ui.main_window import MainWindow

if TYPE_CHECKING:  # loading more than the console itself does would be measured as its start
    from ui.boards.referrals import ReferralsPane


class Watching(QObject):
    """Signs the first person in, notes which rows of the referrals are painted, and closes when told."""

    input_ended = Signal()

    def __init__(self, window: MainWindow, *, is_start: bool) -> None:
        super().__init__(window)
        self._window, self._is_start = window, is_start
        self.frames = Frames(window)
        self.rows_at: int | None = None
        self.handed: list[tuple[int, int]] = []
        self._pane: ReferralsPane | None = None
        self._seen: set[int] = set()
        self._painting: list[int] = []
        self._has_rows, self._rss_mb, self._rows_worked_ms = False, 0.0, 0.0
        window.start.asked.connect(self._sign_in)
        window.start.failed.connect(self._give_up)
        window.faulted.connect(self._give_up)
        window.signed_in.connect(self._look_at_board)
        self.frames.painted.connect(self._painted)
        self.input_ended.connect(window.close, Qt.ConnectionType.QueuedConnection)

    def _sign_in(self) -> None:
        person = self._window.people[0]
        self._window.sign_in(person, person.roles[0])

    def _give_up(self, why: str) -> None:
        sys.stderr.write(f"{why}\n")
        self._window.close()

    def _look_at_board(self) -> None:
        from ui.boards.board import BoardWorkspace

        board = self._window.findChild(BoardWorkspace)
        assert isinstance(board, BoardWorkspace)
        self._pane = board.referrals
        self._pane.view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Note which rows the table is about to paint; their state cannot change before it has."""
        if self._pane is not None and isinstance(event, QPaintEvent):
            self._note(self._pane, event)
        return False

    def _note(self, pane: "ReferralsPane", event: QPaintEvent) -> None:
        view, model = pane.view, pane.model
        self._has_rows |= model.rowCount() > 0
        box = event.region().boundingRect()
        first, last = view.rowAt(box.top()), view.rowAt(box.bottom())
        for place in range(max(first, 0), (last if last >= 0 else model.rowCount() - 1) + 1):
            number = number_of(model.at(place).problem)
            if number and event.region().intersects(view.visualRect(model.index(place, 1))):
                self._painting.append(number)

    def _painted(self, at: int) -> None:
        self.handed += [(number, at) for number in self._painting if number not in self._seen]
        self._seen.update(self._painting)
        self._painting.clear()
        if self._has_rows and self.rows_at is None:
            self.rows_at, self._rss_mb, self._rows_worked_ms = at, resident_mb(), worked_ms()
            self._ready()

    def _ready(self) -> None:
        if self._is_start:
            self._window.close()
        else:
            print("ready", flush=True)
            threading.Thread(target=self._wait_for_end, daemon=True).start()

    def start(self) -> dict[str, float | None]:
        """Give when shell and rows were painted, and the memory that is in use now."""
        return {
            "shell_at": self.frames.first_at,
            "rows_at": self.rows_at,
            "worked_ms": self.frames.first_worked_ms,
            "rows_worked_ms": self._rows_worked_ms - self.frames.first_worked_ms,
            "rss_mb": self._rss_mb,
        }

    def _wait_for_end(self) -> None:
        sys.stdin.read()
        self.input_ended.emit()
