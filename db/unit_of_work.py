"""One write: a transaction by a named person, with its steps on the timeline and what they changed."""

import datetime as dt
import threading
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import NoReturn, Self, TypeVar

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified
from sqlalchemy.orm.exc import StaleDataError

from console.domain.acting import NOW, Actor, Happened
from console.domain.refusals import Away, ChangedElsewhere, OtherVersion, Refused, Unreachable
from db import left_lines
from db.base import Base, Numbered, Versioned
from db.changes import Changes
from db.connect import Begun, introduce
from db.errors import NOTHING, broken_rule, is_lost, told
from db.lost_answer import Left, was_saved
from db.many_rows import insert_many
from db.models import Step
from db.schema_version import MOVED_ON, THIS
from db.undo import undo
from db.who_was_first import changed_sentence, rule_sentence

T = TypeVar("T", bound=Base)
First = Callable[["UnitOfWork"], None]
ANSWER_LOST = (
    "The database stopped answering while this was being saved, and it is not known whether it was."
    " Look at the board when it is live again before you repeat the step."
)
NOT_SAVED = "The database stopped and nothing was saved. Try again."
_saved = threading.local()


def saved_here() -> int:
    """Count what this thread has saved: whoever would repeat something must know that nothing of it was."""
    return getattr(_saved, "count", 0)


NOT_THEIRS = "This is another practitioner's, or another role's: ask the hub coordinator to change it."


class UnitOfWork:
    """A write transaction: committed when its block ends well, else nothing of it remains.

    Business time is `now`. The steps are written last, at the commit: a step's id is there after the block.
    """

    def __init__(
        self,
        writer: Engine,
        reader: Engine,
        actor: Actor,
        now: dt.datetime,
        made_by: str,
        first: "First | None" = None,
    ) -> None:
        """`first` is written before all else, and stands or falls with the rest; none of it is undone."""
        self.actor = actor
        self.now = now
        self.session = Session(writer, expire_on_commit=False)
        self._reader, self._writer = reader, writer
        self._made_by, self._first = made_by, first
        self._changes = Changes(self.session)
        self._steps: list[Step] = []
        self._is_undoable = first is None
        self._begun: Begun | None = None

    def __enter__(self) -> Self:
        try:
            self._begin()
        except SQLAlchemyError as error:
            self.session.close()
            raise told(error) from None
        except BaseException:
            self.session.close()
            raise
        return self

    def _begin(self) -> None:
        self._begun = introduce(self.session.connection(), self.actor, self._made_by)
        if not THIS.works_on(self._begun.shape):
            raise OtherVersion(MOVED_ON, NOTHING)
        if self._first is not None:
            self._first(self)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if isinstance(error, SQLAlchemyError):
                self._tell(error)
            if error is None:
                self._finish()
        except SQLAlchemyError as late:
            self._tell(late)
        finally:
            self.session.close()

    def get(self, model: type[T], key: int) -> T:
        """Load one row; refuse when it does not exist."""
        return self._found(model, self.session.get(model, key))

    def lock(self, model: type[T], key: int) -> T:
        """Load one row as it is now and keep everybody else from changing it until this work ends.

        On SQLite nobody else writes meanwhile anyway.
        """
        self.session.flush()  # else the fresh values would replace what was not written yet
        row = self.session.get(model, key, with_for_update={"key_share": True}, populate_existing=True)
        if row is None and self.session.get(model, key) is not None:  # there, and not theirs to change
            raise Refused(NOT_THEIRS)
        return self._found(model, row)

    def _found(self, model: type[T], row: T | None) -> T:
        if row is None:
            name = model.__tablename__.replace("_", " ")
            raise Refused(f"This {name} is not in the database. Look at the board again.")
        return row

    def add(self, row: T) -> T:
        """Write a new row at once, so that its id is known."""
        self.session.add(row)
        self.session.flush()
        return row

    def add_all(self, rows: Sequence[Numbered], *, with_ids: bool = False) -> None:
        """Write new rows of one kind in one statement; no undo takes them back."""
        self.session.flush()  # what was changed before comes before
        insert_many(self.session, rows, with_ids=with_ids)

    def expect(self, row: Versioned, seen_version: int, referral_id: int | None = None) -> None:
        """Refuse when somebody changed the row since it was seen, saying who, what and when."""
        if row.version != seen_version:
            raise ChangedElsewhere(changed_sentence(self.session, row, self.now, referral_id))

    def touch(self, row: Versioned, column: str) -> None:
        """Let a row count as changed for whoever saw it before; the column is written as it is."""
        flag_modified(row, column)
        self.session.flush()
        self._changes.touched(row)

    def step(
        self,
        kind: str,
        words: str,
        *,
        hub_id: int | None,
        referral_id: int | None = None,
        practitioner_id: int | None = None,
        happened: Happened = NOW,
        undoable: bool = True,
    ) -> Step:
        """Put a line on the timeline: who did what, when it happened, and when it was entered for whom.

        The last undoable step of a transaction carries all that the transaction changed; one step that cannot
        be undone makes the whole of it final.
        """
        self.session.flush()
        step = Step(
            kind=kind,
            words=words,
            hub_id=hub_id,
            referral_id=referral_id,
            practitioner_id=practitioner_id,
            happened_at=happened.at or self.now,
            entered_at=self.now,
            by_id=self.actor.staff_id,
            role=self.actor.role,
            on_behalf_of_id=happened.on_behalf_of_id,
            channel=happened.channel,
            said=happened.said,
            from_paper=happened.from_paper,
            changes=[],
        )
        self._steps.append(step)
        self._is_undoable &= undoable
        return step

    def undo(self, step_id: int) -> Step:
        """Take back one's own step of the last minutes by a second step; refuse when something followed."""
        return undo(self, step_id)

    def _finish(self) -> None:
        self.session.flush()
        if self._steps and self._is_undoable:
            self._steps[-1].changes = self._changes.kept()
        for step in self._steps:
            self.session.add(step)
            self.session.flush()  # one by one: their order is the order of their ids
        left = [Left(step.id, step.by_id, step.entered_at) for step in self._steps]
        try:
            self.session.commit()
        except DBAPIError as error:
            if not is_lost(error) or self._begun is None or self._begun.transaction is None:
                raise
            self._take_answer(was_saved(self._reader, self._begun, left))
        _saved.count = saved_here() + 1

    def _take_answer(self, answer: bool | None) -> None:
        if answer is None:
            raise Unreachable(ANSWER_LOST)
        if not answer:
            raise Away(NOT_SAVED)

    def _tell(self, error: SQLAlchemyError) -> NoReturn:
        """Take everything back, then say who was first, as far as the database can tell."""
        self.session.close()
        left_lines.refused(self._writer, error, self.actor, self._made_by)
        raise told(error, self._sentence(error)) from None

    def _sentence(self, error: SQLAlchemyError) -> str | None:
        rows = self._changes.being_written
        if not isinstance(error, IntegrityError | StaleDataError):
            return None
        with Session(self._reader) as session:
            if isinstance(error, IntegrityError):
                return rule_sentence(session, broken_rule(error), rows)
            changed = (changed_sentence(session, row, self.now) for row in rows)
            return next(changed, None)
