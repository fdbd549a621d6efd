"""The steps of ladders that came due, as the ladder of one report shows them."""

from sqlalchemy import String, cast, literal, select
from sqlalchemy.orm import aliased

from console.domain.chase_words import Subject
from console.domain.rows import ChaseRow
from db.models import Chase, Staff, Task
from db.queries.reading import Columns, Reader, Statement, many, records

Acceptor, Doer, Recipient = aliased(Staff), aliased(Staff), aliased(Staff)
COLUMNS: Columns = {
    "id": Chase.id,
    "ladder": Chase.ladder,
    "step": Chase.step,
    "recipient": Chase.recipient,
    "person": Recipient.name,
    "round": Chase.round,
    "way": Chase.way,
    "state": Chase.state,
    "due_at": Chase.due_at,
    "not_before": Chase.not_before,
    "ended_at": Chase.ended_at,
    "result": Chase.result,
    "accepted_by": Acceptor.name,
    "accepted_at": Task.accepted_at,
    "done_by": Doer.name,
    "done_at": Task.done_at,
    "task_result": Task.result,
}
# A named person stands in the key of a step as "staff:12".
NAMED = literal("staff:") + cast(Recipient.id, String)
OF_SUBJECT: Statement = (
    select(*(column.label(name) for name, column in COLUMNS.items()))
    .select_from(Chase)
    .outerjoin(Recipient, Chase.recipient == NAMED)
    .outerjoin(Task, Task.id == Chase.task_id)
    .outerjoin(Acceptor, Acceptor.id == Task.accepted_by_id)
    .outerjoin(Doer, Doer.id == Task.done_by_id)
    .where(Chase.subject_kind.in_(many("kinds")), Chase.subject_id.in_(many("ids")))
    .order_by(Chase.due_at, Chase.id)
)


def read_chases(reader: Reader, kind: Subject, subject_id: int) -> tuple[ChaseRow, ...]:
    """Read every step that came due about one subject, the oldest first."""
    found = records(reader, OF_SUBJECT, kinds=[kind], ids=[subject_id])
    return tuple(ChaseRow(**values) for values in found)
