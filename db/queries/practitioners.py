"""Practitioners on duty, soon on duty or with a visit in hand, and what can be asked of them now."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    String,
    Subquery,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy.orm import aliased

from console.domain.calendar import local_day
from console.domain.practitioner import Duty, availability
from console.domain.rows import PractitionerRow
from console.domain.welfare import OF_PERSON
from console.domain.words import Availability, QueueStatus, TaskKind, VisitStatus
from db.base import UTCDateTime
from db.models import Competence, Hub, Position, Practitioner, QueueEntry, Referral, Shift, Task, Visit
from db.models.care import ACTIVE, IN_QUEUE
from db.queries.reading import Reader, Statement, in_lengths, literally, many, records

PLANNED_AHEAD = dt.timedelta(hours=12)
NOW = bindparam("now", type_=UTCDateTime())
TODAY = bindparam("today", type_=Date())
BETWEEN = "\n"  # stands in no competence's name
SOON = bindparam("soon", type_=UTCDateTime())

Held = aliased(Visit)  # the visit that tells what somebody is doing
Seen = aliased(QueueEntry)
Worked = aliased(Shift)
VisitReferral = aliased(Referral)
SeenReferral = aliased(Referral)

# Each practitioner's visits in hand: the one they are engaged in, how many wait behind it, and for whom.
IN_HAND = (
    select(
        Visit.practitioner_id,
        func.max(case((Visit.status != VisitStatus.ALLOCATED, Visit.id))).label("engaged_id"),
        func.min(case((Visit.status == VisitStatus.ALLOCATED, Visit.id))).label("next_id"),
        func.sum(case((Visit.status == VisitStatus.ALLOCATED, 1), else_=0)).label("waiting"),
        func.max(case((Visit.hub_id.in_(many("hub_ids")), 1), else_=0)).label("is_ours"),
    )
    .where(literally("visit", ACTIVE))
    .group_by(Visit.practitioner_id)
    .subquery("in_hand")
)
# Not COALESCE, which PostgreSQL keeps away from an index where row security holds: all visits would be read.
IN_HAND_ID = case((IN_HAND.c.engaged_id.is_not(None), IN_HAND.c.engaged_id), else_=IN_HAND.c.next_id)
BEING_SEEN = (
    select(QueueEntry.practitioner_id, func.max(QueueEntry.id).label("entry_id"))
    .where(literally("queue_entry", IN_QUEUE), QueueEntry.status == QueueStatus.BEING_SEEN)
    .group_by(QueueEntry.practitioner_id)
    .subquery("being_seen")
)
# The shift of this moment: one that has ended since, for what is entered later; else the one being worked,
# else the next one that is planned to begin soon.
SHIFT_ID = (
    select(Shift.id)
    .where(
        Shift.practitioner_id == Practitioner.id,
        or_(
            and_(Shift.on_at <= NOW, Shift.off_at > NOW),
            and_(
                Shift.off_at.is_(None),
                or_(Shift.on_at.is_not(None), and_(Shift.starts_at <= SOON, Shift.ends_at > NOW)),
            ),
        ),
    )
    .order_by(
        case((Shift.off_at.is_not(None), 0), (Shift.on_at.is_not(None), 1), else_=2),
        Shift.on_at.desc(),
        Shift.starts_at,
    )
    .limit(1)
    .correlate(Practitioner)
    .scalar_subquery()
)
POSITION_ID = (
    select(Position.id)
    .where(Position.practitioner_id == Practitioner.id)
    .order_by(Position.at.desc())
    .limit(1)
    .correlate(Practitioner)
    .scalar_subquery()
)
COMPETENCES = (
    select(func.aggregate_strings(Competence.name, BETWEEN))
    .where(
        Competence.practitioner_id == Practitioner.id,
        or_(Competence.expires_on.is_(None), Competence.expires_on >= TODAY),
    )
    .correlate(Practitioner)
    .scalar_subquery()
)
# Whoever does not answer is looked for until somebody says that they were found.
_SEARCH = (
    Task.kind == TaskKind.WELFARE,
    Task.subject == literal_column(f"'{OF_PERSON}'", String) + cast(Practitioner.id, String),
    Task.done_at.is_(None),
)
UNANSWERED = select(func.min(Task.created_at)).where(*_SEARCH).correlate(Practitioner).scalar_subquery()
SOUGHT_BY = select(func.min(Task.hub_id)).where(*_SEARCH).correlate(Practitioner).scalar_subquery()
DUTY_FROM = func.coalesce(Worked.on_at, Held.allocated_at)


# What is read of the shift, the visit in hand, the patient at the hub and the place of each.
DOING = (
    Hub.id.label("hub_id"),
    Hub.name.label("hub"),
    Worked.id.label("shift_id"),
    Worked.version.label("shift_version"),
    Worked.placement,
    func.coalesce(Worked.is_remote, False).label("is_remote"),
    Worked.starts_at.label("shift_starts_at"),
    Worked.ends_at.label("shift_ends_at"),
    Worked.on_at,
    Held.status.label("visit_status"),
    Held.allocated_at,
    Held.acknowledged_at,
    Held.en_route_at,
    Held.on_scene_at,
    Held.expected_clear_at,
    VisitReferral.id.label("visit_referral_id"),
    VisitReferral.number.label("visit_referral_number"),
    func.coalesce(IN_HAND.c.waiting, 0).label("waiting_visits"),
    Seen.being_seen_at,
    SeenReferral.id.label("seen_referral_id"),
    SeenReferral.number.label("seen_referral_number"),
    Position.lat,
    Position.lon,
    Position.accuracy_m,
    Position.source.label("position_source"),
    Position.at.label("position_at"),
)


def _who(*which: ColumnElement[bool]) -> Subquery:
    """Everyone, with the keys of their shift and position, held together by an OFFSET.

    Joined by a subquery, row security keeps PostgreSQL from every index, and all shifts and positions that
    there ever were would be read; by a column each is looked up.
    """
    return (
        select(
            Practitioner.id,
            Practitioner.version,
            Practitioner.name,
            Practitioner.profession,
            Practitioner.grade,
            Practitioner.employer,
            Practitioner.phone,
            COMPETENCES.label("competences"),
            UNANSWERED.label("unanswered_since"),
            SOUGHT_BY.label("its_search_hub_id"),
            SHIFT_ID.label("its_shift_id"),
            POSITION_ID.label("its_position_id"),
        )
        .where(*which)
        .offset(0)
        .subquery("who")
    )


def _statement(*which: ColumnElement[bool]) -> Statement:
    who = _who(*which)
    return (
        select(*(one for one in who.c if not one.name.startswith("its_")), *DOING)
        .select_from(who)
        .outerjoin(Worked, Worked.id == who.c.its_shift_id)
        .outerjoin(Hub, Hub.id == Worked.hub_id)
        .outerjoin(IN_HAND, IN_HAND.c.practitioner_id == who.c.id)
        .outerjoin(Held, Held.id == IN_HAND_ID)
        .outerjoin(VisitReferral, VisitReferral.id == Held.referral_id)
        .outerjoin(BEING_SEEN, BEING_SEEN.c.practitioner_id == who.c.id)
        .outerjoin(Seen, Seen.id == BEING_SEEN.c.entry_id)
        .outerjoin(SeenReferral, SeenReferral.id == Seen.referral_id)
        # Where people are is known while they are on duty, and only since then.
        .outerjoin(Position, and_(Position.id == who.c.its_position_id, Position.at >= DUTY_FROM))
        .where(
            or_(
                Worked.hub_id.in_(many("hub_ids")),
                IN_HAND.c.is_ours == 1,
                # Nobody leaves the board whom nobody reaches, also without a shift or a visit.
                who.c.its_search_hub_id.in_(many("hub_ids")),
            )
        )
    )


WHOLE = _statement()
SOME = _statement(Practitioner.id.in_(many("ids")))


def read_practitioners(
    reader: Reader, hub_ids: Collection[int], now: dt.datetime, ids: Collection[int] | None = None
) -> tuple[PractitionerRow, ...]:
    """Read everyone who works for the hubs now or within 12 hours, or those of the named people who do.

    So is everybody whom the hubs look for.
    """
    window = {
        "hub_ids": sorted(hub_ids),
        "now": now,
        "soon": now + PLANNED_AHEAD,
        "today": local_day(now),
    }
    if ids is None:
        return tuple(_row(one) for one in records(reader, WHOLE, **window))
    return tuple(_row(one) for some in in_lengths(ids) for one in records(reader, SOME, **window, ids=some))


SINCE = {
    Availability.ON_SCENE: "on_scene_at",
    Availability.EN_ROUTE: "en_route_at",
    Availability.ACKNOWLEDGED: "acknowledged_at",
    Availability.ALLOCATED: "allocated_at",
    Availability.AT_HUB: "being_seen_at",
    Availability.FREE: "on_at",
}
"""Which time tells since when a practitioner is doing what they do."""


def _row(found: dict[str, Any]) -> PractitionerRow:
    doing = _availability(found)
    which = "seen" if doing is Availability.AT_HUB else "visit"
    about = {name: found[f"{which}_{name}"] for name in ("referral_id", "referral_number")}
    found["competences"] = tuple(sorted(filter(None, (found["competences"] or "").split(BETWEEN))))
    fields = {name: value for name, value in found.items() if name in PractitionerRow.__slots__}
    return PractitionerRow(
        **fields,
        **about,
        availability=doing,
        since=found[SINCE[doing]] if doing in SINCE else None,
    )


def _availability(found: dict[str, Any]) -> Availability:
    duty = None
    if found["shift_id"] is not None:
        hours = found["shift_starts_at"], found["shift_ends_at"]
        duty = Duty(found["placement"], *hours, found["on_at"])
    visits = [status for status in (found["visit_status"],) if status is not None]
    return availability(duty, visits, sees_hub_patient=found["being_seen_at"] is not None)
