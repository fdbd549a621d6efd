"""A demo at a fixed moment: a Wednesday in the early afternoon, both hubs at work. Needs no Qt.

To fill it takes longer than to look at it: processes that look at many screens are handed one that is filled.
"""

import datetime as dt
from contextlib import closing
from pathlib import Path

from console.planning.day.plan import opened_at
from console.services import demo_file
from db.engine import open_database
from db.upgrade import upgrade

MOMENT = opened_at(dt.date(2026, 1, 14))
VARIABLE = "DOORSTEP_TEST_DEMO"  # the file that is handed on


def fill(file: Path) -> None:
    """Make the file and fill it; time runs in it as the clock on the wall does."""
    upgrade(f"sqlite:///{file}")
    with closing(open_database(f"sqlite:///{file}")) as database:
        database.hurry()
        demo_file.fill(database, MOMENT, speed=1)
