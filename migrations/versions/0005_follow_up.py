"""Make contacts, tasks and chases."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import WHOLE, UTCDateTime, word

revision = "0005"
down_revision = "0004"

ROLE = "coordinator clinician supervisor practitioner service_manager auditor administrator system"
TASK_KIND = (
    "clinician_now waiting_call failed_contact no_reply_concern divert_notice telephone_gp gp_liaison "
    "report_owner overnight escalation ambulance_take_over report_late visit_unacknowledged welfare"
)


def upgrade() -> None:
    """Make contacts, tasks and chases."""
    _contact()
    _task()
    _chase()


def _contact() -> None:
    op.create_table(
        "contact",
        sa.Column("hub_id", WHOLE, nullable=False),
        sa.Column("referral_id", WHOLE, nullable=False),
        sa.Column("report_id", WHOLE, nullable=True),
        sa.Column("practice_id", WHOLE, nullable=True),
        sa.Column(
            "contact_with",
            word("contact_with", "patient caller practice practitioner ambulance other"),
            nullable=False,
        ),
        sa.Column(
            "channel", word("channel", "telephone radio in_person message mail post console"), nullable=False
        ),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column(
            "result",
            word("contact_result", "spoken no_reply wrong_number left_message promised"),
            nullable=False,
        ),
        sa.Column("said", sa.String(), nullable=False),
        sa.Column("promised_by_at", UTCDateTime(), nullable=True),
        sa.Column("happened_at", UTCDateTime(), nullable=False),
        sa.Column("entered_at", UTCDateTime(), nullable=False),
        sa.Column("by_id", WHOLE, nullable=False),
        sa.Column("id", WHOLE, sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["staff.id"], name="fk_contact_by_id"),
        sa.ForeignKeyConstraint(["hub_id"], ["hub.id"], name="fk_contact_hub_id"),
        sa.ForeignKeyConstraint(["practice_id"], ["practice.id"], name="fk_contact_practice_id"),
        sa.ForeignKeyConstraint(["referral_id"], ["referral.id"], name="fk_contact_referral_id"),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name="fk_contact_report_id"),
        sa.PrimaryKeyConstraint("id", name="pk_contact"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_contact_referral", "contact", ["referral_id", "happened_at"], unique=False)


def _task() -> None:
    op.create_table(
        "task",
        sa.Column("hub_id", WHOLE, nullable=False),
        sa.Column("role", word("role", ROLE), nullable=False),
        sa.Column("kind", word("task_kind", TASK_KIND), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("referral_id", WHOLE, nullable=True),
        sa.Column("report_id", WHOLE, nullable=True),
        sa.Column("practitioner_id", WHOLE, nullable=True),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("due_at", UTCDateTime(), nullable=False),
        sa.Column("accepted_by_id", WHOLE, nullable=True),
        sa.Column("accepted_at", UTCDateTime(), nullable=True),
        sa.Column("done_by_id", WHOLE, nullable=True),
        sa.Column("done_at", UTCDateTime(), nullable=True),
        sa.Column("result", sa.String(), nullable=True),
        sa.Column("version", WHOLE, server_default="1", nullable=False),
        sa.Column("id", WHOLE, sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(["accepted_by_id"], ["staff.id"], name="fk_task_accepted_by_id"),
        sa.ForeignKeyConstraint(["done_by_id"], ["staff.id"], name="fk_task_done_by_id"),
        sa.ForeignKeyConstraint(["hub_id"], ["hub.id"], name="fk_task_hub_id"),
        sa.ForeignKeyConstraint(["practitioner_id"], ["practitioner.id"], name="fk_task_practitioner_id"),
        sa.ForeignKeyConstraint(["referral_id"], ["referral.id"], name="fk_task_referral_id"),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name="fk_task_report_id"),
        sa.PrimaryKeyConstraint("id", name="pk_task"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_task_open",
        "task",
        ["hub_id"],
        unique=False,
        postgresql_where=sa.text("done_at IS NULL"),
        sqlite_where=sa.text("done_at IS NULL"),
    )
    op.create_index(
        "uq_task_open_subject",
        "task",
        ["kind", "subject"],
        unique=True,
        postgresql_where=sa.text("done_at IS NULL"),
        sqlite_where=sa.text("done_at IS NULL"),
    )


def _chase() -> None:
    op.create_table(
        "chase",
        sa.Column("subject_kind", sa.String(), nullable=False),
        sa.Column("subject_id", WHOLE, nullable=False),
        sa.Column("ladder", sa.String(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("round", WHOLE, nullable=False),
        sa.Column("hub_id", WHOLE, nullable=True),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempt", WHOLE, nullable=False),
        sa.Column("not_before", UTCDateTime(), nullable=False),
        sa.Column("lease_until", UTCDateTime(), nullable=True),
        sa.Column("worker", sa.String(), nullable=True),
        sa.Column("planned_at", UTCDateTime(), nullable=False),
        sa.Column("sent_at", UTCDateTime(), nullable=True),
        sa.Column("result", sa.String(), nullable=True),
        sa.Column("version", WHOLE, server_default="1", nullable=False),
        sa.Column("id", WHOLE, sa.Identity(always=False), nullable=False),
        sa.CheckConstraint(
            "state IN ('queued', 'sending', 'sent', 'failed', 'cancelled', 'uncertain')",
            name=op.f("ck_chase_state"),
        ),
        sa.ForeignKeyConstraint(["hub_id"], ["hub.id"], name="fk_chase_hub_id"),
        sa.PrimaryKeyConstraint("id", name="pk_chase"),
        sa.UniqueConstraint(
            "subject_kind",
            "subject_id",
            "ladder",
            "step",
            "recipient",
            "round",
            name="uq_chase_subject_kind_subject_id_ladder_step_recipient_round",
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_chase_open",
        "chase",
        ["not_before"],
        unique=False,
        postgresql_where=sa.text("state IN ('queued', 'sending')"),
        sqlite_where=sa.text("state IN ('queued', 'sending')"),
    )
