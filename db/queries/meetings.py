"""When somebody was with a patient, or agreed a time with them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import Session, aliased

from console.domain.waiting import HERE, TOLD
from console.domain.words import QueueStatus, Role, VisitStatus
from db.models import QueueEntry, Referral, Step, Visit

_Undoing = aliased(Step)
_HERE, _TOLD = (tuple(f"queue.{kind}" for kind in sorted(kinds)) for kinds in (HERE, TOLD))
# What a clinician is asked already is not answered by a time that the desk gives.
_COUNTS = or_(
    Step.kind.in_(_HERE),
    and_(
        Step.kind.in_(_TOLD),
        or_(
            Step.role == Role.CLINICIAN,
            Referral.failed_contact_at.is_(None),
            Step.happened_at < Referral.failed_contact_at,
        ),
    ),
)


def with_patients(
    session: Session, referral_ids: Collection[int], now: dt.datetime
) -> dict[int, list[dt.datetime]]:
    """Give when each patient came to a hub or was met at home, as far as nobody took that back.

    Somebody who is with them is so `now`.
    """
    found: dict[int, list[dt.datetime]] = defaultdict(list)
    at_hub = (
        select(Referral.id, Step.happened_at)
        .join(Step, Step.referral_id == Referral.id)
        .where(Referral.id.in_(referral_ids), _COUNTS, ~exists().where(_Undoing.undoes_id == Step.id))
    )
    for key, at in session.execute(at_hub):
        found[key].append(at)
    at_home = select(Visit.referral_id, Visit.on_scene_at, Visit.ended_at).where(
        Visit.referral_id.in_(referral_ids),
        Visit.on_scene_at.is_not(None),
        Visit.status != VisitStatus.NO_ACCESS,
    )
    for key, there_at, ended_at in session.execute(at_home):
        found[key] += [at for at in (there_at, ended_at or now) if at is not None]
    being_seen = select(QueueEntry.referral_id).where(
        QueueEntry.referral_id.in_(referral_ids), QueueEntry.status == QueueStatus.BEING_SEEN
    )
    for key in session.scalars(being_seen):
        found[key].append(now)
    return found
