"""The commands about the audit's chain."""

from console.commands import DONE, SOME_REFUSED, Voice, opened
from console.domain import audit_head
from console.domain.refusals import Refused

NO_HEAD = "The audit is not sealed yet: a worker does that, or the console of a local database."


def head(url: str | None, voice: Voice) -> int:
    """Print the newest block's number, last line, time and hash, to be kept outside the database."""
    from db import audit_chain

    with opened(url) as database, database.read() as session:
        newest = audit_chain.newest(session)
    if newest is None:
        raise Refused(NO_HEAD)
    voice.say(audit_head.line(newest.number, newest.last_id, newest.at, newest.hash))
    return DONE


def verify(url: str | None, voice: Voice, *, heads: list[str]) -> int:
    """Check the whole audit, and say what is wrong."""
    from console.services import audit_check

    kept = [audit_head.hash_in(one) for one in heads]
    if None in kept:
        raise Refused("A hash has 64 digits and letters a to f, as main.py audit head prints it.")
    hashes = [one for one in kept if one]
    with opened(url) as database:
        found = audit_check.check(database, hashes)
        try:
            audit_check.keep(database, found, hashes)
            found.lines.append("That it was checked, and how it ended, is in the audit.")
        except Refused as why:  # such as a server that only follows another
            found.lines.append(f"That it was checked could not be kept in the audit: {why}")
    for line in found.wrong:
        voice.refuse(line)
    for line in found.lines:
        voice.say(line)
    voice.say("The audit is not as it was sealed." if found.wrong else "The audit is as it was sealed.")
    return SOME_REFUSED if found.wrong else DONE
