"""The one time that everything of a database goes by: the server's, or a training database's own."""

import datetime as dt
from collections.abc import Callable

from console.domain.training_time import TrainingTime
from db.engine import Database
from db.queries.training import training_time


class Clock:
    """Gives the business time when it is called: rules, boards and jobs know no other.

    Leases, heartbeats and the age of the feed go by `server`, which no training makes quicker.
    """

    def __init__(self, server: Callable[[], dt.datetime], training: TrainingTime | None = None) -> None:
        self.server = server
        self.training = training

    def __call__(self) -> dt.datetime:
        """Give the business time, aware UTC."""
        now = self.server()
        return now if self.training is None else self.training.at(now)

    @property
    def is_training(self) -> bool:
        """Whether this database is for training."""
        return self.training is not None

    @property
    def speed(self) -> float:
        """How many seconds of business time pass in one second."""
        return 1.0 if self.training is None else self.training.speed


def clock_of(database: Database, server: Callable[[], dt.datetime] | None = None) -> Clock:
    """Give the clock of a database; `server` tells the server's time without asking for it each time."""
    with database.read() as session:
        training = training_time(session)
    return Clock(server or database.server_now, training)
