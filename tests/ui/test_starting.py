"""Starting: the shell comes first, a picture can be taken, and without a display it says so."""

import os
import subprocess
import sys
from pathlib import Path

from PySide6.QtGui import QImage

ROOT = Path(__file__).resolve().parents[2]
HEAVY = ("sqlalchemy", "psycopg", "alembic", "keyring", "holidays", "apscheduler", "lxml")

SHELL = f"""
import sys
import threading
from console.domain.refusals import Refused
from ui.app import run

class Shell:
    is_painted = False

class Beside:
    heard = []  # what is loaded on another thread

    @classmethod
    def find_spec(cls, name, path=None, target=None):
        if threading.current_thread() is not threading.main_thread() and name.startswith(("ui.", "PySide6")):
            cls.heard.append(name)

sys.meta_path.insert(0, Beside)

def open_console():
    loaded = [name for name in {HEAVY!r} if name in sys.modules]
    print(Shell.is_painted, loaded, Beside.heard, "ui.desk_page" in sys.modules)
    raise Refused("Nothing to open.")

from ui.main_window import MainWindow
painted = MainWindow.paintEvent

def paint(self, event):
    painted(self, event)
    Shell.is_painted = True

MainWindow.paintEvent = paint
sys.exit(run(open_console, screenshot="picture.png"))
"""


def run(*words: str, home: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a process of its own, with a home of its own."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    return subprocess.run(
        [sys.executable, *words],
        cwd=ROOT,
        env={**kept, "DOORSTEP_HOME": str(home), **environment},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )


def test_that_the_window_is_painted_before_anything_slow_is_loaded(tmp_path: Path) -> None:
    done = run("-c", SHELL, home=tmp_path, QT_QPA_PLATFORM="offscreen")
    # Nor is any class of Qt's made beside the window, which that could crash.
    assert done.stdout == "True [] [] True\n", (done.stdout, done.stderr)
    assert "Nothing to open." in done.stderr
    assert done.returncode == 2


def test_that_a_picture_of_the_demo_is_written_without_a_display_as_large_as_a_small_screen(
    tmp_path: Path, demo_url: str
) -> None:
    file = tmp_path / "board.png"
    words = ("main.py", "open-demo", "--database", demo_url, "--screenshot", str(file))
    done = run(*words, "--scale", "2", "--theme", "dark", home=tmp_path, QT_QPA_PLATFORM="offscreen")
    assert (done.returncode, done.stderr) == (0, "")
    picture = QImage(str(file))
    assert (picture.width(), picture.height()) == (2732, 1536)


def test_that_without_a_display_a_sentence_says_what_to_do(tmp_path: Path) -> None:
    done = run("main.py", "open-demo", home=tmp_path, QT_QPA_PLATFORM="")
    assert done.returncode == 2
    assert done.stderr.startswith("There is no display")
