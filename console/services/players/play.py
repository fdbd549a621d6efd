"""Plays the day of a training database: every event that came due, exactly once, in order."""

import datetime as dt
import logging
from collections.abc import Callable

from console.domain.calendar import local_day
from console.domain.refusals import Busy, ChangedElsewhere, Refused, Unreachable
from console.domain.training_time import Progress
from console.planning.day.plan import plan_day
from console.planning.day.words import Act, DayPlan, Event
from console.planning.places import shipped
from console.services import site
from console.services.people import system
from console.services.players import hubs, referrals, reports, tasks, visits
from console.services.players.stage import Scene, Stage, cast_of
from db.engine import Database
from db.queries import training as queries
from db.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)
SCENES: dict[Act, Scene] = {
    **referrals.SCENES,
    **visits.SCENES,
    **hubs.SCENES,
    **reports.SCENES,
    **tasks.SCENES,
}
AT_ONCE = 200
"""Events in one go: after a long pause the rest follows a second later, and a console can still be closed."""
BEHIND = dt.timedelta(minutes=2)
"""What came due longer ago is played at its own time; what has just come due happens now, as with people."""
OLD_POSITION = dt.timedelta(hours=1)
_TRIES = 3


class PlayedElsewhere(Exception):
    """Another console or worker has played this event: nothing of it was written here."""


class Players:
    """Everybody who has a part; any number of processes may play at once, and be killed at any moment.

    How far the day has come is written in the transaction of the event itself. Whoever comes second finds the
    day moved on, and writes nothing.
    """

    def __init__(
        self,
        database: Database,
        seed: int,
        now: Callable[[], dt.datetime],
        *,
        behind: dt.timedelta = BEHIND,
        tracked_from: dt.datetime | None = None,
    ) -> None:
        """`behind` of nothing plays everything at its own time: the past is then always the same.

        Nobody asks where people were before `tracked_from`; without it, an hour ago.
        """
        self._database, self._seed, self._now, self._behind = database, seed, now, behind
        self._tracked_from = tracked_from
        self._cast = cast_of(database)
        self._plan: DayPlan | None = None

    def play(self, until: dt.datetime | None = None, at_once: int = AT_ONCE) -> int:
        """Play what has come due; gives how far the day has come by it, also past what was left out."""
        now = until or self._now()
        with self._database.read() as session:
            seen = queries.progress(session)
        if seen is None:
            return 0
        plan, began = self._plan_of(seen.day), seen.played
        due = [event for event in plan.events[seen.played :] if event.at <= now][:at_once]
        place = seen.played
        try:
            for event in due:
                place += 1
                to = Progress(seen.day, place)
                if self._perform(plan, event, seen, to, now):
                    seen = to
            after = self._place_after(plan, place, now)
            self._move_on(seen, after)
        except PlayedElsewhere:
            return place - began  # whoever it was goes on
        return place - began + (after.day != plan.day)

    def waits_since(self) -> dt.datetime | None:
        """Give when the first event comes due, or came, that nobody has played; None when the day is over."""
        with self._database.read() as session:
            seen = queries.progress(session)
        if seen is None:
            return None
        events = self._plan_of(seen.day).events
        return events[seen.played].at if seen.played < len(events) else None

    def _plan_of(self, day: dt.date) -> DayPlan:
        if self._plan is None or self._plan.day != day:
            is_working_day = site.england().is_working_day(day)
            self._plan = plan_day(self._seed, day, shipped(), is_working_day=is_working_day)
        return self._plan

    def _place_after(self, plan: DayPlan, place: int, now: dt.datetime) -> Progress:
        """The day goes on; after its end the present one begins, and days without players are left out."""
        is_over = place >= len(plan.events) and local_day(now) > plan.day
        return Progress(local_day(now), 0) if is_over else Progress(plan.day, place)

    def _move_on(self, seen: Progress, to: Progress) -> None:
        """Move the day on past what a person has left nobody to play."""
        if to == seen:
            return
        with self._database.work(system(self._database), self._now(), made_by="training") as work:
            if not queries.move_on(work.session, seen, to):
                raise PlayedElsewhere

    def _perform(self, plan: DayPlan, event: Event, seen: Progress, to: Progress, now: dt.datetime) -> bool:
        """Play one event; False when it was left out because a person has moved its row on."""
        if event.act is Act.POSITION and event.at < (self._tracked_from or now - OLD_POSITION):
            return False  # nobody will ask where somebody was then
        for _ in range(_TRIES):
            try:
                return self._act(plan, event, seen, to, now)
            except (Busy, Unreachable):
                raise
            except ChangedElsewhere:
                continue  # somebody was quicker by a moment: look again
            except Refused:
                return False
            except PlayedElsewhere:
                raise
            except Exception as error:  # noqa: BLE001 - one faulty scene must not end the day
                # The words of an error may hold what it failed on: its kind and the act must do.
                log.error("scene %s failed: %s", event.act, type(error).__name__)  # noqa: TRY400 - no words
                return False
        return False

    def _act(self, plan: DayPlan, event: Event, seen: Progress, to: Progress, now: dt.datetime) -> bool:
        is_written = False

        def first(work: UnitOfWork) -> None:
            nonlocal is_written
            if not queries.move_on(work.session, seen, to):
                raise PlayedElsewhere
            is_written = True

        at = event.at if now - event.at > self._behind else now
        SCENES[event.act](Stage(self._database, self._cast, plan, event, at, first))
        return is_written
