"""The referral, what is said about it, and the steps of all four lives."""

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from console.domain.words import (
    Channel,
    ContactResult,
    ContactWith,
    MessageState,
    PracticeLink,
    RecordAccess,
    ReferralStatus,
    Role,
    Source,
    Stream,
)
from db.base import Base, Numbered, Versioned, partial_index, table, word_type

# Written out, not bound: only literals let the planner use the partial index.
OPEN = "status IN ('received', 'triaged', 'accepted')"
_FROM_PAPER = "Written on paper while the database was away, and entered from there."


class Referral(Versioned, Base):
    """One request to see one patient."""

    __tablename__ = "referral"
    __table_args__ = table(
        # Foreign keys see every row: tying the hub into the key keeps a referral inside its patient's scope.
        ForeignKeyConstraint(["patient_id", "hub_id"], ["patient_hub.patient_id", "patient_hub.hub_id"]),
        UniqueConstraint("id", "hub_id"),
        CheckConstraint("priority BETWEEN 1 AND 4", name="priority"),
        CheckConstraint("status <> 'triaged' OR priority IS NOT NULL", name="triaged_has_priority"),
        CheckConstraint("status <> 'accepted' OR priority IS NOT NULL", name="accepted_has_priority"),
        CheckConstraint("status <> 'duplicate' OR duplicate_of_id IS NOT NULL", name="duplicate_of"),
        partial_index("ix_referral_board", "hub_id", "priority", "due_at", where=OPEN),
        Index("ix_referral_patient", "patient_id"),
        Index("ix_referral_received_at", "received_at"),
        is_read_back=False,  # it may be another hub's
    )

    number: Mapped[str] = mapped_column(unique=True)
    hub_id: Mapped[int] = mapped_column(ForeignKey("hub.id"))
    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id"))
    source: Mapped[Source] = mapped_column(word_type(Source, "source"))
    status: Mapped[ReferralStatus] = mapped_column(word_type(ReferralStatus, "referral_status"))
    problem: Mapped[str]
    narrative: Mapped[str] = mapped_column(default="")
    priority: Mapped[int | None]
    stream: Mapped[Stream | None] = mapped_column(word_type(Stream, "stream"))
    gp_needed: Mapped[bool] = mapped_column(default=False)
    is_routine_request: Mapped[bool] = mapped_column(default=False)
    received_at: Mapped[dt.datetime]
    entered_at: Mapped[dt.datetime]
    entered_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    triage_due_at: Mapped[dt.datetime]
    first_triaged_at: Mapped[dt.datetime | None]
    triaged_at: Mapped[dt.datetime | None]
    triaged_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    # Clinical downgrades are recorded; until then the earlier of response and disposition clock holds.
    downgraded_at: Mapped[dt.datetime | None]
    disposition: Mapped[str | None]
    disposition_at: Mapped[dt.datetime | None]
    disposition_due_at: Mapped[dt.datetime | None]
    response_due_at: Mapped[dt.datetime | None]
    due_at: Mapped[dt.datetime | None]
    due_clock: Mapped[str] = mapped_column(default="triage")
    seen_at: Mapped[dt.datetime | None]
    visit_address: Mapped[str] = mapped_column(default="")
    visit_postcode: Mapped[str | None]
    area: Mapped[str] = mapped_column(default="")
    visit_lat: Mapped[float | None]
    visit_lon: Mapped[float | None]
    caller: Mapped[str] = mapped_column(default="")
    caller_phone: Mapped[str | None]
    contact_phone: Mapped[str | None]
    practice_id: Mapped[int | None] = mapped_column(ForeignKey("practice.id"))
    practice_link: Mapped[PracticeLink] = mapped_column(word_type(PracticeLink, "practice_link"))
    record_access: Mapped[RecordAccess] = mapped_column(
        word_type(RecordAccess, "record_access"), default=RecordAccess.UNKNOWN
    )
    record_access_at: Mapped[dt.datetime | None]
    record_access_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    identity_read_back_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    asks_ambulance: Mapped[bool] = mapped_column(default=False)
    ambulance_reference: Mapped[str | None]
    ambulance_accepted_by: Mapped[str | None]
    ambulance_accepted_at: Mapped[dt.datetime | None]
    ambulance_taken_over_at: Mapped[dt.datetime | None]
    stood_down_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    worse_at: Mapped[dt.datetime | None]
    # A diverted practitioner's visits come back to pending and a coordinator must say they have seen it.
    acknowledgement_owed: Mapped[bool] = mapped_column(default=False)
    failed_contact_at: Mapped[dt.datetime | None]
    flags: Mapped[list[Any]] = mapped_column(default=list)
    issues: Mapped[list[Any]] = mapped_column(default=list)
    sender_reference: Mapped[str | None]
    received_message_id: Mapped[int | None] = mapped_column(ForeignKey("received_message.id"))
    duplicate_of_id: Mapped[int | None] = mapped_column(ForeignKey("referral.id"))
    closed_at: Mapped[dt.datetime | None]
    closed_because: Mapped[str | None]


class Step(Numbered, Base):
    """One thing that happened in a referral's, visit's, queue entry's or report's life.

    `changes` holds what the step changed, old and new, so that undo can be a second step that puts it back.
    """

    __tablename__ = "step"
    __table_args__ = table(
        Index("ix_step_referral", "referral_id", "happened_at"),
        Index("ix_step_staff", "by_id", "entered_at"),
        partial_index("ix_step_from_paper", "entered_at", where="from_paper"),
    )

    hub_id: Mapped[int | None] = mapped_column(ForeignKey("hub.id"))
    referral_id: Mapped[int | None] = mapped_column(ForeignKey("referral.id"))
    practitioner_id: Mapped[int | None] = mapped_column(ForeignKey("practitioner.id"))
    kind: Mapped[str]
    words: Mapped[str]
    happened_at: Mapped[dt.datetime]
    entered_at: Mapped[dt.datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    role: Mapped[Role] = mapped_column(word_type(Role, "role"))
    on_behalf_of_id: Mapped[int | None] = mapped_column(ForeignKey("practitioner.id"))
    channel: Mapped[Channel | None] = mapped_column(word_type(Channel, "channel"))
    said: Mapped[str] = mapped_column(default="")
    from_paper: Mapped[bool] = mapped_column(default=False, server_default=false(), comment=_FROM_PAPER)
    changes: Mapped[list[Any]] = mapped_column(default=list)
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("step.id"), unique=True)


class Contact(Numbered, Base):
    """What was said to or by whom, how, on which number, and what was agreed."""

    __tablename__ = "contact"
    __table_args__ = table(Index("ix_contact_referral", "referral_id", "happened_at"))

    hub_id: Mapped[int] = mapped_column(ForeignKey("hub.id"))
    referral_id: Mapped[int] = mapped_column(ForeignKey("referral.id"))
    report_id: Mapped[int | None] = mapped_column(ForeignKey("report.id"))
    practice_id: Mapped[int | None] = mapped_column(ForeignKey("practice.id"))
    contact_with: Mapped[ContactWith] = mapped_column(word_type(ContactWith, "contact_with"))
    channel: Mapped[Channel] = mapped_column(word_type(Channel, "channel"))
    number: Mapped[str | None]
    result: Mapped[ContactResult] = mapped_column(word_type(ContactResult, "contact_result"))
    said: Mapped[str] = mapped_column(default="")
    promised_by_at: Mapped[dt.datetime | None]
    happened_at: Mapped[dt.datetime]
    entered_at: Mapped[dt.datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))


class ReceivedMessage(Versioned, Base):
    """What came in, as it came, kept before anyone judges it."""

    __tablename__ = "received_message"
    __table_args__ = table(Index("ix_received_message_sha256", "sha256"))

    origin: Mapped[str]
    received_at: Mapped[dt.datetime]
    sha256: Mapped[str]
    size: Mapped[int]
    # Whole up to 20 MB, else the first megabyte; the file itself then lies in the refused folder.
    body: Mapped[bytes]
    is_whole: Mapped[bool] = mapped_column(default=True)
    state: Mapped[MessageState] = mapped_column(word_type(MessageState, "message_state"))
    message_key: Mapped[str | None]
    issues: Mapped[list[Any]] = mapped_column(default=list)
