"""Chasing: whatever is late is asked of the right person at the right time, once, however many look."""

import datetime as dt
import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from console.domain.calendar import from_local, local_day
from console.domain.chase_words import Subject
from console.domain.clocks import minutes
from console.domain.ladder import Frame
from console.domain.permissions import Deed, reasons_not_permitted
from console.domain.refusals import OtherVersion, Refused, Unreachable
from console.domain.welfare import is_search
from console.domain.words import VisitStatus
from console.services import acceptances, landing, site
from console.services.basis import Basis, refuse
from console.services.ladder_cases import Case, cases
from db.models import Task, Watch
from db.queries import ladder_facts, paper, watching
from db.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)

AT_ONCE = 50
"""Subjects in one transaction: few enough that nobody waits noticeably for one of them to be free."""
MOST = 400
"""Transactions at one look; what is left over goes at the next one, a second later."""
LATER = dt.timedelta(minutes=1)
ONE_DAY = dt.timedelta(days=1)


class Chasing:
    """Looks at what is due and lets the steps of its ladders happen."""

    def __init__(self, basis: Basis) -> None:
        self._basis = basis

    def look(self) -> int:
        """Look at every subject that is due; gives at how many lines."""
        refuse(reasons_not_permitted(self._basis.actor.role, Deed.CHASE))
        if not self._is_anything_due():
            return 0
        # Figures that cannot be read stop all of it, loudly: the look does not end, and the alarm goes.
        with self._basis.database.read() as session:
            frame = site.frame(session, self._basis.now())
        taken = _Taken()
        for _ in range(MOST):
            before = len(taken.all)
            self._look_at(AT_ONCE, frame, taken)
            if len(taken.all) - before < AT_ONCE:
                break
        # Then it is not the subjects: nobody may think that they are watched.
        if taken.failed and taken.failed == taken.all:
            raise Refused("Nothing that is due could be looked at.")
        return len(taken.all)

    def look_at_everything(self) -> int:
        """Let every subject be looked at anew: figures have changed, or nothing may be forgotten."""
        with self._basis.work(Deed.CHASE) as work:
            return watching.look_at_everything(work.session)

    def _is_anything_due(self) -> bool:
        with self._basis.database.read() as session:
            return watching.is_anything_due(session, self._basis.now())

    def _look_at(self, limit: int, frame: Frame, taken: "_Taken") -> None:
        """One short transaction; when it fails, its lines are looked at one by one, and the bad one waits."""
        lines: list[int] = []
        left: set[int] = set()
        try:
            with self._basis.work(Deed.CHASE) as work:
                due = watching.take_due(work.session, work.now, limit, taken.left)
                lines = [line.id for line in due]
                left = _look(work, due, frame)
        except (Unreachable, OtherVersion):
            raise
        except Exception as error:  # noqa: BLE001 - one bad subject must not keep the others waiting
            if limit > 1:
                for _ in lines:
                    self._look_at(1, frame, taken)
                return
            # The words of an error may hold what it failed on, perhaps a patient: its kind must do.
            log.error("a look failed and is tried again: %s", type(error).__name__)  # noqa: TRY400
            self._put_off(lines)
            left = set(lines)
            taken.failed |= left
        taken.all.update(lines)
        taken.left |= left

    def _put_off(self, lines: Sequence[int]) -> None:
        with self._basis.work(Deed.CHASE) as work:
            watching.put_off(work.session, lines, work.now + LATER)


def _ids() -> set[int]:
    return set()


@dataclass(slots=True)
class _Taken:
    """The lines of one look: every one, those that failed, and those that are still there.

    These are left out from then on, so that none is taken twice in one look; the others are gone.
    """

    all: set[int] = field(default_factory=_ids)
    failed: set[int] = field(default_factory=_ids)
    left: set[int] = field(default_factory=_ids)


def _look(work: UnitOfWork, lines: Sequence[Watch], frame: Frame) -> set[int]:
    """Look at the subjects of these lines; gives the lines that stay."""
    by_kind: dict[Subject, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for line in lines:
        by_kind[line.subject_kind][line.subject_id].append(line.id)
    left: set[int] = set()
    # One order for everybody who locks: no two workers can wait for each other.
    for kind in Subject:
        if subjects := by_kind.get(kind):
            for busy in _look_at_kind(work, kind, set(subjects), frame):
                left.update(subjects[busy])
    return left


def _look_at_kind(work: UnitOfWork, kind: Subject, subjects: set[int], frame: Frame) -> set[int]:
    """Look at those of the subjects on which nobody is at work; gives the others."""
    rows = watching.lock_free(work.session, kind, subjects)
    busy = subjects - rows.keys()
    if busy:
        busy &= watching.still_there(work.session, kind, busy)
    done = subjects - busy
    watching.forget(work.session, kind, done)
    if kind is Subject.TASK:
        tasks = [row for row in rows.values() if isinstance(row, Task)]
        looks = [*acceptances.run_out(work, tasks, frame), *_after_searches(work, tasks)]
    else:
        found = cases(work, kind, rows, frame)
        looks = landing.land(work, kind, found, frame, _left_to_paper(work, kind, rows))
        looks += _next_to_look_at(work, kind, found)
    watching.look_again(work.session, looks)
    return busy  # their lines stay: the next look takes them


Look = tuple[Subject, int, dt.datetime]


def _left_to_paper(work: UnitOfWork, kind: Subject, rows: Mapping[int, Any]) -> dict[int, dt.datetime]:
    """Give what somebody is entering from paper just now, and until when it is not judged by half of it."""
    settle = minutes(site.figure(work, "paper.settle"))
    newest = paper.newest(work.session, kind, rows, work.now - settle)
    return {key: at + settle for key, at in newest.items()}


def _next_to_look_at(work: UnitOfWork, kind: Subject, found: dict[int, Case]) -> list[Look]:
    """Give what has to be looked at because of what was found here."""
    follow = _FOLLOWED_BY.get(kind)
    return list(follow(work, found)) if follow and found else []


def _after_visits(work: UnitOfWork, found: dict[int, Case]) -> Iterable[Look]:
    """Whoever is clear of one visit answers for the next one, and for going home.

    Nobody says so when the other one was acknowledged by mistake: what waits behind it is looked at again.
    """
    for key, one in found.items():
        if one.facts.status is VisitStatus.ALLOCATED and one.facts.is_busy_elsewhere:
            yield (Subject.VISIT, key, work.now + LATER)
    ended = {one.practitioner_id for one in found.values() if not one.facts.status.is_active}
    people = {key for key in ended if key is not None}
    if people:
        yield from ((Subject.VISIT, key, work.now) for key in ladder_facts.behind(work.session, people))
        yield from (
            (Subject.SHIFT, key, work.now) for key in ladder_facts.shifts_at_work(work.session, people)
        )


def _after_searches(work: UnitOfWork, tasks: Iterable[Task]) -> list[Look]:
    """Whoever was found is rung about the visit that they are on, as before."""
    people = {
        one.practitioner_id
        for one in tasks
        if is_search(one.kind, one.subject) and one.done_at is not None and one.practitioner_id is not None
    }
    visits = ladder_facts.on_the_road(work.session, people) if people else []
    return [(Subject.VISIT, key, work.now) for key in visits]


def _after_reports(work: UnitOfWork, found: dict[int, Case]) -> Iterable[Look]:
    """What somebody has signed, or the supervisor released, need not be asked of them at their shift's end.

    That may be days later: whoever was asked then may be ill, or have left.
    """
    for key in ladder_facts.shifts_of_reports(work.session, found, work.now - ONE_DAY):
        yield (Subject.SHIFT, key, work.now)


def _after_hubs(work: UnitOfWork, found: dict[int, Case]) -> Iterable[Look]:
    """Each day has its own closing, from the opening at the latest: until then last evening's may stand."""
    tomorrow = from_local(local_day(work.now) + ONE_DAY, dt.time())
    for key, one in found.items():
        yield (Subject.HUB, key, tomorrow)
        if one.facts.opens_at is not None and one.facts.opens_at > work.now:
            yield (Subject.HUB, key, one.facts.opens_at)


_FOLLOWED_BY: dict[Subject, Callable[[UnitOfWork, dict[int, Case]], Iterable[Look]]] = {
    Subject.VISIT: _after_visits,
    Subject.REPORT: _after_reports,
    Subject.HUB: _after_hubs,
}
