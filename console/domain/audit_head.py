"""What the newest hash of the audit's chain looks like outside the database; it tells about nobody."""

import datetime as dt
import re

KEY = "audit-head-"
"""Every message that carries it has a key that begins so: it belongs to no report."""
SUBJECT = "Doorstep: the audit's newest hash"
_HASH = re.compile(r"[0-9a-f]{64}")


def line(number: int, last_id: int, at: dt.datetime, hash_: str) -> str:
    """Give it as one line, for a log and for paper."""
    return f"audit head: block {number}, lines to {last_id}, sealed {at:%Y-%m-%d %H:%M:%S} UTC: {hash_}"


def letter(stated: str) -> str:
    """Give the text of the day's message."""
    return (
        f"{stated}\n\nKeep this message where nobody who looks after the database can change it. It proves"
        " every line of the audit up to this one: whoever doubts the audit runs\n\n"
        f"    main.py audit verify --head {hash_in(stated)}\n\nNothing need be done now.\n"
    )


def hash_in(stated: str) -> str | None:
    """Give the one hash of what somebody typed or copied, None when there is none."""
    found = _HASH.findall(stated.lower())
    return found[0] if len(found) == 1 else None
