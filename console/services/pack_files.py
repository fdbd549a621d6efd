"""The downtime packs of this computer: written whole or not at all, for this account alone, the oldest go."""

import datetime as dt
import errno
import os
import re
from contextlib import suppress
from pathlib import Path

from console.domain.calendar import local
from console.domain.refusals import Refused

_FULL = {errno.ENOSPC, errno.EDQUOT}
_TRIES = "It is tried again every minute; print the board now if you need it on paper."


class PackFolder:
    """A folder with packs; nothing about a patient is in a name, but inside is the whole board."""

    def __init__(self, folder: Path, keep: int, *, is_own: bool) -> None:
        """Keep so many; `is_own` when the folder is ours to make, and not one that somebody named."""
        self.folder, self._keep, self._is_own = folder, keep, is_own

    def write(self, data: bytes, as_of: dt.datetime, login: str, *, is_training: bool) -> Path:
        """Write a pack of the board as it was then, and remove the oldest beyond those that are kept."""
        kind = "training-downtime" if is_training else "downtime"
        who = re.sub(r"[^a-z0-9.-]", "-", login.lower())
        file = self.folder / f"{kind}-{local(as_of):%Y-%m-%d-%H%M}-{who}.pdf"
        unfinished = self.folder / f"{file.name}-unfinished-{os.getpid()}"
        try:
            if self._is_own:
                self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with os.fdopen(os.open(unfinished, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as opened:
                opened.write(data)
                opened.flush()
                os.fsync(opened.fileno())
            unfinished.replace(file)
        except OSError as error:
            with suppress(OSError):
                unfinished.unlink(missing_ok=True)
            raise Refused(self._why(error)) from error
        self._prune(kind, file)
        return file

    def newest(self) -> Path | None:
        """Give the newest pack that is no training; None when there is none."""
        with suppress(OSError):
            return max(self.folder.glob("downtime-*.pdf"), key=_written_at, default=None)
        return None

    def _prune(self, kind: str, new: Path) -> None:
        """What cannot be removed now goes another time. The new one stays, whatever the disk's clock says."""
        with suppress(OSError):
            others = [file for file in self.folder.glob(f"{kind}-*.pdf") if file != new]
            others.sort(key=_written_at, reverse=True)
            for old in others[self._keep - 1 :]:
                with suppress(OSError):
                    old.unlink()
            newest = _written_at(new)
            for left in self.folder.glob(f"{kind}-*.pdf-unfinished-*"):
                if _written_at(left) < newest - 3600:  # of a console that was ended half-way
                    left.unlink(missing_ok=True)

    def _why(self, error: OSError) -> str:
        if error.errno in _FULL:
            return f"The downtime pack could not be written: the disk is full. Make room. {_TRIES}"
        if isinstance(error, FileNotFoundError | NotADirectoryError):
            return f"The downtime pack could not be written: its folder {self.folder} is gone. {_TRIES}"
        why = (error.strerror or type(error).__name__).lower()
        return f"The downtime pack could not be written to {self.folder}: {why}. {_TRIES}"


def pack_folder() -> PackFolder:
    """Give this computer's folder for packs, as its settings say."""
    from console import settings

    try:
        named, keep = str(settings.machine("downtime.folder")), int(str(settings.machine("downtime.keep")))
    except ValueError as wrong:
        raise Refused(str(wrong)) from wrong
    folder = Path(named).expanduser() if named else settings.data_folder() / "downtime"
    return PackFolder(folder, keep, is_own=not named)


def minutes_between() -> int:
    """Give how often a pack is written, as this computer's settings say."""
    from console import settings

    try:
        return int(str(settings.machine("downtime.every")))
    except ValueError as wrong:
        raise Refused(str(wrong)) from wrong


def _written_at(file: Path) -> float:
    return file.stat().st_mtime
