"""Carries a step through a short outage: a server that restarts, or a standby that takes over."""

import time
from collections.abc import Callable
from typing import TypeVar

from console.domain.refusals import Away
from console.steady import steady
from db.unit_of_work import saved_here

Result = TypeVar("Result")
PATIENCE_S = 4.0
"""So long it is tried again, from the moment at which the outage was noticed."""
PAUSE_S = 0.2


def through_an_outage(step: Callable[[], Result]) -> Result:
    """Do a step; when the database goes away and nothing of it was saved, do all of it again for a while.

    A step is never done in part a second time: once something of it was saved, it is told as it is.
    """
    before, until = saved_here(), None
    while True:
        try:
            return step()
        except Away:
            until = steady() + PATIENCE_S if until is None else until
            if saved_here() != before or steady() > until:
                raise
        time.sleep(PAUSE_S)
