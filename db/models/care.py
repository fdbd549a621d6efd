"""The other three lives: visits, hub queue entries and outcomes with reports; with their tasks."""

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from console.domain.words import (
    Channel,
    OutcomeDisposition,
    OutcomeKind,
    QueueStatus,
    ReportStatus,
    Role,
    Stream,
    TaskKind,
    VisitStatus,
)
from db.base import Base, Numbered, Versioned, partial_index, table, word_type

# Written out, not bound: partial indexes take literals.
ACTIVE = "status IN ('allocated', 'acknowledged', 'en_route', 'on_scene')"
ENGAGED = "status IN ('acknowledged', 'en_route', 'on_scene')"
IN_QUEUE = "status IN ('booked', 'arrived', 'streamed', 'called', 'being_seen')"
NOT_ACCEPTED = "status <> 'accepted'"
# Of one version, so that whatever is written later is not released, by whichever program.
_RELEASED = "The version that the supervisor let go without a signature; a later one is not released."
SAME_HUB = (["referral_id", "hub_id"], ["referral.id", "referral.hub_id"])


def same_hub() -> ForeignKeyConstraint:
    """Tie a row to its referral's hub; a referral that moves takes them along."""
    return ForeignKeyConstraint(*SAME_HUB, onupdate="CASCADE")


class Visit(Versioned, Base):
    """One practitioner going to one patient. The times are when it happened."""

    __tablename__ = "visit"
    __table_args__ = table(
        same_hub(),
        partial_index("uq_visit_active_referral", "referral_id", unique=True, where=ACTIVE),
        partial_index("uq_visit_engaged_practitioner", "practitioner_id", unique=True, where=ENGAGED),
        Index("ix_visit_referral", "referral_id"),
    )

    hub_id: Mapped[int] = mapped_column(ForeignKey("hub.id"))
    referral_id: Mapped[int] = mapped_column(ForeignKey("referral.id"))
    practitioner_id: Mapped[int] = mapped_column(ForeignKey("practitioner.id"))
    shift_id: Mapped[int | None] = mapped_column(ForeignKey("shift.id"))
    status: Mapped[VisitStatus] = mapped_column(word_type(VisitStatus, "visit_status"))
    allocated_at: Mapped[dt.datetime]
    acknowledged_at: Mapped[dt.datetime | None]
    en_route_at: Mapped[dt.datetime | None]
    on_scene_at: Mapped[dt.datetime | None]
    clear_at: Mapped[dt.datetime | None]
    ended_at: Mapped[dt.datetime | None]
    ended_because: Mapped[str | None]
    expected_clear_at: Mapped[dt.datetime | None]
    chosen_because: Mapped[str] = mapped_column(default="")


class QueueEntry(Versioned, Base):
    """One patient's place in a hub's queue. The times are when it happened."""

    __tablename__ = "queue_entry"
    __table_args__ = table(
        same_hub(),
        partial_index("uq_queue_entry_open", "referral_id", unique=True, where=IN_QUEUE),
        partial_index("ix_queue_entry_hub", "hub_id", where=IN_QUEUE),
    )

    hub_id: Mapped[int] = mapped_column(ForeignKey("hub.id"))
    referral_id: Mapped[int] = mapped_column(ForeignKey("referral.id"))
    status: Mapped[QueueStatus] = mapped_column(word_type(QueueStatus, "queue_status"))
    stream: Mapped[Stream | None] = mapped_column(word_type(Stream, "stream"))
    booked_for_at: Mapped[dt.datetime | None]
    arrived_at: Mapped[dt.datetime | None]
    stream_due_at: Mapped[dt.datetime | None]
    streamed_at: Mapped[dt.datetime | None]
    called_at: Mapped[dt.datetime | None]
    being_seen_at: Mapped[dt.datetime | None]
    seen_at: Mapped[dt.datetime | None]
    ended_at: Mapped[dt.datetime | None]
    ended_because: Mapped[str | None]
    practitioner_id: Mapped[int | None] = mapped_column(ForeignKey("practitioner.id"))


class Outcome(Versioned, Base):
    """What came of one clinical contact; each owes the practice a report."""

    __tablename__ = "outcome"
    __table_args__ = table(same_hub(), Index("ix_outcome_referral", "referral_id"))

    hub_id: Mapped[int] = mapped_column(ForeignKey("hub.id"))
    referral_id: Mapped[int] = mapped_column(ForeignKey("referral.id"))
    visit_id: Mapped[int | None] = mapped_column(ForeignKey("visit.id"))
    queue_entry_id: Mapped[int | None] = mapped_column(ForeignKey("queue_entry.id"))
    kind: Mapped[OutcomeKind] = mapped_column(word_type(OutcomeKind, "outcome_kind"))
    disposition: Mapped[OutcomeDisposition | None] = mapped_column(
        word_type(OutcomeDisposition, "outcome_disposition")
    )
    practitioner_id: Mapped[int | None] = mapped_column(ForeignKey("practitioner.id"))
    ended_at: Mapped[dt.datetime]
    admission_prevented: Mapped[bool | None]
    prevented_judged_by: Mapped[str | None]
    prevented_because: Mapped[str | None]


class Report(Versioned, Base):
    """The outcome report to the own practice: where it stands, and the newest version's number."""

    __tablename__ = "report"
    __table_args__ = table(
        same_hub(),
        UniqueConstraint("outcome_id"),
        CheckConstraint(
            "status <> 'sent' OR (sent_at IS NOT NULL AND (signed_at IS NOT NULL"
            " OR (released_version IS NOT NULL AND released_version = content_version)))",
            name="sent_is_signed",
        ),
        CheckConstraint(
            "(released_version IS NULL) = (released_by_id IS NULL)"
            " AND (released_version IS NULL) = (released_at IS NULL)"
            " AND (released_version IS NULL) = (released_because IS NULL)",
            name="released_is_whole",
        ),
        partial_index("ix_report_open", "hub_id", "due_at", where=NOT_ACCEPTED),
        Index("ix_report_referral", "referral_id"),
    )

    hub_id: Mapped[int] = mapped_column(ForeignKey("hub.id"))
    referral_id: Mapped[int] = mapped_column(ForeignKey("referral.id"))
    outcome_id: Mapped[int] = mapped_column(ForeignKey("outcome.id"))
    practice_id: Mapped[int | None] = mapped_column(ForeignKey("practice.id"))
    status: Mapped[ReportStatus] = mapped_column(word_type(ReportStatus, "report_status"))
    owed_at: Mapped[dt.datetime]
    due_at: Mapped[dt.datetime]
    latest_at: Mapped[dt.datetime]
    content_version: Mapped[int] = mapped_column(default=0)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    signed_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    signed_at: Mapped[dt.datetime | None]
    released_version: Mapped[int | None] = mapped_column(comment=_RELEASED)
    released_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    released_at: Mapped[dt.datetime | None]
    released_because: Mapped[str | None]
    sent_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    sent_at: Mapped[dt.datetime | None]
    sent_by_channel: Mapped[Channel | None] = mapped_column(word_type(Channel, "channel"))
    delivered_at: Mapped[dt.datetime | None]
    accepted_at: Mapped[dt.datetime | None]
    accepted_by: Mapped[str | None]
    last_result: Mapped[str | None]


class ReportVersion(Numbered, Base):
    """One whole version of a report's content; nothing is ever overwritten."""

    __tablename__ = "report_version"
    __table_args__ = table(UniqueConstraint("report_id", "number"))

    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"))
    number: Mapped[int]
    content: Mapped[dict[str, Any]]
    written_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    written_at: Mapped[dt.datetime]
    signed_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    signed_at: Mapped[dt.datetime | None]


class Task(Versioned, Base):
    """Something that somebody in a role must do; accepted by name."""

    __tablename__ = "task"
    __table_args__ = table(
        partial_index("ix_task_open", "hub_id", where="done_at IS NULL"),
        # The same thing is asked of a role once, however many consoles notice it.
        partial_index(
            "uq_task_open_subject", "kind", "subject", "role", unique=True, where="done_at IS NULL"
        ),
        is_read_back=False,  # it may be another hub's
    )

    hub_id: Mapped[int] = mapped_column(ForeignKey("hub.id"))
    role: Mapped[Role] = mapped_column(word_type(Role, "role"))
    kind: Mapped[TaskKind] = mapped_column(word_type(TaskKind, "task_kind"))
    subject: Mapped[str]
    words: Mapped[str] = mapped_column(default="")
    referral_id: Mapped[int | None] = mapped_column(ForeignKey("referral.id"))
    report_id: Mapped[int | None] = mapped_column(ForeignKey("report.id"))
    practitioner_id: Mapped[int | None] = mapped_column(ForeignKey("practitioner.id"))
    created_at: Mapped[dt.datetime]
    due_at: Mapped[dt.datetime]
    accepted_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    accepted_at: Mapped[dt.datetime | None]
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    done_at: Mapped[dt.datetime | None]
    result: Mapped[str | None]
