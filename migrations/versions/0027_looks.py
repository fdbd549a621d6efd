"""Say since when a look is wanted that a change asked for; let administrators look after devices."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import UTCDateTime
from migrations.sql_files import run_access, run_sql

revision = "0027"
down_revision = "0026"
serves_from = "0025"


def upgrade() -> None:
    """Add the time; what stands there already has none."""
    op.add_column("watch", sa.Column("asked_at", UTCDateTime(), nullable=True))
    run_sql("0027_looks")
    run_access(grants="0027_devices_grants")
