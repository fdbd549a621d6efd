"""People and their logins at a secured database: what the functions there do for an administrator."""

from collections.abc import Sequence

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from console.domain.words import Role
from db.models import Staff

SCRAM = b"scram-sha-256"


def signed_in(session: Session) -> Staff | None:
    """Give the person whose login this connection has; None for one that is no person's."""
    mine = "SELECT my_staff() WHERE NOT is_trusted() AND NOT is_worker()"
    return session.scalar(select(Staff).where(Staff.id == session.scalar(text(mine))))


def is_worker(session: Session) -> bool:
    """Tell whether this connection has a worker's login."""
    return bool(session.scalar(text("SELECT is_worker() AND NOT is_trusted()")))


def everybody(session: Session) -> Sequence[Staff]:
    """Give everybody, also those who may not act any more, by name."""
    return session.scalars(select(Staff).order_by(func.lower(Staff.name), Staff.id)).all()


def logins(session: Session, names: Sequence[str]) -> dict[str, tuple[bool, bool]]:
    """Give those of these logins that there are: whether each may sign in, and its password has run out."""
    asked = text(
        "SELECT rolname, rolcanlogin, coalesce(rolvaliduntil < clock_timestamp(), false) FROM pg_roles"
        " WHERE rolname = ANY (:names)"
    )
    return {name: (may, run_out) for name, may, run_out in session.execute(asked, {"names": list(names)})}


def put(session: Session, login: str, name: str, registration: str | None, mail: str | None) -> int:
    """Add a person, or bring one up to date; gives the id."""
    call = text("SELECT staff_put(:login, :name, :registration, :mail)")
    values = {"login": login, "name": name, "registration": registration, "mail": mail}
    return int(session.execute(call, values).scalar_one())


def set_roles(session: Session, login: str, roles: Sequence[Role]) -> None:
    """Let a person have exactly these roles."""
    words = [role.value for role in roles]
    session.execute(text("SELECT staff_roles(:login, :roles)"), {"login": login, "roles": words})


def set_hubs(session: Session, login: str, hub_ids: Sequence[int]) -> None:
    """Let a person see exactly these hubs."""
    session.execute(text("SELECT staff_hubs(:login, :hubs)"), {"login": login, "hubs": list(hub_ids)})


def let_in(session: Session, login: str, password: str | None) -> None:
    """Make a person's login, or let a disabled one in again; the password leaves here as a verifier only.

    Without a password it stays as it was: none, for those who come in by Kerberos, LDAP or a certificate.
    """
    verifier = _verifier(session, login, password) if password else None
    session.execute(text("SELECT staff_login(:login, :verifier)"), {"login": login, "verifier": verifier})


def _verifier(session: Session, login: str, password: str) -> str:
    raw = session.connection().connection.driver_connection
    made: bytes = raw.pgconn.encrypt_password(password.encode(), login.encode(), SCRAM)  # type: ignore[union-attr]
    return made.decode()


def disable(session: Session, login: str) -> None:
    """Let a person in no more; what they have open sees nothing from the commit on."""
    session.execute(text("SELECT staff_disable(:login)"), {"login": login})


def end_sessions(session: Session, login: str) -> int:
    """End what a disabled person has open, after that was committed; gives how many."""
    return int(session.execute(text("SELECT staff_end_sessions(:login)"), {"login": login}).scalar_one())
