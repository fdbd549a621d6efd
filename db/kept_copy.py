"""Keeps a copy of a local database before it is brought to a newer shape."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from console.domain.refusals import Refused

NO_COPY = (
    "No copy of the database could be kept, so it was not upgraded. Make room on the disk, and see that its"
    " folder may be written; then try again."
)


def keep_copy(file: Path, version: str) -> Path:
    """Copy a database beside itself, named after its shape and readable by this account only.

    It is whole even while somebody has the database open; one of an earlier attempt is replaced.
    """
    kept = file.with_name(f"{file.stem}-{version}{file.suffix}")
    unfinished = kept.with_name(f"{kept.name}.unfinished")
    try:
        unfinished.unlink(missing_ok=True)
        os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(unfinished)) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")  # all of it in the one file
        unfinished.replace(kept)
    except (OSError, sqlite3.Error):
        unfinished.unlink(missing_ok=True)
        raise Refused(NO_COPY) from None
    return kept
