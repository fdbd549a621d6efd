"""Keeps the processors awake while something is measured."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

# It gives way to everything, and ends with whoever began it.
_SPIN = "import os, sys\nos.nice(19)\nwhile os.getppid() == int(sys.argv[1]):\n    sum(range(100_000))"


@contextmanager
def awake() -> Iterator[None]:
    """Let every processor have something to do, which gives way to all else.

    Where nothing is at work a machine slows down its processors, and its memory more so: the same statement
    then takes up to twice as long as at a server with work to do.
    """
    spinning = [sys.executable, "-c", _SPIN, str(os.getpid())]
    running = [subprocess.Popen(spinning) for _ in range(os.cpu_count() or 1)]
    try:
        yield
    finally:
        for one in running:
            one.kill()
            one.wait()
