"""Makes training databases, each opened in the middle of its day: the demo's own file, or a named one."""

import datetime as dt
import re
from pathlib import Path

from console.domain.calendar import from_local, local, local_day
from console.domain.refusals import Refused
from console.domain.training_time import Progress
from console.planning.day.plan import opened_at
from console.services import people, setup, site
from console.services.desk import Desk
from console.services.players.play import BEHIND, Players
from console.settings import data_folder
from db.engine import Database, open_database
from db.queries import service
from db.queries import training as queries
from db.schema_version import NEWEST, NOT_SET_UP

SEED, SPEED = 7, 10.0
OPEN_UNTIL = dt.time(19, 30)
"""When the demo's own day is nearly over: whoever opens it then gets a new one."""
KEPT = dt.timedelta(hours=24)
LOOK_EVERY = dt.timedelta(minutes=30)
TRACKED = dt.timedelta(minutes=70)
HOLDS_DATA = "This database holds data and is not for training: the demo is made only in an empty one."
IS_MADE = "This is a training database already. Open it, or add --again to begin its day anew."
_MORNING = dt.time(5)
_STAMP = "%Y%m%dT%H%M%SZ"
_NAME = re.compile(rf"demo-{NEWEST}-([0-9]{{8}}T[0-9]{{6}}Z)\.sqlite")


def folder() -> Path:
    """Give the folder in which the demo lives."""
    return data_folder() / "demo"


def current(now: dt.datetime) -> Path | None:
    """Give the demo of which the day still goes on, of this program's shape."""
    made = {at: file for file in folder().glob("demo-*.sqlite") if (at := _made_at(file))}
    newest = max(made, default=None)
    return made[newest] if newest is not None and _goes_on(made[newest], now) else None


def ready(now: dt.datetime, *, seed: int = SEED, speed: float = SPEED, again: bool = False) -> Path:
    """Give a demo of which the day still goes on; made anew when there is none, or when another is wanted."""
    is_other = again or (seed, speed) != (SEED, SPEED)
    return (None if is_other else current(now)) or _make(now, seed, speed)


def make(url: str, *, seed: int = SEED, speed: float = SPEED, again: bool = False) -> str:
    """Make a training database of an empty one, or begin one anew; says in a sentence what stands."""
    from db.emptied import empty, require_unused
    from db.upgrade import upgrade  # Alembic is needed only where a database is made

    _require_own(url, again=again)
    if again and _is_made(url):
        empty(url)
    require_unused(url)
    if not _is_set_up(url):
        upgrade(url)
    database = open_database(url)
    try:
        fill(database, database.server_now(), seed=seed, speed=speed)
    finally:
        database.close()
    return f"The training day stands in this database: seed {seed}, {speed:g} times as quick as the clock."


def fill(database: Database, server_now: dt.datetime, *, seed: int = SEED, speed: float = SPEED) -> None:
    """Mark an empty database and play its day up to the moment at which it is opened.

    Whoever opens it after this was broken off finds it marked, and its players go on.
    """
    if speed <= 0:
        raise Refused("Give a speed above 0, such as 10.")
    with database.read() as session:
        if queries.is_training(session):
            raise Refused(IS_MADE)
        held = service.counts(session)
    if any(held.values()):
        raise Refused(HOLDS_DATA)
    day = a_working_day(local_day(server_now))
    began_at, opens_at = from_local(day, _MORNING), opened_at(day)
    setup.apply(database, began_at, with_demo=True)
    with database.work(people.system(database), began_at, made_by="training") as work:
        queries.mark(work.session, opens_at, server_now, speed, seed, Progress(day, 0))
    _play_past(database, seed, began_at, opens_at)
    with database.work(people.system(database), opens_at, made_by="training") as work:
        queries.start_now(work.session)


def catch_up(database: Database, server_now: dt.datetime) -> None:
    """Play what came due while nobody had the day open, each thing at its own time.

    Else whoever opens it finds everybody hours late, and sees hundreds of changes at once.
    """
    with database.read() as session:
        time = queries.training_time(session)
    if time is None:
        return
    now = time.at(server_now)
    since = Players(database, time.seed, lambda: now).waits_since()
    if since is not None and local_day(since) == local_day(now) and now - since > BEHIND:
        try:
            _play_past(database, time.seed, since, now)
        except Refused:
            return  # somebody else is writing, and may be playing: the players of this console go on


def a_working_day(day: dt.date) -> dt.date:
    """Give this day, or the last one before it, on which practices are at work."""
    while not site.england().is_working_day(day):
        day -= dt.timedelta(days=1)
    return day


def _play_past(database: Database, seed: int, began_at: dt.datetime, opens_at: dt.datetime) -> None:
    """Play everything at its own time; now and then somebody looks who waits too long, by the timetable."""
    at = began_at
    players = Players(database, seed, lambda: at, behind=dt.timedelta(0), tracked_from=opens_at - TRACKED)
    desk = Desk(database, people.system(database), lambda: at)
    while at < opens_at:
        at = min(at + LOOK_EVERY, opens_at)
        players.play(at_once=1000)
        desk.chasing.look()


def _require_own(url: str, *, again: bool) -> None:
    """Refuse whatever holds data of others, before anything is done to it."""
    if not _is_set_up(url):
        return
    database = open_database(url)
    try:
        with database.read() as session:
            is_marked, held = queries.is_training(session), service.counts(session)
    finally:
        database.close()
    if is_marked and not again:
        raise Refused(IS_MADE)
    if not is_marked and any(held.values()):
        raise Refused(HOLDS_DATA)


def _is_made(url: str) -> bool:
    if not _is_set_up(url):
        return False
    database = open_database(url)
    try:
        with database.read() as session:
            return queries.is_training(session)
    finally:
        database.close()


def _is_set_up(url: str) -> bool:
    try:
        open_database(url).close()
    except Refused as refused:
        if refused.reasons == (NOT_SET_UP,):
            return False
        raise
    return True


def _make(now: dt.datetime, seed: int, speed: float) -> Path:
    from db.upgrade import upgrade

    file = folder() / f"demo-{NEWEST}-{now.strftime(_STAMP)}.sqlite"
    making = file.with_suffix(".making")
    _remove(making)
    upgrade(f"sqlite:///{making}")
    database = open_database(f"sqlite:///{making}")
    # It counts only once it is whole and has its name.
    database.hurry()
    try:
        fill(database, now, seed=seed, speed=speed)
    finally:
        database.close()
    # The last connection that closes writes everything back into the one file.
    making.rename(file)
    for old in folder().glob("demo-*.sqlite"):
        if old != file and _is_old(old, now):
            _remove(old)
    return file


def _goes_on(file: Path, now: dt.datetime) -> bool:
    """Tell whether it is still the day, and not yet its evening, in a demo."""
    database = open_database(f"sqlite:///{file}")
    try:
        with database.read() as session:
            time = queries.training_time(session)
    finally:
        database.close()
    if time is None:
        return False
    there = local(time.at(now))
    return there.date() == local_day(time.epoch) and there.time() < OPEN_UNTIL


def _made_at(file: Path) -> dt.datetime | None:
    found = _NAME.fullmatch(file.name)
    return dt.datetime.strptime(found[1], _STAMP).replace(tzinfo=dt.UTC) if found else None


def _is_old(file: Path, now: dt.datetime) -> bool:
    """Another window may still show an earlier demo; nobody shows one of yesterday."""
    made_at = _made_at(file)
    return made_at is None or now - made_at > KEPT


def _remove(file: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        try:
            Path(f"{file}{ending}").unlink(missing_ok=True)
        except PermissionError:  # Windows: a window that is still open keeps it; the next demo tries again
            continue
