"""What a transaction changed, kept with its step so that a second step can put it back."""

import datetime as dt
import enum
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from sqlalchemy import event, inspect
from sqlalchemy.orm import InstanceState, Session, UOWTransaction
from sqlalchemy.types import TypeEngine

from db.base import Base, Numbered, Versioned
from db.models import AuditExport, KeySafe, Position, ReceivedMessage, RecordOpening, Step

# These are records of what happened: nobody takes them back.
NEVER_UNDONE = (AuditExport, KeySafe, Step, Position, ReceivedMessage, RecordOpening)


@dataclass(slots=True)
class Change:
    """One row: new, gone, or with these columns changed.

    `version` is the one that the transaction left, `before` the one that it found.
    """

    table: str
    id: int
    version: int | None
    is_new: bool = False
    is_gone: bool = False
    was: dict[str, Any] = field(default_factory=dict)
    now: dict[str, Any] = field(default_factory=dict)
    before: int | None = None

    @classmethod
    def read(cls, kept: dict[str, Any]) -> "Change":
        """Read one back from a step."""
        return cls(**kept)


class Changes:
    """Everything that one session has written so far."""

    def __init__(self, session: Session) -> None:
        self._rows: dict[tuple[str, int], Change] = {}
        # Copies, because a flush that fails takes the rows' values with it.
        self.being_written: list[Base] = []
        event.listen(session, "before_flush", self._remember)
        event.listen(session, "after_flush", self._keep)

    def kept(self) -> list[dict[str, Any]]:
        """Return them as a step keeps them, in the order in which the rows were first written."""
        return [asdict(change) for change in self._rows.values()]

    def touched(self, row: Versioned) -> None:
        """Keep that a row was written as it was: what is taken back leaves it as it was before."""
        self._of(row)

    def _remember(self, session: Session, *_: object) -> None:
        self.being_written = [_copy(row) for row in (*session.new, *session.dirty)]

    def _keep(self, session: Session, _: UOWTransaction) -> None:
        for row in _undoable(session.new):
            self._of(row).is_new = True
        for row in _undoable(session.dirty):
            was = dict(_changed(row))
            if was:
                self._keep_changed(row, was)
        for row in _undoable(session.deleted):
            self._of(row).is_gone = True

    def _keep_changed(self, row: Numbered, was: dict[str, Any]) -> None:
        change = self._of(row)
        if not change.is_new:
            change.was = was | change.was  # the first value is the one to go back to
            change.now |= {name: as_json(getattr(row, name)) for name in was}

    def _of(self, row: Numbered) -> Change:
        table = str(inspect(row).mapper.local_table.name)
        version = row.version if isinstance(row, Versioned) else None
        # Each flush that writes a row makes its version one higher.
        found = None if version is None else version - 1
        change = self._rows.setdefault((table, row.id), Change(table, row.id, None, before=found))
        change.version = version
        return change


def _undoable(rows: Any) -> list[Numbered]:
    return [row for row in rows if isinstance(row, Numbered) and not isinstance(row, NEVER_UNDONE)]


def _copy(row: Base) -> Base:
    state = inspect(row)
    names = [attribute.key for attribute in state.mapper.column_attrs if attribute.key in state.dict]
    return type(row)(**{name: state.dict[name] for name in names})


def _changed(row: Numbered) -> Iterator[tuple[str, Any]]:
    state: InstanceState[Any] = inspect(row)
    for attribute in state.mapper.column_attrs:
        history = state.attrs[attribute.key].history
        if attribute.key != "version" and history.has_changes() and history.deleted:
            yield attribute.key, as_json(history.deleted[0])


def as_json(value: Any) -> Any:
    """Return a column's value as JSON keeps it."""
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return value


def from_json(value: Any, column_type: TypeEngine[Any]) -> Any:
    """Return a kept value as a column of this type holds it."""
    kind = column_type.python_type
    if value is None or not isinstance(value, str) or kind is str:
        return value
    if issubclass(kind, enum.Enum):
        return kind(value)
    if issubclass(kind, dt.date | dt.time):
        return kind.fromisoformat(value)
    return value
