"""The small service, ready made: what so many tests begin with is written once, and copied for each."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from console.domain.acting import Actor
from db.connect import address
from db.engine import Database, open_database
from tests.services.team import Clock, Team, build
from tests.support.database_pool import State, held, put
from tests.support.databases import in_one_file
from tests.support.kept_open import cleaner, kept_open

More = Callable[[Team], None]


@contextmanager
def ready_team(url: str, now: dt.datetime, more: More | None = None) -> Iterator[Team]:
    """The small service in the empty database of this test; `more` adds what a folder's tests share."""
    where = address(url)
    if where.get_backend_name() == "postgresql":
        with kept_open(url) as database:
            ids, actors = _on_server(url, database, now, more)
            yield Team(database, Clock(now), dict(ids), dict(actors))
        return
    file = Path(str(where.database))
    held, made = _once(file, now, more)
    file.write_bytes(held)
    with closing(open_database(url)) as database:
        yield Team(database, Clock(now), dict(made.ids), dict(made.actors))


def _written(team: Team, more: More | None) -> Team:
    if more is not None:
        more(team)
    return team


_rows: dict[tuple[dt.datetime, More | None], tuple[State, Team]] = {}


def _on_server(
    url: str, database: Database, now: dt.datetime, more: More | None
) -> tuple[dict[str, int], dict[str, Actor]]:
    """Put the rows there that were written once: to write them takes five times as long."""
    if (now, more) not in _rows:
        team = _written(build(database, now), more)
        _rows[now, more] = held(cleaner(url)), team
    else:
        put(cleaner(url), _rows[now, more][0])
    made = _rows[now, more][1]
    return made.ids, made.actors


_made: dict[tuple[dt.datetime, More | None], tuple[bytes, Team]] = {}


def _once(file: Path, now: dt.datetime, more: More | None) -> tuple[bytes, Team]:
    if (now, more) not in _made:
        with closing(open_database(f"sqlite:///{file}")) as database:
            team = _written(build(database, now), more)
        in_one_file(file)
        _made[now, more] = file.read_bytes(), team
    return _made[now, more]
