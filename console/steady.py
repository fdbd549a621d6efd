"""A clock that nobody sets: it tells how long something took, whatever time this computer shows."""

import time

# Python's own monotonic clock stands still while the computer sleeps on Linux and macOS, not on Windows;
# these do not. Linux has the first, macOS the second.
_KIND: int | None = getattr(time, "CLOCK_BOOTTIME", getattr(time, "CLOCK_MONOTONIC", None))


def steady() -> float:
    """Give seconds since some moment in the past; they go on in a sleep, so that nothing wakes up fresh."""
    return time.monotonic() if _KIND is None else time.clock_gettime(_KIND)
