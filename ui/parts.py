"""What main.py hands to the window: the console behind it, opened only after the window is painted."""

import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # none of it may delay the first paint: services load the database's packages
    from console.domain.acting import Actor
    from console.domain.clocks import ClockSettings
    from console.domain.rows import Board, BoardDelta, FeedState, Person
    from console.domain.sign_in import Connection, Entry, Proof
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


def _let_by(_: str) -> None:
    """Nobody is asked for a password here."""


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

    # Where everybody has a login of their own `people` gives the one whose login it is, and nobody else.
    has_logins: bool = False
    asks_password: bool = False  # the server asked for the password when this was opened
    prove: "Callable[[str], None]" = _let_by  # refuses whoever could not sign in again with that password
    note: str = ""  # what there is to say after the sign-in

    @property
    def proof(self) -> "Proof":
        """How somebody shows once more who they are."""
        from console.domain.sign_in import Proof

        if not self.has_logins:
            return Proof.CHOICE
        return Proof.PASSWORD if self.asks_password else Proof.LOGIN

    def silence(self, at: dt.datetime) -> dt.timedelta:
        """How long ago something happened by the server's own time."""
        return (self.server or self.now)() - at


OpenConsole = Callable[[], ConsoleParts]


@dataclass(frozen=True, slots=True)
class Door:
    """How a person comes in at a database that wants to know who they are; each may wait for it."""

    connections: "Callable[[], list[Connection]]"
    enter: "Callable[[Entry], ConsoleParts]"
    add: "Callable[[Connection], list[Connection]]"  # keeps it, and gives all there are then
