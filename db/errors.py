"""Turns what the database says into what a person is told; an error's text never holds a patient's data."""

import re
import sqlite3
import sys
from typing import TYPE_CHECKING, TypeGuard, cast

from sqlalchemy import Table, UniqueConstraint
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from sqlalchemy.orm.exc import StaleDataError

from console.domain.refusals import Away, Busy, ChangedElsewhere, Refused, Unreachable
from db.base import Base

if TYPE_CHECKING:
    import psycopg

__all__ = ["DatabaseFault", "broken_rule", "is_lost", "told"]

AGAIN = "The database is busy with somebody else's step. Nothing was saved; try again."
LOST = "The database cannot be reached. Nothing was saved; wait until the board is live and try again."
FULL = "The disk of the database is full. Ask whoever looks after it to make room, then try again."
FOREIGN = (
    "This file is no database, or its beginning was overwritten. Check its name and place; if they are"
    " right, keep the file as it is and bring the newest copy back."
)
DAMAGED = (
    "The database file is damaged. Close Doorstep, keep the file as it is, and bring the newest copy back;"
    " ask whoever looks after this computer."
)
NO_FILE = (
    "The database file cannot be read or written: its disk may be full, gone or faulty. Ask whoever looks"
    " after this computer, then try again."
)
HELD = (
    "Another program holds the database file, such as a copy or a backup. Let it finish or close it, then"
    " try again."
)
READ_ONLY = "The database may only be read here. Ask who looks after it for the right to write."
NOT_YOURS = (
    "The database does not let your login do this: it is for another role, or about another hub. Ask your"
    " supervisor, or whoever looks after people's roles."
)
NOTHING = "Nothing was saved."
CHANGED = "Somebody else changed this a moment ago. Look again before you decide."
BUSY_STATES = {"55P03", "40P01", "40001", "57014"}  # lock or statement time-out, deadlock, serialization
LOST_STATES = {"57P01", "57P02", "57P03", "53300", "25P03"}  # shutting or starting, too many, idle too long
FOREIGN_KEY = "23503"
BUSY_SQLITE = {"SQLITE_BUSY", "SQLITE_LOCKED"}
LOST_SQLITE = {"SQLITE_CANTOPEN", "SQLITE_IOERR"}
NOT_PERMITTED = "42501"
STATES = {
    "53100": FULL,
    "SQLITE_FULL": FULL,
    "SQLITE_NOTADB": FOREIGN,
    "SQLITE_CORRUPT": DAMAGED,
    "SQLITE_READONLY": READ_ONLY,
    "25006": READ_ONLY,
    NOT_PERMITTED: NOT_YOURS,
}
OUR_SENTENCE = "DS001"  # what functions of ours in the database refuse with: words without any value

AWAY = "The database cannot be reached."
BUSY = "The database is too busy to answer."
FAULTY = "The board cannot be read because of a fault in the program. Tell your administrator."

SENTENCES = {
    "uq_visit_active_referral": "Somebody is already allocated to this referral.",
    "uq_visit_engaged_practitioner": "This practitioner is already on another visit; it must end first.",
    "uq_queue_entry_open": "This patient is already in a hub queue.",
    "ex_shift_overlap": "This practitioner already has a shift in these hours.",
    "uq_patient_nhs_number": "Another patient has this verified NHS number. Open that record instead.",
    "uq_task_open_subject": "This has been asked already and is still open.",
    "uq_referral_number": "This referral number was taken a moment ago. Try again.",
    "uq_hub_code": "Another hub has this code.",
    "uq_hub_intake": "Another hub takes the referrals that name no hub.",
    "uq_practice_ods_code": "Another practice has this code.",
    "uq_staff_login": "Another person has this login.",
    "uq_step_undoes_id": "This step has been undone already.",
    "uq_report_outcome_id": "This outcome has its report already.",
    "uq_report_version_report_id_number": "Somebody else wrote a version of this report a moment ago.",
    "uq_marker_acknowledgement": "This marker has been acknowledged already.",
    "uq_practitioner_staff_id": "This person is a practitioner already.",
}


class DatabaseFault(Exception):
    """The database refused for a reason that is a fault of ours; names the rule, never the values."""


def told(error: SQLAlchemyError, rule_sentence: str | None = None) -> Exception:
    """Return what to raise instead; `rule_sentence` is the better sentence that the caller may know."""
    if isinstance(error, StaleDataError):
        return ChangedElsewhere(rule_sentence or CHANGED)
    if isinstance(error, NoConnectionFree):
        return Busy(AGAIN)
    if isinstance(error, IntegrityError):
        return _refused_by_rule(error, rule_sentence)
    if isinstance(error, DBAPIError) and is_lost(error):
        return Unreachable(NO_FILE, NOTHING) if _is_of_file(error) else Away(LOST)
    if isinstance(error, DBAPIError) and is_busy(error):
        return Busy(HELD, NOTHING) if _is_of_file(error) else Busy(AGAIN)
    if isinstance(error, DBAPIError) and (sentence := STATES.get(_state(error)) or _our_sentence(error)):
        return Refused(sentence, NOTHING)
    if isinstance(error, DataError | OperationalError):
        return DatabaseFault(
            f"{type(error.orig).__name__} {_state(error)} {_sqlite_says(error)}: {error.statement}"
        )
    return error


def why_not_live(error: Exception) -> str:
    """Say why a board stands still, and what there is to do; tried again it is in any case."""
    if isinstance(error, OSError):
        return AWAY
    answer = told(error) if isinstance(error, SQLAlchemyError) else error
    if isinstance(answer, Away):
        return AWAY
    if isinstance(answer, Refused):
        return BUSY if answer.reasons == (AGAIN,) else answer.reasons[0]
    return FAULTY


def _is_of_file(error: DBAPIError) -> bool:
    return isinstance(error.orig, sqlite3.Error)


def _refused_by_rule(error: IntegrityError, rule_sentence: str | None) -> Exception:
    rule = broken_rule(error)
    sentence = rule_sentence or SENTENCES.get(rule)
    if sentence:
        return Refused(sentence)
    return DatabaseFault(f"{rule or _sqlite_says(error) or 'a rule'} was broken by: {error.statement}")


def is_of_postgresql(error: BaseException | None) -> "TypeGuard[psycopg.Error]":
    """Tell whether an error comes from PostgreSQL's driver, which a console on SQLite never loads."""
    driver = sys.modules.get("psycopg")
    return driver is not None and isinstance(error, driver.Error)


def broken_rule(error: IntegrityError) -> str:
    """Return the name of the constraint that refused, the same on both databases; empty when it has none."""
    if is_of_postgresql(error.orig):
        return error.orig.diag.constraint_name or ""
    message = str(error.orig)
    if message == "shift_overlap":
        return "ex_shift_overlap"
    if found := re.fullmatch(r"UNIQUE constraint failed: (.+)", message):
        return _unique_rules().get(found[1], "")
    if found := re.fullmatch(r"CHECK constraint failed: (\w+)", message):
        return found[1]
    return ""


def is_reference(error: IntegrityError) -> bool:
    """Tell whether a row was still referred to, or referred to one that is not there."""
    if is_of_postgresql(error.orig):
        return error.orig.sqlstate == FOREIGN_KEY
    return getattr(error.orig, "sqlite_errorname", "") == "SQLITE_CONSTRAINT_FOREIGNKEY"


def _unique_rules() -> dict[str, str]:
    """Name each unique rule by its columns, which is all that SQLite says."""
    rules: dict[str, str] = {}
    for table in Base.metadata.tables.values():
        for rule in table.constraints:
            if isinstance(rule, UniqueConstraint):
                rules[_columns(table, rule.columns.keys())] = str(rule.name)
        for index in table.indexes:
            if index.unique:
                rules[_columns(table, index.columns.keys())] = str(index.name)
    return rules


def _columns(table: Table, names: list[str]) -> str:
    return ", ".join(f"{table.name}.{name}" for name in names)


def is_lost(error: DBAPIError) -> bool:
    """Tell whether the connection, not the statement, failed."""
    if _is_of_file(error):
        return _state(error) in LOST_SQLITE
    is_silent = isinstance(error, OperationalError) and getattr(error.orig, "sqlstate", "") is None
    return error.connection_invalidated or is_silent or _state(error) in LOST_STATES


def is_busy(error: DBAPIError) -> bool:
    """Tell whether somebody else's work was in the way, so that a second try may go through."""
    return _state(error) in BUSY_STATES | BUSY_SQLITE


def _sqlite_says(error: DBAPIError) -> str:
    """SQLite names columns and tables only; PostgreSQL repeats values, so nothing of its text is kept."""
    return str(error.orig) if isinstance(error.orig, sqlite3.Error) else ""


def _our_sentence(error: DBAPIError) -> str | None:
    is_ours = is_of_postgresql(error.orig) and error.orig.sqlstate == OUR_SENTENCE
    return error.orig.diag.message_primary if is_ours else None  # type: ignore[union-attr]


def refusal_in(error: SQLAlchemyError) -> str | None:
    """Give what PostgreSQL refused with, in a sentence of ours or for want of a right; None of all else."""
    if not isinstance(error, DBAPIError) or not is_of_postgresql(error.orig):
        return None
    return NOT_YOURS if _state(error) == NOT_PERMITTED else _our_sentence(error)


def _state(error: DBAPIError) -> str:
    if is_of_postgresql(error.orig):
        return error.orig.sqlstate or ""
    name = cast("str", getattr(error.orig, "sqlite_errorname", ""))
    return "_".join(name.split("_")[:2])  # SQLITE_BUSY_SNAPSHOT and its kind are kinds of SQLITE_BUSY
