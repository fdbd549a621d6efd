"""Welfare: whoever works alone is rung, and whoever calls for help gets it from three sides at once."""

import datetime as dt
from dataclasses import replace

from console.domain.acting import NOW, Happened
from console.domain.chase_words import Subject
from console.domain.permissions import Deed
from console.domain.refusals import Refused
from console.domain.welfare import reasons_not_well, subject_of
from console.domain.words import Channel, ContactResult, ContactWith, Role, TaskKind
from console.services import searching, tasks
from console.services.basis import Basis, refuse
from console.services.intake import dialled
from console.services.steps import happened_at
from console.services.visit_steps import locked_visit
from db.models import Contact, Practitioner, Referral, Shift, Visit
from db.queries import care, chasing, lookups
from db.unit_of_work import UnitOfWork

# All at once: the ladder has no time when somebody is attacked.
TOLD_OF_DURESS = (Role.SUPERVISOR, Role.COORDINATOR, Role.CLINICIAN)


class Welfare:
    """What is done for the safety of practitioners."""

    def __init__(self, basis: Basis) -> None:
        self._basis = basis

    def duress(self, practitioner_id: int, where: str, words: str = "", happened: Happened = NOW) -> None:
        """A practitioner is in danger: supervisor, coordinator and clinician are asked at once.

        Called again while it stands, it adds what is new to what all three read.
        """
        with self._basis.work(Deed.DURESS) as work:
            practitioner = work.lock(Practitioner, practitioner_id)
            at = happened_at(work, happened)
            visit = chasing.engaged_visit(work.session, practitioner_id)
            hub_id = _hub_of(work, practitioner, visit)
            number = work.get(Referral, visit.referral_id).number if visit else ""
            said = " ".join(part for part in (_where(where), words.strip()) if part)
            about = f"{practitioner.name}{f', {number}' if number else ''}. {said}"
            for role in TOLD_OF_DURESS:
                tasks.ask(
                    work,
                    TaskKind.DURESS,
                    role,
                    hub_id=hub_id,
                    subject=subject_of(practitioner.id),
                    words=about,
                    due_at=work.now,
                    referral_id=visit.referral_id if visit else None,
                    practitioner_id=practitioner.id,
                    is_news=True,
                )
            work.step(
                "practitioner.duress",
                f"Duress: {about}",
                hub_id=hub_id,
                referral_id=visit.referral_id if visit else None,
                practitioner_id=practitioner.id,
                happened=replace(happened, at=at),
                undoable=False,
            )

    def well(
        self,
        visit_id: int,
        seen_version: int,
        said: str,
        clear_at: dt.datetime,
        happened: Happened = NOW,
    ) -> None:
        """The practitioner was reached and is well: when they expect to be clear starts the clock anew."""
        with self._basis.work(Deed.WELFARE) as work:
            visit, referral = _in_hand(work, visit_id, seen_version)
            refuse(reasons_not_well(said, clear_at, work.now))
            at = happened_at(work, happened, visit.allocated_at)
            visit.expected_clear_at = clear_at
            _talk(work, visit, ContactResult.SPOKEN, said.strip(), replace(happened, at=at))
            name = work.get(Practitioner, visit.practitioner_id).name
            result = f"Spoke to {name}: well. {said.strip()}"
            for task in chasing.open_tasks_about(work.session, Subject.VISIT, visit.id, TaskKind.WELFARE):
                tasks.settle(work, task, result)
            searching.found(work, visit.practitioner_id, at, result)
            words = f"Welfare call: {name} is well"
            _visit_step(work, visit, referral, "visit.well", words, replace(happened, at=at))

    def no_reply(
        self, visit_id: int, seen_version: int, number: str | None = None, happened: Happened = NOW
    ) -> None:
        """Nobody answered the welfare call: the desk looks for them until somebody says they are found."""
        with self._basis.work(Deed.WELFARE) as work:
            # As allocating does: whoever sends them, or misses them on another visit, waits for this.
            practitioner = work.lock(Practitioner, work.get(Visit, visit_id).practitioner_id)
            visit, referral = _in_hand(work, visit_id, seen_version)
            at = happened_at(work, happened, visit.allocated_at)
            _talk(work, visit, ContactResult.NO_REPLY, "", replace(happened, at=at), number)
            searching.look_for(work, visit, referral, practitioner, at)
            words = f"Welfare call: {practitioner.name} did not answer, the supervisor is asked"
            _visit_step(work, visit, referral, "visit.no_reply", words, replace(happened, at=at))


def home_safe(work: UnitOfWork, shift: Shift) -> None:
    """Whoever goes off duty is home safe: what asks for it is answered."""
    for task in chasing.open_tasks_about(work.session, Subject.SHIFT, shift.id, TaskKind.SAFE_HOME):
        tasks.settle(work, task, "Off duty.")


def _in_hand(work: UnitOfWork, visit_id: int, seen_version: int) -> tuple[Visit, Referral]:
    visit, referral = locked_visit(work, visit_id, seen_version)
    if not visit.status.is_active:
        raise Refused("This visit has ended: there is nobody to ring about it. Look at the board again.")
    return visit, referral


def _hub_of(work: UnitOfWork, practitioner: Practitioner, visit: Visit | None) -> int:
    """The hub of the visit in hand, else of the shift; without either the intake hub hears of it."""
    if visit is not None:
        return visit.hub_id
    shift = care.shift_on_duty(work.session, practitioner.id)
    return shift.hub_id if shift else lookups.hubs(work.session)[0].id


def _where(where: str) -> str:
    return f"Where: {where.strip()}." if where.strip() else "Where is not known."


def _talk(
    work: UnitOfWork,
    visit: Visit,
    result: ContactResult,
    said: str,
    happened: Happened,
    number: str | None = None,
) -> None:
    work.add(
        Contact(
            hub_id=visit.hub_id,
            referral_id=visit.referral_id,
            contact_with=ContactWith.PRACTITIONER,
            channel=happened.channel or Channel.TELEPHONE,
            number=dialled(number),
            result=result,
            said=said,
            happened_at=happened.at or work.now,
            entered_at=work.now,
            by_id=work.actor.staff_id,
        )
    )


def _visit_step(
    work: UnitOfWork, visit: Visit, referral: Referral, kind: str, words: str, happened: Happened
) -> None:
    work.step(
        kind,
        words,
        hub_id=visit.hub_id,
        referral_id=referral.id,
        practitioner_id=visit.practitioner_id,
        happened=happened,
        undoable=False,
    )
