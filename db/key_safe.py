"""The codes of key safes, read by no other query: asked for in one transaction, given in the next."""

from typing import TYPE_CHECKING

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from db.models import KeySafe

if TYPE_CHECKING:
    from db.unit_of_work import UnitOfWork

_SHOW = text("SELECT code, place FROM show_key_safe(:opening)")
_KEEP = text("SELECT keep_key_safe(:patient, :code, :place, :at)")


def is_kept(session: Session, patient_id: int) -> bool:
    """Tell whether there is a code; that is no secret to who may see the patient."""
    return (
        session.scalar(select(KeySafe.id).where(KeySafe.patient_id == patient_id, KeySafe.is_kept))
        is not None
    )


def read(session: Session, patient_id: int, opening: int, *, is_guarded: bool) -> tuple[str, str] | None:
    """Give the code and where the safe hangs, if one is kept."""
    if is_guarded:
        row = session.execute(_SHOW, {"opening": opening}).one_or_none()
    else:
        kept = select(KeySafe.code, KeySafe.place).where(KeySafe.patient_id == patient_id, KeySafe.is_kept)
        row = session.execute(kept).one_or_none()
    return None if row is None else (row[0], row[1])


def keep(work: "UnitOfWork", patient_id: int, code: str, place: str, *, is_guarded: bool) -> None:
    """Write a code over the one before, which is shown to nobody."""
    if is_guarded:
        work.session.flush()
        values = {"patient": patient_id, "code": code, "place": place, "at": work.now}
        work.session.execute(_KEEP, values)
        return
    row = work.session.scalar(select(KeySafe).where(KeySafe.patient_id == patient_id)) or KeySafe(
        patient_id=patient_id
    )
    row.code, row.place, row.is_kept = code, place, bool(code)
    row.changed_by_id, row.changed_at = work.actor.staff_id, work.now
    work.add(row)
