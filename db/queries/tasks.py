"""Open tasks."""

from collections.abc import Collection

from sqlalchemy import select

from console.domain.rows import TaskRow
from db.models import Hub, Referral, Staff, Task
from db.queries.reading import Columns, Reader, Statement, in_lengths, many, records

COLUMNS: Columns = {
    "id": Task.id,
    "version": Task.version,
    "hub_id": Task.hub_id,
    "hub": Hub.name,
    "role": Task.role,
    "kind": Task.kind,
    "subject": Task.subject,
    "words": Task.words,
    "referral_id": Task.referral_id,
    "referral_number": Referral.number,
    "report_id": Task.report_id,
    "practitioner_id": Task.practitioner_id,
    "due_at": Task.due_at,
    "created_at": Task.created_at,
    "accepted_by": Staff.name,
    "accepted_at": Task.accepted_at,
}
OPEN_TASKS: Statement = (
    select(*(column.label(name) for name, column in COLUMNS.items()))
    .select_from(Task)
    .join(Hub, Hub.id == Task.hub_id)
    .outerjoin(Referral, Referral.id == Task.referral_id)
    .outerjoin(Staff, Staff.id == Task.accepted_by_id)
    .where(Task.done_at.is_(None))
)
WHOLE = OPEN_TASKS.where(Task.hub_id.in_(many("hub_ids")))
SOME = WHOLE.where(Task.id.in_(many("ids")))
OF_REFERRAL = OPEN_TASKS.where(Task.referral_id.in_(many("referral_ids"))).order_by(Task.due_at, Task.id)


def read_tasks(
    reader: Reader, hub_ids: Collection[int], ids: Collection[int] | None = None
) -> tuple[TaskRow, ...]:
    """Read the hubs' open tasks, or those of the named ones that are open in the hubs."""
    hubs = sorted(hub_ids)
    if ids is None:
        return tuple(TaskRow(**values) for values in records(reader, WHOLE, hub_ids=hubs))
    return tuple(
        TaskRow(**values)
        for some in in_lengths(ids)
        for values in records(reader, SOME, hub_ids=hubs, ids=some)
    )


def read_tasks_of(reader: Reader, referral_id: int) -> tuple[TaskRow, ...]:
    """Read the open tasks of one referral."""
    return tuple(TaskRow(**values) for values in records(reader, OF_REFERRAL, referral_ids=[referral_id]))
