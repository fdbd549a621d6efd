"""Live feeds without a window, in a process of their own: what each change was, and when it was handed over.

It says "ready" when every board is there, follows until its input ends, then prints for each feed the list of
`[change, at]`: the change's number and the time on this machine's monotonic clock, in nanoseconds. A console
with a window that is to be measured beside them speaks the same way.
"""

import argparse
import datetime as dt
import json
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import ExitStack, closing

from bench.changes import number_of
from console.domain.rows import Board, BoardDelta, FeedState
from db.change_feed import ChangeFeed
from db.engine import Database, open_database


class Listener:
    """Notes when each change is handed over."""

    def __init__(self) -> None:
        self.ready = threading.Event()
        self.handed: list[tuple[int, int]] = []

    def take_board(self, board: Board) -> None:
        """Take the whole board as the beginning."""
        self.ready.set()

    def take_delta(self, delta: BoardDelta) -> None:
        """Note each changed referral."""
        at = time.monotonic_ns()
        for row in delta.referrals:
            number = number_of(row.problem)
            if number is not None:
                self.handed.append((number, at))

    def take_state(self, state: FeedState) -> None:
        """Nothing to note: a feed that is not live hands nothing over."""


def follow(database: Database, groups: Sequence[Sequence[int]], stack: ExitStack) -> list[Listener]:
    """Start a feed for each group of hubs and wait for the boards."""
    listeners = [Listener() for _ in groups]
    for one, hub_ids in zip(listeners, groups, strict=True):
        feed = ChangeFeed(database, hub_ids, one.take_board, one.take_delta, one.take_state, _now)
        stack.callback(feed.stop)
        feed.start()
    for one in listeners:
        assert one.ready.wait(60), "a board did not come"
    return listeners


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def main() -> None:
    """Follow until the input ends."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--database", required=True)
    asked.add_argument("--hubs", action="append", required=True, help="of one feed, with commas between")
    options = asked.parse_args()
    groups = [[int(hub) for hub in hubs.split(",")] for hubs in options.hubs]
    with closing(open_database(options.database)) as database, ExitStack() as stack:
        listeners = follow(database, groups, stack)
        print("ready", flush=True)
        sys.stdin.read()
        handed = [list(one.handed) for one in listeners]
    print(json.dumps(handed))


if __name__ == "__main__":
    main()
