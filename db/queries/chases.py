"""The steps of ladders that came due, as the ladder of one report shows them; and what followed on them."""

import datetime as dt
from collections.abc import Collection

from sqlalchemy import String, bindparam, cast, func, literal, select
from sqlalchemy.orm import aliased

from console.domain.chase_figure import Chased
from console.domain.chase_words import ChaseState, Subject, Way
from console.domain.rows import ChaseRow
from db.base import UTCDateTime
from db.models import Chase, Report, Staff, Step, Task
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


GONE_AT = func.coalesce(Chase.ended_at, Chase.planned_at)
SINCE = bindparam("since", type_=UTCDateTime())
# A report that is written anew after it was sent has no time of its own any more; its timeline keeps it.
SENT_STEP = (
    select(func.min(Step.happened_at))
    .where(Step.referral_id == Report.referral_id, Step.kind == "report.sent", Step.happened_at >= GONE_AT)
    .correlate(Report, Chase)
    .scalar_subquery()
)
FOLLOWED: Statement = (
    select(GONE_AT.label("at"), func.coalesce(Report.sent_at, SENT_STEP).label("report_sent_at"))
    .select_from(Chase)
    .join(Report, Report.id == Chase.subject_id)
    .where(
        Chase.subject_kind == Subject.REPORT,
        Chase.state == ChaseState.SENT,
        Chase.way != Way.RECORD,
        GONE_AT >= SINCE,
        Report.hub_id.in_(many("hub_ids")),
    )
)


def read_chased(reader: Reader, hub_ids: Collection[int], since: dt.datetime) -> tuple[Chased, ...]:
    """Read every chase about the hubs' reports since then, with when its report was sent."""
    found = records(reader, FOLLOWED, hub_ids=sorted(hub_ids), since=since)
    return tuple(Chased(**values) for values in found)
