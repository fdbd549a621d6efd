"""The consoles and workers of a day: processes that are started, looked at, killed and started again."""

import os
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

HERE = Path(__file__).resolve().parents[1]
CONSOLES = ("coordinator", "clinician", "supervisor")
WORKERS = ("worker-1", "worker-2")


@dataclass
class Member:
    """One console or worker; it lives on in its next process when it is killed."""

    name: str
    command: list[str]
    folder: Path
    process: "subprocess.Popen[bytes] | None" = None
    starts: int = 0
    _told: "IO[bytes] | None" = field(default=None, repr=False)

    def start(self) -> None:
        """Start it, with what it says going to a file."""
        self.starts += 1
        self._told = (self.folder / f"{self.name}.txt").open("ab")
        environment = {
            **os.environ,
            "DOORSTEP_HOME": str(self.folder / self.name),
            "QT_QPA_PLATFORM": "offscreen",
        }
        self.process = subprocess.Popen(
            self.command,
            cwd=HERE,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=self._told,
            stderr=self._told,
        )

    def kill(self) -> None:
        """Kill it in the middle of whatever it does."""
        if self.process is not None:
            self.process.kill()
            self._forget()

    def stop(self, within_s: float = 30) -> int | None:
        """Let it end by itself; gives how it ended, None when it had to be killed."""
        if self.process is None or self.process.stdin is None:
            return None
        self.process.stdin.close()
        if self.name in WORKERS:
            self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(within_s)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return None
        finally:
            self._forget()

    def _forget(self) -> None:
        if self.process is not None:
            if self.process.stdin is not None:
                self.process.stdin.close()
            self.process.wait()
        if self._told is not None:
            self._told.close()

    def resident_mb(self) -> float | None:
        """Give how much memory it holds now; None where it is not running."""
        if self.process is None or self.process.poll() is not None:
            return None
        pages = int(Path(f"/proc/{self.process.pid}/statm").read_text(encoding="ascii").split()[1])
        return round(pages * os.sysconf("SC_PAGE_SIZE") / 1e6, 1)

    def told(self) -> str:
        """Give all that it has said, and what its log holds."""
        files = [self.folder / f"{self.name}.txt", *(self.folder / self.name).rglob("*.log")]
        return "\n".join(
            file.read_text(encoding="utf-8", errors="replace") for file in files if file.is_file()
        )


def household(url: str, folder: Path) -> list[Member]:
    """Give three consoles and two workers, not started."""
    windows = [
        Member(role, [sys.executable, "-m", "bench.day_window", role, "--database", url], folder)
        for role in CONSOLES
    ]
    workers = [
        Member(name, [sys.executable, "main.py", "worker", "--name", name, "--database", url], folder)
        for name in WORKERS
    ]
    return [*windows, *workers]
