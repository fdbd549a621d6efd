"""When somebody was with a patient, or agreed a time with them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, aliased

from console.domain.waiting import HERE_OR_TOLD
from console.domain.words import QueueStatus, VisitStatus
from db.models import QueueEntry, Step, Visit

_Undoing = aliased(Step)
_AT_A_HUB = tuple(f"queue.{kind}" for kind in sorted(HERE_OR_TOLD))


def with_patients(
    session: Session, referral_ids: Collection[int], now: dt.datetime
) -> dict[int, list[dt.datetime]]:
    """Give when each patient came to a hub or was met at home, as far as nobody took that back.

    Somebody who is with them is so `now`.
    """
    found: dict[int, list[dt.datetime]] = defaultdict(list)
    at_hub = select(Step.referral_id, Step.happened_at).where(
        Step.referral_id.in_(referral_ids),
        Step.kind.in_(_AT_A_HUB),
        ~exists().where(_Undoing.undoes_id == Step.id),
    )
    for key, at in session.execute(at_hub):
        found[key or 0].append(at)
    at_home = select(Visit.referral_id, Visit.on_scene_at, Visit.ended_at).where(
        Visit.referral_id.in_(referral_ids),
        Visit.on_scene_at.is_not(None),
        Visit.status != VisitStatus.NO_ACCESS,
    )
    for key, there_at, ended_at in session.execute(at_home):
        found[key] += [there_at, ended_at or now]
    being_seen = select(QueueEntry.referral_id).where(
        QueueEntry.referral_id.in_(referral_ids), QueueEntry.status == QueueStatus.BEING_SEEN
    )
    for key in session.scalars(being_seen):
        found[key].append(now)
    return found
