"""The service itself: hubs, practices, staff, settings, devices and workers."""

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from console.domain.words import Role
from db.base import Base, Numbered, PortableJSON, Versioned, partial_index, table, word_type


class Hub(Versioned, Base):
    """A place where patients are seen and visits are coordinated."""

    __tablename__ = "hub"
    __table_args__ = table(
        # A referral that names no hub goes to the one intake hub.
        partial_index("uq_hub_intake", "is_intake", unique=True, where="is_intake"),
    )

    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    phone: Mapped[str | None]
    postcode: Mapped[str | None]
    lat: Mapped[float | None]
    lon: Mapped[float | None]
    is_intake: Mapped[bool] = mapped_column(default=False)
    is_closed_down: Mapped[bool] = mapped_column(default=False)
    closed_down_at: Mapped[dt.datetime | None]
    diverts_to_id: Mapped[int | None] = mapped_column(ForeignKey("hub.id"))
    diverts_until: Mapped[dt.datetime | None]
    diverted_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))


class HubHours(Numbered, Base):
    """When a hub is open on one weekday (0 is Monday), by the wall clock."""

    __tablename__ = "hub_hours"
    __table_args__ = table(
        UniqueConstraint("hub_id", "weekday"),
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
        CheckConstraint("opens < closes", name="order"),
    )

    hub_id: Mapped[int] = mapped_column(ForeignKey("hub.id"))
    weekday: Mapped[int]
    opens: Mapped[dt.time]
    closes: Mapped[dt.time]


class Practice(Versioned, Base):
    """A GP practice, by its ODS code."""

    __tablename__ = "practice"

    ods_code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    address: Mapped[str] = mapped_column(default="")
    postcode: Mapped[str | None]
    phone: Mapped[str | None]
    mail: Mapped[str | None]
    lat: Mapped[float | None]
    lon: Mapped[float | None]
    is_active: Mapped[bool] = mapped_column(default=True)
    hub_id: Mapped[int | None] = mapped_column(ForeignKey("hub.id"))


class Staff(Versioned, Base):
    """A named person who acts in the console."""

    __tablename__ = "staff"

    login: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    registration: Mapped[str | None]
    # Where reminders go; they never name a patient.
    mail: Mapped[str | None]
    is_active: Mapped[bool] = mapped_column(default=True)


class StaffRole(Numbered, Base):
    """A role that a person may act in."""

    __tablename__ = "staff_role"
    __table_args__ = table(UniqueConstraint("staff_id", "role"))

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    role: Mapped[Role] = mapped_column(word_type(Role, "role"))


class StaffHub(Base):
    """The hubs whose patients a person may see: the only scope there is."""

    __tablename__ = "staff_hub"

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    hub_id: Mapped[int] = mapped_column(ForeignKey("hub.id"), primary_key=True)


class Setting(Numbered, Base):
    """One version of a setting of the service, or of a person; the newest effective one holds."""

    __tablename__ = "setting"
    __table_args__ = table(Index("ix_setting_name", "name", "staff_id", "effective_from"))

    name: Mapped[str]
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    value: Mapped[Any] = mapped_column(PortableJSON)
    effective_from: Mapped[dt.datetime]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    reason: Mapped[str]


class Device(Versioned, Base):
    """A telephone or tracker that may report one practitioner's position."""

    __tablename__ = "device"

    practitioner_id: Mapped[int] = mapped_column(ForeignKey("practitioner.id"))
    label: Mapped[str]
    token_hash: Mapped[str] = mapped_column(unique=True)
    is_active: Mapped[bool] = mapped_column(default=True)


class AuditExport(Numbered, Base):
    """Who took a copy of which part of the audit away, and why; never changed."""

    __tablename__ = "audit_export"
    __table_args__ = table()

    by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    role: Mapped[str]
    device: Mapped[str]
    wanted: Mapped[str]
    reason: Mapped[str]
    exported_at: Mapped[dt.datetime]


class DeviceState(Base):
    """What a device told last: it stands apart from `device`, because it changes with every position.

    `newest_at` is the time of the newest position that was kept, `heard_at` when it was last heard.
    """

    __tablename__ = "device_state"

    device_id: Mapped[int] = mapped_column(ForeignKey("device.id"), primary_key=True, autoincrement=False)
    newest_at: Mapped[dt.datetime | None]
    heard_at: Mapped[dt.datetime | None]


class PositionCount(Base):
    """What became of the positions that devices told on one day of London, without whose they were."""

    __tablename__ = "position_count"

    day: Mapped[dt.date] = mapped_column(primary_key=True)
    answer: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int]


class WorkerHeartbeat(Base):
    """When each worker was last alive and last looked for what is due, so that a silent chaser is noticed.

    Both are the server's time.
    """

    __tablename__ = "worker_heartbeat"

    worker: Mapped[str] = mapped_column(primary_key=True)
    beat_at: Mapped[dt.datetime]
    looked_at: Mapped[dt.datetime | None]
    program_version: Mapped[str]


class Training(Base):
    """The mark of a training database, and its clock: there is at most this one row.

    Its time is `epoch` plus `speed` times what has passed on the server since `started_at`.
    """

    __tablename__ = "training"
    __table_args__ = (CheckConstraint("id = 1", name="one"), CheckConstraint("speed > 0", name="speed"))

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    epoch: Mapped[dt.datetime]
    started_at: Mapped[dt.datetime]
    speed: Mapped[float]
    seed: Mapped[int]
    # Which day is being played, and how many of its events are behind.
    day: Mapped[dt.date | None]
    played: Mapped[int] = mapped_column(default=0, server_default="0")


class MapPack(Numbered, Base):
    """A map of the service's own, as it was checked when it came in; the newest one is shown."""

    __tablename__ = "map_pack"

    name: Mapped[str]
    sha256: Mapped[str]
    size: Mapped[int]
    body: Mapped[bytes]
    imported_at: Mapped[dt.datetime]
    imported_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
