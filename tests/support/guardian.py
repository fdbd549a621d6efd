"""Keep a program running for as long as the process that asked for it lives; a program of its own.

python guardian.py FOLDER UID GID COMMAND...

It reads its standard input. When that ends, because the asking process closed it or was killed, the command
is interrupted and FOLDER removed. UID and GID are those the command runs as, or - for one's own.
"""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

PATIENCE_S = 5


def main(folder: Path, uid: str, gid: str, command: list[str]) -> None:
    """Run the command until standard input ends or the command does."""
    is_other = uid != "-"
    with (folder / "log").open("w", encoding="utf-8") as log:
        program = subprocess.Popen(
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            user=int(uid) if is_other else None,
            group=int(gid) if is_other else None,
            extra_groups=[] if is_other else None,
        )
    sys.stdin.buffer.read()
    program.send_signal(signal.SIGINT)
    try:
        program.wait(PATIENCE_S)
    except subprocess.TimeoutExpired:
        program.kill()
        program.wait()
    shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    os.setsid()  # Ctrl-C at the terminal is for the tests; they close our input in their own time
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4:])
