"""The hubs' queues: every patient who has not yet been seen and has not left."""

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import or_, select

from console.domain.rows import QueueRow
from db.models import Hub, Patient, Practitioner, QueueEntry, Referral
from db.models.care import IN_QUEUE
from db.queries.reading import Columns, Reader, in_lengths_together, literally, many, records

COLUMNS: Columns = {
    "id": QueueEntry.id,
    "version": QueueEntry.version,
    "hub_id": QueueEntry.hub_id,
    "hub": Hub.name,
    "referral_id": Referral.id,
    "referral_number": Referral.number,
    "referral_version": Referral.version,
    "patient_id": Patient.id,
    "family_name": Patient.family_name,
    "given_name": Patient.given_name,
    "birth_date": Patient.birth_date,
    "gender": Patient.gender,
    "problem": Referral.problem,
    "status": QueueEntry.status,
    "stream": QueueEntry.stream,
    "priority": Referral.priority,
    "gp_needed": Referral.gp_needed,
    "booked_for_at": QueueEntry.booked_for_at,
    "arrived_at": QueueEntry.arrived_at,
    "stream_due_at": QueueEntry.stream_due_at,
    "streamed_at": QueueEntry.streamed_at,
    "due_at": Referral.due_at,
    "practitioner_id": QueueEntry.practitioner_id,
    "practitioner": Practitioner.name,
    "being_seen_at": QueueEntry.being_seen_at,
    "worse_at": Referral.worse_at,
    "flags": Referral.flags,
    "acknowledgement_owed": Referral.acknowledgement_owed,
}
WHOLE = (
    select(*(column.label(name) for name, column in COLUMNS.items()))
    .select_from(QueueEntry)
    .join(Hub, Hub.id == QueueEntry.hub_id)
    .join(Referral, Referral.id == QueueEntry.referral_id)
    .join(Patient, Patient.id == Referral.patient_id)
    .outerjoin(Practitioner, Practitioner.id == QueueEntry.practitioner_id)
    .where(literally("queue_entry", IN_QUEUE), QueueEntry.hub_id.in_(many("hub_ids")))
)
SOME = WHOLE.where(or_(QueueEntry.id.in_(many("ids")), QueueEntry.referral_id.in_(many("referral_ids"))))


def read_queue(reader: Reader, hub_ids: Collection[int]) -> tuple[QueueRow, ...]:
    """Read the hubs' whole queues."""
    return _rows(records(reader, WHOLE, hub_ids=sorted(hub_ids)))


def read_queue_entries(
    reader: Reader, hub_ids: Collection[int], ids: Collection[int], referral_ids: Collection[int]
) -> tuple[QueueRow, ...]:
    """Read those of these entries, and of these referrals' entries, that are still in the hubs' queues."""
    hubs = sorted(hub_ids)
    return tuple(
        row
        for by_id, by_referral in in_lengths_together(ids, referral_ids)
        for row in _rows(records(reader, SOME, hub_ids=hubs, ids=by_id, referral_ids=by_referral))
    )


def _rows(found: Iterable[dict[str, Any]]) -> tuple[QueueRow, ...]:
    return tuple(QueueRow(**values | {"flags": tuple(values["flags"])}) for values in found)
