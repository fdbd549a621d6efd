"""Make referrals, what came in about them and what happened to them."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import JSON, WHOLE, UTCDateTime, word

revision = "0003"
down_revision = "0002"

REFERRAL_STATUS = "received triaged accepted closed duplicate redirected declined cancelled"
ROLE = "coordinator clinician supervisor practitioner service_manager auditor administrator system"
STREAM = (
    "paramedic_practitioner home_visit gp_needed telephone pharmacist community_nursing mental_health "
    "dental midwife social_care emergency_department ambulance"
)


def upgrade() -> None:
    """Make referrals, what came in about them and what happened to them."""
    _received_message()
    _referral()
    _step()
    _marker_acknowledgement()
    _record_opening()


def _received_message() -> None:
    op.create_table(
        "received_message",
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("received_at", UTCDateTime(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("size", WHOLE, nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("is_whole", sa.Boolean(), nullable=False),
        sa.Column("state", word("message_state", "received read refused repeated"), nullable=False),
        sa.Column("message_key", sa.String(), nullable=True),
        sa.Column("issues", JSON, nullable=False),
        sa.Column("version", WHOLE, server_default="1", nullable=False),
        sa.Column("id", WHOLE, sa.Identity(always=False), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_received_message"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_received_message_sha256", "received_message", ["sha256"], unique=False)


def _referral() -> None:
    op.create_table(
        "referral",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("hub_id", WHOLE, nullable=False),
        sa.Column("patient_id", WHOLE, nullable=False),
        sa.Column(
            "source",
            word("source", "gp_practice nhs_111 cas_999 community_nursing hub follow_up"),
            nullable=False,
        ),
        sa.Column("status", word("referral_status", REFERRAL_STATUS), nullable=False),
        sa.Column("problem", sa.String(), nullable=False),
        sa.Column("narrative", sa.String(), nullable=False),
        sa.Column("priority", WHOLE, nullable=True),
        sa.Column("stream", word("stream", STREAM), nullable=True),
        sa.Column("gp_needed", sa.Boolean(), nullable=False),
        sa.Column("is_routine_request", sa.Boolean(), nullable=False),
        sa.Column("received_at", UTCDateTime(), nullable=False),
        sa.Column("entered_at", UTCDateTime(), nullable=False),
        sa.Column("entered_by_id", WHOLE, nullable=False),
        sa.Column("triage_due_at", UTCDateTime(), nullable=False),
        sa.Column("first_triaged_at", UTCDateTime(), nullable=True),
        sa.Column("triaged_at", UTCDateTime(), nullable=True),
        sa.Column("triaged_by_id", WHOLE, nullable=True),
        sa.Column("downgraded_at", UTCDateTime(), nullable=True),
        sa.Column("disposition", sa.String(), nullable=True),
        sa.Column("disposition_at", UTCDateTime(), nullable=True),
        sa.Column("disposition_due_at", UTCDateTime(), nullable=True),
        sa.Column("response_due_at", UTCDateTime(), nullable=True),
        sa.Column("due_at", UTCDateTime(), nullable=True),
        sa.Column("due_clock", sa.String(), nullable=False),
        sa.Column("seen_at", UTCDateTime(), nullable=True),
        sa.Column("visit_address", sa.String(), nullable=False),
        sa.Column("visit_postcode", sa.String(), nullable=True),
        sa.Column("area", sa.String(), nullable=False),
        sa.Column("visit_lat", sa.Double(), nullable=True),
        sa.Column("visit_lon", sa.Double(), nullable=True),
        sa.Column("caller", sa.String(), nullable=False),
        sa.Column("caller_phone", sa.String(), nullable=True),
        sa.Column("contact_phone", sa.String(), nullable=True),
        sa.Column("practice_id", WHOLE, nullable=True),
        sa.Column(
            "practice_link", word("practice_link", "known unknown not_registered visitor"), nullable=False
        ),
        sa.Column("record_access", word("record_access", "yes no unknown"), nullable=False),
        sa.Column("record_access_at", UTCDateTime(), nullable=True),
        sa.Column("record_access_by_id", WHOLE, nullable=True),
        sa.Column("identity_read_back_by_id", WHOLE, nullable=True),
        sa.Column("asks_ambulance", sa.Boolean(), nullable=False),
        sa.Column("ambulance_reference", sa.String(), nullable=True),
        sa.Column("ambulance_accepted_by", sa.String(), nullable=True),
        sa.Column("ambulance_accepted_at", UTCDateTime(), nullable=True),
        sa.Column("ambulance_taken_over_at", UTCDateTime(), nullable=True),
        sa.Column("stood_down_by_id", WHOLE, nullable=True),
        sa.Column("worse_at", UTCDateTime(), nullable=True),
        sa.Column("acknowledgement_owed", sa.Boolean(), nullable=False),
        sa.Column("failed_contact_at", UTCDateTime(), nullable=True),
        sa.Column("flags", JSON, nullable=False),
        sa.Column("issues", JSON, nullable=False),
        sa.Column("sender_reference", sa.String(), nullable=True),
        sa.Column("received_message_id", WHOLE, nullable=True),
        sa.Column("duplicate_of_id", WHOLE, nullable=True),
        sa.Column("closed_at", UTCDateTime(), nullable=True),
        sa.Column("closed_because", sa.String(), nullable=True),
        sa.Column("version", WHOLE, server_default="1", nullable=False),
        sa.Column("id", WHOLE, sa.Identity(always=False), nullable=False),
        sa.CheckConstraint(
            "status <> 'accepted' OR priority IS NOT NULL", name=op.f("ck_referral_accepted_has_priority")
        ),
        sa.CheckConstraint(
            "status <> 'duplicate' OR duplicate_of_id IS NOT NULL", name=op.f("ck_referral_duplicate_of")
        ),
        sa.CheckConstraint(
            "status <> 'triaged' OR priority IS NOT NULL", name=op.f("ck_referral_triaged_has_priority")
        ),
        sa.CheckConstraint("priority BETWEEN 1 AND 4", name=op.f("ck_referral_priority")),
        sa.ForeignKeyConstraint(["duplicate_of_id"], ["referral.id"], name="fk_referral_duplicate_of_id"),
        sa.ForeignKeyConstraint(["entered_by_id"], ["staff.id"], name="fk_referral_entered_by_id"),
        sa.ForeignKeyConstraint(["hub_id"], ["hub.id"], name="fk_referral_hub_id"),
        sa.ForeignKeyConstraint(
            ["identity_read_back_by_id"], ["staff.id"], name="fk_referral_identity_read_back_by_id"
        ),
        sa.ForeignKeyConstraint(
            ["patient_id", "hub_id"],
            ["patient_hub.patient_id", "patient_hub.hub_id"],
            name="fk_referral_patient_id_hub_id",
        ),
        sa.ForeignKeyConstraint(["patient_id"], ["patient.id"], name="fk_referral_patient_id"),
        sa.ForeignKeyConstraint(["practice_id"], ["practice.id"], name="fk_referral_practice_id"),
        sa.ForeignKeyConstraint(
            ["received_message_id"], ["received_message.id"], name="fk_referral_received_message_id"
        ),
        sa.ForeignKeyConstraint(
            ["record_access_by_id"], ["staff.id"], name="fk_referral_record_access_by_id"
        ),
        sa.ForeignKeyConstraint(["stood_down_by_id"], ["staff.id"], name="fk_referral_stood_down_by_id"),
        sa.ForeignKeyConstraint(["triaged_by_id"], ["staff.id"], name="fk_referral_triaged_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_referral"),
        sa.UniqueConstraint("id", "hub_id", name="uq_referral_id_hub_id"),
        sa.UniqueConstraint("number", name="uq_referral_number"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_referral_board",
        "referral",
        ["hub_id", "priority", "due_at"],
        unique=False,
        postgresql_where=sa.text("status IN ('received', 'triaged', 'accepted')"),
        sqlite_where=sa.text("status IN ('received', 'triaged', 'accepted')"),
    )
    op.create_index("ix_referral_patient", "referral", ["patient_id"], unique=False)
    op.create_index("ix_referral_received_at", "referral", ["received_at"], unique=False)


def _step() -> None:
    op.create_table(
        "step",
        sa.Column("hub_id", WHOLE, nullable=True),
        sa.Column("referral_id", WHOLE, nullable=True),
        sa.Column("practitioner_id", WHOLE, nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("happened_at", UTCDateTime(), nullable=False),
        sa.Column("entered_at", UTCDateTime(), nullable=False),
        sa.Column("by_id", WHOLE, nullable=False),
        sa.Column("role", word("role", ROLE), nullable=False),
        sa.Column("on_behalf_of_id", WHOLE, nullable=True),
        sa.Column(
            "channel", word("channel", "telephone radio in_person message mail post console"), nullable=True
        ),
        sa.Column("said", sa.String(), nullable=False),
        sa.Column("changes", JSON, nullable=False),
        sa.Column("undoes_id", WHOLE, nullable=True),
        sa.Column("id", WHOLE, sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["staff.id"], name="fk_step_by_id"),
        sa.ForeignKeyConstraint(["hub_id"], ["hub.id"], name="fk_step_hub_id"),
        sa.ForeignKeyConstraint(["on_behalf_of_id"], ["practitioner.id"], name="fk_step_on_behalf_of_id"),
        sa.ForeignKeyConstraint(["practitioner_id"], ["practitioner.id"], name="fk_step_practitioner_id"),
        sa.ForeignKeyConstraint(["referral_id"], ["referral.id"], name="fk_step_referral_id"),
        sa.ForeignKeyConstraint(["undoes_id"], ["step.id"], name="fk_step_undoes_id"),
        sa.PrimaryKeyConstraint("id", name="pk_step"),
        sa.UniqueConstraint("undoes_id", name="uq_step_undoes_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_step_referral", "step", ["referral_id", "happened_at"], unique=False)
    op.create_index("ix_step_staff", "step", ["by_id", "entered_at"], unique=False)


def _marker_acknowledgement() -> None:
    op.create_table(
        "marker_acknowledgement",
        sa.Column("marker_id", WHOLE, nullable=False),
        sa.Column("referral_id", WHOLE, nullable=False),
        sa.Column("acknowledged_by_id", WHOLE, nullable=False),
        sa.Column("acknowledged_at", UTCDateTime(), nullable=False),
        sa.Column("id", WHOLE, sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["acknowledged_by_id"], ["staff.id"], name="fk_marker_acknowledgement_acknowledged_by_id"
        ),
        sa.ForeignKeyConstraint(["marker_id"], ["marker.id"], name="fk_marker_acknowledgement_marker_id"),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name="fk_marker_acknowledgement_referral_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_marker_acknowledgement"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "uq_marker_acknowledgement", "marker_acknowledgement", ["marker_id", "referral_id"], unique=True
    )


def _record_opening() -> None:
    op.create_table(
        "record_opening",
        sa.Column("patient_id", WHOLE, nullable=False),
        sa.Column("referral_id", WHOLE, nullable=True),
        sa.Column("opened_by_id", WHOLE, nullable=False),
        sa.Column("role", word("role", ROLE), nullable=False),
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("opened_at", UTCDateTime(), nullable=False),
        sa.Column("id", WHOLE, sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(["opened_by_id"], ["staff.id"], name="fk_record_opening_opened_by_id"),
        sa.ForeignKeyConstraint(["patient_id"], ["patient.id"], name="fk_record_opening_patient_id"),
        sa.ForeignKeyConstraint(["referral_id"], ["referral.id"], name="fk_record_opening_referral_id"),
        sa.PrimaryKeyConstraint("id", name="pk_record_opening"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_record_opening_patient", "record_opening", ["patient_id", "opened_at"], unique=False)
