"""What every service stands on: who acts, in which database, by which clock and calendar."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from console.domain.acting import Actor
from console.domain.calendar import WorkingCalendar
from console.domain.permissions import Deed, reasons_not_permitted
from console.domain.refusals import Refused
from console.planning.places import Places
from console.planning.travel import ESTIMATE, TravelTimes
from db.engine import Database
from db.unit_of_work import First, UnitOfWork


@dataclass(frozen=True, slots=True)
class Basis:
    """One signed-in person at one database; `now` gives the business time.

    `first` is written at the beginning of each transaction, so that it is done exactly when the rest is.
    """

    database: Database
    actor: Actor
    now: Callable[[], dt.datetime]
    calendar: WorkingCalendar
    places: Places
    first: First | None = None
    travel: TravelTimes = ESTIMATE

    def work(self, deed: Deed) -> UnitOfWork:
        """Begin one transaction of this person, unless their role may not do this."""
        refuse(reasons_not_permitted(self.actor.role, deed))
        return self.database.work(self.actor, self.now(), first=self.first)


def refuse(reasons: Iterable[str]) -> None:
    """Refuse for these reasons; nothing happens when there are none."""
    if told := tuple(reasons):
        raise Refused(*told)
