"""How long until the window stands and until it shows the true rows, beside an empty window of Qt.

Each start is a process of its own, and somebody signs in the moment they are asked. The database is a SQLite
file of its own with as many open referrals as asked for. Bytecode is kept in a folder of its own, so that the
measured starts are those of a console that has been started before, wherever this runs.

Run: python -m bench.start [--json] [--runs 7] [--referrals 2000]
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from typing import Any

from bench.figures import finish, machine
from bench.fill import filled, sqlite
from bench.watchers import HERE

BARE = (sys.executable, "-m", "bench.bare_window")


def started(command: tuple[str, ...], bytecode: str) -> dict[str, float]:
    """Start a process, and give what it says with its moments as milliseconds since it was started."""
    words = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    began = time.monotonic_ns()
    done = subprocess.run(
        command,
        cwd=HERE,
        env={**words, "PYTHONPYCACHEPREFIX": bytecode},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    said: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return {name: (value - began) / 1e6 if name.endswith("_at") else value for name, value in said.items()}


def main() -> None:
    """Start both by turns, so that whatever else the machine does slows both."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--json", action="store_true")
    asked.add_argument("--runs", type=int, default=7)
    asked.add_argument("--referrals", type=int, default=2000)
    options = asked.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with sqlite() as url, tempfile.TemporaryDirectory(prefix="doorstep-bytecode-") as kept:
        place = filled(url, options.referrals)
        console = (sys.executable, "-m", "bench.window", "--start", "--database", url)
        for _ in range(2):  # the first ones compile, and read everything from the disk
            started(BARE, kept)
            started(console, kept)
        pairs = [(started(BARE, kept), started(console, kept)) for _ in range(options.runs)]
    middle = statistics.median
    found = {
        "shell_ms": round(middle(console["shell_at"] for _, console in pairs)),
        "rows_ms": round(middle(console["rows_at"] - console["shell_at"] for _, console in pairs)),
        "bare_window_ms": round(middle(bare["shell_at"] for bare, _ in pairs)),
        "shell_share": round(middle(console["shell_at"] / bare["shell_at"] for bare, console in pairs), 2),
        "shell_worked_ms": round(middle(console["worked_ms"] for _, console in pairs)),
        "rows_worked_ms": round(middle(console["rows_worked_ms"] for _, console in pairs)),
        "bare_worked_ms": round(middle(bare["worked_ms"] for bare, _ in pairs)),
        "open_referrals": len(place.referrals),
        "rss_mb": middle(console["rss_mb"] for _, console in pairs),
        "bare_rss_mb": middle(bare["rss_mb"] for bare, _ in pairs),
        "runs": options.runs,
        "platform": os.environ["QT_QPA_PLATFORM"],
        "machine": machine("pyside6-essentials", "sqlalchemy"),
    }
    finish(found, as_json=options.json)


if __name__ == "__main__":
    main()
