"""What main.py hands to the window: the console behind it, opened only after the window is painted."""

import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # none of it may delay the first paint: services load the database's packages
    from console.domain.acting import Actor
    from console.domain.clocks import ClockSettings
    from console.domain.rows import Board, BoardDelta, FeedState, Person
    from console.services.desk import Desk
    from console.services.kept_forms import FormStore


class Feed(Protocol):
    """The live feed: it runs on a thread of its own and calls back from there."""

    def start(self) -> None:
        """Begin to follow; the whole board comes first."""

    def stop(self) -> None:
        """Stop and join."""


class MakeFeed(Protocol):
    """Makes a feed for the hubs of one person."""

    def __call__(
        self,
        hub_ids: Collection[int],
        on_board: Callable[["Board"], None],
        on_delta: Callable[["BoardDelta"], None],
        on_state: Callable[["FeedState"], None],
    ) -> Feed:
        """Return a feed that is not started."""


@dataclass(frozen=True, slots=True)
class ConsoleParts:
    """An opened console: who may sign in, a desk for each of them, the feed, and the time that all go by.

    `speed` says how many seconds of that time pass in one second; more than one only in training.
    """

    service_name: str
    is_shared: bool
    is_training: bool
    people: Callable[[], "list[Person]"]
    desk: "Callable[[Actor], Desk]"
    feed: MakeFeed
    now: Callable[[], dt.datetime]
    clocks: "Callable[[], ClockSettings]"  # asks the database
    close: Callable[[], None]
    speed: float = 1.0
    forms: "FormStore | None" = None  # without it half-typed forms go with their window
    # The server's own time, by which the chaser is watched; without it, `now` is that time.
    server: Callable[[], dt.datetime] | None = None

    def silence(self, at: dt.datetime) -> dt.timedelta:
        """How long ago something happened by the server's own time."""
        return (self.server or self.now)() - at


OpenConsole = Callable[[], ConsoleParts]
