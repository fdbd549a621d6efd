"""What fails a test here, tried on tests that deserve it."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GUILTY = """
import socket
import warnings

from PySide6.QtCore import qWarning
from PySide6.QtWidgets import QApplication, QWidget

kept = []


def test_that_python_warns():
    warnings.warn("careful")


def test_that_qt_warns(qtbot):
    qWarning("careful")


def test_that_a_window_stays_open(qtbot):
    kept.append(QWidget())


def test_that_the_network_is_asked_in_silence():
    try:
        socket.create_connection(("192.0.2.1", 80))
    except RuntimeError:
        kept.clear()
"""


def test_that_warnings_leaks_and_the_network_fail_a_test(tmp_path: Path) -> None:
    guilty = tmp_path / "test_guilty.py"
    guilty.write_text(GUILTY, encoding="utf-8")
    words = ["-p", "tests.conftest", "-c", str(ROOT / "pyproject.toml"), "--rootdir", str(tmp_path)]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *words, "-p", "no:cacheprovider", str(guilty)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    verdicts = {
        line.split(" - ")[0].rpartition("::")[2]: line.split()[0]
        for line in done.stdout.splitlines()
        if line.startswith(("FAILED", "ERROR"))
    }
    assert verdicts == {
        "test_that_python_warns": "FAILED",
        "test_that_qt_warns": "FAILED",
        "test_that_a_window_stays_open": "ERROR",
        "test_that_the_network_is_asked_in_silence": "ERROR",
    }, done.stdout
