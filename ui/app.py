"""Starts the window, and takes a picture of it when asked to."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from ui.collector import Collector
from ui.faults import Faults
from ui.main_window import MainWindow
from ui.theme import application, apply, prepare
from ui.widgets.asked import screen_of

if TYPE_CHECKING:  # not loaded before the first paint
    from ui.parts import Door, OpenConsole
    from ui.picture import Picture

_SIZE = (1366, 768)
_TURN_S = 0.001
"""So long another thread may keep Python from the window's, such as while it draws the downtime pack."""
_NO_DISPLAY = (
    "There is no display to open a window on. Start Doorstep from a desktop, or let it write a picture: "
    "main.py open-demo --screenshot board.png"
)


def run(
    open_console: "OpenConsole",
    *,
    service_name: str = "",
    demo: bool = False,
    screenshot: Path | None = None,
    workspace: str | None = None,
    theme: str | None = None,
    size: tuple[int, int] | None = None,
    scale: float | None = None,
    sign_in_as: str | None = None,
    wallboard: str | None = None,
    watch: Callable[[MainWindow], None] | None = None,
    door: "Door | None" = None,
) -> int:
    """Open the window until it is closed, or write a picture; gives 0, or 2 when it could not run.

    `wallboard` is the login of whose hubs are shown over the whole screen. `watch` is handed the window
    before it is shown, by whoever measures it.
    """
    if screenshot is not None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    elif not has_display():
        sys.stderr.write(f"{_NO_DISPLAY}\n")
        return 2
    sys.setswitchinterval(_TURN_S)
    prepare(scale)
    app = application()
    app.setApplicationName("Doorstep")
    apply(app, theme or ("light" if screenshot else "system"))
    window = MainWindow(open_console, service_name=service_name, is_demo=demo, door=door)
    window.workspace = workspace or window.workspace
    window.theme_asked = theme
    app.styleHints().colorSchemeChanged.connect(window.follow_system)
    picture = None if screenshot is None else _picture(window, screenshot, sign_in_as)
    if wallboard is not None:
        from ui.wallboard.alone import WallboardAlone

        WallboardAlone(window, wallboard)
    if watch is not None:
        watch(window)
    if screenshot is not None:
        size = size or _SIZE  # the screen that is not there would make it smaller, and cut its words
    code = _until_closed(app, window, size)
    return code if picture is None else picture.code


def _picture(window: MainWindow, file: Path, sign_in_as: str | None) -> "Picture":
    from ui.picture import Picture

    return Picture(window, file, sign_in_as)


def _until_closed(app: QApplication, window: MainWindow, size: tuple[int, int] | None) -> int:
    collector, faults = Collector(app), Faults(app)
    faults.happened.connect(window.tell_fault)
    window.painted.connect(collector.rest)
    window.entrance.settled.connect(collector.go_on)
    window.signed_in.connect(collector.settle)
    collector.start()
    faults.install()
    try:
        _show(window, size)
        return app.exec()
    finally:
        window.close()
        faults.remove()
        collector.stop()


def _show(window: MainWindow, size: tuple[int, int] | None) -> None:
    # The shell stands on the screen before anything slow is loaded.
    window.painted.connect(window.begin)
    room = screen_of(window).availableSize()
    window.resize(QSize(*size) if size else QSize(*_SIZE).boundedTo(room))
    if size is None and window.recall_place():
        window.show()
    elif size is None and room.width() <= _SIZE[0]:
        window.showMaximized()
    else:
        window.show()


def write_key_card(file: Path) -> None:
    """Write every key of the window on one page; needs no display."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    app = application()
    apply(app, "light")
    import datetime as dt

    from ui import key_card
    from ui.actions import help_lines
    from ui.commands import all_commands
    from ui.time_text import local

    key_card.write(help_lines(all_commands()), local(dt.datetime.now(dt.UTC)).date(), file)


def has_display() -> bool:
    """Whether there is a screen to open a window on."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
