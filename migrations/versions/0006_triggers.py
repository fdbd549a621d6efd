"""Let the database itself keep the audit, the change log, the patients' hubs and the shifts apart."""

from migrations.sql_files import run_sql

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Let the database itself keep the audit, the change log, the patients' hubs and the shifts apart."""
    for name in ("logs", "guards", "audit", "feed"):
        run_sql(f"0006_{name}")
