"""Who can be sent: practitioners, their shifts and positions."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from console.domain.words import Employer, Placement, Profession
from db.base import Base, Numbered, Versioned, table, word_type


class Practitioner(Versioned, Base):
    """A clinician who visits patients or sees them at a hub."""

    __tablename__ = "practitioner"

    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"), unique=True)
    name: Mapped[str]
    profession: Mapped[Profession] = mapped_column(word_type(Profession, "profession"))
    grade: Mapped[str] = mapped_column(default="")
    employer: Mapped[Employer] = mapped_column(word_type(Employer, "employer"))
    phone: Mapped[str | None]
    registration: Mapped[str | None]
    is_active: Mapped[bool] = mapped_column(default=True)


class Competence(Numbered, Base):
    """Something that a practitioner is signed off for, until it expires."""

    __tablename__ = "competence"
    __table_args__ = table(UniqueConstraint("practitioner_id", "name"))

    practitioner_id: Mapped[int] = mapped_column(ForeignKey("practitioner.id"))
    name: Mapped[str]
    expires_on: Mapped[dt.date | None]


class Shift(Versioned, Base):
    """Planned hours of a practitioner; `on_at` and `off_at` are when they really began and ended.

    No practitioner works two shifts at once: an exclusion constraint on PostgreSQL, a trigger on SQLite.
    """

    __tablename__ = "shift"
    __table_args__ = table(
        CheckConstraint("starts_at < ends_at", name="order"),
        Index("ix_shift_practitioner", "practitioner_id", "starts_at"),
    )

    practitioner_id: Mapped[int] = mapped_column(ForeignKey("practitioner.id"))
    hub_id: Mapped[int] = mapped_column(ForeignKey("hub.id"))
    placement: Mapped[Placement] = mapped_column(word_type(Placement, "placement"))
    is_remote: Mapped[bool] = mapped_column(default=False)
    starts_at: Mapped[dt.datetime]
    ends_at: Mapped[dt.datetime]
    on_at: Mapped[dt.datetime | None]
    off_at: Mapped[dt.datetime | None]


class Position(Numbered, Base):
    """Where a practitioner on duty was, according to whom, how exactly and when."""

    __tablename__ = "position"
    __table_args__ = table(
        CheckConstraint("lat BETWEEN -90 AND 90 AND lon BETWEEN -180 AND 180", name="on_earth"),
        Index("ix_position_latest", "practitioner_id", text("at DESC")),
    )

    practitioner_id: Mapped[int] = mapped_column(ForeignKey("practitioner.id"))
    lat: Mapped[float]
    lon: Mapped[float]
    accuracy_m: Mapped[float | None]
    source: Mapped[str]
    at: Mapped[dt.datetime]
    entered_at: Mapped[dt.datetime]
