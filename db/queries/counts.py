"""How many rows each table holds."""

from sqlalchemy import MetaData, Table, func, select
from sqlalchemy.orm import Session

from db.models import Referral

# Made by the migrations, without a model.
LOGS = ("audit_block", "audit_log", "change_log")


def tables() -> list[str]:
    """Name every table that holds something of the service."""
    return sorted([*Referral.metadata.tables, *LOGS])


def count_all(session: Session) -> dict[str, int]:
    """Count the rows of every table."""
    return {name: session.scalar(select(func.count()).select_from(_table(name))) or 0 for name in tables()}


def sees_everything(session: Session) -> bool:
    """Tell whether this login sees every row, and not only those of its hubs."""
    if session.get_bind().dialect.name != "postgresql":
        return True
    return not session.scalar(select(func.row_security_active("referral")))


def _table(name: str) -> Table:
    known = Referral.metadata.tables.get(name)
    return Table(name, MetaData()) if known is None else known
