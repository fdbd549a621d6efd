"""Make visits, hub queue entries, outcomes and their reports."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import JSON, WHOLE, UTCDateTime, word

revision = "0004"
down_revision = "0003"

OUTCOME_DISPOSITION = (
    "treated_at_home advice referred_gp referred_community admitted emergency_department ambulance "
    "follow_up not_seen died"
)
OUTCOME_KIND = "visit hub_consultation phone_advice no_access refusal upgraded death"
QUEUE_STATUS = "booked arrived streamed called being_seen seen left did_not_attend moved taken_over"
REPORT_STATUS = "owed drafted signed sent delivered accepted rejected held uncertain"
STREAM = (
    "paramedic_practitioner home_visit gp_needed telephone pharmacist community_nursing mental_health "
    "dental midwife social_care emergency_department ambulance"
)
VISIT_STATUS = (
    "allocated acknowledged en_route on_scene clear handed_back diverted no_access upgraded withdrawn"
)


def upgrade() -> None:
    """Make visits, hub queue entries, outcomes and their reports."""
    _visit()
    _queue_entry()
    _outcome()
    _report()
    _report_version()


def _visit() -> None:
    op.create_table(
        "visit",
        sa.Column("hub_id", WHOLE, nullable=False),
        sa.Column("referral_id", WHOLE, nullable=False),
        sa.Column("practitioner_id", WHOLE, nullable=False),
        sa.Column("shift_id", WHOLE, nullable=True),
        sa.Column("status", word("visit_status", VISIT_STATUS), nullable=False),
        sa.Column("allocated_at", UTCDateTime(), nullable=False),
        sa.Column("acknowledged_at", UTCDateTime(), nullable=True),
        sa.Column("en_route_at", UTCDateTime(), nullable=True),
        sa.Column("on_scene_at", UTCDateTime(), nullable=True),
        sa.Column("clear_at", UTCDateTime(), nullable=True),
        sa.Column("ended_at", UTCDateTime(), nullable=True),
        sa.Column("ended_because", sa.String(), nullable=True),
        sa.Column("expected_clear_at", UTCDateTime(), nullable=True),
        sa.Column("chosen_because", sa.String(), nullable=False),
        sa.Column("version", WHOLE, server_default="1", nullable=False),
        sa.Column("id", WHOLE, sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(["hub_id"], ["hub.id"], name="fk_visit_hub_id"),
        sa.ForeignKeyConstraint(["practitioner_id"], ["practitioner.id"], name="fk_visit_practitioner_id"),
        sa.ForeignKeyConstraint(
            ["referral_id", "hub_id"],
            ["referral.id", "referral.hub_id"],
            name="fk_visit_referral_id_hub_id",
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(["referral_id"], ["referral.id"], name="fk_visit_referral_id"),
        sa.ForeignKeyConstraint(["shift_id"], ["shift.id"], name="fk_visit_shift_id"),
        sa.PrimaryKeyConstraint("id", name="pk_visit"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_visit_referral", "visit", ["referral_id"], unique=False)
    op.create_index(
        "uq_visit_active_referral",
        "visit",
        ["referral_id"],
        unique=True,
        postgresql_where=sa.text("status IN ('allocated', 'acknowledged', 'en_route', 'on_scene')"),
        sqlite_where=sa.text("status IN ('allocated', 'acknowledged', 'en_route', 'on_scene')"),
    )
    op.create_index(
        "uq_visit_engaged_practitioner",
        "visit",
        ["practitioner_id"],
        unique=True,
        postgresql_where=sa.text("status IN ('acknowledged', 'en_route', 'on_scene')"),
        sqlite_where=sa.text("status IN ('acknowledged', 'en_route', 'on_scene')"),
    )


def _queue_entry() -> None:
    op.create_table(
        "queue_entry",
        sa.Column("hub_id", WHOLE, nullable=False),
        sa.Column("referral_id", WHOLE, nullable=False),
        sa.Column("status", word("queue_status", QUEUE_STATUS), nullable=False),
        sa.Column("stream", word("stream", STREAM), nullable=True),
        sa.Column("booked_for_at", UTCDateTime(), nullable=True),
        sa.Column("arrived_at", UTCDateTime(), nullable=True),
        sa.Column("stream_due_at", UTCDateTime(), nullable=True),
        sa.Column("streamed_at", UTCDateTime(), nullable=True),
        sa.Column("called_at", UTCDateTime(), nullable=True),
        sa.Column("being_seen_at", UTCDateTime(), nullable=True),
        sa.Column("seen_at", UTCDateTime(), nullable=True),
        sa.Column("ended_at", UTCDateTime(), nullable=True),
        sa.Column("ended_because", sa.String(), nullable=True),
        sa.Column("practitioner_id", WHOLE, nullable=True),
        sa.Column("version", WHOLE, server_default="1", nullable=False),
        sa.Column("id", WHOLE, sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(["hub_id"], ["hub.id"], name="fk_queue_entry_hub_id"),
        sa.ForeignKeyConstraint(
            ["practitioner_id"], ["practitioner.id"], name="fk_queue_entry_practitioner_id"
        ),
        sa.ForeignKeyConstraint(
            ["referral_id", "hub_id"],
            ["referral.id", "referral.hub_id"],
            name="fk_queue_entry_referral_id_hub_id",
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(["referral_id"], ["referral.id"], name="fk_queue_entry_referral_id"),
        sa.PrimaryKeyConstraint("id", name="pk_queue_entry"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_queue_entry_hub",
        "queue_entry",
        ["hub_id"],
        unique=False,
        postgresql_where=sa.text("status IN ('booked', 'arrived', 'streamed', 'called', 'being_seen')"),
        sqlite_where=sa.text("status IN ('booked', 'arrived', 'streamed', 'called', 'being_seen')"),
    )
    op.create_index(
        "uq_queue_entry_open",
        "queue_entry",
        ["referral_id"],
        unique=True,
        postgresql_where=sa.text("status IN ('booked', 'arrived', 'streamed', 'called', 'being_seen')"),
        sqlite_where=sa.text("status IN ('booked', 'arrived', 'streamed', 'called', 'being_seen')"),
    )


def _outcome() -> None:
    op.create_table(
        "outcome",
        sa.Column("hub_id", WHOLE, nullable=False),
        sa.Column("referral_id", WHOLE, nullable=False),
        sa.Column("visit_id", WHOLE, nullable=True),
        sa.Column("queue_entry_id", WHOLE, nullable=True),
        sa.Column("kind", word("outcome_kind", OUTCOME_KIND), nullable=False),
        sa.Column("disposition", word("outcome_disposition", OUTCOME_DISPOSITION), nullable=True),
        sa.Column("practitioner_id", WHOLE, nullable=True),
        sa.Column("ended_at", UTCDateTime(), nullable=False),
        sa.Column("admission_prevented", sa.Boolean(), nullable=True),
        sa.Column("prevented_judged_by", sa.String(), nullable=True),
        sa.Column("prevented_because", sa.String(), nullable=True),
        sa.Column("version", WHOLE, server_default="1", nullable=False),
        sa.Column("id", WHOLE, sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(["hub_id"], ["hub.id"], name="fk_outcome_hub_id"),
        sa.ForeignKeyConstraint(["practitioner_id"], ["practitioner.id"], name="fk_outcome_practitioner_id"),
        sa.ForeignKeyConstraint(["queue_entry_id"], ["queue_entry.id"], name="fk_outcome_queue_entry_id"),
        sa.ForeignKeyConstraint(
            ["referral_id", "hub_id"],
            ["referral.id", "referral.hub_id"],
            name="fk_outcome_referral_id_hub_id",
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(["referral_id"], ["referral.id"], name="fk_outcome_referral_id"),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name="fk_outcome_visit_id"),
        sa.PrimaryKeyConstraint("id", name="pk_outcome"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_outcome_referral", "outcome", ["referral_id"], unique=False)


def _report() -> None:
    op.create_table(
        "report",
        sa.Column("hub_id", WHOLE, nullable=False),
        sa.Column("referral_id", WHOLE, nullable=False),
        sa.Column("outcome_id", WHOLE, nullable=False),
        sa.Column("practice_id", WHOLE, nullable=True),
        sa.Column("status", word("report_status", REPORT_STATUS), nullable=False),
        sa.Column("owed_at", UTCDateTime(), nullable=False),
        sa.Column("due_at", UTCDateTime(), nullable=False),
        sa.Column("latest_at", UTCDateTime(), nullable=False),
        sa.Column("content_version", WHOLE, nullable=False),
        sa.Column("author_id", WHOLE, nullable=True),
        sa.Column("signed_by_id", WHOLE, nullable=True),
        sa.Column("signed_at", UTCDateTime(), nullable=True),
        sa.Column("sent_by_id", WHOLE, nullable=True),
        sa.Column("sent_at", UTCDateTime(), nullable=True),
        sa.Column(
            "sent_by_channel",
            word("channel", "telephone radio in_person message mail post console"),
            nullable=True,
        ),
        sa.Column("delivered_at", UTCDateTime(), nullable=True),
        sa.Column("accepted_at", UTCDateTime(), nullable=True),
        sa.Column("accepted_by", sa.String(), nullable=True),
        sa.Column("last_result", sa.String(), nullable=True),
        sa.Column("version", WHOLE, server_default="1", nullable=False),
        sa.Column("id", WHOLE, sa.Identity(always=False), nullable=False),
        sa.CheckConstraint(
            "status <> 'sent' OR (signed_at IS NOT NULL AND sent_at IS NOT NULL)",
            name=op.f("ck_report_sent_is_signed"),
        ),
        sa.ForeignKeyConstraint(["author_id"], ["staff.id"], name="fk_report_author_id"),
        sa.ForeignKeyConstraint(["hub_id"], ["hub.id"], name="fk_report_hub_id"),
        sa.ForeignKeyConstraint(["outcome_id"], ["outcome.id"], name="fk_report_outcome_id"),
        sa.ForeignKeyConstraint(["practice_id"], ["practice.id"], name="fk_report_practice_id"),
        sa.ForeignKeyConstraint(
            ["referral_id", "hub_id"],
            ["referral.id", "referral.hub_id"],
            name="fk_report_referral_id_hub_id",
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(["referral_id"], ["referral.id"], name="fk_report_referral_id"),
        sa.ForeignKeyConstraint(["sent_by_id"], ["staff.id"], name="fk_report_sent_by_id"),
        sa.ForeignKeyConstraint(["signed_by_id"], ["staff.id"], name="fk_report_signed_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_report"),
        sa.UniqueConstraint("outcome_id", name="uq_report_outcome_id"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_report_open",
        "report",
        ["hub_id", "due_at"],
        unique=False,
        postgresql_where=sa.text("status <> 'accepted'"),
        sqlite_where=sa.text("status <> 'accepted'"),
    )
    op.create_index("ix_report_referral", "report", ["referral_id"], unique=False)


def _report_version() -> None:
    op.create_table(
        "report_version",
        sa.Column("report_id", WHOLE, nullable=False),
        sa.Column("number", WHOLE, nullable=False),
        sa.Column("content", JSON, nullable=False),
        sa.Column("written_by_id", WHOLE, nullable=False),
        sa.Column("written_at", UTCDateTime(), nullable=False),
        sa.Column("signed_by_id", WHOLE, nullable=True),
        sa.Column("signed_at", UTCDateTime(), nullable=True),
        sa.Column("id", WHOLE, sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name="fk_report_version_report_id"),
        sa.ForeignKeyConstraint(["signed_by_id"], ["staff.id"], name="fk_report_version_signed_by_id"),
        sa.ForeignKeyConstraint(["written_by_id"], ["staff.id"], name="fk_report_version_written_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_report_version"),
        sa.UniqueConstraint("report_id", "number", name="uq_report_version_report_id_number"),
        sqlite_autoincrement=True,
    )
