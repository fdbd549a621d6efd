"""Lines of the audit about what changes no row; a shared database writes them by functions of its own."""

import json
import logging
import time
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from console.domain.acting import Actor
from console.domain.audit_rows import AuditCheck
from db.base import PortableJSON, UTCDateTime
from db.connect import introduce
from db.errors import refusal_in

if TYPE_CHECKING:
    from db.unit_of_work import UnitOfWork

_log = logging.getLogger(__name__)
LOOK, CHECK, REFUSAL, ASK = "audit_look", "audit_check", "refusal", "staff_ask"
SAME_AGAIN_S = 60.0
_left: dict[tuple[str, str], float] = {}
_OF_A_FILE = text(
    "INSERT INTO audit_log (login, actor_id, actor_name, actor_role, device, made_by, tbl, op, row_id,"
    " patient_id, new) VALUES (app_account(), app_actor_id(), app_actor_name(), app_actor_role(),"
    " app_actor_device(), app_actor_made_by(), :tbl, 'S', 0, :patient, :new)"
)
_CHECKED = {
    "postgresql": "SELECT at, login, found FROM audit_checked()",
    "sqlite": "SELECT at, login, new AS found FROM audit_log WHERE tbl = 'audit_check'"
    " ORDER BY id DESC LIMIT 1",
}


def look(work: "UnitOfWork", wanted: str, patient_id: int | None) -> None:
    """Leave who asks for which part of the audit."""
    if _is_file(work.session):
        _into_file(work.session, LOOK, patient_id, wanted=wanted)
    else:
        asked = text("SELECT leave_look(:wanted, :patient)")
        work.session.execute(asked, {"wanted": wanted, "patient": patient_id})


def check(work: "UnitOfWork", through_id: int, faults: int, hashes: int) -> None:
    """Leave how a check of the audit ended."""
    found = {"through_id": through_id, "faults": faults, "hashes": hashes}
    if _is_file(work.session):
        _into_file(work.session, CHECK, None, **found)
    else:
        work.session.execute(text("SELECT leave_check(CAST(:found AS jsonb))"), {"found": json.dumps(found)})


def last_check(session: Session) -> AuditCheck | None:
    """Give how the newest check ended; None when there was none yet."""
    asked = text(_CHECKED[session.get_bind().dialect.name]).columns(at=UTCDateTime(), found=PortableJSON)
    row = session.execute(asked).one_or_none()
    return None if row is None else AuditCheck(row.at, row.login, **row.found)


def ask_about(work: "UnitOfWork", login: str, what: str) -> None:
    """Leave what is to be done about a person; it is done in a later transaction."""
    work.session.execute(text("SELECT staff_ask(:login, :what)"), {"login": login, "what": what})


def refused(engine: Engine, error: SQLAlchemyError, actor: Actor | None = None, made_by: str = "") -> None:
    """Leave that the database refused something, if it did; its own transaction has been taken back.

    Without an actor something was read, and a window reads again and again: the same words leave a line once,
    until they have not been heard for a minute.
    """
    words = refusal_in(error)
    if words is None or engine.dialect.name == "sqlite":
        return
    if actor is None and not _is_news(engine, words):
        return
    try:
        with engine.begin() as connection:
            if actor is not None:
                introduce(connection, actor, made_by)
            connection.execute(text("SELECT leave_refusal(:words)"), {"words": words})
    except SQLAlchemyError:  # the server's log has it; the person must be told why in any case
        _log.warning("a refusal could not be left in the audit")


def _is_news(engine: Engine, words: str) -> bool:
    asked, now = (str(engine.url), words), time.monotonic()
    before, _left[asked] = _left.get(asked), now
    return before is None or now - before > SAME_AGAIN_S


def _is_file(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"


def _into_file(session: Session, tbl: str, patient_id: int | None, **new: Any) -> None:
    values = {"tbl": tbl, "patient": patient_id, "new": json.dumps(new, ensure_ascii=False)}
    session.execute(_OF_A_FILE, values)
