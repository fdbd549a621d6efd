"""Runs the migrations on the connection that db.upgrade hands over, inside its one transaction."""

from typing import Any

from alembic import context

from db.base import with_conditions
from db.models import Referral

# Filled by triggers and functions, not by models.
LOGS = {"audit_block", "audit_log", "audit_mark", "change_log"}


def is_modelled(_item: Any, name: str | None, kind: str, *_: Any) -> bool:
    """Leave out the tables that no model describes."""
    return not (kind == "table" and name in LOGS)


def run() -> None:
    """Run every migration that the database lacks."""
    connection = context.config.attributes["connection"]
    context.configure(
        connection=connection,
        target_metadata=with_conditions(Referral.metadata),
        include_object=is_modelled,
        compare_server_default=connection.dialect.name == "postgresql",
        render_as_batch=connection.dialect.name == "sqlite",
    )
    context.run_migrations()


run()
