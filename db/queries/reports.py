"""Outcome reports that the practice has not accepted."""

from collections.abc import Collection

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from console.domain.rows import ReportRow
from db.models import Hub, Outcome, Patient, Practice, Referral, Report, Staff
from db.models.care import NOT_ACCEPTED
from db.queries.reading import Columns, Reader, Statement, in_lengths_together, literally, many, records

Author = aliased(Staff)
Signer = aliased(Staff)

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
    "author": Author.name,
    "signed_by": Signer.name,
    "signed_at": Report.signed_at,
    "sent_at": Report.sent_at,
    "sent_by_channel": Report.sent_by_channel,
    "content_version": Report.content_version,
    "last_result": Report.last_result,
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
    .outerjoin(Signer, Signer.id == Report.signed_by_id)
)
WHOLE = ANY.where(literally("report", NOT_ACCEPTED), Report.hub_id.in_(many("hub_ids")))
SOME = WHOLE.where(or_(Report.id.in_(many("ids")), Report.referral_id.in_(many("referral_ids"))))
OF_REFERRAL = ANY.where(Report.referral_id.in_(many("referral_ids"))).order_by(Report.owed_at, Report.id)


def read_open_reports(reader: Reader, hub_ids: Collection[int]) -> tuple[ReportRow, ...]:
    """Read all open reports of the hubs."""
    return tuple(ReportRow(**values) for values in records(reader, WHOLE, hub_ids=sorted(hub_ids)))


def read_reports(
    reader: Reader, hub_ids: Collection[int], ids: Collection[int], referral_ids: Collection[int]
) -> tuple[ReportRow, ...]:
    """Read those of these reports, and of these referrals' reports, that are open in the hubs."""
    hubs = sorted(hub_ids)
    return tuple(
        ReportRow(**values)
        for by_id, by_referral in in_lengths_together(ids, referral_ids)
        for values in records(reader, SOME, hub_ids=hubs, ids=by_id, referral_ids=by_referral)
    )


def read_reports_of(reader: Reader, referral_id: int) -> tuple[ReportRow, ...]:
    """Read all reports of one referral, accepted ones too."""
    found = records(reader, OF_REFERRAL, referral_ids=[referral_id])
    return tuple(ReportRow(**values) for values in found)
