"""What only one worker does at a time: whoever comes second leaves it, and nobody waits."""

import enum

from sqlalchemy import func, select
from sqlalchemy.orm import Session


class Alone(enum.IntEnum):
    """The numbers by which workers agree; each is used for nothing else."""

    BUNDLING = 6_270_913
    SEALING = 6_270_914  # held by the function of the database that seals
    TRIMMING = 6_270_915


def is_alone(session: Session, at: Alone) -> bool:
    """Tell whether this transaction may do it; the others are told so until it ends.

    On SQLite nobody else writes meanwhile anyway.
    """
    if session.get_bind().dialect.name == "sqlite":
        return True
    return bool(session.scalar(select(func.pg_try_advisory_xact_lock(at.value))))
