"""What every step asks before it is taken: when did it happen, and is it this person's to enter."""

import datetime as dt

from console.domain.acting import Happened
from console.domain.moves import reasons_not_to_have_happened
from console.domain.permissions import reasons_anothers
from console.domain.visit import has_it_now
from console.domain.words import Role
from console.services.basis import refuse
from db.models import Practitioner
from db.unit_of_work import UnitOfWork


def happened_at(work: UnitOfWork, happened: Happened, previous_at: dt.datetime | None = None) -> dt.datetime:
    """Give when a step really happened; refuse one of the future, or before the step that led to it.

    A step that another person reported must say how and in which words, so that it can be checked later.
    """
    at = happened.at or work.now
    reasons = list(reasons_not_to_have_happened(at, work.now, previous_at))
    # What is entered from paper stands there in writing: the paper itself is how it was told.
    is_told = happened.on_behalf_of_id is not None and not happened.from_paper
    if is_told and happened.channel is None:
        reasons.append("Say how the practitioner told you: by telephone, radio, message or in person.")
    if is_told and not happened.said.strip():
        reasons.append("Write down what the practitioner said.")
    refuse(reasons)
    # A wrist-watch that runs ahead must not push the step past its entry.
    return min(at, work.now)


def own_only(work: UnitOfWork, practitioner_id: int | None) -> None:
    """Refuse a practitioner who works at what is another practitioner's."""
    if work.actor.role is not Role.PRACTITIONER:
        return
    owner = work.get(Practitioner, practitioner_id) if practitioner_id is not None else None
    refuse(reasons_anothers(work.actor.role, work.actor.staff_id, owner.staff_id if owner else None))


def refuse_other(work: UnitOfWork, practitioner_id: int, happened: Happened) -> None:
    """Refuse what another practitioner than the one who has the visit told."""
    if happened.on_behalf_of_id not in (None, practitioner_id):
        who, told = (work.get(Practitioner, key) for key in (practitioner_id, happened.on_behalf_of_id))
        refuse((has_it_now(who.name, told.name),))
