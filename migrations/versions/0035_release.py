"""Let the supervisor release a report that nobody has signed: which version, who, when and why."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import WHOLE, UTCDateTime
from migrations.sql_files import run_access, run_sql

revision = "0035"
down_revision = "0034"
serves_from = "0034"

SENT = "ck_report_sent_is_signed"
SENT_BEFORE = "status <> 'sent' OR (signed_at IS NOT NULL AND sent_at IS NOT NULL)"
SENT_NOW = (
    "status <> 'sent' OR (sent_at IS NOT NULL AND (signed_at IS NOT NULL"
    " OR (released_version IS NOT NULL AND released_version = content_version)))"
)
WHOLE_ONLY = "ck_report_released_is_whole"
IS_WHOLE = (
    "(released_version IS NULL) = (released_by_id IS NULL)"
    " AND (released_version IS NULL) = (released_at IS NULL)"
    " AND (released_version IS NULL) = (released_because IS NULL)"
)
BY = "fk_report_released_by_id"


def upgrade() -> None:
    """Add it; a program of before shows a released report as drafted, and writes no release away."""
    op.add_column("report", sa.Column("released_version", WHOLE, nullable=True))
    op.add_column("report", sa.Column("released_by_id", WHOLE, nullable=True))
    op.add_column("report", sa.Column("released_at", UTCDateTime(), nullable=True))
    op.add_column("report", sa.Column("released_because", sa.String(), nullable=True))
    if op.get_bind().dialect.name == "sqlite":
        _say_it_in_the_schema()
    else:
        op.drop_constraint(op.f(SENT), "report", type_="check")
        op.create_check_constraint(op.f(SENT), "report", SENT_NOW)
        op.create_check_constraint(op.f(WHOLE_ONLY), "report", IS_WHOLE)
        op.create_foreign_key(BY, "report", "staff", ["released_by_id"], ["id"])
    run_sql("0035_audit")
    run_access("0035_release", grants="0035_release_grants")


def _say_it_in_the_schema() -> None:
    """SQLite changes no constraint in place, and whatever refers to a table keeps it from being made anew.

    What its manual (ALTER TABLE, section 7) gives for constraints is to write the statement of the table.
    Each row fulfils the new ones: one is wider than before, in the columns of the others stands nothing yet.
    """
    bind = op.get_bind()
    was = bind.exec_driver_sql("SELECT sql FROM sqlite_master WHERE name = 'report'").scalar_one()
    sent_before, sent_now = (f"CONSTRAINT {SENT} CHECK ({rule})" for rule in (SENT_BEFORE, SENT_NOW))
    if was.count(sent_before) != 1:
        message = "The table of reports is not as it was made."
        raise RuntimeError(message)
    added = (
        was.replace(sent_before, sent_now).removesuffix(")"),
        f"CONSTRAINT {WHOLE_ONLY} CHECK ({IS_WHOLE})",
        f"CONSTRAINT {BY} FOREIGN KEY(released_by_id) REFERENCES staff (id)",
    )
    write = "UPDATE sqlite_master SET sql = ? WHERE type = 'table' AND name = 'report'"
    shape = bind.exec_driver_sql("PRAGMA schema_version").scalar_one()
    bind.exec_driver_sql("PRAGMA writable_schema = ON")
    bind.exec_driver_sql(write, (", \n\t".join(added) + "\n)",))
    bind.exec_driver_sql(f"PRAGMA schema_version = {shape + 1}")  # whoever has it open reads it again
    bind.exec_driver_sql("PRAGMA writable_schema = RESET")
