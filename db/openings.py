"""Asking for what only an opening shows: who asks for whom, and why, is committed before it is given."""

from typing import TYPE_CHECKING, Any

from sqlalchemy import text

from db.models import RecordOpening

if TYPE_CHECKING:
    from db.unit_of_work import UnitOfWork

RECORD, KEY_SAFE = "record", "key_safe"
# Where persons have logins of their own, these alone write an opening.
_VALUES = ":patient, :referral, :role, :device, :reason, :at"
_ASK = {
    RECORD: text(f"SELECT request_record({_VALUES})"),
    KEY_SAFE: text(f"SELECT request_key_safe({_VALUES})"),
}


def ask(
    work: "UnitOfWork", shows: str, patient_id: int, referral_id: int | None, reason: str, *, is_guarded: bool
) -> int:
    """Leave who asks and why; gives the number of the opening."""
    actor = work.actor
    if is_guarded:
        values: dict[str, Any] = {"patient": patient_id, "referral": referral_id, "role": actor.role.value}
        values |= {"device": actor.device, "reason": reason, "at": work.now}
        return int(work.session.execute(_ASK[shows], values).scalar_one())
    opening = RecordOpening(
        patient_id=patient_id,
        referral_id=referral_id,
        opened_by_id=actor.staff_id,
        role=actor.role,
        device=actor.device,
        reason=reason,
        opened_at=work.now,
        shows=shows,
    )
    return work.add(opening).id
