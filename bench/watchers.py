"""Processes that watch the board, started and read by a measurement."""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

Handed = list[tuple[int, int]]
HERE = Path(__file__).resolve().parents[1]


@dataclass
class Watcher:
    """One such process; it says "ready", and prints what it saw when its input ends."""

    process: subprocess.Popen[str]

    def wait_until_ready(self) -> None:
        """Wait for its boards."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline().strip()
        assert line == "ready", f"a watcher said {line!r}"

    def seen(self) -> list[Handed]:
        """End it, and give for each of its boards the changes with their times in nanoseconds."""
        out, _ = self.process.communicate(timeout=60)
        seen: list[Handed] = json.loads(out.strip().splitlines()[-1])
        return seen


def headless(url: str, follow: Sequence[Sequence[int]]) -> Watcher:
    """Start a process with a feed for each of these groups of hubs, and no window."""
    each = [word for hubs in follow for word in ("--hubs", ",".join(map(str, hubs)))]
    return start([sys.executable, "-m", "bench.feed_clients", "--database", url, *each])


def bells(url: str, clients: int) -> Watcher:
    """Start a process with so many connections that only hear a bell and ask SELECT 1."""
    words = ["--database", url, "--clients", str(clients)]
    return start([sys.executable, "-m", "bench.bell_clients", *words])


def window(url: str) -> Watcher:
    """Start a process with the console's real window, as large as on a small screen.

    What is changed must stay in sight: the offscreen one is smaller, and an evening has many alarms.
    """
    return start([sys.executable, "-m", "bench.window", "--database", url, "--size", "1366x768"])


def start(command: Sequence[str]) -> Watcher:
    """Start a watcher of any kind."""
    pipe = subprocess.PIPE
    return Watcher(subprocess.Popen(command, cwd=HERE, stdin=pipe, stdout=pipe, text=True))


@contextmanager
def watching(watchers: Sequence[Watcher]) -> Iterator[None]:
    """Wait until all are ready; whatever happens, none outlives the block."""
    try:
        for watcher in watchers:
            watcher.wait_until_ready()
        yield
    finally:
        for watcher in watchers:
            if watcher.process.poll() is None:
                watcher.process.kill()
            watcher.process.wait()
