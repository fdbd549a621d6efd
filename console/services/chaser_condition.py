"""Says whether anybody chases, and what became of reminders, for whoever looks after the service."""

import datetime as dt
from collections.abc import Mapping

from console.domain.calendar import local
from console.domain.chase_words import MessageStatus
from console.exchange import mail
from console.services import site
from console.services.clock import clock_of
from db.engine import Database
from db.models import WorkerHeartbeat
from db.queries import care, outgoing, watching, workers

LATE_AFTER = dt.timedelta(seconds=30)
"""A chaser that has not looked for so long is late: consoles say so too."""
NOBODY = "Nobody chases: start main.py worker on a computer that is always on."
NO_CONSOLE = "Nobody chases now: the console of this database does while it is open."


def describe(database: Database) -> list[str]:
    """Give sentences about the workers, what is due, the mail and its messages."""
    now, server_now = clock_of(database)(), database.server_now()
    with database.read() as session:
        beating = workers.workers(session)
        due, oldest = watching.count_due(session, now), watching.oldest_due(session, now)
        changed = watching.oldest_change(session)
        counts = outgoing.counts(session)
        on_its_way = outgoing.oldest_on_its_way(session)
        addresses = care.settings_in_force(session, now)
    lines = [_worker(one, server_now) for one in beating]
    if not any(_is_looking(one, server_now) for one in beating):
        lines.append(NOBODY if database.capabilities.is_shared else NO_CONSOLE)
    since = f", the oldest since {_at(oldest)}" if oldest else ""
    waits = f", a change for {_long(server_now - changed)}" if changed else ""
    lines.append(f"Due to be looked at: {due}{since}{waits}.")
    lines.append(_mail())
    if not site.value("mail.supervisor", addresses):
        lines.append("The supervisor gets no reminders by mail: the setting mail.supervisor is empty.")
    return lines + _messages(counts, on_its_way)


def _is_looking(worker: WorkerHeartbeat, server_now: dt.datetime) -> bool:
    return worker.looked_at is not None and server_now - worker.looked_at <= LATE_AFTER


def _worker(worker: WorkerHeartbeat, server_now: dt.datetime) -> str:
    silent = server_now - worker.beat_at
    named = f"The worker {worker.worker} (version {worker.program_version})"
    if silent > LATE_AFTER:
        return f"{named} has been silent for {_long(silent)}."
    if worker.looked_at is None:
        return f"{named} lives and has never looked at what is due: its log says why."
    ago = server_now - worker.looked_at
    if ago > LATE_AFTER:
        return f"{named} lives and has not looked at what is due for {_long(ago)}: its log says why."
    return f"{named} looked at what is due {_long(ago)} ago."


def _long(time: dt.timedelta) -> str:
    """Say a length of time in the largest unit that fits it."""
    seconds = max(0, round(time.total_seconds()))
    for unit, word in ((86_400, "days"), (3_600, "h"), (60, "min")):
        if seconds >= 2 * unit:
            return f"{seconds // unit} {word}"
    return f"{seconds} s"


def _at(at: dt.datetime) -> str:
    return f"{local(at):%d %b %H:%M}"


def _mail() -> str:
    try:
        server = mail.server_of_this_computer()
    except (ValueError, OSError) as wrong:
        told = str(wrong) if isinstance(wrong, ValueError) else "its password file cannot be read."
        return f"No reminder can go from this computer: {told}"
    if server is None:
        return "No mail server is set up on this computer: a worker here can send no reminders."
    return f"Mail goes through {server.host}:{server.port} from {server.sender}."


def _messages(counts: Mapping[MessageStatus, int], since: dt.datetime | None) -> list[str]:
    lines = []
    if since is not None:
        waiting = counts.get(MessageStatus.QUEUED, 0) + counts.get(MessageStatus.SENDING, 0)
        lines.append(f"Reminders on their way: {waiting}, the oldest since {_at(since)}.")
    if failed := counts.get(MessageStatus.FAILED, 0):
        lines.append(f"Reminders that could not be sent: {failed}. The ladder of each report says why.")
    if uncertain := counts.get(MessageStatus.UNCERTAIN, 0):
        lines.append(
            f"Reminders of which nobody knows whether they were sent: {uncertain}."
            " A coordinator has to decide."
        )
    return lines
