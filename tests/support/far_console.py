"""A console without a window on another computer: it follows the board, and has one command in flight.

python -m tests.support.far_console ADDRESS HUB

It prints one line of JSON for each thing that happens, with the time on this machine's monotonic clock, which
all network namespaces share. Each line that it reads lets it save one step; it ends with its input.
"""

import datetime as dt
import json
import sys
import threading
from contextlib import closing
from time import monotonic
from typing import Any

from sqlalchemy import text

from console.domain.refusals import Refused
from console.domain.rows import Board, BoardDelta, FeedState
from db.change_feed import ChangeFeed
from db.engine import Database, open_database
from db.models import Hub
from tests.db.house import JO

ON_ITS_WAY = text("SELECT pg_sleep(14)")
_writing = threading.Lock()


def say(what: str, **more: Any) -> None:
    """Print what happened, and when."""
    with _writing:
        print(json.dumps({"what": what, "at": monotonic(), **more}), flush=True)


class Watching:
    """Says when the board begins or ceases to be live."""

    def __init__(self) -> None:
        self._was_live = False

    def take_board(self, _board: Board) -> None:
        """Nothing to say: the state follows."""

    def take_delta(self, _delta: BoardDelta) -> None:
        """Nothing to say."""

    def take_state(self, state: FeedState) -> None:
        """Say a change once."""
        if state.is_live != self._was_live:
            self._was_live = state.is_live
            say("live" if state.is_live else "not live", sentence=state.sentence)


def have_one_in_flight(database: Database) -> None:
    """Ask for an answer that takes longer than the test, and say how that ends."""
    try:
        with database.work(JO, now()) as work:
            say("in flight")
            work.session.execute(ON_ITS_WAY)
        say("answered")
    except Refused as refused:
        say("told", sentence=str(refused))


def save(database: Database, hub: int) -> None:
    """Save one step, and say how that ends."""
    try:
        with database.work(JO, now()) as work:
            work.lock(Hub, hub)
            work.step("hub.noted", "Noted", hub_id=hub)
        say("saved")
    except Refused as refused:
        say("not saved", sentence=str(refused))


def now() -> dt.datetime:
    """Give the time."""
    return dt.datetime.now(dt.UTC)


def main(url: str, hub: int) -> None:
    """Follow and work until the input ends."""
    watching = Watching()
    with closing(open_database(url)) as database:
        feed = ChangeFeed(database, [hub], watching.take_board, watching.take_delta, watching.take_state, now)
        command = threading.Thread(target=have_one_in_flight, args=(database,))
        feed.start()
        command.start()
        for _line in sys.stdin:
            save(database, hub)
        feed.stop()
        command.join()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
