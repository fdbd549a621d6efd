"""Patients are service-wide; which hubs may see them follows from their referrals."""

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, text, true
from sqlalchemy.orm import Mapped, mapped_column

from console.domain.words import Gender, MarkerKind, Role
from db.base import Base, Numbered, Versioned, partial_index, table, word_type


class Patient(Versioned, Base):
    """A person; two rows are never merged by the machine."""

    __tablename__ = "patient"
    __table_args__ = table(
        # An unverified number may be anybody's: only a verified one identifies.
        partial_index("uq_patient_nhs_number", "nhs_number", unique=True, where="nhs_number_verified"),
        Index("ix_patient_nhs_number", "nhs_number"),
        Index("ix_patient_birth_date", "birth_date"),
        Index("ix_patient_name_birth", text("lower(family_name)"), "birth_date"),
        CheckConstraint("nhs_number IS NOT NULL OR NOT nhs_number_verified", name="verified_number"),
        CheckConstraint("nhs_number IS NULL OR length(nhs_number) = 10", name="nhs_number_length"),
        is_read_back=False,  # no hub knows a patient before the referral is there
    )

    title: Mapped[str] = mapped_column(default="")
    family_name: Mapped[str]
    given_name: Mapped[str]
    birth_date: Mapped[dt.date | None]
    gender: Mapped[Gender] = mapped_column(word_type(Gender, "gender"), default=Gender.UNKNOWN)
    nhs_number: Mapped[str | None]
    nhs_number_verified: Mapped[bool] = mapped_column(default=False)
    # Only an opened record shows these four: they are read by `db/patient_details.py`, never by the way, and
    # the value before is always known, so that an undo can put it back.
    home_address: Mapped[str] = mapped_column(default="", deferred=True, active_history=True)
    home_postcode: Mapped[str | None] = mapped_column(deferred=True, active_history=True)
    phone: Mapped[str | None] = mapped_column(deferred=True, active_history=True)
    other_phones: Mapped[list[Any]] = mapped_column(default=list, deferred=True, active_history=True)
    practice_id: Mapped[int | None] = mapped_column(ForeignKey("practice.id"))
    deceased_at: Mapped[dt.datetime | None]


class KeySafe(Versioned, Base):
    """How a patient's door is opened; read by `db/key_safe.py` alone, and never put back by an undo."""

    __tablename__ = "key_safe"
    __table_args__ = table()

    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id"), unique=True)
    code: Mapped[str] = mapped_column(deferred=True)
    place: Mapped[str] = mapped_column(deferred=True)
    is_kept: Mapped[bool]
    changed_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    changed_at: Mapped[dt.datetime]


class PatientHub(Base):
    """Which hubs may see a patient; kept by trigger from referrals, so that no program can forget it."""

    __tablename__ = "patient_hub"

    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id"), primary_key=True)
    hub_id: Mapped[int] = mapped_column(ForeignKey("hub.id"), primary_key=True)


class Marker(Versioned, Base):
    """A warning about a patient, a place, or both, with an owner and a date to look at it again."""

    __tablename__ = "marker"
    __table_args__ = table(
        CheckConstraint("patient_id IS NOT NULL OR place_postcode IS NOT NULL", name="about"),
        Index("ix_marker_patient", "patient_id"),
        Index("ix_marker_place", "place_postcode"),
    )

    patient_id: Mapped[int | None] = mapped_column(ForeignKey("patient.id"))
    place_postcode: Mapped[str | None]
    place_address: Mapped[str | None]
    kind: Mapped[MarkerKind] = mapped_column(word_type(MarkerKind, "marker_kind"))
    words: Mapped[str]
    owner_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    review_on: Mapped[dt.date]
    created_at: Mapped[dt.datetime]
    ended_at: Mapped[dt.datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))


class MarkerAcknowledgement(Numbered, Base):
    """Who has read a marker for which referral, by name, before anyone is sent."""

    __tablename__ = "marker_acknowledgement"
    __table_args__ = table(Index("uq_marker_acknowledgement", "marker_id", "referral_id", unique=True))

    marker_id: Mapped[int] = mapped_column(ForeignKey("marker.id"))
    referral_id: Mapped[int] = mapped_column(ForeignKey("referral.id"))
    acknowledged_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    acknowledged_at: Mapped[dt.datetime]


class RecordOpening(Numbered, Base):
    """Who opened which patient's record, in which role and why; never changed.

    Who asked for a patient of another hub got nothing by it: that one is kept as not granted.
    """

    __tablename__ = "record_opening"
    __table_args__ = table(Index("ix_record_opening_patient", "patient_id", "opened_at"))

    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id"))
    referral_id: Mapped[int | None] = mapped_column(ForeignKey("referral.id"))
    opened_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    role: Mapped[Role] = mapped_column(word_type(Role, "role"))
    device: Mapped[str] = mapped_column(default="")
    reason: Mapped[str]
    opened_at: Mapped[dt.datetime]
    is_granted: Mapped[bool] = mapped_column(default=True, server_default=true())
    shows: Mapped[str] = mapped_column(default="record", server_default="record")
