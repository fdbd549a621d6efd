"""Whether this is a training database, and which time it has."""

from sqlalchemy.orm import Session

from console.domain.training_time import TrainingTime
from db.models import Training

ONLY = 1
"""The key of the one row."""


def is_training(session: Session) -> bool:
    """Tell whether a database is marked: it holds nobody real, and nothing may leave it."""
    return session.get(Training, ONLY) is not None


def training_time(session: Session) -> TrainingTime | None:
    """Give the time of a training database; None for an ordinary one, which has the server's."""
    row = session.get(Training, ONLY)
    return None if row is None else TrainingTime(row.epoch, row.started_at, row.speed, row.seed)
