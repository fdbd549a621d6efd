"""Workers that are begun quickly, so that many can be killed: each is forked from a process that has loaded.

As a program it reads names from its input, begins a worker of each name and answers with its process number.
What runs in them is `main.py worker`, from its first line on.
"""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
GONE_WITHIN_S = 10.0


class Workers:
    """Workers of one database, by name."""

    def __init__(self, url: str, home: Path) -> None:
        """`home` holds the settings that they read, and what they say."""
        home.mkdir(parents=True, exist_ok=True)
        self._running: dict[str, int] = {}
        self._nursery = subprocess.Popen(
            [sys.executable, "-m", "bench.workers", url],
            cwd=ROOT,
            env=os.environ | {"DOORSTEP_HOME": str(home)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __len__(self) -> int:
        """Give how many work."""
        return len(self._running)

    def begin(self, name: str) -> None:
        """Begin one worker."""
        assert self._nursery.stdin is not None
        assert self._nursery.stdout is not None
        print(name, file=self._nursery.stdin, flush=True)
        self._running[name] = int(self._nursery.stdout.readline())

    def kill(self, name: str) -> bool:
        """End a worker as a power cut does, and wait until it is gone; tell whether it was there."""
        number = self._running.pop(name, None)
        if number is None:
            return False
        with suppress(ProcessLookupError):
            os.kill(number, signal.SIGKILL)
        ends = time.monotonic() + GONE_WITHIN_S
        with suppress(ProcessLookupError):
            while time.monotonic() < ends:
                os.kill(number, 0)
                time.sleep(0.002)
        return True

    def end(self) -> None:
        """End all of them, and what they come from."""
        for name in list(self._running):
            self.kill(name)
        self._nursery.communicate()


def main() -> None:
    """Load what a worker needs, then fork one for each name that is read."""
    from sqlalchemy.orm import configure_mappers

    import console.worker.process  # noqa: F401 - loaded once, for all that are forked
    import main as program
    from console import commands  # noqa: F401 - the same

    configure_mappers()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody asks how they ended
    url, begun = sys.argv[1], list[int]()
    for line in sys.stdin:
        name = line.strip()
        number = os.fork()
        if number == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            said = os.open(
                Path(os.environ["DOORSTEP_HOME"]) / f"{name}.out", os.O_CREAT | os.O_WRONLY | os.O_APPEND
            )
            os.dup2(said, 1)
            os.dup2(said, 2)
            sys.exit(program.main(["worker", "--database", url, "--name", name]))
        begun.append(number)
        print(number, flush=True)
    for number in begun:  # whoever asked for them has ended, perhaps in the middle
        with suppress(ProcessLookupError):
            os.kill(number, signal.SIGKILL)


if __name__ == "__main__":
    main()
