"""Workers as processes of their own, for tests and measurements."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.programs import Program


class Worker:
    """One `main.py worker`, with what it says."""

    def __init__(self, url: str, name: str, home: Path) -> None:
        """`home` holds the settings that it reads, and what it has said."""
        self.name = name
        self._said = home / f"{name}.out"
        words = ("main.py", "worker", "--database", url, "--name", name)
        with self._said.open("wb") as out:
            self.process = Program(
                *words, stdout=out, stderr=out, env=os.environ | {"DOORSTEP_HOME": str(home)}
            )

    def kill(self) -> None:
        """End it as a power cut does: it can finish nothing."""
        self.process.kill()
        self.process.wait()

    def stop(self) -> int:
        """Tell it to stop, and give how it ended."""
        self.process.terminate()
        return self.process.wait(60)

    @property
    def said(self) -> str:
        """Everything that it has said so far."""
        return self._said.read_text(encoding="utf-8")


@contextmanager
def worker(url: str, name: str, home: Path) -> Iterator[Worker]:
    """Run a worker for the length of the block; what is left of it then is killed."""
    home.mkdir(parents=True, exist_ok=True)
    one = Worker(url, name, home)
    try:
        yield one
    finally:
        one.kill()
