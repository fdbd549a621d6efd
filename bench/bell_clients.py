"""The least that a console could do: so many connections that ask SELECT 1 whenever a bare NOTIFY rings.

It speaks as `bench/feed_clients.py` does; the bell brings the number of the change.
"""

import argparse
import json
import sys
import threading
import time

import psycopg

from bench.feed_floors import postgresql_of
from bench.watchers import Handed

BELL = "bench_floor"


def listen(connection: psycopg.Connection, handed: Handed, ready: threading.Semaphore) -> None:
    """Answer each ring with one question, until the connection is closed."""
    connection.execute(f"LISTEN {BELL}".encode())
    ready.release()
    try:
        while True:
            rings = list(connection.notifies(stop_after=1))
            connection.execute("SELECT 1").fetchone()
            at = time.monotonic_ns()
            handed += [(int(ring.payload), at) for ring in rings]
    except psycopg.Error:  # closed: that is the end
        return


def main() -> None:
    """Listen until the input ends."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--database", required=True)
    asked.add_argument("--clients", type=int, required=True)
    options = asked.parse_args()
    connections = [postgresql_of(options.database) for _ in range(options.clients)]
    handed: list[Handed] = [[] for _ in connections]
    ready = threading.Semaphore(0)
    for pair in zip(connections, handed, strict=True):
        threading.Thread(target=listen, args=(*pair, ready), daemon=True).start()
    for _ in connections:
        ready.acquire()
    print("ready", flush=True)
    sys.stdin.read()
    print(json.dumps(handed))


if __name__ == "__main__":
    main()
