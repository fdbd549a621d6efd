"""Whether the board stays quick with years of history: 10,000,000 closed referrals beside the open ones.

History is made in the server, with its triggers off: closed referrals, a visit that ended for each, and for
every fourth an outcome with a report that was accepted; every patient is known to the hubs. At 1,000,000 and
10,000,000 the statements of a whole board are run in the server again and again, in turns with those of a
second database that stays at 100,000: what else the machine does slows both. `board_ms_*` is the median of
those that read the open referrals, `whole_board_ms_*` of all together: the time of execution as the server
itself measures it, without planning, which a console pays once. A coordinator with a login of their own asks,
as a console does, under row security.

Run: python -m bench.history [--json] [--referrals 10000000] [--open 300]
It takes about 12 GB of disk and some minutes; with less room it makes less history, and says so.
"""

import argparse
import datetime as dt
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from statistics import median
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import Connection, event

from bench.feed_floors import select1_ms
from bench.figures import finish, machine
from bench.fill import Place, filled, server_version
from db.connect import for_reading
from db.engine import Database, open_database
from db.install import install
from db.queries.board import read_board
from db.queries.referrals import open_records
from tests.support.postgresql import running_server

SIZES = (100_000, 1_000_000, 10_000_000)
BYTES_EACH = 1_200
ROUNDS, PAUSE_S = 41, 0.01
LIMIT_MS, LIMIT_SHARE = 2.0, 1.2
PRESENT = 1_000_000_000
"""Ids of what is open begin here: it is newer than all that is past."""
PATIENTS = 300_000
TABLES = ("patient", "patient_hub", "referral", "visit", "outcome", "report")
NUMBERED = tuple(table for table in TABLES if table != "patient_hub")

# From number a to number b; `at` goes back ten years from yesterday.
_AT = "now() - interval '1 day' - (g.n %% 10000000) * interval '31 seconds'"
MADE = {
    "patient": """
        INSERT INTO patient (id, title, family_name, given_name, birth_date, gender, nhs_number_verified,
                             home_address, other_phones)
        SELECT n, '', 'Family' || n, 'Given' || n, date '1930-01-01' + n::int %% 30000, 'female', false,
               n || ' High Street', '[]'
          FROM generate_series(%(a)s::bigint, %(b)s) n WHERE n <= {patients}""",
    "patient_hub": """
        INSERT INTO patient_hub (patient_id, hub_id)
        SELECT n, hub FROM generate_series(%(a)s::bigint, %(b)s) n, unnest(%(hubs)s) hub
         WHERE n <= {patients}""",
    "referral": """
        INSERT INTO referral (id, number, hub_id, patient_id, source, status, problem, narrative, priority,
                              gp_needed, is_routine_request, received_at, entered_at, entered_by_id,
                              triage_due_at, first_triaged_at, due_at, due_clock, seen_at, visit_address,
                              visit_postcode, area, visit_lat, visit_lon, caller, practice_id, practice_link,
                              record_access, asks_ambulance, acknowledgement_owed, flags, issues, closed_at,
                              closed_because)
        SELECT n, 'H-' || n, (%(hubs)s)[1 + n %% %(many)s], 1 + n %% {patients}, 'gp_practice',
               'closed', 'Chest infection, not improving', '', 1 + n %% 4, false, false, at, at, %(staff)s,
               at + interval '20 minutes', at + interval '10 minutes', at + interval '2 hours', 'response',
               at + interval '1 hour', n || ' High Street', 'CT20 1AA', 'Folkestone', 51.1, 1.2, '', NULL,
               'known', 'yes', false, false, '[]', '[]', at + interval '3 hours', 'Care has ended'
          FROM generate_series(%(a)s::bigint, %(b)s) g(n), LATERAL (SELECT {at} AS at) t""",
    "visit": """
        INSERT INTO visit (id, hub_id, referral_id, practitioner_id, status, allocated_at, acknowledged_at,
                           en_route_at, on_scene_at, clear_at, ended_at, chosen_because)
        SELECT n, (%(hubs)s)[1 + n %% %(many)s], n, (%(people)s)[1 + n %% %(crowd)s], 'clear', at,
               at, at, at + interval '30 minutes', at + interval '1 hour', at + interval '1 hour', ''
          FROM generate_series(%(a)s::bigint, %(b)s) g(n), LATERAL (SELECT {at} AS at) t""",
    "outcome": """
        INSERT INTO outcome (id, hub_id, referral_id, kind, ended_at)
        SELECT n, (%(hubs)s)[1 + n %% %(many)s], n, 'visit', at
          FROM generate_series(%(a)s::bigint, %(b)s) g(n), LATERAL (SELECT {at} AS at) t WHERE n %% 4 = 0""",
    "report": """
        INSERT INTO report (id, hub_id, referral_id, outcome_id, status, owed_at, due_at, latest_at,
                            content_version, accepted_at)
        SELECT n, (%(hubs)s)[1 + n %% %(many)s], n, n, 'accepted', at,
               at + interval '3 hours', at + interval '1 day', 1, at + interval '2 hours'
          FROM generate_series(%(a)s::bigint, %(b)s) g(n), LATERAL (SELECT {at} AS at) t WHERE n %% 4 = 0""",
}


@dataclass(frozen=True)
class Asked:
    """One statement of the board as the driver sends it, and whether it reads the open referrals."""

    words: str
    values: Any
    is_of_referrals: bool


class History:
    """A database whose past grows."""

    def __init__(self, url: str, place: Place) -> None:
        self._url = url.replace("+psycopg", "")
        self._place = place
        self._made = 0

    def grow_to(self, many: int) -> None:
        """Add history until there are so many closed referrals; two tables at a time, as there are cores."""
        with (
            self._connected() as connection,
            _without_indexes(connection),
            ThreadPoolExecutor(2) as pool,
        ):
            list(pool.map(lambda table: self._add(table, many), reversed(TABLES)))
        with self._connected() as connection:
            for table in TABLES:
                connection.execute(sql.SQL("VACUUM (ANALYZE) {}").format(sql.Identifier(table)))
            connection.execute("CHECKPOINT")
        self._made = many

    def _add(self, table: str, many: int) -> None:
        words = MADE[table].format(patients=PATIENTS, at=_AT)
        place = self._place
        values = {
            "a": self._made + 1,
            "b": many,
            "hubs": list(place.hubs),
            "many": len(place.hubs),
            "people": list(place.practitioners),
            "crowd": len(place.practitioners),
            "staff": place.staff,
        }
        with self._connected() as connection:
            connection.execute("SET session_replication_role = replica")  # no triggers, no foreign keys
            psycopg.ClientCursor(connection).execute(words, values)

    @contextmanager
    def _connected(self) -> Iterator[psycopg.Connection]:
        with psycopg.connect(self._url, autocommit=True) as connection:
            connection.execute("SET maintenance_work_mem = '512MB'")
            connection.execute("SET statement_timeout = 0")
            connection.execute("SET lock_timeout = 0")
            connection.execute("SET temp_file_limit = -1")
            yield connection

    def size_gb(self) -> float:
        """Say how much it takes on the disk."""
        with self._connected() as connection:
            row = connection.execute("SELECT pg_database_size(current_database())").fetchone()
            return round(row[0] / 1e9, 1) if row else 0.0


@contextmanager
def _without_indexes(connection: psycopg.Connection) -> Iterator[None]:
    """Let the indexes that no rule hangs on be built in one go at the end, as a restore does."""
    found = connection.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY (%s)"
        " AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = indexname)",
        (list(TABLES),),
    ).fetchall()
    for name, _ in found:
        connection.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(name)))
    yield
    for _, definition in found:
        connection.execute(definition)


class Board:
    """A database with its past, and what a console asks it for a board."""

    def __init__(self, url: str, open_referrals: int) -> None:
        """Fill it with what is open."""
        install(url)
        _begin_ids_at(url, PRESENT)
        self.place = filled(url, open_referrals)
        self.history = History(url, self.place)
        self.url = url.replace("+psycopg", "")
        self._as_coordinator = let_in(url, self.place)

    def opened(self) -> Database:
        """Open it as a console does, with the coordinator's login."""
        return open_database(self._as_coordinator)

    def asked(self, database: Database, now: dt.datetime) -> list[Asked]:
        """Read a board once and note what it asks."""
        asked: list[tuple[str, Any]] = []

        def note(_conn: Connection, _cursor: Any, words: str, values: Any, *_: Any) -> None:
            if words.startswith("SELECT"):
                asked.append((words, values))

        event.listen(database.engine, "before_cursor_execute", note)
        with for_reading(database.engine).connect() as connection:
            open_records(connection, dict.fromkeys(self.place.hubs, ""))
            of_referrals = {words for words, _ in asked}
            asked.clear()
            read_board(connection, self.place.hubs, now)
        event.remove(database.engine, "before_cursor_execute", note)
        return [Asked(words, values, words in of_referrals) for words, values in asked]


def measure(boards: Mapping[str, Board]) -> dict[str, float]:
    """Let the servers run the statements of each board in turns; give the medians, in milliseconds.

    In turns and with a pause after each: whatever else is at work on the machine slows all of them alike.
    """
    with ExitStack() as stack:
        opened = {name: stack.enter_context(closing(board.opened())) for name, board in boards.items()}
        now = dt.datetime.now(dt.UTC)
        asked = {name: board.asked(opened[name], now) for name, board in boards.items()}
        taken: dict[str, list[list[float]]] = {name: [] for name in boards}
        for _ in range(ROUNDS):
            for name, statements in asked.items():
                taken[name].append(_executed(opened[name], statements))
    found: dict[str, float] = {}
    for name, statements in asked.items():
        each = [median(times) for times in zip(*taken[name], strict=True)]
        of_referrals = [time for one, time in zip(statements, each, strict=True) if one.is_of_referrals]
        found |= {
            f"board_ms_{name}": round(sum(of_referrals), 3),
            f"whole_board_ms_{name}": round(sum(each), 3),
        }
    return found


def _executed(database: Database, asked: list[Asked]) -> list[float]:
    time.sleep(PAUSE_S)
    with for_reading(database.engine).connect() as connection:
        cursor = connection.connection.cursor()
        return [_time_of(cursor, one) for one in asked]


def _time_of(cursor: Any, one: Asked) -> float:
    cursor.execute("EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) " + one.words, one.values)
    return float(cursor.fetchone()[0][0]["Execution Time"])


def _begin_ids_at(url: str, first: int) -> None:
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        for table in NUMBERED:
            again = sql.SQL("ALTER TABLE {} ALTER COLUMN id RESTART WITH {}")
            connection.execute(again.format(sql.Identifier(table), first))


def let_in(url: str, place: Place) -> str:
    """Give the service's coordinator a login of their own; return the address for it, under row security."""
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute("SELECT staff_roles('jo', '{coordinator}')")
        connection.execute("SELECT staff_hubs('jo', %s)", (list(place.hubs),))
        connection.execute("SELECT staff_login('jo', NULL)")
    return url.replace("//doorstep@", "//jo@")


def room_for(many: int) -> int:
    """Give how many the disk has room for, at most so many."""
    free = shutil.disk_usage(tempfile.gettempdir()).free
    return min(many, int(free * 0.8 / BYTES_EACH))


def main() -> None:
    """Grow, measure, and say whether it holds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--referrals", type=int, default=SIZES[-1])
    parser.add_argument("--open", type=int, default=300)
    options = parser.parse_args()
    most = room_for(options.referrals)
    found: dict[str, Any] = {"open_referrals": options.open, "asked_for": options.referrals, "made": most}
    with running_server() as server:
        url = server.url("history")
        few = min(SIZES[0], most)
        recent = Board(server.url("recent"), options.open)
        with psycopg.connect(recent.url, autocommit=True) as connection:
            for setting in ("max_wal_size = '2GB'", "autovacuum = off", "checkpoint_timeout = '1h'"):
                connection.execute(f"ALTER SYSTEM SET {setting}".encode())
            connection.execute("SELECT pg_reload_conf()")
        recent.history.grow_to(few)
        grown = Board(url, options.open)
        for size in sorted({*(size for size in SIZES if few < size < most), most}):
            began = time.monotonic()
            grown.history.grow_to(size)
            grown_s = time.monotonic() - began
            measured = measure({f"{few}_beside_{size}": recent, str(size): grown})
            found |= measured
            print(f"{size}: grown in {grown_s:.0f} s, {grown.history.size_gb()} GB, {measured}", flush=True)
        found["size_gb"] = grown.history.size_gb()
        found["select1_ms"] = select1_ms(url)
        found["server"] = server_version(url)
    found["machine"] = machine("sqlalchemy", "psycopg")
    share = found[f"board_ms_{most}"] / found[f"board_ms_{few}_beside_{most}"]
    found["share"] = round(share, 2)
    found["holds"] = found[f"board_ms_{most}"] < LIMIT_MS and share <= LIMIT_SHARE
    finish(found, as_json=options.json)


if __name__ == "__main__":
    main()
