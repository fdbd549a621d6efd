"""Which workers are alive and when each last looked, by the server's time alone."""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, delete, func, select, text
from sqlalchemy.orm import Session

from db.base import UTCDateTime
from db.connect import server_time
from db.models import WorkerHeartbeat

FORGOTTEN_AFTER = dt.timedelta(days=7)
# A worker that has not looked since its last beat keeps the look that it told before.
_BEAT = text(
    "INSERT INTO worker_heartbeat (worker, beat_at, looked_at, program_version)"
    " VALUES (:worker, :beat_at, :looked_at, :program_version)"
    " ON CONFLICT (worker) DO UPDATE SET beat_at = excluded.beat_at,"
    " looked_at = coalesce(excluded.looked_at, worker_heartbeat.looked_at),"
    " program_version = excluded.program_version"
).bindparams(bindparam("beat_at", type_=UTCDateTime), bindparam("looked_at", type_=UTCDateTime))
_NEWEST_LOOK = select(func.max(WorkerHeartbeat.looked_at))


def beat(session: Session, worker: str, version: str, looked_ago: dt.timedelta | None) -> None:
    """Write down that a worker is alive, and how long ago it looked; forget those that are long gone."""
    now = server_time(session.connection())
    looked_at = None if looked_ago is None else now - looked_ago
    session.execute(
        _BEAT, {"worker": worker, "beat_at": now, "looked_at": looked_at, "program_version": version}
    )
    session.execute(delete(WorkerHeartbeat).where(WorkerHeartbeat.beat_at < now - FORGOTTEN_AFTER))


def newest_look(connection: Connection) -> dt.datetime | None:
    """Give when any worker last looked for what is due, by the server's time; None when none ever did."""
    found: dt.datetime | None = connection.execute(_NEWEST_LOOK).scalar()
    return found


def workers(session: Session) -> Sequence[WorkerHeartbeat]:
    """Give every worker of the last days, the liveliest first."""
    return session.scalars(select(WorkerHeartbeat).order_by(WorkerHeartbeat.beat_at.desc())).all()
