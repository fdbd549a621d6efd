"""The welfare call to a practitioner who should be clear: what an answer must say, and who is looked for."""

import datetime as dt

from console.domain.acting import Happened
from console.domain.calendar import local, local_day, said
from console.domain.words import Channel, Role, TaskKind

SUPERVISOR_NOW = "did not answer the welfare call. Find them: ring again, ring the patient, send somebody."
RING_AGAIN = "did not answer the welfare call. Ring again until they do: the supervisor looks for them."
# Who is asked when nobody answers, and in which words.
LOOK_FOR_THEM = {Role.SUPERVISOR: SUPERVISOR_NOW, Role.COORDINATOR: RING_AGAIN}
OF_PERSON = "practitioner:"
# By these somebody is heard or seen; a message can be anybody's.
_HEARD = frozenset({Channel.TELEPHONE, Channel.RADIO, Channel.IN_PERSON})
# Further ahead it would be no clock any more.
LONGEST = dt.timedelta(hours=4)


def reasons_not_well(said: str, clear_at: dt.datetime, now: dt.datetime) -> tuple[str, ...]:
    """Give why this does not answer a welfare call; empty when it does."""
    checks = (
        (not said.strip(), "Write down what the practitioner said: never take silence for well."),
        (clear_at <= now, "Ask when they will be clear: give a time that is still to come."),
        (clear_at > now + LONGEST, "Nobody is left alone for more than 4 hours: give an earlier time."),
    )
    return tuple(words for is_reason, words in checks if is_reason)


def subject_of(practitioner_id: int) -> str:
    """Give what is asked about one of ours, whatever becomes of the visit that they were on."""
    return f"{OF_PERSON}{practitioner_id}"


def is_search(kind: TaskKind, subject: str) -> bool:
    """Tell whether a task asks to find a practitioner who does not answer."""
    return kind is TaskKind.WELFARE and subject.startswith(OF_PERSON)


def reasons_looked_for(name: str, since: dt.datetime | None, now: dt.datetime) -> tuple[str, ...]:
    """Give why nobody reckons with a practitioner who does not answer (aware UTC; None: nobody looks)."""
    if since is None or now < since:
        return ()
    is_today = local_day(since) == local_day(now)
    when = f"{local(since):%H:%M}" if is_today else said(since)
    return (f"{name} has not answered since {when}: say first that they were found.",)


def is_after(at: dt.datetime, missed_at: dt.datetime) -> bool:
    """Tell whether something came after the newest call that was missed; a typed time has no seconds."""
    return at >= missed_at.replace(second=0, microsecond=0)


def is_heard(
    practitioner_id: int, happened: Happened, at: dt.datetime, missed_at: dt.datetime, *, is_own: bool
) -> bool:
    """Tell whether a step shows that they answered: told by themselves after nobody had reached them."""
    is_told = happened.on_behalf_of_id == practitioner_id and happened.channel in _HEARD
    return (is_own or is_told) and is_after(at, missed_at) and not happened.from_paper
