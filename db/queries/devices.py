"""Devices that tell positions: whose they are, what they told last, and what became of all that was told."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import bindparam, func, insert, select, text, update
from sqlalchemy.orm import Session, defer

from console.domain.position import PositionAnswer, Tracked
from db.base import UTCDateTime
from db.models import Device, DeviceState, Position, PositionCount, Practitioner, Shift

_COUNT = text(
    "INSERT INTO position_count (day, answer, count) VALUES (:day, :answer, :count)"
    " ON CONFLICT (day, answer) DO UPDATE SET count = position_count.count + excluded.count"
)
_HEARD = (
    update(DeviceState.__table__)  # type: ignore[arg-type]
    .where(DeviceState.device_id == bindparam("device"))
    .values(
        newest_at=bindparam("newest", type_=UTCDateTime()), heard_at=bindparam("heard", type_=UTCDateTime())
    )
)


WITHOUT_SECRET = defer(Device.token_hash, raiseload=True)
"""Whoever looks after devices has no right to read by what they show that they may tell."""


class Known(NamedTuple):
    """A device as a position of it is judged."""

    device_id: int
    practitioner_id: int
    is_active: bool
    tracked: Tracked


def known(session: Session, hashes: Collection[str]) -> dict[str, Known]:
    """Give the devices with these tokens; what each told last, and their shifts, cannot change meanwhile."""
    devices = session.execute(
        select(Device.token_hash, Device.id, Device.practitioner_id, Device.is_active).where(
            Device.token_hash.in_(hashes)
        )
    ).all()
    newest = _newest(session, [one.id for one in devices])
    since = _on_since(session, {one.practitioner_id for one in devices})
    return {
        one.token_hash: Known(
            one.id,
            one.practitioner_id,
            one.is_active,
            Tracked(since.get(one.practitioner_id), newest.get(one.id)),
        )
        for one in devices
    }


def _newest(session: Session, device_ids: Collection[int]) -> dict[int, dt.datetime | None]:
    rows = session.execute(
        select(DeviceState.device_id, DeviceState.newest_at)
        .where(DeviceState.device_id.in_(device_ids))
        .order_by(DeviceState.device_id)  # two workers lock in the same order
        .with_for_update()
    )
    return {row.device_id: row.newest_at for row in rows}


def _on_since(session: Session, practitioner_ids: Collection[int]) -> dict[int, dt.datetime]:
    """Whoever goes off duty at this moment waits: nothing is kept of them afterwards."""
    rows = session.execute(
        select(Shift.practitioner_id, Shift.on_at)
        .where(Shift.practitioner_id.in_(practitioner_ids), Shift.on_at.is_not(None), Shift.off_at.is_(None))
        .order_by(Shift.id)
        .with_for_update(read=True)
    )
    return {key: on_at for key, on_at in rows if on_at is not None}


def keep(session: Session, positions: Sequence[Mapping[str, Any]]) -> None:
    """Write positions in one statement: one line of the change log each, and one ring for all."""
    if positions:
        session.execute(insert(Position), positions)


def heard(session: Session, devices: Mapping[int, dt.datetime | None], now: dt.datetime) -> None:
    """Write down what each device told last, by its id."""
    if devices:
        told = [{"device": key, "newest": at, "heard": now} for key, at in sorted(devices.items())]
        session.execute(_HEARD, told)


def count(session: Session, day: dt.date, answers: Mapping[PositionAnswer, int]) -> None:
    """Add to what became of the positions of a day."""
    said = [{"day": day, "answer": answer.value, "count": n} for answer, n in sorted(answers.items()) if n]
    if said:
        session.execute(_COUNT.bindparams(bindparam("day", type_=PositionCount.day.type)), said)


def one(session: Session, device_id: int) -> Device | None:
    """Give a device by its number."""
    return session.scalar(select(Device).options(WITHOUT_SECRET).where(Device.id == device_id))


def counts(session: Session, day: dt.date) -> dict[str, int]:
    """Give what became of the positions of a day."""
    rows = session.execute(select(PositionCount.answer, PositionCount.count).where(PositionCount.day == day))
    return {row[0]: row[1] for row in rows}


def every(session: Session) -> Sequence[tuple[Device, str, DeviceState]]:
    """Give every device with its practitioner's name and what it told last, by name."""
    rows = session.execute(
        select(Device, Practitioner.name, DeviceState)
        .options(WITHOUT_SECRET)
        .join(Practitioner, Practitioner.id == Device.practitioner_id)
        .join(DeviceState, DeviceState.device_id == Device.id)
        .order_by(func.lower(Practitioner.name), Device.id)
    )
    return [(device, name, state) for device, name, state in rows]
