"""How far the audit goes: it has no model, and nobody writes it but the triggers."""

import datetime as dt

from sqlalchemy import BigInteger, ColumnElement, func, literal_column, select, table
from sqlalchemy.orm import Session

from db.base import UTCDateTime

_AUDIT = table("audit_log")
_AT: ColumnElement[dt.datetime] = literal_column("audit_log.at", UTCDateTime())
_ID: ColumnElement[int] = literal_column("audit_log.id", BigInteger())


def newest_audit(session: Session) -> dt.datetime | None:
    """Give when the newest change was written, by the server's clock; None when none ever was."""
    return session.scalar(select(_AT).select_from(_AUDIT).order_by(_ID.desc()).limit(1))


def count_audit_since(session: Session, at: dt.datetime) -> int:
    """Count the changes since a moment."""
    return session.scalar(select(func.count()).select_from(_AUDIT).where(at < _AT)) or 0
