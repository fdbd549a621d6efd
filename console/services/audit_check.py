"""Checks the audit against its chain, and the chain against hashes that were kept outside the database."""

import datetime as dt
import time
from collections.abc import Collection, Iterator
from contextlib import closing
from dataclasses import dataclass, field

from console.domain import audit_words
from console.domain.audit_words import counted
from console.domain.calendar import local
from console.domain.chase_words import MessageStatus
from console.domain.refusals import Refused
from console.services import people
from db import audit_chain, left_lines
from db.audit_chain import NOTHING, Block, Hash, Line
from db.engine import Database
from db.models import OutgoingMessage
from db.queries import outgoing
from db.queries.lookups import Open

LATE_AFTER = dt.timedelta(minutes=10)
"""Lines that wait longer than this to be sealed are told: they can still be changed unseen."""
_HIDDEN = (
    "This login sees the audit of its own hubs alone, and the chain goes over all of it. Check as"
    " doorstep_migrator or a superuser, or check a backup: main.py doctor --restore-drill."
)


@dataclass(slots=True)
class Checked:
    """What was found: sentences, what is wrong, and the figures."""

    lines: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    sealed: int = 0
    blocks: int = 0
    through_id: int = 0


def check(database: Database, heads: Collection[str] = ()) -> Checked:
    """Compute every block anew; `heads` are hashes that must stand at the end of one of them."""
    found, began = Checked(), time.monotonic()
    with database.read() as session:
        if not audit_chain.is_seen_whole(session):
            raise Refused(_HIDDEN)
        audit_chain.take_time(session)
        missing = set(heads)
        for block in _go_through(session, found):
            missing.discard(block.hash)
        waiting, oldest = audit_chain.unsealed(session)
    for head in sorted(missing):
        found.wrong.append(
            f"The chain holds no block with the hash {head}: the newest lines and blocks were cut off, or the"
            " whole chain was written anew. Or it is the hash of another database, or newer than this copy."
        )
    found.lines.append(
        f"{counted(found.sealed, 'line')} in {counted(found.blocks, 'block')}"
        f" {'was' if found.sealed == 1 else 'were'} checked in {time.monotonic() - began:.1f} s."
    )
    if heads and not missing:
        found.lines.append(f"The hashes that were kept stand in the chain: {len(set(heads))}.")
    found.lines.append(_waiting(waiting, oldest, database.server_now()))
    return found


def keep(database: Database, found: Checked, heads: Collection[str] = ()) -> None:
    """Leave in the audit itself that it was checked, by whom, up to which line, and how that ended."""
    with database.work(people.system(database), database.server_now()) as work:
        left_lines.check(work, found.through_id, len(found.wrong), len(set(heads)))


def condition(database: Database) -> list[str]:
    """Say how far the audit is sealed, for whoever looks after the service."""
    with database.read() as session:
        newest, (waiting, oldest) = audit_chain.newest(session), audit_chain.unsealed(session)
        mailed = _mailed(*outgoing.heads(session))
        checked = audit_words.checked(left_lines.last_check(session))
    sealed = (
        "The audit is not sealed yet."
        if newest is None
        else f"The audit is sealed up to line {newest.last_id:,}, in {counted(newest.number, 'block')}."
    )
    now = database.server_now()
    lines = [sealed, checked, _waiting(waiting, oldest, now), *mailed]
    if oldest is not None and now - oldest > LATE_AFTER:
        lines.append(
            "Sealing lags behind: a worker must run, or a console of a local database, and a transaction that"
            " stays open for long holds it up."
        )
    return lines


def _mailed(last: dt.datetime | None, newest: OutgoingMessage | None) -> list[str]:
    """Say when the newest hash left by mail; without it the workers' logs alone have it."""
    if newest is None:
        return ["Its newest hash has never gone by mail: name somebody in the setting mail.audit."]
    went = "has not gone by mail yet" if last is None else f"last went by mail on {local(last):%d %b, %H:%M}"
    lines = [f"Its newest hash {went}."]
    if newest.state is MessageStatus.FAILED:
        since = f"{local(newest.created_at):%d %b}"
        lines.append(f"The mail of {since} to {newest.address} could not be sent: {newest.result}")
    return lines


def _waiting(waiting: int, oldest: dt.datetime | None, now: dt.datetime) -> str:
    if oldest is None:
        return "No line waits to be sealed."
    minutes = max(0, int((now - oldest).total_seconds() // 60))
    return f"{counted(waiting, 'line is', 'lines are')} not sealed yet, the oldest since {minutes:,} min."


def _go_through(session: Open, found: Checked) -> Iterator[Block]:
    """Hold the lines against the blocks, both in order; gives every block that is as it was sealed."""
    with closing(audit_chain.lines(session)) as rest:
        yield from _compared(rest, audit_chain.blocks(session), found)


def _compared(rest: Iterator[Line], blocks: Iterator[Block], found: Checked) -> Iterator[Block]:
    line = next(rest, None)
    before = NOTHING
    for block in blocks:
        is_next = _follows(before, block, found)
        skipped: list[int] = []
        while line is not None and line.id < block.first_id:
            skipped = [*skipped[:1], line.id]
            line = next(rest, None)
        if skipped and is_next:
            found.wrong.append(
                f"Lines {skipped[0]:,} to {skipped[-1]:,} are in no block and before block {block.number:,}:"
                " they were put in."
            )
        whole = Hash(block.previous)
        while line is not None and line.id <= block.last_id:
            whole.add(line)
            line = next(rest, None)
        found.blocks, found.sealed = found.blocks + 1, found.sealed + whole.lines
        found.through_id = block.last_id
        if _is_as_sealed(block, whole, found):
            yield block
        before = block


def _follows(before: Block, block: Block, found: Checked) -> bool:
    """Tell whether a block begins where the one before it ends; say what is wrong."""
    if block.number > before.number + 1:
        found.wrong.append(
            f"Before block {block.number:,} blocks are missing: nothing proves the lines"
            f" {before.last_id + 1:,} to {block.first_id - 1:,}."
        )
        return False
    if block.number < 1 or block.first_id != before.last_id + 1 or block.previous != before.hash:
        found.wrong.append(
            f"Block {block.number:,} does not follow the one before it: one of the two was changed or put in."
        )
        return False
    return True


def _is_as_sealed(block: Block, whole: Hash, found: Checked) -> bool:
    where = f"Block {block.number:,}, lines {block.first_id:,} to {block.last_id:,}"
    lines = counted(abs(block.lines - whole.lines), "line was", "lines were")
    if whole.lines < block.lines:
        what = f"{lines} removed of its {block.lines:,}"
    elif whole.lines > block.lines:
        what = f"{lines} put in beside its {block.lines:,}"
    elif whole.end(block.number, block.first_id, block.last_id, block.sealed_at) == block.hash:
        return True
    else:
        what = "a line of it was changed or exchanged, or the block itself"
    found.wrong.append(f"{where}: {what}.")
    return False
