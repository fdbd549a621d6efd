"""The log of this computer: one file a day in the data folder, which says where and never with whose data.

Of our own lines the words are written, because they hold no values; of an error its kind and the places it
came through; of lines of other packages, which may quote what they failed on, only who wrote them where.
"""

import datetime as dt
import logging
import os
import sys
import time
from contextlib import suppress
from pathlib import Path
from types import ModuleType
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from logging.handlers import QueueListener

_OURS = {"console", "ui", "db", "main", "migrations", "__main__"}
MOST_BYTES = 5_000_000
"""Of one day, so that a fault that repeats itself cannot fill the disk."""
_FULL = "The rest of this day is left out: the file has reached its size.\n"


def where_it_happened(error: BaseException) -> str:
    """Give the lines that an error came through and its kind; its words may name a patient and stay out."""
    import traceback

    frames = traceback.extract_tb(error.__traceback__)
    lines = [f"{Path(frame.filename).name}:{frame.lineno} in {frame.name}" for frame in frames]
    return "\n".join([*lines, type(error).__name__])


class WithoutValues(logging.Formatter):
    """Writes a line of the log so that nothing of what the program worked on can be in it."""

    def __init__(self, program: str) -> None:
        """`program` says which of ours wrote the line, such as console or worker."""
        super().__init__()
        self._program = program

    def format(self, record: logging.LogRecord) -> str:
        # UTC with its letter: the same moment is found in the server's log.
        at = dt.datetime.fromtimestamp(record.created, dt.UTC)
        head = f"{at:%Y-%m-%dT%H:%M:%S}Z {self._program} {os.getpid()} {record.levelname}"
        lines = [f"{head} {record.name}: {_words(record)}"]
        if record.exc_info and record.exc_info[1] is not None:
            lines.append(where_it_happened(record.exc_info[1]))
        return "\n    ".join("\n".join(lines).splitlines())


def _is_ours(record: logging.LogRecord) -> bool:
    return record.name.partition(".")[0] in _OURS


def _is_wanted(record: logging.LogRecord) -> bool:
    """Other packages tell at length what they do; only what goes wrong there is of use."""
    return _is_ours(record) or record.levelno >= logging.WARNING


def _words(record: logging.LogRecord) -> str:
    """The words of our own lines; an error among their values is told by its kind."""
    if not _is_ours(record):
        return f"a line of {Path(record.pathname).name}:{record.lineno}"
    args = record.args
    if isinstance(args, tuple):
        args = tuple(type(one).__name__ if isinstance(one, BaseException) else one for one in args)
    return str(record.msg) % args if args else str(record.msg)


class DayFile(logging.Handler):
    """Appends to the file of the day; several programs may, since each line is one write and none rotates.

    What cannot be written is left out: a full disk must not stop what the log tells about.
    """

    def __init__(self, folder: Path, days: int) -> None:
        """The folder is made when the first line comes."""
        super().__init__()
        self._folder, self._days = folder, days
        self._day = ""

    def emit(self, record: logging.LogRecord) -> None:
        with suppress(Exception):  # there is no other place in which to say it
            self._write(f"{self.format(record)}\n", f"{dt.datetime.now(dt.UTC):%Y-%m-%d}")

    def _write(self, text: str, day: str) -> None:
        if day != self._day:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._remove_old()
            self._day = day
        file = self._folder / f"doorstep-{day}.log"
        size = file.stat().st_size if file.exists() else 0
        if size > MOST_BYTES:
            return
        if size + len(text) > MOST_BYTES:
            text += _FULL
        opened = os.open(file, os.O_APPEND | os.O_CREAT | os.O_WRONLY, 0o600)
        try:
            os.write(opened, text.encode("utf-8", "backslashreplace"))
        finally:
            os.close(opened)

    def _remove_old(self) -> None:
        oldest = time.time() - self._days * 86_400
        for file in self._folder.glob("doorstep-*.log"):
            if file.stat().st_mtime < oldest:
                file.unlink(missing_ok=True)


class DayFileAloud(DayFile):
    """Writes each line to stdout as well, for a process that somebody else watches."""

    def emit(self, record: logging.LogRecord) -> None:
        super().emit(record)
        with suppress(Exception):  # nobody listens any more
            sys.stdout.write(f"{self.format(record)}\n")
            sys.stdout.flush()


class _Written:
    """What is written from now on, until `stop`."""

    def __init__(self, handler: logging.Handler, listener: "QueueListener | None") -> None:
        self.handler, self.listener = handler, listener
        self.crashes: IO[str] | None = None
        root = logging.getLogger()
        self._level_before = root.level
        handler.addFilter(_is_wanted)
        root.addHandler(handler)
        root.setLevel(logging.INFO)

    def stop(self) -> None:
        """Write what is still to be written, and no more."""
        root = logging.getLogger()
        root.removeHandler(self.handler)
        root.setLevel(self._level_before)
        if self.listener is not None:
            self.listener.stop()
        if self.crashes is not None:
            import faulthandler

            faulthandler.disable()
            self.crashes.close()


_now: _Written | None = None


def start(program: str, *, beside: bool = False, aloud: bool = False) -> None:
    """Keep a log from now on; `beside` writes on a thread of its own, for a program with a window.

    `aloud` says each line on stdout too. Called again it does nothing.
    """
    global _now  # noqa: PLW0603 - a process has one log, as it has one root logger
    if _now is not None:
        return
    from console import settings  # the window is painted before it is known where files are

    kind = DayFileAloud if aloud else DayFile
    file: logging.Handler = kind(settings.log_folder(), _days(settings))
    file.setFormatter(WithoutValues(program))
    _now = _beside(file, program) if beside else _Written(file, None)
    if beside:
        _now.crashes = _tell_crashes(settings.log_folder())


def _tell_crashes(folder: Path) -> IO[str] | None:
    """Let a crash below Python, in Qt say, leave the lines at which each thread was; it tells no more."""
    import faulthandler

    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        opened = os.open(folder / "doorstep-crash.log", os.O_APPEND | os.O_CREAT | os.O_WRONLY, 0o600)
    except OSError:
        return None
    file = os.fdopen(opened, "a", encoding="utf-8")
    faulthandler.enable(file)
    return file


def _days(settings: ModuleType) -> int:
    """For how long it is kept; what is wrong with the settings is said by what cannot go on without them."""
    try:
        return int(settings.machine("log_days"))
    except (ValueError, OSError):
        return int(settings.REGISTRY["log_days"].default)


def stop() -> None:
    """Write what is left, and let go of the log."""
    global _now
    written, _now = _now, None
    if written is not None:
        written.stop()


def _beside(file: logging.Handler, program: str) -> _Written:
    from logging.handlers import QueueHandler, QueueListener  # slow to load for a command
    from queue import SimpleQueue

    class Told(QueueHandler):
        """Hands over text alone: an error would carry its frames, and what is in them, to another thread."""

        def prepare(self, record: logging.LogRecord) -> logging.LogRecord:
            return logging.makeLogRecord({"msg": self.format(record)})

    queue: SimpleQueue[logging.LogRecord] = SimpleQueue()
    handler = Told(queue)
    handler.setFormatter(WithoutValues(program))
    file.setFormatter(logging.Formatter("%(message)s"))
    listener = QueueListener(queue, file)
    listener.start()
    return _Written(handler, listener)
