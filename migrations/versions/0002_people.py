"""Make those who visit and those who are visited."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import JSON, WHOLE, UTCDateTime, word

revision = "0002"
down_revision = "0001"

MARKER_KIND = "violence animal two_people access infection safeguarding clinical"
PROFESSION = (
    "paramedic paramedic_practitioner advanced_practitioner nurse_practitioner gp midwife "
    "mental_health_nurse pharmacist dentist social_care_worker"
)


def upgrade() -> None:
    """Make those who visit and those who are visited."""
    _practitioner()
    _competence()
    _shift()
    _position()
    _device()
    _patient()
    _patient_hub()
    _marker()


def _practitioner() -> None:
    op.create_table(
        "practitioner",
        sa.Column("staff_id", WHOLE, nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("profession", word("profession", PROFESSION), nullable=False),
        sa.Column("grade", sa.String(), nullable=False),
        sa.Column(
            "employer",
            word("employer", "ambulance_trust federation practice community_trust"),
            nullable=False,
        ),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("registration", sa.String(), nullable=True),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("version", WHOLE, server_default="1", nullable=False),
        sa.Column("id", WHOLE, sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_practitioner_staff_id"),
        sa.PrimaryKeyConstraint("id", name="pk_practitioner"),
        sa.UniqueConstraint("staff_id", name="uq_practitioner_staff_id"),
        sqlite_autoincrement=True,
    )


def _competence() -> None:
    op.create_table(
        "competence",
        sa.Column("practitioner_id", WHOLE, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("id", WHOLE, sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["practitioner_id"], ["practitioner.id"], name="fk_competence_practitioner_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_competence"),
        sa.UniqueConstraint("practitioner_id", "name", name="uq_competence_practitioner_id_name"),
        sqlite_autoincrement=True,
    )


def _shift() -> None:
    op.create_table(
        "shift",
        sa.Column("practitioner_id", WHOLE, nullable=False),
        sa.Column("hub_id", WHOLE, nullable=False),
        sa.Column(
            "placement", word("placement", "home_visiting hub cas front_line gp_practice"), nullable=False
        ),
        sa.Column("is_remote", sa.Boolean(), nullable=False),
        sa.Column("starts_at", UTCDateTime(), nullable=False),
        sa.Column("ends_at", UTCDateTime(), nullable=False),
        sa.Column("on_at", UTCDateTime(), nullable=True),
        sa.Column("off_at", UTCDateTime(), nullable=True),
        sa.Column("version", WHOLE, server_default="1", nullable=False),
        sa.Column("id", WHOLE, sa.Identity(always=False), nullable=False),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_shift_order")),
        sa.ForeignKeyConstraint(["hub_id"], ["hub.id"], name="fk_shift_hub_id"),
        sa.ForeignKeyConstraint(["practitioner_id"], ["practitioner.id"], name="fk_shift_practitioner_id"),
        sa.PrimaryKeyConstraint("id", name="pk_shift"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_shift_practitioner", "shift", ["practitioner_id", "starts_at"], unique=False)


def _position() -> None:
    op.create_table(
        "position",
        sa.Column("practitioner_id", WHOLE, nullable=False),
        sa.Column("lat", sa.Double(), nullable=False),
        sa.Column("lon", sa.Double(), nullable=False),
        sa.Column("accuracy_m", sa.Double(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("entered_at", UTCDateTime(), nullable=False),
        sa.Column("id", WHOLE, sa.Identity(always=False), nullable=False),
        sa.CheckConstraint(
            "lat BETWEEN -90 AND 90 AND lon BETWEEN -180 AND 180", name=op.f("ck_position_on_earth")
        ),
        sa.ForeignKeyConstraint(["practitioner_id"], ["practitioner.id"], name="fk_position_practitioner_id"),
        sa.PrimaryKeyConstraint("id", name="pk_position"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_position_latest", "position", ["practitioner_id", sa.literal_column("at DESC")], unique=False
    )


def _device() -> None:
    op.create_table(
        "device",
        sa.Column("practitioner_id", WHOLE, nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("version", WHOLE, server_default="1", nullable=False),
        sa.Column("id", WHOLE, sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(["practitioner_id"], ["practitioner.id"], name="fk_device_practitioner_id"),
        sa.PrimaryKeyConstraint("id", name="pk_device"),
        sa.UniqueConstraint("token_hash", name="uq_device_token_hash"),
        sqlite_autoincrement=True,
    )


def _patient() -> None:
    op.create_table(
        "patient",
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("family_name", sa.String(), nullable=False),
        sa.Column("given_name", sa.String(), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=True),
        sa.Column("gender", word("gender", "female male other unknown"), nullable=False),
        sa.Column("nhs_number", sa.String(), nullable=True),
        sa.Column("nhs_number_verified", sa.Boolean(), nullable=False),
        sa.Column("home_address", sa.String(), nullable=False),
        sa.Column("home_postcode", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("other_phones", JSON, nullable=False),
        sa.Column("practice_id", WHOLE, nullable=True),
        sa.Column("deceased_at", UTCDateTime(), nullable=True),
        sa.Column("version", WHOLE, server_default="1", nullable=False),
        sa.Column("id", WHOLE, sa.Identity(always=False), nullable=False),
        sa.CheckConstraint(
            "nhs_number IS NOT NULL OR NOT nhs_number_verified", name=op.f("ck_patient_verified_number")
        ),
        sa.CheckConstraint(
            "nhs_number IS NULL OR length(nhs_number) = 10", name=op.f("ck_patient_nhs_number_length")
        ),
        sa.ForeignKeyConstraint(["practice_id"], ["practice.id"], name="fk_patient_practice_id"),
        sa.PrimaryKeyConstraint("id", name="pk_patient"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_patient_birth_date", "patient", ["birth_date"], unique=False)
    op.create_index(
        "ix_patient_name_birth",
        "patient",
        [sa.literal_column("lower(family_name)"), "birth_date"],
        unique=False,
    )
    op.create_index("ix_patient_nhs_number", "patient", ["nhs_number"], unique=False)
    op.create_index(
        "uq_patient_nhs_number",
        "patient",
        ["nhs_number"],
        unique=True,
        postgresql_where=sa.text("nhs_number_verified"),
        sqlite_where=sa.text("nhs_number_verified"),
    )


def _patient_hub() -> None:
    op.create_table(
        "patient_hub",
        sa.Column("patient_id", WHOLE, nullable=False),
        sa.Column("hub_id", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(["hub_id"], ["hub.id"], name="fk_patient_hub_hub_id"),
        sa.ForeignKeyConstraint(["patient_id"], ["patient.id"], name="fk_patient_hub_patient_id"),
        sa.PrimaryKeyConstraint("patient_id", "hub_id", name="pk_patient_hub"),
    )


def _marker() -> None:
    op.create_table(
        "marker",
        sa.Column("patient_id", WHOLE, nullable=True),
        sa.Column("place_postcode", sa.String(), nullable=True),
        sa.Column("place_address", sa.String(), nullable=True),
        sa.Column("kind", word("marker_kind", MARKER_KIND), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("owner_id", WHOLE, nullable=False),
        sa.Column("review_on", sa.Date(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("ended_at", UTCDateTime(), nullable=True),
        sa.Column("ended_by_id", WHOLE, nullable=True),
        sa.Column("version", WHOLE, server_default="1", nullable=False),
        sa.Column("id", WHOLE, sa.Identity(always=False), nullable=False),
        sa.CheckConstraint(
            "patient_id IS NOT NULL OR place_postcode IS NOT NULL", name=op.f("ck_marker_about")
        ),
        sa.ForeignKeyConstraint(["ended_by_id"], ["staff.id"], name="fk_marker_ended_by_id"),
        sa.ForeignKeyConstraint(["owner_id"], ["staff.id"], name="fk_marker_owner_id"),
        sa.ForeignKeyConstraint(["patient_id"], ["patient.id"], name="fk_marker_patient_id"),
        sa.PrimaryKeyConstraint("id", name="pk_marker"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_marker_patient", "marker", ["patient_id"], unique=False)
    op.create_index("ix_marker_place", "marker", ["place_postcode"], unique=False)
