"""The selects of reminders by mail: what waits to be bundled, what may be sent now, and what it is about."""

import datetime as dt
from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from console.domain import audit_head
from console.domain.chase_words import ChaseState, MessageStatus, Subject, Way
from db.alone import Alone, is_alone
from db.connect import server_time
from db.models import Chase, Hub, Outcome, OutgoingMessage, Report, Staff, Watch

ON_ITS_WAY = (MessageStatus.QUEUED, MessageStatus.SENDING)
_IS_HEAD = OutgoingMessage.key.like(f"{audit_head.KEY}%")


def _waits(now: dt.datetime) -> ColumnElement[bool]:
    return and_(
        Chase.state == ChaseState.QUEUED,
        Chase.way == Way.MAIL,
        Chase.message_id.is_(None),
        Chase.not_before <= now,
    )


def is_anything_waiting(session: Session, now: dt.datetime) -> bool:
    """Tell whether a step that goes by mail waits for its message."""
    return session.scalar(select(Chase.id).where(_waits(now)).limit(1)) is not None


def bundles_alone(session: Session) -> bool:
    """Tell whether this transaction may bundle: two who did so at once would write to one person twice."""
    return is_alone(session, Alone.BUNDLING)


def waiting(session: Session, now: dt.datetime, limit: int) -> Sequence[Chase]:
    """Lock the steps that wait for their message; one that is just being cancelled is left out."""
    return session.scalars(
        select(Chase)
        .where(_waits(now))
        .order_by(Chase.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    ).all()


def untouched_messages(session: Session, addresses: Collection[str]) -> dict[str, OutgoingMessage]:
    """Lock the messages to these addresses that nobody has begun to send, so that more can go with them."""
    rows = session.scalars(
        select(OutgoingMessage)
        .where(
            OutgoingMessage.address.in_(list(addresses)),
            OutgoingMessage.way == Way.MAIL,
            OutgoingMessage.state == MessageStatus.QUEUED,
            OutgoingMessage.attempt == 0,
            ~_IS_HEAD,
        )
        .order_by(OutgoingMessage.id)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )
    return {row.address: row for row in rows}


def is_written(session: Session, key: str) -> bool:
    """Tell whether a message with this key was ever written down."""
    return session.scalar(select(OutgoingMessage.id).where(OutgoingMessage.key == key)) is not None


def people(session: Session, ids: Collection[int]) -> Sequence[Staff]:
    """Give these people."""
    return session.scalars(select(Staff).where(Staff.id.in_(list(ids)))).all()


def _may_be_claimed(now: dt.datetime, server_now: dt.datetime) -> ColumnElement[bool]:
    """What is due, or was left by a worker whose lease has run out."""
    is_due = and_(OutgoingMessage.state == MessageStatus.QUEUED, OutgoingMessage.not_before <= now)
    is_left = and_(OutgoingMessage.state == MessageStatus.SENDING, OutgoingMessage.lease_until < server_now)
    return and_(OutgoingMessage.way == Way.MAIL, or_(is_due, is_left))


def is_anything_to_send(session: Session, now: dt.datetime) -> bool:
    """Tell whether a message may be claimed."""
    found = select(OutgoingMessage.id).where(_may_be_claimed(now, server_time(session.connection())))
    return session.scalar(found.limit(1)) is not None


def claimable(session: Session, now: dt.datetime) -> tuple[OutgoingMessage | None, dt.datetime]:
    """Lock one message that may be claimed and that nobody else has in hand; with the server's time."""
    server_now = server_time(session.connection())
    message = session.scalar(
        select(OutgoingMessage)
        .where(_may_be_claimed(now, server_now))
        .order_by(OutgoingMessage.not_before, OutgoingMessage.id)
        .limit(1)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )
    return message, server_now


def chases_of(session: Session, message_id: int, *states: ChaseState) -> Sequence[Chase]:
    """Lock the steps that a message carries and that are in one of these states."""
    return session.scalars(
        select(Chase)
        .where(Chase.message_id == message_id, Chase.state.in_(states))
        .order_by(Chase.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()


def reports_of(session: Session, chases: Collection[Chase]) -> dict[int, tuple[Report, dt.datetime]]:
    """Give the reports that these steps are about, as they are now, each with the end of its contact."""
    ids = [chase.subject_id for chase in chases if chase.subject_kind is Subject.REPORT]
    rows = session.execute(
        select(Report, Outcome.ended_at)
        .join(Outcome, Outcome.id == Report.outcome_id)
        .where(Report.id.in_(ids))
        .execution_options(populate_existing=True)
    )
    return {report.id: (report, ended_at) for report, ended_at in rows}


def look_again(session: Session, chases: Collection[Chase], at: dt.datetime) -> None:
    """Let the subjects of these steps be looked at from a moment on."""
    subjects = {(chase.subject_kind, chase.subject_id) for chase in chases}
    session.add_all(Watch(subject_kind=kind, subject_id=key, next_at=at) for kind, key in sorted(subjects))


def a_hub(session: Session) -> int:
    """Give the hub whose people decide about a message that belongs to none, or to several: the intake."""
    return session.scalars(select(Hub.id).order_by(Hub.is_intake.desc(), Hub.id)).first() or 0


def counts(session: Session) -> dict[MessageStatus, int]:
    """Count the reminders by where they stand."""
    found = select(OutgoingMessage.state, func.count()).where(~_IS_HEAD).group_by(OutgoingMessage.state)
    rows = session.execute(found)
    return {state: count for state, count in rows}  # noqa: C416 - rows are no pairs to the type checker


def oldest_on_its_way(session: Session) -> dt.datetime | None:
    """Give since when the oldest reminder waits that is not settled."""
    is_waiting = (OutgoingMessage.state.in_(ON_ITS_WAY), ~_IS_HEAD)
    return session.scalar(select(func.min(OutgoingMessage.created_at)).where(*is_waiting))


def heads(session: Session) -> tuple[dt.datetime | None, OutgoingMessage | None]:
    """Give when the audit's newest hash was last taken by the mail server, and the newest message with it."""
    is_sent = OutgoingMessage.state == MessageStatus.SENT
    last = session.scalar(select(func.max(OutgoingMessage.ended_at)).where(_IS_HEAD, is_sent))
    newest = select(OutgoingMessage).where(_IS_HEAD).order_by(OutgoingMessage.id.desc()).limit(1)
    return last, session.scalars(newest).first()
