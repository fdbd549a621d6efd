"""Seal the audit into blocks, each proved by a hash over its lines and the block before it."""

from migrations.sql_files import run_access, run_sql

revision = "0020"
down_revision = "0019"
serves_from = "0019"


def upgrade() -> None:
    """Make the blocks; on PostgreSQL also what seals, since nobody else may write them."""
    run_sql("0020_sealing")
    run_access("0020_sealing", grants="0020_sealing_grants")
