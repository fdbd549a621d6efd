"""What was written since somebody looked, from the audit: exact, however late a transaction committed."""

import json
import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, bindparam, select, text
from sqlalchemy.orm import Session

from console.domain.since import (
    DONE,
    FARTHEST,
    SHOWN_IN,
    About,
    Key,
    Mark,
    Standing,
    Written,
    is_open,
    steps_of,
)
from console.domain.words import ReferralStatus
from db.base import UTCDateTime
from db.connect import server_time
from db.models import Hub, Patient, Practitioner, QueueEntry, Referral, Report, Staff, Step, Task
from db.models.care import IN_QUEUE, NOT_ACCEPTED
from db.queries.reading import Statement, in_lengths, literally, many, records

MOST = 4000
"""So many lines are read at most, the newest: more than anybody reads."""
_IS_OURS = {
    "postgresql": "SELECT pg_snapshot_xmax(CAST(:mark AS pg_snapshot))"
    " <= pg_snapshot_xmax(pg_current_snapshot())",
    "sqlite": "SELECT CAST(:mark AS INTEGER) <= (SELECT coalesce(max(id), 0) FROM audit_log)",
}
# At a server nobody at a desk may read the audit: a function gives what is needed. A file has one writer.
_WRITTEN = {
    "postgresql": """
SELECT a.*, s.kind, s.words, s.happened_at
  FROM written_since(CAST(:mark AS pg_snapshot), :seen_at, :oldest, CAST(:tables AS text[]),
                     CAST(:hub_ids AS bigint[]), :most) a
  LEFT JOIN step s ON a.tbl = 'step' AND s.id = a.row_id""",
    "sqlite": """
SELECT a.tbl, a.op, a.row_id, CASE WHEN a.actor_role = 'system' THEN NULL ELSE a.actor_id END AS actor_id,
       a.actor_name, a.hub_id, a.referral_id, CAST(a.old ->> 'hub_id' AS INTEGER) AS hub_was,
       a.old ->> 'status' AS was, (a.new ->> 'done_at') IS NOT NULL AS is_done, r.number, a.at AS written_at,
       s.kind, s.words, s.happened_at
  FROM audit_log a LEFT JOIN referral r ON r.id = a.referral_id
  LEFT JOIN step s ON a.tbl = 'step' AND s.id = a.row_id
 WHERE a.tbl IN (SELECT value FROM json_each(:tables)) AND a.at > :oldest
   AND a.id > coalesce(CAST(:mark AS INTEGER), 0) AND (:mark IS NOT NULL OR a.at > :seen_at)
   AND (a.hub_id IS NULL OR a.hub_id IN (SELECT value FROM json_each(:hub_ids))
        OR CAST(a.old ->> 'hub_id' AS INTEGER) IN (SELECT value FROM json_each(:hub_ids)))
 ORDER BY a.id DESC LIMIT :most""",
}
_TIMES = ("seen_at", "oldest")
# What was said of those that went to another hub, as far as this person may read it there.
_MOVED = (
    select(
        Step.id, Step.referral_id, Step.kind, Step.words, Step.happened_at, Step.by_id, Staff.name.label("by")
    )
    .join(Staff, Staff.id == Step.by_id)
    .where(Step.kind == "referral.moved", Step.referral_id.in_(many("ids")))
    .order_by(Step.id)
)


def read_written(
    session: Session, workspace: str, seen: Mark, hub_ids: Collection[int]
) -> tuple[list[Written], bool]:
    """Give what was written since a mark about what a workspace shows, oldest first; True when cut."""
    connection = session.connection()
    tables = [SHOWN_IN[workspace].value, About.STEP.value]
    is_shared = connection.dialect.name == "postgresql"
    values = {
        "mark": seen.mark if _is_ours(connection, seen.mark) else None,
        "seen_at": seen.seen_at,
        "oldest": server_time(connection) - FARTHEST,
        "tables": tables if is_shared else json.dumps(tables),
        "hub_ids": sorted(hub_ids) if is_shared else json.dumps(sorted(hub_ids)),
        "most": MOST + 1,
    }
    statement = text(_WRITTEN[connection.dialect.name]).bindparams(
        *(bindparam(name, type_=UTCDateTime()) for name in _TIMES)
    )
    typed = statement.columns(happened_at=UTCDateTime(), written_at=UTCDateTime())
    found = [_written(row) for row in reversed(connection.execute(typed, values).mappings().all())]
    moved = {one.row_id for one in found if _is_moved_away(one, hub_ids)}
    steps = [row for some in in_lengths(moved) for row in records(session, _MOVED, ids=some)]
    known = {one.row_id for one in found if one.about is About.STEP}
    newest = {row["referral_id"]: row for row in steps if row["id"] not in known}
    return found + [_step(row) for row in newest.values()], len(found) > MOST


def _is_moved_away(one: Written, hub_ids: Collection[int]) -> bool:
    return one.about is About.REFERRAL and one.hub_was is not None and one.hub_id not in hub_ids


def _step(row: dict[str, Any]) -> Written:
    return Written(
        about=About.STEP,
        row_id=row["id"],
        op="I",
        by_id=row["by_id"],
        by=row["by"],
        referral_id=row["referral_id"],
        kind=row["kind"],
        words=row["words"],
        at=row["happened_at"],
    )


def _written(row: Mapping[Any, Any]) -> Written:
    return Written(
        about=About(row["tbl"]),
        row_id=row["row_id"],
        op=row["op"],
        by_id=row["actor_id"],
        by=row["actor_name"] or "",
        hub_id=row["hub_id"],
        referral_id=row["referral_id"],
        hub_was=row["hub_was"] if row["op"] == "U" else None,
        was=row["was"],
        is_done=bool(row["is_done"]),
        kind=row["kind"] or "",
        words=row["words"] or "",
        at=row["happened_at"],
        number=row["number"] or "",
        written_at=row["written_at"],
    )


def _is_ours(connection: Connection, mark: str) -> bool:
    """Whether a mark means anything here: after a restore to another server its numbers are of elsewhere."""
    name = connection.dialect.name
    is_one = mark.isdecimal() if name == "sqlite" else _is_snapshot(mark)
    return is_one and bool(connection.execute(text(_IS_OURS[name]), {"mark": mark}).scalar())


def _is_snapshot(mark: str) -> bool:
    """Whether it is a snapshot as PostgreSQL writes it, lowest:next:running,running."""
    found = re.fullmatch(r"(\d{1,18}):(\d{1,18}):((?:\d{1,18},?)*)", mark)
    if found is None:
        return False
    running = [int(number) for number in found[3].split(",") if number]
    return (
        running == sorted(running)
        and all(int(found[1]) <= one < int(found[2]) for one in running)
        and (int(found[1]) <= int(found[2]))
    )


_OPEN_OF = {
    About.REFERRAL: select(Referral.id).where(Referral.id.in_(many("ids"))),
    About.QUEUE_ENTRY: select(QueueEntry.id).where(
        literally("queue_entry", IN_QUEUE), QueueEntry.referral_id.in_(many("ids"))
    ),
    About.REPORT: select(Report.id).where(
        literally("report", NOT_ACCEPTED), Report.referral_id.in_(many("ids"))
    ),
}


def read_standing(
    session: Session, workspace: str, written: Iterable[Written], hub_ids: Collection[int]
) -> dict[Key, Standing]:
    """Give where each row stands now that was written, or that a step tells of."""
    about, listed = SHOWN_IN[workspace], list(written)
    ids = {one.row_id for one in listed if one.about is about}
    told = {
        one.referral_id
        for one in steps_of(about, (one for one in listed if one.about is About.STEP))
        if one.referral_id is not None
    }
    if about in _OPEN_OF:
        ids |= {row["id"] for some in in_lengths(told) for row in records(session, _OPEN_OF[about], ids=some)}
    statement = _TASKS if about is About.TASK else _STANDING[about]
    rows = [row for some in in_lengths(ids) for row in records(session, statement, ids=some)]
    found = {
        (about, row["id"]): _task(row) if about is About.TASK else _row(about, row, hub_ids) for row in rows
    }
    for one in listed:
        if _is_moved_away(one, hub_ids) and (about, one.row_id) not in found:
            found[about, one.row_id] = _out_of_sight(one)
    return found


def _out_of_sight(one: Written) -> Standing:
    """It went where this person has no sight: its number is all that is said of it from then on."""
    return Standing(
        hub_id=0,
        state=ReferralStatus.TRIAGED,
        referral_id=one.row_id,
        family_name="",
        given_name="",
        number=one.number,
        told="Moved to another hub",
        became="At another hub",
    )


_NAMED = (Patient.family_name, Patient.given_name, Referral.number, Hub.name.label("hub"))


def _standing_of(model: type[Referral] | type[QueueEntry] | type[Report]) -> Statement:
    """The rows of a kind with their patient; of a queue entry or report, by its referral."""
    statement = select(model.id, model.hub_id, model.status, Referral.id.label("referral_id"), *_NAMED)
    if model is not Referral:
        statement = statement.join(Referral, Referral.id == model.referral_id)  # type: ignore[union-attr]
    return (
        statement.join(Patient, Patient.id == Referral.patient_id)
        .join(Hub, Hub.id == model.hub_id)
        .where(model.id.in_(many("ids")))
    )


_STANDING = {
    About.REFERRAL: _standing_of(Referral),
    About.QUEUE_ENTRY: _standing_of(QueueEntry),
    About.REPORT: _standing_of(Report),
}
_TASKS = (
    select(
        Task.id, Task.hub_id, Task.kind, Task.words, Task.referral_id, Task.created_at, Task.accepted_at,
        Task.done_at, Task.result, Referral.number, Patient.family_name, Patient.given_name,
        Practitioner.name.label("practitioner"), Staff.name.label("accepted_by"),
    )
    .outerjoin(Referral, Referral.id == Task.referral_id)
    .outerjoin(Patient, Patient.id == Referral.patient_id)
    .outerjoin(Practitioner, Practitioner.id == Task.practitioner_id)
    .outerjoin(Staff, Staff.id == Task.accepted_by_id)
    .where(Task.id.in_(many("ids")))
)  # fmt: skip


def _row(about: About, row: dict[str, Any], hub_ids: Collection[int]) -> Standing:
    """Where a row with a patient stands; one that went to another hub says to which."""
    status = row["status"]
    became = (
        status.label if row["hub_id"] in hub_ids or not is_open(about, status) else f"Now at {row['hub']}"
    )
    return Standing(
        hub_id=row["hub_id"],
        state=status,
        referral_id=row["referral_id"],
        family_name=row["family_name"],
        given_name=row["given_name"],
        number=row["number"],
        told=status.label,
        became=became,
    )


def _task(row: dict[str, Any]) -> Standing:
    """A task tells itself who took it and what came of it."""
    is_done = row["done_at"] is not None
    taken = f"{row['kind'].label}: accepted by {row['accepted_by']}"
    asked = f"{row['kind'].label}: {row['words']}"
    return Standing(
        hub_id=row["hub_id"],
        state=DONE if is_done else "open",
        referral_id=row["referral_id"],
        family_name=row["family_name"] or row["practitioner"] or row["kind"].label,
        given_name=row["given_name"] or "",
        number=row["number"] or "",
        told=f"{row['kind'].label}: {row['result']}" if is_done else taken if row["accepted_by"] else asked,
        became="Done",
        at=row["done_at"] or row["accepted_at"] or row["created_at"],
    )
