"""What a change costs the board: in the model alone, and in the real window while very many come.

The model is measured with 2,000 and 20,000 rows beside a bare signal of Qt. Then a console's real window
follows a PostgreSQL of its own in which another process commits many changes a second, in sight and out
of sight. A timer on the window's thread notes the longest time in which the thread did not answer; an empty
window with the same timer is the floor.

Run: python -m bench.board [--json] [--seconds 30] [--rate 100] [--referrals 2000]
"""

import argparse
import datetime as dt
import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QMainWindow

import main as console
from bench.figures import finish, machine, percentile, resident_mb
from bench.fill import Place, filled, postgresql, server_version
from bench.frames import Frames
from console.domain.rows import ReferralRow
from db.engine import open_database
from db.queries.board import read_board
from ui.boards import referral_cells as cells
from ui.boards.keyed_table import KeyedTableModel
from ui.main_window import MainWindow

LOOK_EVERY_MS = 2
WARM_UP_MS = 4000
CHANGES = 2000


class Answering(QObject):
    """Notes how long the thread of the window did not answer, and how much of that was the machine's doing.

    Where other programs want the same processors, a thread that is ready waits for its turn; Linux says how
    long it did.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.gaps: list[tuple[float, float]] = []
        self._wall = self._waited = 0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self._look)

    def start(self) -> None:
        """Begin anew."""
        self.gaps.clear()
        self._wall, self._waited = time.monotonic_ns(), waited_for_processor_ns()
        self._timer.start()

    def stop(self) -> None:
        """Note nothing more."""
        self._timer.stop()

    def _look(self) -> None:
        wall, waited = time.monotonic_ns(), waited_for_processor_ns()
        gap = (wall - self._wall) / 1e6 - LOOK_EVERY_MS
        self.gaps.append((gap, gap - (waited - self._waited) / 1e6))
        self._wall, self._waited = wall, waited

    def longest(self) -> tuple[float, float]:
        """Give the longest gap, and the longest without what the thread waited for a processor, in ms."""
        return round(max(gap for gap, _ in self.gaps), 1), round(max(own for _, own in self.gaps), 1)


def waited_for_processor_ns() -> int:
    """Give how long this thread has been ready without a processor; 0 where the system does not say."""
    try:
        return int(Path("/proc/thread-self/schedstat").read_text(encoding="ascii").split()[1])
    except OSError:
        return 0


class Watching(QObject):
    """Signs in, lets the board come to rest, then watches the window while changes come."""

    finished = Signal()

    def __init__(self, window: MainWindow, place: Place, seconds: float, rate: float) -> None:
        super().__init__(window)
        self._window, self._place, self._seconds, self._rate = window, place, seconds, rate
        self.frames, self.answering = Frames(window), Answering(window)
        self.rss_mb, self.taken = 0.0, 0
        self._writer: subprocess.Popen[bytes] | None = None
        window.start.asked.connect(self._sign_in)
        window.start.failed.connect(self._give_up)
        window.faulted.connect(self._give_up)
        window.signed_in.connect(lambda: QTimer.singleShot(WARM_UP_MS, self._begin))

    def _sign_in(self) -> None:
        person = self._window.people[0]
        self._window.sign_in(person, person.roles[0])

    def _give_up(self, why: str) -> None:
        sys.stderr.write(f"{why}\n")
        self._window.close()

    def _begin(self) -> None:
        live = self._window.live
        assert live is not None
        assert live.referrals.by_id, "the board did not come"
        live.referrals.listen(self._take)
        self.taken = 0
        words = (self._place.url, str(self._rate), str(self._seconds))
        self._writer = subprocess.Popen([sys.executable, "-m", "bench.writer", *words])
        QTimer.singleShot(round(self._seconds * 1000) + 1500, self._end)
        self.frames.took.clear()
        self.answering.start()

    def _take(self, upserts: Any, _: Any) -> None:
        self.taken += len(upserts)

    def _end(self) -> None:
        self.answering.stop()
        self.rss_mb = resident_mb()
        if self._writer is not None:
            self._writer.terminate()  # on a busy machine it may be late
            self._writer.wait()
        self._window.close()


def in_model(rows: tuple[ReferralRow, ...], size: int) -> float:
    """Give the median time that the model takes for one changed row; every fourth change moves it."""
    now = dt.datetime.now(dt.UTC)
    many = [replace(rows[n % len(rows)], id=n + 1) for n in range(size)]
    model: KeyedTableModel[ReferralRow] = KeyedTableModel(
        cells.columns(lambda: now), key=lambda row: row.id, order=cells.order, spoken=cells.spoken
    )
    model.reset(many)
    choose = random.Random(1)
    times = []
    for number in range(CHANGES):
        row = model.row(choose.randint(1, size))
        assert row is not None
        due_at = now + dt.timedelta(minutes=choose.randint(0, 400)) if number % 4 == 0 else row.due_at
        changed = replace(row, problem=f"change {number}", due_at=due_at)
        began = time.perf_counter_ns()
        model.apply((changed,))
        times.append((time.perf_counter_ns() - began) / 1e6)
    return round(statistics.median(times), 4)


class BareModel(QAbstractTableModel):
    """The floor of a change: Qt's own signal that a row changed, with nothing behind it."""

    def rowCount(self, parent: Any = None) -> int:  # noqa: N802 - Qt's name
        return 2000

    def columnCount(self, parent: Any = None) -> int:  # noqa: N802 - Qt's name
        return 7


def bare_signal() -> float:
    """Give the median time of that signal."""
    model = BareModel()
    times = []
    for row in range(CHANGES):
        began = time.perf_counter_ns()
        model.dataChanged.emit(model.index(row, 0), model.index(row, 6))
        times.append((time.perf_counter_ns() - began) / 1e6)
    return round(statistics.median(times), 4)


def empty_window(seconds: float) -> tuple[float, float]:
    """Give the same as `Answering` says of an empty window: what the machine alone does to a thread."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    window = QMainWindow()
    window.resize(1366, 768)
    answering = Answering(window)
    window.show()
    answering.start()
    QTimer.singleShot(round(seconds * 1000), app.quit)
    app.exec()
    window.close()
    return answering.longest()


def in_window(place: Place, seconds: float, rate: float) -> dict[str, Any]:
    """Give how the real window bears the changes."""
    made: list[Watching] = []
    watch: Callable[[MainWindow], None] = lambda window: made.append(Watching(window, place, seconds, rate))  # noqa: E731
    console.show(console.read(["open", "--database", place.url, "--size", "1366x768"]), watch)
    (watching,) = made
    assert watching.answering.gaps, "the window did not follow the board"
    stall, own = watching.answering.longest()
    over, own_over = (sum(one[which] > 50 for one in watching.answering.gaps) for which in (0, 1))
    return {
        "frame_ms_p95": round(percentile(watching.frames.took, 0.95), 2),
        "frames_a_second": round(len(watching.frames.took) / seconds, 1),
        "longest_stall_ms": stall,
        "longest_own_stall_ms": own,
        "stalls_over_50_ms": over,
        "own_stalls_over_50_ms": own_over,
        "changes_taken": watching.taken,
        "rss_mb": watching.rss_mb,
    }


def main() -> None:
    """Measure model and window."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--json", action="store_true")
    asked.add_argument("--seconds", type=float, default=30)
    asked.add_argument("--rate", type=float, default=100)
    asked.add_argument("--referrals", type=int, default=2000)
    options = asked.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with postgresql() as url:
        place = filled(url, options.referrals)
        with closing(open_database(url)) as database, database.read() as session:
            rows = read_board(session, place.hubs, dt.datetime.now(dt.UTC)).referrals
        server = server_version(url)
        window = in_window(place, options.seconds, options.rate)
    floor, floor_own = empty_window(min(options.seconds, 10))
    found = {
        "change_ms_2000": in_model(rows, 2000),
        "change_ms_20000": in_model(rows, 20000),
        "bare_signal_ms": bare_signal(),
        **window,
        "empty_window_stall_ms": floor,
        "empty_window_own_stall_ms": floor_own,
        "changes_a_second": options.rate,
        "seconds": options.seconds,
        "open_referrals": len(place.referrals),
        "platform": os.environ["QT_QPA_PLATFORM"],
        "server": server,
        "machine": machine("pyside6-essentials", "sqlalchemy", "psycopg"),
    }
    finish(found, as_json=options.json)


if __name__ == "__main__":
    main()
