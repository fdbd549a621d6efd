"""Outcome reports that the practice has not accepted."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, ScalarSelect, and_, cast, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from console.domain.chase_words import ChaseState, Subject, Way
from console.domain.rows import ReportRow, SnoozeRow
from console.domain.words import ContactResult, ContactWith
from db.models import (
    Chase,
    Contact,
    Hub,
    Outcome,
    Patient,
    Practice,
    Practitioner,
    Referral,
    Report,
    Snooze,
    Staff,
)
from db.models.care import NOT_ACCEPTED
from db.queries.reading import Columns, Reader, Statement, in_lengths_together, literally, many, records

Author = aliased(Staff)
Signer = aliased(Staff)
Releaser = aliased(Staff)
Resting, RestingList = aliased(Snooze), aliased(Snooze)
Snoozer, ListSnoozer = aliased(Staff), aliased(Staff)
Called = aliased(Contact)
REACHED_NOBODY = (ContactResult.NO_REPLY, ContactResult.WRONG_NUMBER, ContactResult.LEFT_MESSAGE)


def _newest_snooze(
    which: type[Snooze], kind: Subject, subject_id: InstrumentedAttribute[Any]
) -> ColumnElement[bool]:
    """Join the newest snooze that nobody has ended; whoever shows it asks whether it still holds.

    Whose it is stands beside which: by a subquery alone row security keeps PostgreSQL from every index, and
    all snoozes that there ever were would be read.
    """
    newest = (
        select(func.max(Snooze.id))
        .where(Snooze.subject_kind == kind, Snooze.subject_id == subject_id, Snooze.ended_at.is_(None))
        .correlate(Report)
        .scalar_subquery()
    )
    return and_(which.subject_kind == kind, which.subject_id == subject_id, which.id == newest)


def _of_its_ladder(figure: ColumnElement[Any], *conditions: ColumnElement[bool]) -> ScalarSelect[Any]:
    return (
        select(figure)
        .where(Chase.subject_kind == Subject.REPORT, Chase.subject_id == Report.id, *conditions)
        .correlate(Report)
        .scalar_subquery()
    )


def _of_its_calls(figure: ColumnElement[Any], *conditions: ColumnElement[bool]) -> ScalarSelect[Any]:
    # By the referral first: that has an index.
    return (
        select(figure)
        .where(
            Contact.referral_id == Report.referral_id,
            Contact.report_id == Report.id,
            Contact.contact_with == ContactWith.PRACTICE,
            # What another practice said, to which the report went before, is no answer of this one.
            Contact.practice_id.is_not_distinct_from(Report.practice_id),
            *conditions,
        )
        .correlate(Report)
        .scalar_subquery()
    )


COLUMNS: Columns = {
    "id": Report.id,
    "version": Report.version,
    "referral_id": Referral.id,
    "referral_number": Referral.number,
    "hub_id": Report.hub_id,
    "hub": Hub.name,
    "patient_id": Patient.id,
    "family_name": Patient.family_name,
    "given_name": Patient.given_name,
    "outcome_kind": Outcome.kind,
    "practice": Practice.name,
    "practice_code": Practice.ods_code,
    "practice_phone": Practice.phone,
    "status": Report.status,
    "owed_at": Report.owed_at,
    "due_at": Report.due_at,
    "latest_at": Report.latest_at,
    "author": func.coalesce(Author.name, Practitioner.name),  # who saw the patient may have no login
    "contact_by_id": Practitioner.staff_id,
    "signed_by": Signer.name,
    "signed_at": Report.signed_at,
    "released_version": Report.released_version,
    "released_by": Releaser.name,
    "released_at": Report.released_at,
    "released_because": Report.released_because,
    "sent_at": Report.sent_at,
    "sent_by_channel": Report.sent_by_channel,
    "delivered_at": Report.delivered_at,
    "content_version": Report.content_version,
    "last_result": Report.last_result,
    "practice_id": Report.practice_id,
    "snooze_id": Resting.id,
    "snooze_until_at": Resting.until_at,
    "snooze_reason": Resting.reason,
    "snooze_by": Snoozer.name,
    "list_snooze_id": RestingList.id,
    "list_snooze_until_at": RestingList.until_at,
    "list_snooze_reason": RestingList.reason,
    "list_snooze_by": ListSnoozer.name,
    "chased_at": _of_its_ladder(
        func.max(func.coalesce(Chase.ended_at, Chase.planned_at)),
        Chase.state == ChaseState.SENT,
        Chase.way != Way.RECORD,
    ),
    "ladder_version": _of_its_ladder(cast(func.coalesce(func.sum(Chase.version), 0), BigInteger)),
    "called_at": Called.happened_at,
    "call_result": Called.result,
    "promised_by_at": Called.promised_by_at,
    "calls_failed": _of_its_calls(
        func.count(), Contact.result.in_(REACHED_NOBODY), Contact.happened_at >= Report.sent_at
    ),
}
ANY: Statement = (
    select(*(column.label(name) for name, column in COLUMNS.items()))
    .select_from(Report)
    .join(Hub, Hub.id == Report.hub_id)
    .join(Referral, Referral.id == Report.referral_id)
    .join(Patient, Patient.id == Referral.patient_id)
    .join(Outcome, Outcome.id == Report.outcome_id)
    .outerjoin(Practice, Practice.id == Report.practice_id)
    .outerjoin(Author, Author.id == Report.author_id)
    .outerjoin(Practitioner, Practitioner.id == Outcome.practitioner_id)
    .outerjoin(Signer, Signer.id == Report.signed_by_id)
    .outerjoin(Releaser, Releaser.id == Report.released_by_id)
    .outerjoin(Resting, _newest_snooze(Resting, Subject.REPORT, Report.id))
    .outerjoin(Snoozer, Snoozer.id == Resting.by_id)
    .outerjoin(RestingList, _newest_snooze(RestingList, Subject.PRACTICE, Report.practice_id))
    .outerjoin(ListSnoozer, ListSnoozer.id == RestingList.by_id)
    # Whose it is stands beside which, as with the snoozes.
    .outerjoin(
        Called,
        and_(
            Called.referral_id == Report.referral_id,
            Called.id == _of_its_calls(func.max(Contact.id)),
        ),
    )
)
WHOLE = ANY.where(literally("report", NOT_ACCEPTED), Report.hub_id.in_(many("hub_ids")))
SOME = WHOLE.where(or_(Report.id.in_(many("ids")), Report.referral_id.in_(many("referral_ids"))))
OF_REFERRAL = ANY.where(Report.referral_id.in_(many("referral_ids"))).order_by(Report.owed_at, Report.id)


def read_open_reports(reader: Reader, hub_ids: Collection[int]) -> tuple[ReportRow, ...]:
    """Read all open reports of the hubs."""
    return tuple(_row(values) for values in records(reader, WHOLE, hub_ids=sorted(hub_ids)))


def read_reports(
    reader: Reader, hub_ids: Collection[int], ids: Collection[int], referral_ids: Collection[int]
) -> tuple[ReportRow, ...]:
    """Read those of these reports, and of these referrals' reports, that are open in the hubs."""
    hubs = sorted(hub_ids)
    return tuple(
        _row(values)
        for by_id, by_referral in in_lengths_together(ids, referral_ids)
        for values in records(reader, SOME, hub_ids=hubs, ids=by_id, referral_ids=by_referral)
    )


def read_reports_of(reader: Reader, referral_id: int) -> tuple[ReportRow, ...]:
    """Read all reports of one referral, accepted ones too."""
    found = records(reader, OF_REFERRAL, referral_ids=[referral_id])
    return tuple(_row(values) for values in found)


def _row(values: dict[str, Any]) -> ReportRow:
    own, of_list = _snooze(values, "snooze"), _snooze(values, "list_snooze")
    return ReportRow(**values, snooze=own, list_snooze=of_list)


def _snooze(values: dict[str, Any], which: str) -> SnoozeRow | None:
    """Take the columns of a snooze out of those of a report."""
    snooze_id, *rest = (values.pop(f"{which}_{name}") for name in ("id", "until_at", "reason", "by"))
    return None if snooze_id is None else SnoozeRow(snooze_id, *rest)
