"""What is heard and seen at once: every rule by which something new is an alarm, and how grave it is."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from console.domain.acting import Actor
from console.domain.rows import ReferralRow, TaskRow
from console.domain.visit_address import is_about_address
from console.domain.word import Word
from console.domain.words import Role, TaskKind


class Sound(Word):
    """What an alarm sounds like; the first is the gravest."""

    HELP = "help", "Somebody of ours needs help"
    URGENT = "urgent", "Somebody may come to harm"
    LATE = "late", "A time has passed"

    @property
    def gravity(self) -> int:
        """0 for the gravest; what is graver is heard instead of what is less."""
        return list(Sound).index(self)


# The sound that a new task makes at whoever it is asked of; every other kind is silent.
SOUND_OF_TASK = {
    TaskKind.DURESS: Sound.HELP,
    TaskKind.WELFARE: Sound.URGENT,
    TaskKind.CLINICIAN_NOW: Sound.URGENT,
    TaskKind.SAFE_HOME: Sound.URGENT,
    TaskKind.NO_REPLY_CONCERN: Sound.URGENT,
    TaskKind.FAILED_CONTACT: Sound.URGENT,
    TaskKind.ESCALATION: Sound.URGENT,
    TaskKind.AMBULANCE_TAKE_OVER: Sound.URGENT,
    TaskKind.TRIAGE_LATE: Sound.LATE,
    TaskKind.RESPONSE_LATE: Sound.LATE,
    TaskKind.WAITING_CALL: Sound.LATE,
    TaskKind.VISIT_UNACKNOWLEDGED: Sound.LATE,
}
# Before all others, whatever is due when: somebody of ours, or a patient who is worse.
FIRST = (TaskKind.DURESS, TaskKind.WELFARE, TaskKind.CLINICIAN_NOW, TaskKind.SAFE_HOME)
# Their words name one of ours; the others are about a patient.
OUR_PEOPLE = frozenset({TaskKind.DURESS, TaskKind.WELFARE, TaskKind.SAFE_HOME})
# What patients' rows themselves raise goes to everybody who works at the whole board.
_HEARS_OF_PATIENTS = frozenset({Role.COORDINATOR, Role.CLINICIAN, Role.SUPERVISOR})
# A call for help is heard again until somebody has accepted it.
AGAIN_EVERY = {Sound.HELP: dt.timedelta(seconds=20)}
# What comes together, or shortly after, is heard once.
BURST = dt.timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Alarm:
    """One reason to look up: what kind, about which row, since when it is so."""

    what: str
    row_id: int
    sound: Sound
    at: dt.datetime


def sound_of(kind: TaskKind, subject: str = "") -> Sound | None:
    """Give the sound of a task, if it has one: whoever drives to the wrong door is graver than its kind."""
    return Sound.URGENT if is_about_address(subject) else SOUND_OF_TASK.get(kind)


def urgency(kind: TaskKind, subject: str = "") -> int:
    """Give where a task stands among others: the lower, the sooner it is answered."""
    if kind in FIRST:
        return FIRST.index(kind)
    sound = sound_of(kind, subject)
    return len(FIRST) + (len(Sound) if sound is None else sound.gravity)


def roles_of(row: TaskRow) -> tuple[Role, ...]:
    """Give whom a task calls: who drives to the wrong door waits for no coordinator at a weekend's hub.

    Nobody knows who sits at a desk: a clinician who is alone there hears of it as a coordinator would.
    """
    if row.role is Role.COORDINATOR and is_about_address(row.subject):
        return Role.COORDINATOR, Role.CLINICIAN
    return (row.role,)


def is_for(row: TaskRow, actor: Actor, practitioner_id: int | None) -> bool:
    """Tell whether a task calls this person: it calls their role, and nobody else has taken it.

    What is asked of practitioners is asked of the one whom it names.
    """
    if actor.role not in roles_of(row) or row.accepted_by not in (None, actor.name):
        return False
    return row.role is not Role.PRACTITIONER or row.practitioner_id in (None, practitioner_id)


def of_tasks(rows: Iterable[TaskRow], actor: Actor, practitioner_id: int | None) -> Iterator[Alarm]:
    """Give an alarm for each task with a sound that is asked of this person and that nobody has accepted."""
    for row in rows:
        sound = sound_of(row.kind, row.subject)
        if sound is not None and row.accepted_by is None and is_for(row, actor, practitioner_id):
            yield Alarm(row.kind.value, row.id, sound, row.created_at)


def of_patients(rows: Iterable[ReferralRow], role: Role, now: dt.datetime) -> Iterator[Alarm]:
    """Give an alarm for 999 without a reference, for triage that is overdue, for a patient who is overdue."""
    if role not in _HEARS_OF_PATIENTS:
        return
    for row in rows:
        if row.asks_ambulance and not row.ambulance_reference:
            yield Alarm("ambulance", row.id, Sound.URGENT, row.received_at)
        elif row.is_untriaged and row.triage_due_at is not None and row.triage_due_at <= now:
            yield Alarm("triage", row.id, Sound.LATE, row.triage_due_at)
        elif row.is_waiting and row.due_at is not None and row.due_at <= now:
            yield Alarm("overdue", row.id, Sound.LATE, row.due_at)
