"""Where a signed-in person works: the database, who they are, and what time it is."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from console.domain.acting import Actor
from db.engine import Database
from db.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Seat:
    """What every service needs to let one person act."""

    database: Database
    actor: Actor
    now: Callable[[], dt.datetime]

    def work(self) -> UnitOfWork:
        """Begin one transaction of this person, now."""
        return self.database.work(self.actor, self.now())
