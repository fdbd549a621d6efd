"""A made-up service with as many open referrals as a measurement asks for, in a database of its own."""

import datetime as dt
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, insert, text

from console.domain.words import Role
from db.connect import for_writing
from db.engine import open_database
from db.models import Staff, StaffHub, StaffRole
from db.queries.board import read_board
from db.queries.service import SYSTEM_LOGIN
from db.upgrade import upgrade
from tests.support.postgresql import running_server
from tests.support.service_data import (
    Service,
    add,
    add_marker,
    add_queue_entry,
    add_referrals,
    add_report,
    add_task,
    add_visit,
    found_service,
)
from ui.boards.referral_cells import order

IN_SIGHT = 4
"""So many rows stand in sight on the smallest screen, whatever else the window shows, alarms included."""
QUEUED, REPORTS, TASKS, MARKED = 40, 100, 20, 40
PRACTITIONERS = 20


@dataclass(frozen=True)
class Place:
    """A filled database."""

    url: str
    hubs: tuple[int, ...]
    staff: int
    practitioners: tuple[int, ...]
    referrals: tuple[int, ...]
    """Every open referral, in the order of the board."""

    @property
    def in_sight(self) -> tuple[int, ...]:
        """Give the referrals that a window shows without scrolling."""
        return self.referrals[:IN_SIGHT]


def filled(url: str, referrals: int, practitioners: int = PRACTITIONERS) -> Place:
    """Make a service with so many open referrals, some of them being visited, seen or reported on."""
    now = dt.datetime.now(dt.UTC)
    upgrade(url)
    with closing(open_database(url)) as database:
        with for_writing(database.engine).connect() as connection:
            service = found_service(connection, now, practitioners)
            _let_in(connection, service)
            half = referrals // 2
            made = [*add_referrals(connection, service, now, half)]
            made += add_referrals(connection, service, now, referrals - half, hub=service.hubs[1])
            _go_on(connection, service, made[::7], now)
            connection.commit()
            if database.dialect == "postgresql":
                connection.exec_driver_sql("ANALYZE")
                connection.commit()
        with database.read() as session:
            board = read_board(session, service.hubs, now)
    rows = sorted(board.referrals, key=lambda row: (order(row), row.id))
    return Place(url, service.hubs, service.staff, service.practitioners, tuple(row.id for row in rows))


def _let_in(connection: Connection, service: Service) -> None:
    """Let the service's one person sign in, and the program itself act."""
    add(connection, Staff, login=SYSTEM_LOGIN, name="Doorstep", version=1)
    for role in (Role.COORDINATOR, Role.SUPERVISOR):
        add(connection, StaffRole, staff_id=service.staff, role=role)
    every = [{"staff_id": service.staff, "hub_id": hub} for hub in service.hubs]
    connection.execute(insert(StaffHub), every)


def _go_on(connection: Connection, service: Service, some: Sequence[int], now: dt.datetime) -> None:
    """Let some referrals be further on than waiting; with few referrals there is less of everything."""
    for referral, practitioner in zip(some[0::5], service.practitioners, strict=False):
        add_visit(connection, referral, practitioner, now)
    for referral in some[1::5][:QUEUED]:
        add_queue_entry(connection, referral, now)
    for referral in some[2::5][:REPORTS]:
        add_report(connection, service, referral, now)
    for referral in some[3::5][:TASKS]:
        add_task(connection, referral, now)
    patients = "SELECT patient_id FROM referral WHERE id IN (SELECT id FROM referral ORDER BY id LIMIT :some)"
    for (patient,) in connection.execute(text(patients), {"some": min(MARKED, len(some))}).all():
        add_marker(connection, service, now, patient_id=patient)


@contextmanager
def postgresql() -> Iterator[str]:
    """Start a server of our own; it does not wait for its disk, so a commit costs what it does without."""
    with running_server() as server, server.database() as name:
        yield server.url(name)


@contextmanager
def sqlite() -> Iterator[str]:
    """Make a file of our own."""
    with tempfile.TemporaryDirectory(prefix="doorstep-bench-") as folder:
        yield f"sqlite:///{Path(folder) / 'doorstep.sqlite'}"


BOTH = {"postgresql": postgresql, "sqlite": sqlite}


def server_version(url: str) -> str:
    """Say which database it is."""
    ask = "SELECT version()" if url.startswith("postgresql") else "SELECT 'SQLite ' || sqlite_version()"
    with closing(open_database(url)) as database, database.read() as session:
        return str(session.execute(text(ask)).scalar_one()).split(" on ")[0]
