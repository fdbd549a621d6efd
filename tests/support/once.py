"""What is costly to make and the same for all: made once in a run, however many processes share the tests."""

import os
from collections.abc import Callable
from pathlib import Path
from time import monotonic, sleep

import pytest

PATIENCE_S = 110.0


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """Give the folder of this name, which `make` has filled for all the processes of this run."""
    base = factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder, done = shared / f"once-{name}", shared / f"once-{name}.done"
    try:
        folder.mkdir()
    except FileExistsError:
        _wait_for(done)
        return folder
    make(folder)
    done.touch()
    return folder


def _wait_for(done: Path) -> None:
    """Another process makes it; that one says why if it cannot."""
    until = monotonic() + PATIENCE_S
    while not done.exists():
        assert monotonic() < until, f"{done.stem} was not made by the process that began to"
        sleep(0.02)
