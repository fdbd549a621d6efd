"""Which warnings hold for a referral: those about its patient and those about the place to be visited."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    CompoundSelect,
    TextClause,
    and_,
    exists,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import aliased

from console.domain.places import is_same_place
from console.domain.rows import MarkerRow
from db.models import Marker, MarkerAcknowledgement, Referral, Staff
from db.models.referral import OPEN
from db.queries.reading import Reader, Statement, in_lengths, literally, many, records

Owner = aliased(Staff)
Reading = aliased(Staff)

TwoSelects = CompoundSelect[*tuple[Any, ...]]

ON_PATIENT = Marker.patient_id == Referral.patient_id
ON_PLACE = Marker.place_postcode == Referral.visit_postcode
# Whether it is worth asking at all: most referrals have no warning.
MAY_HOLD = or_(*(exists().where(about, Marker.ended_at.is_(None)) for about in (ON_PATIENT, ON_PLACE)))


@dataclass(frozen=True, slots=True)
class MarkerCount:
    """How many warnings hold for a referral, and how many of them nobody has acknowledged for it."""

    all: int = 0
    unacknowledged: int = 0


_ACKNOWLEDGED = and_(
    MarkerAcknowledgement.marker_id == Marker.id, MarkerAcknowledgement.referral_id == Referral.id
)


def _about(about: ColumnElement[bool], *, is_place: bool) -> Statement:
    return (
        select(
            Referral.id.label("referral_id"),
            Referral.visit_address,
            Marker.id,
            Marker.place_address,
            MarkerAcknowledgement.id.label("acknowledgement_id"),
            literal(is_place).label("is_place"),
        )
        .select_from(Referral)
        .join(Marker, and_(about, Marker.ended_at.is_(None)))
        .outerjoin(MarkerAcknowledgement, _ACKNOWLEDGED)
    )


def _listed(about: ColumnElement[bool]) -> ColumnElement[Any]:
    one = func.json_build_array(Marker.id, Marker.place_address, MarkerAcknowledgement.id)
    return (
        select(func.json_agg(one, type_=JSON))
        .select_from(Marker)
        .outerjoin(MarkerAcknowledgement, _ACKNOWLEDGED)
        .where(about, Marker.ended_at.is_(None))
        .correlate(Referral)
        .scalar_subquery()
    )


# All warnings in two columns of the referral's own line: what is asked often takes one statement for both.
LISTED = {"on_patient": _listed(ON_PATIENT), "on_place": _listed(ON_PLACE)}


def _statement(*which: ColumnElement[bool] | TextClause) -> TwoSelects:
    """Both ways to be about a referral; `OR` in one select would cost each its index."""
    return union_all(
        _about(ON_PATIENT, is_place=False).where(*which), _about(ON_PLACE, is_place=True).where(*which)
    )


WHOLE = _statement(literally("referral", OPEN), Referral.hub_id.in_(many("hub_ids")))
SOME = _statement(Referral.id.in_(many("ids")))
DETAIL = (
    select(
        Marker.id,
        Marker.kind,
        Marker.words,
        Marker.patient_id,
        Owner.name.label("owner"),
        Marker.review_on,
        Marker.version,
        Reading.name.label("acknowledged_by"),
        MarkerAcknowledgement.acknowledged_at,
    )
    .join(Owner, Owner.id == Marker.owner_id)
    .outerjoin(
        MarkerAcknowledgement,
        and_(
            MarkerAcknowledgement.marker_id == Marker.id,
            MarkerAcknowledgement.referral_id.in_(many("referral_ids")),
        ),
    )
    .outerjoin(Reading, Reading.id == MarkerAcknowledgement.acknowledged_by_id)
    .where(Marker.id.in_(many("ids")))
    .order_by(Marker.created_at, Marker.id)
)
# The referrals that a warning about a place may concern.
AROUND = (
    select(Referral.id).join(Marker, ON_PLACE).where(literally("referral", OPEN), Marker.id.in_(many("ids")))
)


def _holding(reader: Reader, statement: TwoSelects, **ids: Any) -> Iterator[dict[str, Any]]:
    for found in records(reader, statement, **ids):
        if not found["is_place"] or is_same_place(found["place_address"], found["visit_address"]):
            yield found


def count_markers(
    reader: Reader, hub_ids: Collection[int] = (), *, referral_ids: Collection[int] | None = None
) -> dict[int, MarkerCount]:
    """Count the warnings of all open referrals of the hubs, or of the named referrals."""
    if referral_ids is None:
        found = list(_holding(reader, WHOLE, hub_ids=sorted(hub_ids)))
    else:
        found = [one for some in in_lengths(referral_ids) for one in _holding(reader, SOME, ids=some)]
    # A warning about both the patient and the place comes twice, and counts once.
    acknowledged: dict[int, dict[int, bool]] = {}
    for one in found:
        acknowledged.setdefault(one["referral_id"], {})[one["id"]] = one["acknowledgement_id"] is not None
    return {key: _count(each.values()) for key, each in acknowledged.items()}


def _count(acknowledged: Collection[bool]) -> MarkerCount:
    return MarkerCount(len(acknowledged), list(acknowledged).count(False))


def count_listed(values: dict[str, Any]) -> MarkerCount:
    """Count the warnings of a referral that was read with `LISTED`, and take those two columns out of it."""
    on_patient, on_place = (values.pop(name) or () for name in LISTED)
    there = [one for one in on_place if is_same_place(one[1], values["address"])]
    return _count({key: read is not None for key, _, read in (*on_patient, *there)}.values())


def read_markers(reader: Reader, referral_id: int) -> tuple[MarkerRow, ...]:
    """Read the warnings that hold for a referral, each with who has acknowledged it for this referral."""
    ids = {one["id"] for one in _holding(reader, SOME, ids=[referral_id])}
    if not ids:
        return ()
    found = records(reader, DETAIL, ids=sorted(ids), referral_ids=[referral_id])
    return tuple(MarkerRow(on_place=values.pop("patient_id") is None, **values) for values in found)
