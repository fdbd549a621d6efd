"""The inverse of a step: what it changed is put back by a second step, and both stay on the timeline."""

from typing import TYPE_CHECKING, Any

from sqlalchemy import exists, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from console.domain.refusals import Refused
from console.domain.undo import Done, reasons_not_to_undo
from console.domain.words import ReferralStatus, ReportStatus, VisitStatus
from db.base import Base
from db.changes import Change, as_json, from_json
from db.errors import is_reference
from db.models import Marker, Patient, Referral, ReportVersion, Step, Visit
from db.patient_details import DETAILS, load

if TYPE_CHECKING:
    from db.unit_of_work import UnitOfWork

BY_MISTAKE = "Entered by mistake"
FINAL = "This step cannot be taken back: enter what happened since."
FOLLOWED = "Something else refers to it already: enter what happened since."
WRITTEN = "A report's versions are never taken back: write the next one."


def undo(work: "UnitOfWork", step_id: int) -> Step:
    """Take back one's own new step, as long as nothing has followed from it."""
    step = work.get(Step, step_id)
    changes = [Change.read(kept) for kept in step.changes]
    if not changes and step.undoes_id is None:
        raise Refused(FINAL)
    rows = _lock(work, changes)
    if reasons := _reasons(work, step, changes, rows):
        raise Refused(*reasons)
    for change in reversed(changes):
        _take_back(work, change, rows[change.table, change.id])
        _flush(work)  # one by one, so that what refers goes before what it refers to
    return _undoing(work, step)


def patient_of(session: Session, step_id: int) -> int | None:
    """Give the referral of a step that changed what only its opened record shows; None of any other."""
    step = session.get(Step, step_id)
    changes = [] if step is None else [Change.read(kept) for kept in step.changes]
    is_about = any(one.table == Patient.__tablename__ and set(DETAILS) & set(one.was) for one in changes)
    return step.referral_id if step is not None and is_about else None


def _lock(work: "UnitOfWork", changes: list[Change]) -> dict[tuple[str, int], Base]:
    """Lock every row concerned, always in the same order; rows that are gone are left out."""
    rows: dict[tuple[str, int], Base] = {}
    for change in sorted(changes, key=lambda each: (each.table, each.id)):
        model = _model(change.table)
        row = work.session.get(model, change.id, with_for_update={"key_share": True}, populate_existing=True)
        if isinstance(row, Patient) and set(DETAILS) & set(change.was):
            load(work.session, row)
        if row is not None:
            rows[change.table, change.id] = row
    return rows


def _model(table: str) -> type[Base]:
    return next(mapper.class_ for mapper in Base.registry.mappers if mapper.class_.__tablename__ == table)


def _reasons(
    work: "UnitOfWork", step: Step, changes: list[Change], rows: dict[tuple[str, int], Base]
) -> tuple[str, ...]:
    as_left = sum(_stands(change, rows.get((change.table, change.id))) for change in changes)
    done = Done(
        by_id=step.by_id,
        entered_at=step.entered_at,
        version=len(changes),
        was_sent=any(change.now.get("status") == ReportStatus.SENT for change in changes),
        is_undone=work.session.execute(select(exists().where(Step.undoes_id == step.id))).scalar_one(),
        is_undo=step.undoes_id is not None,
    )
    reasons = reasons_not_to_undo(done, work.actor.staff_id, as_left, work.now)
    is_written = any(change.is_new and change.table == ReportVersion.__tablename__ for change in changes)
    is_followed = not reasons and _is_followed(work, step, changes)
    return (*reasons, *(words for is_so, words in ((is_written, WRITTEN), (is_followed, FOLLOWED)) if is_so))


def _is_followed(work: "UnitOfWork", step: Step, changes: list[Change]) -> bool:
    """Tell whether anything was done about a referral since this step took it in."""
    if not any(change.is_new and change.table == Referral.__tablename__ for change in changes):
        return False
    later = exists().where(Step.referral_id == step.referral_id, Step.id > step.id)
    return work.session.execute(select(later)).scalar_one()


def _stands(change: Change, row: Base | None) -> bool:
    """Tell whether a row is as the step left it; one that the step deleted is not put back."""
    if row is None or change.is_gone:
        return False
    same = all(as_json(getattr(row, name)) == value for name, value in change.now.items())
    return same and getattr(row, "version", None) == change.version


def _take_back(work: "UnitOfWork", change: Change, row: Base) -> None:
    if not change.is_new:
        _set(
            row, **{name: from_json(value, row.__table__.c[name].type) for name, value in change.was.items()}
        )
    elif isinstance(row, Visit):
        _set(row, status=VisitStatus.WITHDRAWN, ended_at=work.now, ended_because=BY_MISTAKE)
    elif isinstance(row, Referral):
        _set(row, status=ReferralStatus.CANCELLED, closed_at=work.now, closed_because=BY_MISTAKE)
    elif isinstance(row, Marker):
        _set(row, ended_at=work.now, ended_by_id=work.actor.staff_id)
    elif not isinstance(row, Patient):  # a patient whom nobody refers to any more harms nobody
        work.session.delete(row)  # the audit keeps it whole


def _flush(work: "UnitOfWork") -> None:
    try:
        work.session.flush()
    except IntegrityError as error:
        if is_reference(error):
            raise Refused(FOLLOWED) from None
        raise


def _set(row: Base, **values: Any) -> None:
    for name, value in values.items():
        setattr(row, name, value)


def _undoing(work: "UnitOfWork", step: Step) -> Step:
    undoing = work.step(
        "undo",
        f"Undid: {step.words}",
        hub_id=step.hub_id,
        referral_id=step.referral_id,
        practitioner_id=step.practitioner_id,
        undoable=False,
    )
    undoing.undoes_id = step.id
    return undoing
