"""Devices that tell positions at a steady rate, in a process of their own: right ones and wrong ones.

It reads `{"port", "rate", "seconds", "right", "off_duty"}` with tokens from its input, and prints when each
message was sent and what was answered, as `[kind, device, number, sent_ns, status, answered_ns]`.
"""

import asyncio
import json
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any

CONNECTIONS = 300
# Of a hundred messages so many are wrong, each in its own way.
WRONG = {"malformed": 4, "replayed": 4, "future": 3, "foreign": 4, "off_duty": 3, "no_place": 2}
STEP = 1e-6
"""Each position is that many degrees north of the one before: on a board its place tells its number."""


@dataclass
class Load:
    """What is told, and what came of it."""

    plan: dict[str, Any]
    answered: list[list[Any]] = field(default_factory=list)

    def messages(self) -> Iterator[tuple[str, int, str]]:
        """Give kind, device and token, a hundred at a time in the same mixture."""
        kinds = [kind for kind, count in WRONG.items() for _ in range(count)]
        kinds += ["right"] * (100 - len(kinds))
        # Spread over the hundred instead of all wrong ones first.
        mixed = [kinds[place * 37 % 100] for place in range(100)]
        told: set[int] = set()
        right, off = cycle(enumerate(self.plan["right"])), cycle(enumerate(self.plan["off_duty"]))
        for kind in cycle(mixed):
            device, token = next(off if kind == "off_duty" else right)
            # Only who has told something can tell what is older than that.
            what = "right" if kind == "replayed" and device not in told else kind
            if what == "right":
                told.add(device)
            yield what, device, "f" * 43 if kind == "foreign" else token


def body_of(kind: str, number: int) -> bytes:
    """Write a message as OwnTracks does; a right one is of this moment."""
    if kind == "malformed":
        return b'{"_type": "location", "lat": 51.1, "lon":'
    at = time.time() + {"future": 900, "replayed": -1800}.get(kind, 0)
    lat = 95.0 if kind == "no_place" else 51.0 + number * STEP
    return json.dumps({"_type": "location", "lat": lat, "lon": 1.2, "tst": at, "acc": 8, "vel": 40}).encode()


async def connection(load: Load, port: int, queue: "asyncio.Queue[tuple[str, int, str, int] | None]") -> None:
    """Tell one message after the other on one connection."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while (told := await queue.get()) is not None:
        kind, device, token, number = told
        body = body_of(kind, number)
        head = f"POST /positions HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {token}\r\n"
        sent = time.monotonic_ns()
        writer.write(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        answer = await reader.readuntil(b"\r\n\r\n")
        lengths = [line for line in answer.split(b"\r\n") if line.lower().startswith(b"content-length:")]
        await reader.readexactly(int(lengths[0].split(b":")[1]))
        status = int(answer.split(b" ", 2)[1])
        load.answered.append([kind, device, number, sent, status, time.monotonic_ns()])
    writer.close()


async def tell(load: Load) -> None:
    """Put the messages in at the planned rate, whatever the answers take."""
    rate, count = load.plan["rate"], int(load.plan["rate"] * load.plan["seconds"])
    queue: asyncio.Queue[tuple[str, int, str, int] | None] = asyncio.Queue()
    tasks = [asyncio.create_task(connection(load, load.plan["port"], queue)) for _ in range(CONNECTIONS)]
    began = time.monotonic()
    for number, message in zip(range(1, count + 1), load.messages(), strict=False):
        queue.put_nowait((*message, number))
        if number % 10 == 0:
            await asyncio.sleep(max(0.0, began + number / rate - time.monotonic()))
    for _ in tasks:
        queue.put_nowait(None)
    await asyncio.gather(*tasks)


def main() -> None:
    """Tell what the plan says, then print what came of it."""
    load = Load(json.loads(sys.stdin.readline()))
    asyncio.run(tell(load))
    print(json.dumps(load.answered))


if __name__ == "__main__":
    main()
