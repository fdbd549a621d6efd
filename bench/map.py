"""What the map costs: 60 practitioners who move ten times a second, and 2,000 patients while one pans.

The floor is the same window with the same timer in which nobody moves; the share of one core is what moving
takes beyond it, in processor time of this process, so that other programs do not count. All drive in circles:
first as quickly as people drive, then so that each of them moves by a pixel each time. Dirty pixels are what
the view is asked to paint anew, counted frame by frame.

Run: python -m bench.map [--json] [--seconds 10] [--markers 60] [--pins 2000] [--pack FOLDER]
"""

import argparse
import math
import os
import random
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QElapsedTimer, QEvent, QEventLoop, QObject, QRect, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication

from bench.figures import finish, machine, percentile, resident_mb, spread
from console.exchange import map_pack
from console.services.maps import SHIPPED
from ui import theme
from ui.collector import Collector
from ui.map.ground import build
from ui.map.marks import Mark, Shape
from ui.map.projection import Projection
from ui.map.view import MapView

EVERY_MS = 100
_SIZE = (900, 800)
_STEP_M = 15.0  # 540 km/h: ten times as quick as people drive
_TURN = 2 * math.pi / 40  # at each step: who drives in a circle stays in sight
_METRES = 111_200.0  # of a degree of latitude


class Dirty(QObject):
    """Counts the pixels that the view is asked to paint, frame by frame."""

    def __init__(self, view: MapView) -> None:
        super().__init__(view)
        self.frames: list[int] = []
        view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Look at what is to be painted, and let it be painted."""
        if isinstance(event, QPaintEvent):
            boxes: Iterable[QRect] = event.region()  # type: ignore[assignment]  # its types forget that it can
            self.frames.append(sum(one.width() * one.height() for one in boxes))
        return False


def practitioner(number: int, chance: random.Random) -> Mark:
    """Somebody on the road, somewhere in the area."""
    return Mark(
        key=("practitioner", number),
        lat=chance.uniform(51.0, 51.3),
        lon=chance.uniform(0.85, 1.35),
        shape=Shape.TRIANGLE,
        tone="info",
        letter="R",
        label=f"P. Practitioner {number} · now",
        spoken="",
        weight=3,
        accuracy_m=60.0,
    )


def patient(number: int, chance: random.Random) -> Mark:
    """A patient who waits, somewhere in the area."""
    priority = chance.randint(1, 4)
    return Mark(
        key=("referral", number),
        lat=chance.uniform(50.95, 51.35),
        lon=chance.uniform(0.75, 1.40),
        shape=Shape.CHIP,
        tone=f"p{priority}",
        letter=f"P{priority}",
        label=f"Area {number}",
        spoken="",
        weight=7 - priority,
        is_late=chance.random() < 0.1,
    )


def run_for(seconds: float) -> tuple[float, float]:
    """Let the window live; gives seconds on the clock and of the processor."""
    wall, worked = time.monotonic(), time.process_time()
    loop = QEventLoop()  # to leave the application's own would close the window
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()
    return time.monotonic() - wall, time.process_time() - worked


def moving(view: MapView, seconds: float, count: int, chance: random.Random) -> dict[str, Any]:
    """Measure the idle window, then the one in which everybody drives."""
    marks = [practitioner(number, chance) for number in range(count)]
    view.show_marks(marks)
    dirty, headings = Dirty(view), [chance.uniform(0, 2 * math.pi) for _ in marks]
    timer = QTimer(interval=EVERY_MS)
    timer.start()
    run_for(2.0)
    idle_wall, idle_worked = run_for(seconds)
    idle = idle_worked / idle_wall
    found = {"markers": count, "moves_per_s": round(1000 / EVERY_MS), "idle_core_share": round(idle, 4)}
    pixel = 1.5 / view.scale_now / Projection.stretch(marks[0].lat)  # also across corners a whole one
    for name, step in (("", _STEP_M), ("pixel_", pixel)):
        drive = _driver(view, marks, headings, step)
        timer.timeout.connect(drive)
        run_for(1.0)
        dirty.frames.clear()
        wall, worked = run_for(seconds)
        timer.timeout.disconnect(drive)
        found |= {
            f"{name}step_m": round(step),
            f"{name}moving_core_share": round(worked / wall, 4),
            f"{name}beyond_idle_core_share": round(worked / wall - idle, 4),
            f"{name}frames": len(dirty.frames),
            f"{name}dirty_pixels_p50": percentile(dirty.frames, 0.5),
            f"{name}dirty_pixels_p95": percentile(dirty.frames, 0.95),
        }
    return {**found, "view_pixels": view.viewport().width() * view.viewport().height()}


def _driver(view: MapView, marks: list[Mark], headings: list[float], step: float) -> Callable[[], None]:
    def drive() -> None:
        for n, mark in enumerate(marks):
            headings[n] += _TURN
            up, across = math.cos(headings[n]) * step, math.sin(headings[n]) * step
            across /= math.cos(math.radians(mark.lat))
            marks[n] = replace(mark, lat=mark.lat + up / _METRES, lon=mark.lon + across / _METRES)
            view.change_mark(marks[n])

    return drive


def panning(
    app: QApplication, view: MapView, seconds: float, count: int, chance: random.Random
) -> dict[str, Any]:
    """Measure how many frames a second there are while one pans over very many patients."""
    began = time.perf_counter()
    view.show_marks([patient(number, chance) for number in range(count)])
    view.lay()
    shown = time.perf_counter() - began
    began = time.perf_counter()
    view.zoom(2)
    zoomed = time.perf_counter() - began
    app.processEvents()
    bar, took, clock = view.horizontalScrollBar(), [], QElapsedTimer()
    step, ends_at, worked = 6, time.monotonic() + seconds, time.process_time()
    dirty = Dirty(view)
    while time.monotonic() < ends_at:
        clock.restart()
        before = bar.value()
        bar.setValue(before + step)
        if bar.value() == before:
            step = -step
        app.processEvents()  # paints what the scrolling uncovered, as it does under a hand
        took.append(clock.nsecsElapsed() / 1e6)
    return {
        "pins": count,
        "pins_shown_ms": round(shown * 1000, 1),
        "pins_zoom_ms": round(zoomed * 1000, 1),
        "pan_frames_per_s": round(len(dirty.frames) / (sum(took) / 1000)),
        "pan_frames_per_worked_s": round(len(dirty.frames) / (time.process_time() - worked)),
        "pan_dirty_pixels_p50": percentile(dirty.frames, 0.5),
        "pan_frame": spread(took),
    }


def main() -> None:
    """Measure and say."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--json", action="store_true")
    asked.add_argument("--seconds", type=float, default=10)
    asked.add_argument("--markers", type=int, default=60)
    asked.add_argument("--pins", type=int, default=2000)
    asked.add_argument("--pack", type=Path, default=SHIPPED)
    words = asked.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication(["map"])
    theme.apply(app, "light")
    collector = Collector(app)
    collector.start()  # as the console has it
    layers = map_pack.read(words.pack)
    began = time.perf_counter()
    ground = build(layers)
    built = time.perf_counter() - began
    view = MapView()
    view.resize(*_SIZE)
    view.show()
    began = time.perf_counter()
    view.show_map(layers, ground)
    view.repaint()
    first = time.perf_counter() - began
    chance = random.Random(7)
    figures = {
        "ground_built_ms": round(built * 1000, 1),
        "first_frame_ms": round(first * 1000, 1),
        **moving(view, words.seconds, words.markers, chance),
        **panning(app, view, words.seconds / 2, words.pins, chance),
        "rss_mb": resident_mb(),
        "platform": app.platformName(),
        **machine("pyside6-essentials"),
    }
    view.close()
    collector.stop()
    finish(figures, as_json=words.json)


if __name__ == "__main__":
    main()
