"""Open referrals as the board shows them."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, null, select

from console.domain.rows import ReferralRow
from console.domain.words import VisitStatus
from db.models import Hub, Patient, Practice, Practitioner, QueueEntry, Referral, Visit
from db.models.care import ACTIVE, IN_QUEUE
from db.models.referral import OPEN
from db.queries.markers import MAY_HOLD, MarkerCount, count_markers
from db.queries.reading import Columns, Reader, Statement, in_lengths, literally, many, records

# An ambulance is asked for until its crew has taken over or a clinician has stood it down.
ASKS_AMBULANCE = and_(
    Referral.asks_ambulance,
    Referral.ambulance_taken_over_at.is_(None),
    Referral.stood_down_by_id.is_(None),
)
VISIT_AT = case(
    (Visit.status == VisitStatus.ON_SCENE, Visit.on_scene_at),
    (Visit.status == VisitStatus.EN_ROUTE, Visit.en_route_at),
    (Visit.status == VisitStatus.ACKNOWLEDGED, Visit.acknowledged_at),
    else_=Visit.allocated_at,
)
FRAME_FROM = case(
    (Referral.due_clock == "response", func.coalesce(Referral.first_triaged_at, Referral.received_at)),
    (Referral.due_clock == "disposition", func.coalesce(Referral.disposition_at, Referral.received_at)),
    else_=Referral.received_at,
)

# Every field of the row that is read as it is, by where it stands; the numbers of markers come on top.
OWN: Columns = {
    "id": Referral.id,
    "number": Referral.number,
    "version": Referral.version,
    "hub_id": Referral.hub_id,
    "patient_id": Referral.patient_id,
    "family_name": Patient.family_name,
    "given_name": Patient.given_name,
    "birth_date": Patient.birth_date,
    "gender": Patient.gender,
    "nhs_number": Patient.nhs_number,
    "nhs_number_verified": Patient.nhs_number_verified,
    "source": Referral.source,
    "status": Referral.status,
    "priority": Referral.priority,
    "problem": Referral.problem,
    "stream": Referral.stream,
    "gp_needed": Referral.gp_needed,
    "received_at": Referral.received_at,
    "triage_due_at": case((Referral.first_triaged_at.is_(None), Referral.triage_due_at), else_=null()),
    "due_at": Referral.due_at,
    "due_clock": Referral.due_clock,
    "frame_from": FRAME_FROM,
    "disposition": Referral.disposition,
    "address": Referral.visit_address,
    "postcode": Referral.visit_postcode,
    "area": Referral.area,
    "lat": Referral.visit_lat,
    "lon": Referral.visit_lon,
    "phone": Referral.contact_phone,
    "practice_link": Referral.practice_link,
    "record_access": Referral.record_access,
    "asks_ambulance": ASKS_AMBULANCE,
    "ambulance_reference": Referral.ambulance_reference,
    "worse_at": Referral.worse_at,
    "acknowledgement_owed": Referral.acknowledgement_owed,
    "flags": Referral.flags,
    "failed_contact_at": Referral.failed_contact_at,
    "met_at": func.coalesce(Referral.seen_at, Referral.ambulance_taken_over_at),
}
OF_HUB: Columns = {"hub": Hub.name}  # a whole board has its hubs already
OF_PRACTICE: Columns = {"practice": Practice.name, "practice_code": Practice.ods_code}
OF_VISIT: Columns = {
    "visit_id": Visit.id,
    "visit_version": Visit.version,
    "visit_status": Visit.status,
    "visit_at": VISIT_AT,
    "practitioner_id": Visit.practitioner_id,
    "practitioner": Practitioner.name,
    "expected_clear_at": Visit.expected_clear_at,
}
OF_QUEUE: Columns = {"queue_entry_id": QueueEntry.id, "queue_status": QueueEntry.status}
COLUMNS: Columns = {**OWN, **OF_HUB, **OF_PRACTICE, **OF_VISIT, **OF_QUEUE}


def _labelled(columns: Columns) -> list[ColumnElement[Any]]:
    return [column.label(name) for name, column in columns.items()]


def _statement(columns: Columns) -> Statement:
    return (
        select(*_labelled(columns))
        .select_from(Referral)
        .join(Hub, Hub.id == Referral.hub_id)
        .join(Patient, Patient.id == Referral.patient_id)
        .outerjoin(Practice, Practice.id == Referral.practice_id)
        .outerjoin(Visit, and_(Visit.referral_id == Referral.id, literally("visit", ACTIVE)))
        .outerjoin(Practitioner, Practitioner.id == Visit.practitioner_id)
        .outerjoin(
            QueueEntry, and_(QueueEntry.referral_id == Referral.id, literally("queue_entry", IN_QUEUE))
        )
    )


ANY = _statement(COLUMNS)
IS_ON_BOARD = literally("referral", OPEN), Referral.hub_id.in_(many("hub_ids"))
SOME = ANY.where(*IS_ON_BOARD, Referral.id.in_(many("ids"))).add_columns(MAY_HOLD.label("may_have_markers"))
ONE = ANY.where(Referral.id.in_(many("ids")))

# A whole board takes each table by itself. Beside millions of closed referrals the planner expects one open
# one, and reads the rest anew for each of three hundred: here there is nothing that it could choose wrongly.
PRACTICE, KEY = "practice_id", "key"
WHOLE: Statement = (
    select(*_labelled(OWN), Referral.practice_id.label(PRACTICE))
    .join(Patient, Patient.id == Referral.patient_id)
    .where(*IS_ON_BOARD)
)
PRACTICES: Statement = select(Practice.id.label(KEY), *_labelled(OF_PRACTICE)).where(
    Practice.id.in_(many("ids"))
)
VISITS: Statement = (
    select(Visit.referral_id.label(KEY), *_labelled(OF_VISIT))
    .outerjoin(Practitioner, Practitioner.id == Visit.practitioner_id)
    .where(literally("visit", ACTIVE), Visit.hub_id.in_(many("hub_ids")))
)
ENTRIES: Statement = select(QueueEntry.referral_id.label(KEY), *_labelled(OF_QUEUE)).where(
    literally("queue_entry", IN_QUEUE), QueueEntry.hub_id.in_(many("hub_ids"))
)
_NO_PRACTICE, _NO_VISIT, _NO_ENTRY = (dict.fromkeys(one) for one in (OF_PRACTICE, OF_VISIT, OF_QUEUE))


def read_open_referrals(reader: Reader, hubs: Mapping[int, str]) -> tuple[ReferralRow, ...]:
    """Read every open referral of the hubs, which are given with their names."""
    return rows_of(open_records(reader, hubs), count_markers(reader, hubs))


def open_records(reader: Reader, hubs: Mapping[int, str]) -> list[dict[str, Any]]:
    """Read all of a row but its warnings for every open referral of the hubs."""
    hub_ids = sorted(hubs)
    found = list(records(reader, WHOLE, hub_ids=hub_ids))
    visits = _by_key(records(reader, VISITS, hub_ids=hub_ids))
    entries = _by_key(records(reader, ENTRIES, hub_ids=hub_ids))
    of_practices = [one.pop(PRACTICE) for one in found]
    named = in_lengths({key for key in of_practices if key is not None})
    practices = _by_key(one for some in named for one in records(reader, PRACTICES, ids=some))
    return [
        one
        | {"hub": hubs[one["hub_id"]]}
        | practices.get(practice, _NO_PRACTICE)
        | visits.get(one["id"], _NO_VISIT)
        | entries.get(one["id"], _NO_ENTRY)
        for one, practice in zip(found, of_practices, strict=True)
    ]


def _by_key(found: Iterable[dict[str, Any]]) -> dict[int | None, dict[str, Any]]:
    return {one.pop(KEY): one for one in found}


def read_referrals(reader: Reader, hub_ids: Collection[int], ids: Collection[int]) -> tuple[ReferralRow, ...]:
    """Read those of these referrals that are open in the hubs."""
    hubs = sorted(hub_ids)
    found = [one for some in in_lengths(ids) for one in records(reader, SOME, hub_ids=hubs, ids=some)]
    marked = {one["id"] for one in found if one.pop("may_have_markers")}
    return rows_of(found, count_markers(reader, referral_ids=marked))


def read_referral(reader: Reader, referral_id: int) -> ReferralRow | None:
    """Read one referral, open or closed; None when there is none that the reader may see."""
    markers = count_markers(reader, referral_ids=[referral_id])
    return next(iter(rows_of(records(reader, ONE, ids=[referral_id]), markers)), None)


def rows_of(found: Iterable[dict[str, Any]], markers: dict[int, MarkerCount]) -> tuple[ReferralRow, ...]:
    """Make the rows of what was read, with the warnings that hold for them."""
    return tuple(_row(values, markers.get(values["id"], MarkerCount())) for values in found)


def _row(values: dict[str, Any], markers: MarkerCount) -> ReferralRow:
    values["flags"] = tuple(values["flags"])
    values["asks_ambulance"] = bool(values["asks_ambulance"])
    return ReferralRow(**values, markers=markers.all, markers_unacknowledged=markers.unacknowledged)
