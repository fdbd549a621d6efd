"""Backups in a folder: which is the newest, and what it is."""

import enum
from dataclasses import dataclass
from pathlib import Path

from console.domain.refusals import Refused

_DUMP, _SQLITE = b"PGDMP", b"SQLite format 3\x00"


class BackupKind(enum.Enum):
    """What a backup is, in words."""

    DUMP = "a dump by pg_dump"
    BASE = "a base backup"
    SQLITE = "a copy of a local file"


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup; `written_at` is when its last file was written, in seconds since 1970."""

    path: Path
    kind: BackupKind
    written_at: float


def newest(folder: Path, kind: BackupKind | None = None) -> Backup:
    """Give the newest backup of a folder, or the one that the path itself is; of a kind, if one is named."""
    if not folder.exists():
        raise Refused(f"There is no folder {folder}: name the one with the backups, or set backup.folder.")
    own = _backup(folder)
    places = [folder] if own is not None else sorted(folder.iterdir())
    found = [one for place in places if (one := _backup(place)) is not None and kind in (None, one.kind)]
    if not found:
        raise Refused(
            f"There is no backup in {folder}: it may be a dump in the custom format, a base backup, or a copy"
            " of a local file."
        )
    return max(found, key=lambda one: one.written_at)


def major_version(base: Path) -> int | None:
    """Give for which PostgreSQL a base backup is; None where that is not known before it is unpacked."""
    file = base / "PG_VERSION"
    return int(file.read_text(encoding="ascii").split(".")[0]) if file.is_file() else None


def _backup(path: Path) -> Backup | None:
    if path.is_dir():
        marks = [path / name for name in ("PG_VERSION", "base.tar", "base.tar.gz")]
        mark = next((one for one in marks if one.is_file()), None)
        label = path / "backup_label"
        if mark is None:
            return None
        return Backup(path, BackupKind.BASE, (label if label.is_file() else mark).stat().st_mtime)
    with path.open("rb") as opened:
        begins = opened.read(16)
    kind = BackupKind.DUMP if begins.startswith(_DUMP) else BackupKind.SQLITE if begins == _SQLITE else None
    return None if kind is None else Backup(path, kind, path.stat().st_mtime)
