"""The restore drill: the newest backup is brought back into a place of its own and looked at."""

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from console.domain.calendar import local
from console.domain.refusals import Refused
from console.services import audit_check
from console.services.backups import Backup, BackupKind, major_version, newest
from db import audit_chain as chain
from db.engine import Database, open_database
from db.queries import counts, logs
from db.schema_version import NEWEST
from db.scratch_server import installed_programs, scratch_server
from db.upgrade import upgrade

# What only grows: when the backup holds more of it than the service, the service has lost some.
_GROWS = ("audit_log", "step", "referral", "patient", "report_version", "contact", "record_opening")


@dataclass(slots=True)
class Findings:
    """What was found, in sentences; `wrong` is what must be seen to."""

    lines: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Where:
    """Where the drill finds what it needs; None is what is usual."""

    backups: Path
    programs: Path | None = None
    archive: Path | None = None
    user: str = "doorstep"
    database: str = "doorstep"


def run(where: Where, live: Database | None) -> Findings:
    """Bring the newest backup back, look at it, and take it away again; `live` is the service it is of."""
    found = Findings()
    backup = newest(where.backups)
    began = time.monotonic()
    age = (time.time() - backup.written_at) / 3600
    found.lines.append(f"The newest backup is {backup.path.name}, {backup.kind.value}, {age:.1f} hours old.")
    with _restored(backup, where) as address:
        found.lines.append(f"It was brought back in {time.monotonic() - began:.1f} s.")
        _look(address, live, found)
    found.lines.append("What was brought back is taken away again.")
    return found


@contextmanager
def _restored(backup: Backup, where: Where) -> Iterator[str]:
    """Give the address of the restored database for the length of the block."""
    if backup.kind is BackupKind.SQLITE:
        with tempfile.TemporaryDirectory(prefix="doorstep-drill-") as folder:
            copy = Path(folder) / "restored.sqlite"
            shutil.copyfile(backup.path, copy)
            copy.chmod(0o600)
            yield f"sqlite:///{copy}"
        return
    major = major_version(backup.path) if backup.kind is BackupKind.BASE else None
    programs = where.programs or installed_programs(major)
    if programs is None:
        which = f"PostgreSQL {major}" if major else "PostgreSQL"
        raise Refused(
            f"There are no programs of {which} here: install them, or name their folder by --programs."
        )
    with scratch_server(programs) as server:
        if backup.kind is BackupKind.DUMP:
            server.restore_dump(backup.path)
        else:
            server.start_base_backup(backup.path, where.archive, where.user, where.database)
        yield server.restored


def _look(address: str, live: Database | None, found: Findings) -> None:
    # A backup of an older version must come up in this one: that is what a restore would need.
    upgrade(address)
    with closing(open_database(address)) as restored:
        found.lines.append(f"Its shape is {NEWEST}, as this version needs it.")
        if not restored.capabilities.is_shared:
            is_whole = restored.is_whole()
            (found.lines if is_whole else found.wrong).append(
                "Its file is whole: every page was looked at." if is_whole else "Its file is damaged."
            )
        whole = _seen_whole(live, found)
        _count(restored, whole, found)
        _end(restored, whole, found)
        audit_chain(restored, whole, found)


def _count(restored: Database, live: Database | None, found: Findings) -> None:
    with restored.read() as session:
        held = counts.count_all(session)
    now = {} if live is None else _count_live(live, found)
    for name, count in held.items():
        beside = f" (the service has {now[name]:,})" if name in now else ""
        found.lines.append(f"{name}: {count:,}{beside}")
    found.lines.append(f"{sum(held.values()):,} rows in {len(held)} tables.")
    if not held["hub"] or not held["staff"]:
        found.wrong.append("There is no service in it: no hub, or nobody who may sign in.")
    for name in _GROWS:
        if held[name] > now.get(name, held[name]):
            found.wrong.append(
                f"It holds {held[name]:,} rows of {name}, and the service only {now[name]:,}: either rows"
                " have gone from the service, or this is the backup of another one."
            )
        if now.get(name) and not held[name]:
            found.wrong.append(f"It holds no {name}, and the service {now[name]:,}.")


def _seen_whole(live: Database | None, found: Findings) -> Database | None:
    """Give the service itself when the login sees all of it: half of a service compares with nothing."""
    if live is None:
        return None
    try:
        with live.read() as session:
            if counts.sees_everything(session):
                return live
    except Refused as refused:
        found.lines.append(f"The service itself is not compared: {refused}")
        return None
    found.lines.append("The service itself is not compared: this login sees only the rows of its hubs.")
    return None


def _count_live(live: Database, found: Findings) -> dict[str, int]:
    try:
        with live.read() as session:
            return counts.count_all(session)
    except Refused as refused:
        found.lines.append(f"The service itself is not compared: {refused}")
        return {}


def _end(restored: Database, live: Database | None, found: Findings) -> None:
    """Say up to when it goes: what came after would have to be entered again."""
    with restored.read() as session:
        last = logs.newest_audit(session)
    if last is None:
        found.wrong.append("Its audit is empty: nothing was ever written in it.")
        return
    found.lines.append(f"Its newest change is of {local(last):%a %d %b %Y, %H:%M:%S}.")
    if live is not None:
        try:
            with live.read() as session:
                newer = logs.count_audit_since(session, last)
        except Refused:
            return  # said already
        found.lines.append(f"The service has {newer:,} changes since then: they would be lost with it.")


def audit_chain(restored: Database, live: Database | None, found: Findings) -> None:
    """Check the audit of a restored database against its chain, and the service's chain against this one."""
    checked = audit_check.check(restored)
    found.lines += [f"Its audit: {line}" for line in checked.lines]
    found.wrong += [f"Its audit: {line}" for line in checked.wrong]
    with restored.read() as session:
        head = chain.newest(session)
    if head is None or live is None:
        return
    try:
        with live.read() as session:
            now = chain.block(session, head.number)
    except Refused:
        return  # said already
    if now is None or now.hash != head.hash:
        found.wrong.append(
            f"Block {head.number:,} of its audit is not that of the service: the service's was cut off or"
            " written anew since, or this is the backup of another one. Check it: main.py audit verify"
        )
    else:
        found.lines.append(f"Block {head.number:,} of its audit stands in the service as it did.")
