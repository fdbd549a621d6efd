"""Make the service itself: hubs, practices, staff, settings and workers."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import JSON, WHOLE, UTCDateTime, word

revision = "0001"
down_revision = None

ROLE = "coordinator clinician supervisor practitioner service_manager auditor administrator system"


def upgrade() -> None:
    """Make the service itself: hubs, practices, staff, settings and workers."""
    _staff()
    _hub()
    _hub_hours()
    _practice()
    _staff_role()
    _staff_hub()
    _setting()
    _worker_heartbeat()


def _staff() -> None:
    op.create_table(
        "staff",
        sa.Column("login", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("registration", sa.String(), nullable=True),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("version", WHOLE, server_default="1", nullable=False),
        sa.Column("id", WHOLE, sa.Identity(always=False), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_staff"),
        sa.UniqueConstraint("login", name="uq_staff_login"),
        sqlite_autoincrement=True,
    )


def _hub() -> None:
    op.create_table(
        "hub",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("postcode", sa.String(), nullable=True),
        sa.Column("lat", sa.Double(), nullable=True),
        sa.Column("lon", sa.Double(), nullable=True),
        sa.Column("is_intake", sa.Boolean(), nullable=False),
        sa.Column("is_closed_down", sa.Boolean(), nullable=False),
        sa.Column("closed_down_at", UTCDateTime(), nullable=True),
        sa.Column("diverts_to_id", WHOLE, nullable=True),
        sa.Column("diverts_until", UTCDateTime(), nullable=True),
        sa.Column("diverted_by_id", WHOLE, nullable=True),
        sa.Column("version", WHOLE, server_default="1", nullable=False),
        sa.Column("id", WHOLE, sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(["diverted_by_id"], ["staff.id"], name="fk_hub_diverted_by_id"),
        sa.ForeignKeyConstraint(["diverts_to_id"], ["hub.id"], name="fk_hub_diverts_to_id"),
        sa.PrimaryKeyConstraint("id", name="pk_hub"),
        sa.UniqueConstraint("code", name="uq_hub_code"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "uq_hub_intake",
        "hub",
        ["is_intake"],
        unique=True,
        postgresql_where=sa.text("is_intake"),
        sqlite_where=sa.text("is_intake"),
    )


def _hub_hours() -> None:
    op.create_table(
        "hub_hours",
        sa.Column("hub_id", WHOLE, nullable=False),
        sa.Column("weekday", WHOLE, nullable=False),
        sa.Column("opens", sa.Time(), nullable=False),
        sa.Column("closes", sa.Time(), nullable=False),
        sa.Column("id", WHOLE, sa.Identity(always=False), nullable=False),
        sa.CheckConstraint("opens < closes", name=op.f("ck_hub_hours_order")),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name=op.f("ck_hub_hours_weekday")),
        sa.ForeignKeyConstraint(["hub_id"], ["hub.id"], name="fk_hub_hours_hub_id"),
        sa.PrimaryKeyConstraint("id", name="pk_hub_hours"),
        sa.UniqueConstraint("hub_id", "weekday", name="uq_hub_hours_hub_id_weekday"),
        sqlite_autoincrement=True,
    )


def _practice() -> None:
    op.create_table(
        "practice",
        sa.Column("ods_code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("postcode", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("mail", sa.String(), nullable=True),
        sa.Column("lat", sa.Double(), nullable=True),
        sa.Column("lon", sa.Double(), nullable=True),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("hub_id", WHOLE, nullable=True),
        sa.Column("version", WHOLE, server_default="1", nullable=False),
        sa.Column("id", WHOLE, sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(["hub_id"], ["hub.id"], name="fk_practice_hub_id"),
        sa.PrimaryKeyConstraint("id", name="pk_practice"),
        sa.UniqueConstraint("ods_code", name="uq_practice_ods_code"),
        sqlite_autoincrement=True,
    )


def _staff_role() -> None:
    op.create_table(
        "staff_role",
        sa.Column("staff_id", WHOLE, nullable=False),
        sa.Column("role", word("role", ROLE), nullable=False),
        sa.Column("id", WHOLE, sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_staff_role_staff_id"),
        sa.PrimaryKeyConstraint("id", name="pk_staff_role"),
        sa.UniqueConstraint("staff_id", "role", name="uq_staff_role_staff_id_role"),
        sqlite_autoincrement=True,
    )


def _staff_hub() -> None:
    op.create_table(
        "staff_hub",
        sa.Column("staff_id", WHOLE, nullable=False),
        sa.Column("hub_id", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(["hub_id"], ["hub.id"], name="fk_staff_hub_hub_id"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_staff_hub_staff_id"),
        sa.PrimaryKeyConstraint("staff_id", "hub_id", name="pk_staff_hub"),
    )


def _setting() -> None:
    op.create_table(
        "setting",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("staff_id", WHOLE, nullable=True),
        sa.Column("value", JSON, nullable=False),
        sa.Column("effective_from", UTCDateTime(), nullable=False),
        sa.Column("author_id", WHOLE, nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("id", WHOLE, sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["staff.id"], name="fk_setting_author_id"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_setting_staff_id"),
        sa.PrimaryKeyConstraint("id", name="pk_setting"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_setting_name", "setting", ["name", "staff_id", "effective_from"], unique=False)


def _worker_heartbeat() -> None:
    op.create_table(
        "worker_heartbeat",
        sa.Column("worker", sa.String(), nullable=False),
        sa.Column("beat_at", UTCDateTime(), nullable=False),
        sa.Column("program_version", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("worker", name="pk_worker_heartbeat"),
    )
