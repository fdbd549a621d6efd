"""The chain of blocks over the audit: how a block's hash is made, and what seals on each database.

PostgreSQL seals by a function of its own (`migrations/sql/postgresql/0020_sealing.sql`), since nobody but it
may write a block; here the same hash is made in other words, so that a check does not ask whom it checks.
"""

import datetime as dt
import hashlib
from collections.abc import Generator, Iterator
from typing import NamedTuple

from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

from db.base import SQLITE_TIME, UTCDateTime
from db.unit_of_work import UnitOfWork

AT_ONCE = 2000
"""Lines of one block at most: what a check can name, and what one short transaction seals."""
FETCHED = 2000
BEFORE_ALL = "0" * 64
# Every column of the audit, in the order in which a line is hashed; SQLite's has no transaction.
COLUMNS = (
    "id",
    "at",
    "txid",
    "login",
    "actor_id",
    "actor_name",
    "actor_role",
    "device",
    "made_by",
    "tbl",
    "op",
    "row_id",
    "hub_id",
    "referral_id",
    "patient_id",
    "old",
    "new",
)
_AT = {"postgresql": "to_char({} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')", "sqlite": "{}"}


class Block(NamedTuple):
    """One block: which numbers it covers, how many lines, the hashes, and its time as it was hashed."""

    number: int
    first_id: int
    last_id: int
    lines: int
    previous: str
    hash: str
    sealed_at: str

    @property
    def at(self) -> dt.datetime:
        """When it was sealed, by the server's clock."""
        return dt.datetime.fromisoformat(self.sealed_at).replace(tzinfo=dt.UTC)


NOTHING = Block(0, 0, 0, 0, "", BEFORE_ALL, "")
"""What stands before the first block."""


class Line(NamedTuple):
    """One line of the audit: its number, and the text that is hashed."""

    id: int
    hashed: str


class Hash:
    """The hash of a block, line by line."""

    def __init__(self, previous: str) -> None:
        self._chained = hashlib.sha256(previous.encode()).digest()
        self.lines = 0

    def add(self, line: Line) -> None:
        """Take the next line in."""
        self._chained = hashlib.sha256(self._chained + line.hashed.encode()).digest()
        self.lines += 1

    def end(self, number: int, first_id: int, last_id: int, sealed_at: str) -> str:
        """Give the hash of the block."""
        parts = (str(number), str(first_id), str(last_id), str(self.lines), sealed_at)
        whole = "".join(f"{len(part)}:{part}" for part in parts)
        return hashlib.sha256(self._chained + whole.encode()).hexdigest()


def seal(work: UnitOfWork, at_once: int = AT_ONCE) -> int:
    """Seal the next lines, at most so many in one block; gives how many. A second sealer does nothing."""
    connection = work.session.connection()
    if connection.dialect.name == "postgresql":
        found = connection.execute(text("SELECT seal_audit(:at_once)"), {"at_once": at_once})
        return int(found.scalar_one())
    return _seal_file(connection, at_once)


def _seal_file(connection: Connection, at_once: int) -> int:
    """Seal a local file: its one writer is this transaction, so whatever is there is final."""
    last = _newest(connection)
    whole, end = Hash(last.hash), last.last_id
    for line in _lines(connection, last.last_id, at_once):
        whole.add(line)
        end = line.id
    if whole.lines:
        at = dt.datetime.now(dt.UTC).strftime(SQLITE_TIME)
        number, first_id = last.number + 1, last.last_id + 1
        block = Block(number, first_id, end, whole.lines, last.hash, whole.end(number, first_id, end, at), at)
        values = "(:number, :first_id, :last_id, :lines, :previous, :hash, :sealed_at)"
        connection.execute(text(f"INSERT INTO audit_block VALUES {values}"), block._asdict())  # noqa: S608 - our words
    return whole.lines


def newest(session: Session) -> Block | None:
    """Give the newest block, whose hash proves all lines up to its last; None before the first."""
    found = _newest(session.connection())
    return None if found is NOTHING else found


def _newest(connection: Connection) -> Block:
    row = connection.execute(text(f"{_blocks(connection)} ORDER BY number DESC LIMIT 1")).one_or_none()
    return NOTHING if row is None else Block(*row)


def block(session: Session, number: int) -> Block | None:
    """Give the block of this number."""
    connection = session.connection()
    found = connection.execute(text(f"{_blocks(connection)} WHERE number = :number"), {"number": number})
    row = found.one_or_none()
    return None if row is None else Block(*row)


def blocks(session: Session) -> Iterator[Block]:
    """Give every block in order, a few at a time."""
    connection = session.connection().execution_options(yield_per=FETCHED)
    with connection.execute(text(f"{_blocks(connection)} ORDER BY number")) as rows:
        for row in rows:
            yield Block(*row)


def lines(session: Session) -> Generator[Line, None, None]:
    """Give every line in order, a few at a time."""
    return _lines(session.connection(), None, None)


def unsealed(session: Session) -> tuple[int, dt.datetime | None]:
    """Give how many lines wait to be sealed, and of when the oldest is."""
    if session.get_bind().dialect.name == "postgresql":
        found = text("SELECT waiting, oldest FROM audit_unsealed()")
    else:
        sealed = "(SELECT coalesce(max(last_id), 0) FROM audit_block)"
        found = text(f"SELECT count(*) AS waiting, min(at) AS oldest FROM audit_log WHERE id > {sealed}")  # noqa: S608 - our words
    row = session.execute(found.columns(oldest=UTCDateTime())).one()
    return int(row.waiting), row.oldest


def take_time(session: Session) -> None:
    """Let a statement of this transaction take as long as it does: ten years of lines take minutes."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SET LOCAL statement_timeout = 0"))


def is_seen_whole(session: Session) -> bool:
    """Tell whether this login sees every line: row security shows a person those of their hubs alone."""
    if session.get_bind().dialect.name == "sqlite":
        return True
    hides = text("SELECT row_security_active('audit_log') OR row_security_active('audit_block')")
    return not session.scalar(hides)


def _blocks(connection: Connection) -> str:
    at = _AT[connection.dialect.name].format("sealed_at")
    return f"SELECT number, first_id, last_id, lines, previous, hash, {at} FROM audit_block"  # noqa: S608 - our words


def _lines(connection: Connection, after: int | None, at_once: int | None) -> Generator[Line, None, None]:
    """Give lines in order: all of them, or at most so many after a number."""
    limit = "" if at_once is None else f" LIMIT {at_once:d}"
    where = "" if after is None else f" WHERE id > {after:d}"
    statement = f"SELECT id, {_hashed(connection.dialect.name)} FROM audit_log{where} ORDER BY id{limit}"  # noqa: S608 - our words
    with connection.execution_options(yield_per=FETCHED).execute(text(statement)) as rows:
        for row in rows:
            yield Line(*row)


def _hashed(dialect: str) -> str:
    """Write the text of a line: each field with its length before it, or a dash where there is none."""
    fields = []
    for name in COLUMNS:
        if name == "txid" and dialect == "sqlite":
            continue
        value = _AT[dialect].format(name) if name == "at" else f"CAST({name} AS text)"
        fields.append(rf"coalesce(length({value}) || '\:' || {value}, '-')")
    return " || ".join(fields)
