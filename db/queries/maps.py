"""The selects of the service's map."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import MapPack


def newest_id(session: Session) -> int | None:
    """Give the id of the newest map pack; None when there is none."""
    return session.scalar(select(MapPack.id).order_by(MapPack.id.desc()).limit(1))


def newest_sha256(session: Session) -> str | None:
    """Give what tells the newest map pack from any other."""
    return session.scalar(select(MapPack.sha256).order_by(MapPack.id.desc()).limit(1))


def body_of(session: Session, pack_id: int) -> bytes | None:
    """Give the bytes of a map pack."""
    return session.scalar(select(MapPack.body).where(MapPack.id == pack_id))
