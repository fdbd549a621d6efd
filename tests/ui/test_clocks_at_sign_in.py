"""Whoever signs in works by the clocks that the service states at that moment."""

from contextlib import closing

from pytestqt.qtbot import QtBot

from console.domain.words import Role
from console.services import people, setup
from console.services.clock import clock_of
from db.engine import open_database
from tests.ui.conftest import LONG_MS, SignInAs


def test_that_the_clocks_are_read_at_sign_in(sign_in: SignInAs, demo_url: str, qtbot: QtBot) -> None:
    with closing(open_database(demo_url)) as database:
        system = people.system(database)
        with database.work(system, clock_of(database)()) as work:  # the day of the demo has its own time
            setup.put_setting(work, "clock.report_due", 120, "Agreed", system.staff_id)
    session = sign_in(Role.COORDINATOR).session
    qtbot.waitUntil(lambda: session.clocks.report_due == 120, timeout=LONG_MS)
