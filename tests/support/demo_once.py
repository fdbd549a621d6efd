"""A demo at a fixed moment: a Wednesday in the early afternoon, both hubs at work. Needs no Qt.

To fill it takes longer than to look at it: processes that look at many screens are handed one that is filled.
"""

import datetime as dt
from pathlib import Path

from console.planning.day.plan import opened_at
from console.services import demo_file
from db.engine import open_database
from db.upgrade import upgrade

MOMENT = opened_at(dt.date(2026, 1, 14))
VARIABLE = "DOORSTEP_TEST_DEMO"  # the file that is handed on


def fill(file: Path) -> None:
    """Make the file and fill it."""
    upgrade(f"sqlite:///{file}")
    database = open_database(f"sqlite:///{file}")
    demo_file.fill(database, MOMENT)
    database.close()
