"""Carries a step through a short outage: a server that restarts, or a standby that takes over."""

import time
from collections.abc import Callable
from typing import TypeVar

from console.domain.refusals import Away, Unreachable
from console.steady import steady
from db.unit_of_work import saved_here

Result = TypeVar("Result")
PATIENCE_S = 4.0
"""So long it is tried again, from the moment at which the outage was noticed."""
PAUSE_S = 0.2
SAVED_IN_PART = (
    "The database went away after a part of this was saved. When the board is live, look at what stands there"
    " before you repeat it."
)


def through_an_outage(step: Callable[[], Result]) -> Result:
    """Do a step; when the database goes away and nothing of it was saved, do all of it again for a while.

    A step is never done in part a second time: once something of it was saved, that is told.
    """
    before, until = saved_here(), None
    while True:
        try:
            return step()
        except Away as away:
            if saved_here() != before:
                raise Unreachable(SAVED_IN_PART) from away
            until = steady() + PATIENCE_S if until is None else until
            if steady() > until:
                raise
        time.sleep(PAUSE_S)
