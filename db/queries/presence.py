"""The leases of open referrals: renewed, read, given back, taken over; `now` is the server's time."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from sqlalchemy import Row, bindparam, delete, select, text, update
from sqlalchemy.orm import Session, aliased

from console.domain.presence import FORGOTTEN_AFTER, TAKEN_FORGOTTEN_AFTER, Opened
from db.base import UTCDateTime
from db.models import Presence, Referral, Staff

# Who goes on with the same referral has had it since they opened it, also after a sleep.
_RENEW = text(
    "INSERT INTO presence"
    " (console, staff_id, role, device, referral_id, is_editing, since, renewed_at)"
    " VALUES (:console, :staff_id, :role, :device, :referral_id, :is_editing, :now, :now)"
    " ON CONFLICT (console) DO UPDATE SET referral_id = excluded.referral_id,"
    " is_editing = excluded.is_editing, renewed_at = excluded.renewed_at,"
    " since = CASE WHEN presence.referral_id = excluded.referral_id THEN presence.since"
    " ELSE excluded.since END,"
    " taken_by_id = CASE WHEN presence.referral_id = excluded.referral_id THEN presence.taken_by_id END,"
    " taken_at = CASE WHEN presence.referral_id = excluded.referral_id THEN presence.taken_at END"
).bindparams(bindparam("now", type_=UTCDateTime))
_FORGET = text("SELECT forget_leases(:silent_since, :told_since)")
_GIVE_BACK = text("SELECT give_lease_back(:console)")
_Taker = aliased(Staff)
_OPENED = (
    select(
        Presence.console,
        Presence.staff_id,
        Staff.name,
        Presence.role,
        Presence.device,
        Presence.referral_id,
        Presence.is_editing,
        Presence.since,
        Presence.renewed_at,
        _Taker.name.label("taken_by"),
        Presence.taken_at,
    )
    .join(Staff, Staff.id == Presence.staff_id)
    .join(Referral, Referral.id == Presence.referral_id)
    .outerjoin(_Taker, _Taker.id == Presence.taken_by_id)
    .order_by(Presence.console)
)


def renew(session: Session, values: dict[str, Any], now: dt.datetime) -> None:
    """Say that a console has a referral open, still or from now on."""
    session.execute(_RENEW, values | {"now": now})


def forget(session: Session, now: dt.datetime) -> None:
    """Remove the leases of consoles that are long gone; who was taken over from may still have to be told."""
    silent_since, told_since = now - FORGOTTEN_AFTER, now - TAKEN_FORGOTTEN_AFTER
    if _has_functions(session):
        session.execute(_FORGET, {"silent_since": silent_since, "told_since": told_since})
        return
    is_told = Presence.taken_at.is_(None) | (Presence.renewed_at < told_since)
    session.execute(delete(Presence).where((Presence.renewed_at < silent_since) & is_told))


def give_back(session: Session, console: str) -> None:
    """A console has nothing open any more."""
    if _has_functions(session):
        session.execute(_GIVE_BACK, {"console": console})
        return
    session.execute(delete(Presence).where(Presence.console == console))


def _has_functions(session: Session) -> bool:
    """Nobody has the right to delete at a shared database: functions there do it."""
    return session.get_bind().dialect.name == "postgresql"


def opened(session: Session, hub_ids: Collection[int]) -> tuple[Opened, ...]:
    """Give what consoles have open of the referrals of these hubs."""
    found = session.execute(_OPENED.where(Referral.hub_id.in_(hub_ids)))
    return tuple(_opened(row) for row in found)


def of_console(session: Session, console: str) -> Opened | None:
    """Give the lease of one console."""
    row = session.execute(_OPENED.where(Presence.console == console)).first()
    return None if row is None else _opened(row)


def take_over(session: Session, console: str, renewed_at: dt.datetime, by_id: int, now: dt.datetime) -> bool:
    """Mark a lease as taken over, unless its console was heard again meanwhile."""
    still = (Presence.console == console) & (Presence.renewed_at == renewed_at)
    values = {"taken_by_id": by_id, "taken_at": now}
    done = session.execute(update(Presence).where(still).values(values).returning(Presence.console))
    return done.first() is not None


def _opened(row: "Row[*tuple[Any, ...]]") -> Opened:
    return Opened(**row._asdict())
