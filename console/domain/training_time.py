"""The time of a training database: it begins at a chosen moment and runs at a chosen speed."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TrainingTime:
    """The mark of a training database: `speed` seconds of its time pass in each second of the server's."""

    epoch: dt.datetime
    started_at: dt.datetime
    speed: float
    seed: int

    def at(self, server_now: dt.datetime) -> dt.datetime:
        """Give the business time at a moment of the server's."""
        return self.epoch + (server_now - self.started_at) * self.speed


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a day has been played: so many of its events are behind."""

    day: dt.date
    played: int
