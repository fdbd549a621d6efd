"""The guards of the tests guard."""

import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

import psycopg
import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.support.leaks import Leaks
from tests.support.look import Look
from tests.support.network import NetworkForbidden, only_this_machine
from tests.support.postgresql import Server
from ui import theme

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("0.0.0.0", 0)])  # noqa: S104 - it is refused
def test_that_another_machine_cannot_be_reached(address: tuple[str, int]) -> None:
    with only_this_machine() as attempts, socket.socket() as line:
        with pytest.raises(NetworkForbidden):
            (line.connect if address[1] else line.bind)(address)
        assert len(attempts) == 1
        attempts.clear()


def test_that_a_name_on_the_network_is_not_looked_up() -> None:
    with only_this_machine() as attempts:
        with pytest.raises(NetworkForbidden):
            socket.getaddrinfo("example.org", 443)
        attempts.clear()


def test_that_this_machine_can_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()):
        pass


def test_that_a_window_left_open_is_found(qtbot: QtBot) -> None:
    leaks = Leaks(patience_s=0)
    leaks.remember()
    window = QWidget()
    assert any("QWidget" in thing for thing in leaks.left_behind())
    window.deleteLater()


def test_that_a_theme_does_not_go_over_to_the_next_test(qapp: QApplication) -> None:
    assert (theme.current().name, qapp.styleSheet()) == ("light", "")
    plain, ink = Look.of(qapp), qapp.palette().text().color()
    theme.apply(qapp, "dark")
    assert qapp.palette().text().color() != ink
    plain.put_back()
    assert (theme.current().name, qapp.styleSheet()) == ("light", "")
    assert (qapp.palette().text().color(), qapp.font()) == (ink, plain.font)


def test_that_a_running_timer_is_found(qtbot: QtBot) -> None:
    leaks = Leaks(patience_s=0)
    leaks.remember()
    timer = QTimer()
    timer.start(60_000)
    assert any("QTimer" in thing for thing in leaks.left_behind())
    timer.stop()
    assert leaks.left_behind() == []


def test_that_a_running_thread_is_found(qtbot: QtBot) -> None:
    leaks = Leaks(patience_s=0)
    leaks.remember()
    may_end = threading.Event()
    thread = threading.Thread(target=may_end.wait, name="left running")
    thread.start()
    assert any("left running" in thing for thing in leaks.left_behind())
    may_end.set()
    thread.join()


def test_that_garbage_is_collected_on_the_thread_of_the_window(qtbot: QtBot) -> None:
    where: list[threading.Thread] = []

    class Ring:
        def __init__(self) -> None:
            self.itself = self

        def __del__(self) -> None:
            where.append(threading.current_thread())

    def litter() -> None:
        for _ in range(2_000):
            Ring()

    thread = threading.Thread(target=litter)
    thread.start()
    thread.join()
    assert not where
    qtbot.waitUntil(lambda: len(where) == 2_000, timeout=5_000)
    assert set(where) == {threading.main_thread()}


def test_that_postgresql_ends_when_the_tests_are_killed(postgresql_server: Server) -> None:
    program = (
        "import time\n"
        "from tests.support.postgresql import running_server\n"
        "with running_server() as server:\n"
        "    print(server.port, flush=True)\n"
        "    time.sleep(60)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as tests:
        assert tests.stdout is not None
        port = int(tests.stdout.readline())
        os.kill(tests.pid, signal.SIGKILL)
    _wait_until_gone(port)


def _wait_until_gone(port: int) -> None:
    for _ in range(500):
        try:
            psycopg.connect(host="127.0.0.1", port=port, user="doorstep", dbname="postgres").close()
        except psycopg.OperationalError as error:
            if "refused" in str(error):
                return
        threading.Event().wait(0.02)
    pytest.fail("PostgreSQL still answers")
