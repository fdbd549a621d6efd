"""Open a record in two steps: what is asked, why and by whom is committed before the details are given."""

import sqlalchemy as sa
from alembic import op

from migrations.sql_files import run_access, run_sql

revision = "0022"
down_revision = "0021"
serves_from = "0021"


def upgrade() -> None:
    """Add what asks and what gives; whoever reads the details directly may still do so."""
    op.add_column(
        "record_opening", sa.Column("is_granted", sa.Boolean(), server_default=sa.true(), nullable=False)
    )
    op.add_column("record_opening", sa.Column("shows", sa.String(), server_default="record", nullable=False))
    run_sql("0022_audit")
    run_access("0022_openings", grants="0022_openings_grants")
