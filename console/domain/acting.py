"""Who is acting: every change is by a named person in a role, from a device."""

import datetime as dt
from dataclasses import dataclass

from console.domain.words import Channel, Role


@dataclass(frozen=True, slots=True)
class Actor:
    """A named person in the role they act in now."""

    staff_id: int
    name: str
    role: Role
    device: str = ""


@dataclass(frozen=True, slots=True)
class Happened:
    """When a step really happened and how the console learnt of it.

    Coordinators enter steps on a practitioner's behalf: `on_behalf_of_id` is that practitioner, `channel`
    how they said it and `said` in which words. `at` is aware UTC; `None` means now. `from_paper` says that it
    was written down while the database was away, and is entered from there.
    """

    at: dt.datetime | None = None
    on_behalf_of_id: int | None = None
    channel: Channel | None = None
    said: str = ""
    from_paper: bool = False


NOW = Happened()
