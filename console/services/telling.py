"""A practitioner who is sent learns where to go: nobody goes on to a place that they do not know."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence

from console.domain import visit_address as rules
from console.domain.acting import Happened
from console.domain.ladder_facts import Untold
from console.domain.visit_address import Where
from console.domain.words import Role, TaskKind
from console.services.basis import refuse
from console.services.tasks import ask, settle
from db.models import Practitioner, Referral, Task, Visit
from db.queries import lookups, watching
from db.queries.markers import read_markers
from db.unit_of_work import UnitOfWork

CORRECTED_AGAIN = "It was corrected once more."


def ask_to_tell(
    work: UnitOfWork, referral: Referral, visit: Visit, before: Where, after: Where, here: Collection[str]
) -> None:
    """Ask the hub to tell whoever is sent; of two corrections the newer one is told.

    It is due since the older one: since then they are on the way to a wrong door.
    """
    due_at = min((one.due_at for one in _untold(work, visit)), default=work.now)
    learnt(work, visit, CORRECTED_AGAIN)
    name = work.get(Practitioner, visit.practitioner_id).name
    ask(
        work,
        TaskKind.VISIT_UNACKNOWLEDGED,
        Role.COORDINATOR,
        hub_id=referral.hub_id,
        subject=rules.subject_of(visit.id),
        words=f"{referral.number}: {rules.telling_words(name, before, after, here)}",
        due_at=due_at,
        referral_id=referral.id,
        practitioner_id=visit.practitioner_id,
    )


def ask_to_tell_control(
    work: UnitOfWork, referral: Referral, before: Where, after: Where, here: Collection[str]
) -> None:
    """Ask the hub to tell ambulance control, of which no step of ours shows that it knows; the same holds."""
    subject = rules.subject_for_control(referral.id)
    found = lookups.open_tasks(work.session, referral.id, TaskKind.AMBULANCE_TAKE_OVER)
    untold = [task for task in found if task.subject == subject]
    for task in untold:
        settle(work, task, CORRECTED_AGAIN)
    work.session.flush()
    ask(
        work,
        TaskKind.AMBULANCE_TAKE_OVER,
        Role.COORDINATOR,
        hub_id=referral.hub_id,
        subject=subject,
        words=f"{referral.number}: {rules.telling_words(rules.CONTROL, before, after, here)}",
        due_at=min((task.due_at for task in untold), default=work.now),
        referral_id=referral.id,
    )


def learnt(work: UnitOfWork, visit: Visit, result: str) -> None:
    """Whoever is sent knows the corrected address."""
    for task in _untold(work, visit):
        settle(work, task, result)
    work.session.flush()  # the same may be asked anew


def read_back(work: UnitOfWork, referral: Referral, at: dt.datetime, result: str = "Acknowledged.") -> None:
    """Who acknowledges has read the address back, and who is there knows it: the one of that time."""
    found = lookups.open_tasks(work.session, referral.id, TaskKind.VISIT_UNACKNOWLEDGED)
    asked_at = _asked_at(found)
    for task in found:
        if not rules.is_about_address(task.subject) or asked_at is None or at >= asked_at:
            settle(work, task, result)


def refuse_to_go_on(work: UnitOfWork, visit: Visit, happened: Happened) -> None:
    """Refuse a step towards the door of which the markers are unread, or which is not known."""
    refuse_unread(work, visit, happened)
    refuse_untold(work, visit, happened)


def refuse_unread(work: UnitOfWork, visit: Visit, happened: Happened) -> None:
    """Refuse while a marker waits to be acknowledged; what stands on paper is over."""
    if not happened.from_paper:
        markers = read_markers(work.session, visit.referral_id)
        unread = [one.kind.label for one in markers if one.acknowledged_by is None]
        refuse(rules.reasons_not_to_go_on("", unread, is_untold=False))


def refuse_untold(work: UnitOfWork, visit: Visit, happened: Happened) -> None:
    """Refuse while the practitioner does not know the corrected address; who is at a console sees it."""
    if work.actor.role is Role.PRACTITIONER:
        learnt(work, visit, "Read on the console.")
    elif not happened.from_paper and _untold(work, visit):
        name = work.get(Practitioner, visit.practitioner_id).name
        refuse(rules.reasons_not_to_go_on(name, (), is_untold=True))


def refuse_old_door(work: UnitOfWork, visit: Visit, at: dt.datetime) -> None:
    """Refuse that the patient is safe who was asked for at an address that was corrected since."""
    asked_at = _asked_at(_untold(work, visit))
    refuse((rules.OLD_DOOR,) if asked_at is not None and at < asked_at else ())


def untold_of(work: UnitOfWork, visit_ids: Collection[int]) -> dict[int, Untold]:
    """Give of which visits the practitioner does not know the corrected address, as the desk was asked."""
    return _untold_about(work, rules.ABOUT, TaskKind.VISIT_UNACKNOWLEDGED, visit_ids)


def untold_to_control(work: UnitOfWork, referral_ids: Collection[int]) -> dict[int, Untold]:
    """Give of which referrals ambulance control does not know it, as the desk was asked."""
    return _untold_about(work, rules.ABOUT_CONTROL, TaskKind.AMBULANCE_TAKE_OVER, referral_ids)


def _untold_about(work: UnitOfWork, about: str, kind: TaskKind, ids: Collection[int]) -> dict[int, Untold]:
    found = watching.open_tasks_about(work.session, {(about, kind)}, ids) if ids else {}
    return {
        key: Untold(task.due_at, task.created_at, task.words)
        for key, tasks in found.items()
        for task in tasks
        if task.role is Role.COORDINATOR
    }


def _asked_at(tasks: Iterable[Task]) -> dt.datetime | None:
    """Give when the desk was asked; the supervisor, who is asked later, is asked for the same."""
    asked = (task.created_at for task in tasks if rules.is_about_address(task.subject))
    return min(asked, default=None)


def _untold(work: UnitOfWork, visit: Visit) -> Sequence[Task]:
    found = lookups.open_tasks(work.session, visit.referral_id, TaskKind.VISIT_UNACKNOWLEDGED)
    return [task for task in found if task.subject == rules.subject_of(visit.id)]
