"""What Doorstep tidies away by itself; nothing that a person wrote is among it."""

from console.domain.permissions import Deed
from console.services.basis import Basis
from db import change_log

_LONGEST = 40
"""Short transactions at one time: after a long pause the rest goes an hour later, and nobody waits for it."""


class Housekeeping:
    """Keeps the database from growing by what nobody will read again."""

    def __init__(self, basis: Basis) -> None:
        self._basis = basis

    def trim_change_log(self) -> int:
        """Delete the lines of the change log that are older than a day; gives how many."""
        trimmed = 0
        for _ in range(_LONGEST):
            with self._basis.work(Deed.TRIM_CHANGE_LOG) as work:
                gone = change_log.trim(work)
            trimmed += gone
            if gone < change_log.AT_ONCE:
                break
        return trimmed
