"""How true the board is; everybody imports it from `rows`."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FeedState:
    """How true the board is: live (then `as_of` moves on every second), or standing still since `as_of`."""

    is_live: bool
    is_local: bool
    as_of: dt.datetime | None
    sentence: str
    why: str = ""  # it stands still, and what there is to do
    # When a worker last looked at all that was due, by the server's time, which no training makes quicker.
    chaser_at: dt.datetime | None = None
    # Until where the board has been read, in the words of the database.
    mark: str = ""
