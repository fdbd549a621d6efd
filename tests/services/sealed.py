"""Sealing at a test's service, and meddling with its audit as whoever owns everything can."""

from typing import Any

from sqlalchemy import text

from console.services import audit_check
from console.services.audit_check import Checked
from db import audit_chain
from db.audit_chain import Block
from db.connect import for_writing
from db.engine import Database
from tests.services.team import Team

GUARDS = ("audit_log_no_update", "audit_log_no_delete", "audit_log_no_replace")
BLOCK_GUARDS = ("audit_block_no_update", "audit_block_no_delete", "audit_block_no_replace")


def seal(team: Team) -> int:
    """Let the timetable come round until what is there is sealed; gives how many lines."""
    return sum(team.doorstep.sealing.seal() for _ in range(4))


def meddle(database: Database, *statements: str, **values: Any) -> None:
    """Change what nobody may, as the superuser or with a program of one's own, and cover the tracks."""
    with for_writing(database.engine).begin() as connection:
        if database.dialect == "sqlite":
            for name in (*GUARDS, *BLOCK_GUARDS):
                connection.execute(text(f"DROP TRIGGER IF EXISTS {name}"))
        else:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
        for statement in statements:
            assert connection.execute(text(statement), values).rowcount > 0, statement


def wrong(database: Database, *heads: str) -> list[str]:
    """Give what a check finds wrong."""
    return audit_check.check(database, heads).wrong


def checked(database: Database) -> Checked:
    """Check without a hash from outside."""
    return audit_check.check(database)


def head(database: Database) -> Block:
    """Give the newest block."""
    with database.read() as session:
        found = audit_chain.newest(session)
    assert found is not None
    return found


def blocks(database: Database) -> list[Block]:
    """Give every block."""
    with database.read() as session:
        return list(audit_chain.blocks(session))


def ids(database: Database) -> list[int]:
    """Give the number of every line."""
    with database.read() as session:
        return [line.id for line in audit_chain.lines(session)]
