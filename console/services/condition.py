"""Says how a database stands, for whoever looks after it."""

from db.engine import Database
from db.queries import service
from db.schema_version import NEWEST

_NAMES = {
    "hub": "Hubs",
    "practice": "Practices",
    "staff": "People",
    "practitioner": "Practitioners",
    "referral": "Referrals",
    "received_message": "Received messages",
}


def describe(database: Database) -> list[str]:
    """Give what is known about a database that could be opened, line by line."""
    with database.read() as session:
        held = service.counts(session)
    lines = [
        f"The database answers: {database.dialect}, {database.capabilities.word.lower()}.",
        f"Its shape is the newest: {NEWEST}.",
        f"Its clock says {database.server_now():%Y-%m-%d %H:%M:%S} UTC.",
    ]
    lines += [f"{_NAMES[name]}: {count}" for name, count in held.items()]
    if not held["hub"]:
        lines.append("There is no service in it yet. Run: main.py setup")
    return lines
