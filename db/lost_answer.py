"""Finds out what became of a transaction when the answer to its COMMIT was lost: nothing is done twice."""

import datetime as dt
import time
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection, Engine, and_, exists, or_, select, text
from sqlalchemy.exc import DBAPIError

from db.connect import Begun
from db.models import Step


class Left(NamedTuple):
    """By which a step of the lost transaction would be known again."""

    id: int
    by_id: int
    entered_at: dt.datetime


PAUSES_S = (0.2, 0.5, 1.0, 1.5)
_TIMELINE = text("SELECT substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8)")
_STATUS = text("SELECT pg_xact_status(CAST(:number AS xid8))")
# Its session waits for a COMMIT that will not come any more, and holds its locks meanwhile.
_END = text(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE backend_xid = CAST(CAST(:number AS xid8) AS xid) AND pid = :session"
)


def was_saved(reader: Engine, begun: Begun, steps: Sequence[Left]) -> bool | None:
    """Ask the server, for a few seconds, whether a transaction was committed; None when it does not say."""
    for pause in PAUSES_S:
        time.sleep(pause)
        try:
            with reader.connect() as connection:
                answer = _answer(connection, begun, steps)
        except DBAPIError:
            continue
        if answer is not None:
            return answer
    return None


def _answer(connection: Connection, begun: Begun, steps: Sequence[Left]) -> bool | None:
    if connection.execute(_TIMELINE).scalar_one() != begun.timeline:
        return _has_steps(connection, steps)
    status = connection.execute(_STATUS, {"number": begun.transaction}).scalar()
    if status == "in progress":
        connection.execute(_END, {"number": begun.transaction, "session": begun.session})
    if status == "committed" and steps:
        # After a crash a server gives numbers again that never reached its disk: it may be somebody else's.
        connection.rollback()  # what was seen so far may be older than that commit
        return _has_steps(connection, steps)
    return {"committed": True, "aborted": False}.get(status or "")


def _has_steps(connection: Connection, steps: Sequence[Left]) -> bool | None:
    """Others may bear the same number, as when a standby has taken over: look for the work itself."""
    if not steps:
        return None
    is_theirs = or_(
        *(
            and_(Step.id == left.id, Step.by_id == left.by_id, Step.entered_at == left.entered_at)
            for left in steps
        )
    )
    return bool(connection.execute(select(exists().where(is_theirs))).scalar_one())
