"""Chasing: what is looked at next, the steps of ladders that came due, snoozes, and messages on their way."""

import datetime as dt

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from console.domain.chase_words import ChaseState, MessageStatus, Subject, Way
from db.base import Base, Numbered, Versioned, partial_index, table, word_type

QUEUED = "state = 'queued'"
ON_ITS_WAY = "state IN ('queued', 'sending')"


class Watch(Numbered, Base):
    """That a subject is to be looked at from a moment on.

    Triggers add a line whenever a subject changes, so that no program can forget it. Lines are only added and
    taken away: nobody who works on a patient ever waits for the timetable.
    """

    __tablename__ = "watch"
    __table_args__ = table(
        Index("ix_watch_next_at", "next_at"), Index("ix_watch_subject", "subject_kind", "subject_id")
    )

    subject_kind: Mapped[Subject] = mapped_column(word_type(Subject, "subject"))
    subject_id: Mapped[int]
    next_at: Mapped[dt.datetime]
    # Since when, by the server's clock, a change has wanted a look at once.
    asked_at: Mapped[dt.datetime | None]


class Chase(Versioned, Base):
    """One step of a ladder that came due; its key makes it happen once, however many workers run."""

    __tablename__ = "chase"
    __table_args__ = table(
        UniqueConstraint("subject_kind", "subject_id", "ladder", "step", "recipient", "round"),
        partial_index("ix_chase_queued", "not_before", where=QUEUED),
        Index("ix_chase_message", "message_id"),
    )

    subject_kind: Mapped[Subject] = mapped_column(word_type(Subject, "subject"))
    subject_id: Mapped[int]
    ladder: Mapped[str]
    step: Mapped[str]
    recipient: Mapped[str]
    round: Mapped[int]
    hub_id: Mapped[int | None] = mapped_column(ForeignKey("hub.id"))
    way: Mapped[Way] = mapped_column(word_type(Way, "way"))
    state: Mapped[ChaseState] = mapped_column(word_type(ChaseState, "chase_state"))
    # When the step came due, and when it may go: a step that falls into quiet hours waits for their end.
    due_at: Mapped[dt.datetime]
    not_before: Mapped[dt.datetime]
    planned_at: Mapped[dt.datetime]
    ended_at: Mapped[dt.datetime | None]
    result: Mapped[str | None]
    task_id: Mapped[int | None] = mapped_column(ForeignKey("task.id"))
    message_id: Mapped[int | None] = mapped_column(ForeignKey("outgoing_message.id"))


class Snooze(Versioned, Base):
    """That a person lets one subject's ladder rest, with the reason and the end."""

    __tablename__ = "snooze"
    __table_args__ = table(Index("ix_snooze_subject", "subject_kind", "subject_id"))

    subject_kind: Mapped[Subject] = mapped_column(word_type(Subject, "subject"))
    subject_id: Mapped[int]
    hub_id: Mapped[int] = mapped_column(ForeignKey("hub.id"))
    until_at: Mapped[dt.datetime]
    reason: Mapped[str]
    by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    at: Mapped[dt.datetime]
    ended_at: Mapped[dt.datetime | None]


class OutgoingMessage(Versioned, Base):
    """One message to one person, written down before it is sent; its key goes with it to the other side."""

    __tablename__ = "outgoing_message"
    __table_args__ = table(partial_index("ix_outgoing_message_open", "not_before", where=ON_ITS_WAY))

    key: Mapped[str] = mapped_column(unique=True)
    hub_id: Mapped[int | None] = mapped_column(ForeignKey("hub.id"))
    way: Mapped[Way] = mapped_column(word_type(Way, "way"))
    address: Mapped[str]
    subject_line: Mapped[str]
    # Written at the first attempt; later ones send the same bytes.
    body: Mapped[str | None]
    state: Mapped[MessageStatus] = mapped_column(word_type(MessageStatus, "message_status"))
    attempt: Mapped[int] = mapped_column(default=0)
    not_before: Mapped[dt.datetime]
    lease_until: Mapped[dt.datetime | None]
    worker: Mapped[str | None]
    created_at: Mapped[dt.datetime]
    ended_at: Mapped[dt.datetime | None]
    result: Mapped[str | None]
