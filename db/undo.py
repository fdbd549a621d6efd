"""The inverse of a step: what it changed is put back by a second step, and both stay on the timeline."""

from collections.abc import Callable
from dataclasses import asdict
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from sqlalchemy import exists, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, aliased

from console.domain.refusals import Refused
from console.domain.undo import BY_MISTAKE, Done, reasons_not_to_undo
from console.domain.words import QueueStatus, ReferralStatus, ReportStatus, VisitStatus
from db.base import Base, Versioned
from db.changes import Change, as_json, from_json
from db.errors import is_reference
from db.models import Hub, Marker, Patient, QueueEntry, Referral, ReportVersion, Step, Visit
from db.patient_details import DETAILS, load, uncomplete

if TYPE_CHECKING:
    from db.unit_of_work import UnitOfWork

_Undoing = aliased(Step)
_STANDS = ~exists().where(_Undoing.undoes_id == Step.id)
FINAL = "This step cannot be taken back: enter what happened since."
OUT_OF_SIGHT = "It went to a hub that you do not see: ask there to change what is wrong."
FOLLOWED = "Something else refers to it already: enter what happened since."
NEWER = "A newer version of Doorstep entered this: undo it there, or enter what happened since."
_PLACE = {"visit_address", "visit_postcode"}
CLOSED = "The hub has been closed since: open it again first, or enter what happened since."
WRITTEN = "A report's versions are never taken back: write the next one."


def undo(work: "UnitOfWork", step_id: int) -> Step:
    """Take back one's own new step, as long as nothing has followed from it."""
    step = work.get(Step, step_id)
    changes = [Change.read(kept) for kept in step.changes]
    if not changes and step.undoes_id is None:
        raise Refused(FINAL)
    if not all(map(_is_known, changes)):
        raise Refused(NEWER)
    rows = _lock(work, changes)
    # A referral is never gone: one that is not there has moved to where this person does not see it.
    if any(one.table == Referral.__tablename__ and (one.table, one.id) not in rows for one in changes):
        raise Refused(OUT_OF_SIGHT)
    if reasons := _reasons(work, step, changes, rows):
        raise Refused(*reasons)
    back = list(reversed(changes))
    back.sort(key=_is_later)
    for change in back:
        # One by one, so that what refers goes before what it refers to.
        _take_back(work, change, rows[change.table, change.id])
    for one in _of_the_same_deed(work, step):
        _undoing(work, one, [])
    return _undoing(work, step, [_put_back(change, rows) for change in changes if not change.is_new])


def _of_the_same_deed(work: "UnitOfWork", step: Step) -> list[Step]:
    """Give the lines that one deed left with other referrals, such as one call about many reports.

    The last of them carries what was changed; all of them are taken back with it.
    """
    at_once = (Step.by_id == step.by_id, Step.entered_at == step.entered_at, Step.id < step.id)
    before = work.session.scalars(select(Step).where(*at_once).order_by(Step.id.desc())).all()
    said = (step.kind, step.words)
    return list(takewhile(lambda one: (one.kind, one.words) == said and not one.changes, before))


def _is_later(change: Change) -> bool:
    """A referral first: it takes its hub along, and whoever gave the patient back may not change it."""
    return change.is_new or change.table != Referral.__tablename__


def patient_of(session: Session, step_id: int) -> int | None:
    """Give the referral of a step that changed what only its opened record shows; None of any other."""
    step = session.get(Step, step_id)
    changes = [] if step is None else [Change.read(kept) for kept in step.changes]
    is_about = any(one.table == Patient.__tablename__ and set(DETAILS) & set(one.was) for one in changes)
    return step.referral_id if step is not None and is_about else None


def _lock(work: "UnitOfWork", changes: list[Change]) -> dict[tuple[str, int], Base]:
    """Lock every row concerned, always in the same order; rows that are gone or out of sight are left out.

    A new row of a kind that nobody ever changes needs no lock, and whoever made it may have no right to one.
    """
    rows: dict[tuple[str, int], Base] = {}
    for change in sorted(changes, key=lambda each: (each.table, each.id)):
        model = _model(change.table)
        is_fixed = change.is_new and not issubclass(model, Versioned)
        held = None if is_fixed else {"key_share": True}
        row = work.session.get(model, change.id, with_for_update=held, populate_existing=True)
        if isinstance(row, Patient) and set(DETAILS) & set(change.was):
            load(work.session, row)
        if row is not None:
            rows[change.table, change.id] = row
    return rows


def _is_known(change: Change) -> bool:
    """Tell whether this program has the table and the columns: a neighbouring version may have more."""
    table = Base.metadata.tables.get(change.table)
    return table is not None and {*change.was, *change.now} <= set(table.columns.keys())


def _model(table: str) -> type[Base]:
    return next(mapper.class_ for mapper in Base.registry.mappers if mapper.class_.__tablename__ == table)


def _reasons(
    work: "UnitOfWork", step: Step, changes: list[Change], rows: dict[tuple[str, int], Base]
) -> tuple[str, ...]:
    put_back = _put_back_since(work, step) if changes else []
    as_left = sum(_stands(change, rows.get((change.table, change.id)), put_back) for change in changes)
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
    is_closed = not reasons and _is_closed_since(work, step, changes)
    checks = ((is_written, WRITTEN), (is_closed, CLOSED), (is_followed, FOLLOWED))
    return (*reasons, *(words for is_so, words in checks if is_so))


def _is_followed(work: "UnitOfWork", step: Step, changes: list[Change]) -> bool:
    """Tell whether anything was done about a referral since this step, and still stands.

    It counts where the step took it in, said where the patient is to be seen, or took them out of a hub's
    queue: somebody may go there, and whoever is expected at a hub again must not be on the way elsewhere.
    """
    if not any(map(_is_built_upon, changes)):
        return False
    is_later = (Step.referral_id == step.referral_id, Step.id > step.id, Step.undoes_id.is_(None))
    return work.session.execute(select(exists().where(*is_later, _STANDS))).scalar_one()


def _is_closed_since(work: "UnitOfWork", step: Step, changes: list[Change]) -> bool:
    """Tell whether a hub has closed because its queue stands as this step left it: nobody was left there."""
    if not any(change.table == QueueEntry.__tablename__ and change.was for change in changes):
        return False
    hub = work.lock(Hub, step.hub_id) if step.hub_id is not None else None
    if hub is None or hub.closed_down_at is None:
        return False
    closings = (Step.hub_id == hub.id, Step.kind == "hub.closed", Step.id > step.id)
    return work.session.execute(select(exists().where(*closings, _STANDS))).scalar_one()


def _is_built_upon(change: Change) -> bool:
    if change.table == QueueEntry.__tablename__:
        steps = [QueueStatus(kept["status"]).is_open for kept in (change.was, change.now) if "status" in kept]
        return steps == [True, False]
    return change.table == Referral.__tablename__ and (change.is_new or bool(_PLACE & set(change.was)))


def _put_back_since(work: "UnitOfWork", step: Step) -> list[Change]:
    """Give what this person's own undos have put back since the step, the newest first."""
    mine = (Step.by_id == step.by_id, Step.entered_at >= step.entered_at, Step.undoes_id > step.id)
    found = work.session.scalars(select(Step.changes).where(*mine).order_by(Step.id.desc()))
    return [Change.read(kept) for changes in found for kept in changes]


def _stands(change: Change, row: Base | None, put_back: list[Change]) -> bool:
    """Tell whether a row is as the step left it; one that the step deleted is not put back.

    It is so too when all that came after the step was taken back.
    """
    if row is None or change.is_gone:
        return False
    same = all(as_json(getattr(row, name)) == value for name, value in change.now.items())
    version = getattr(row, "version", None)
    for undone in put_back:
        if (undone.table, undone.id, undone.version) == (change.table, change.id, version):
            version = undone.before
    return same and version == change.version


def _put_back(change: Change, rows: dict[tuple[str, int], Base]) -> dict[str, Any]:
    """Say of a row with which version it stands again as it stood before the step."""
    version = getattr(rows[change.table, change.id], "version", None)
    return asdict(Change(change.table, change.id, version, before=change.before))


def _take_back(work: "UnitOfWork", change: Change, row: Base) -> None:
    if not change.is_new:
        _set(
            row, **{name: from_json(value, row.__table__.c[name].type) for name, value in change.was.items()}
        )
    elif isinstance(row, Visit):
        _set(row, status=VisitStatus.WITHDRAWN, ended_at=work.now, ended_because=BY_MISTAKE)
    elif isinstance(row, Referral):
        _set(row, status=ReferralStatus.CANCELLED, closed_at=work.now, closed_because=BY_MISTAKE)
        uncomplete(work.session, row.id)
    elif isinstance(row, Marker):
        _set(row, ended_at=work.now, ended_by_id=work.actor.staff_id)
    elif not isinstance(row, Patient):  # a patient whom nobody refers to any more harms nobody
        _delete(work, change, row)  # the audit keeps it whole
    _flush(work)


def _delete(work: "UnitOfWork", change: Change, row: Base) -> None:
    """Nobody has the right to delete at a shared database: a function there does it for the row's author."""
    if work.session.get_bind().dialect.name == "sqlite":
        work.session.delete(row)
        return
    work.session.expunge(row)
    taken = {"table": change.table, "row": change.id}
    _or_followed(lambda: work.session.execute(text("SELECT take_back(:table, :row)"), taken))


def _flush(work: "UnitOfWork") -> None:
    _or_followed(work.session.flush)


def _or_followed(write: Callable[[], object]) -> None:
    try:
        write()
    except IntegrityError as error:
        if is_reference(error):
            raise Refused(FOLLOWED) from None
        raise


def _set(row: Base, **values: Any) -> None:
    for name, value in values.items():
        setattr(row, name, value)


def _undoing(work: "UnitOfWork", step: Step, put_back: list[dict[str, Any]]) -> Step:
    undoing = work.step(
        "undo",
        f"Undid: {step.words}",
        hub_id=step.hub_id,
        referral_id=step.referral_id,
        practitioner_id=step.practitioner_id,
        undoable=False,
    )
    undoing.undoes_id, undoing.changes = step.id, put_back
    return undoing
