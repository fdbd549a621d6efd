"""Says how a database stands, for whoever looks after it."""

from console.domain.calendar import local
from console.services import audit_check, chaser_condition, devices
from console.services.clock import clock_of
from db.engine import Database
from db.queries import accounts, service
from db.schema_version import NEWEST

_NAMES = {
    "hub": "Hubs",
    "practice": "Practices",
    "staff": "People",
    "practitioner": "Practitioners",
    "referral": "Referrals",
    "received_message": "Received messages",
}
_OF_OTHERS = (
    "What it holds, whether anybody chases, and how far the audit is sealed is told to a worker's login, to"
    " doorstep_migrator and to superusers: a person's login sees the hubs of that person alone."
)
_WHOLE = "Its file is whole: every page was looked at."
_DAMAGED = (
    "Its file is damaged. Close Doorstep, keep the file as it is, and bring the newest copy back:"
    " docs/administrators/backup.md says how."
)


def describe(database: Database) -> list[str]:
    """Give what is known about a database that could be opened, line by line."""
    with database.read() as session:
        is_person = database.capabilities.has_roles and accounts.signed_in(session) is not None
        held = {} if is_person else service.counts(session)
    lines = [
        f"The database answers: {database.dialect}, {database.capabilities.word.lower()}.",
        _shape(database),
        f"Its clock says {database.server_now():%Y-%m-%d %H:%M:%S} UTC.",
    ]
    if not database.capabilities.is_shared:
        lines.append(_WHOLE if database.is_whole() else _DAMAGED)
    clock = clock_of(database)
    if clock.is_training:
        lines.append(
            f"It is a training database: its time is {local(clock()):%a %d %b %Y, %H:%M},"
            f" {clock.speed:g} times as quick, and nothing leaves it."
        )
    if is_person:
        return [*lines, _OF_OTHERS]
    lines += [f"{_NAMES[name]}: {count}" for name, count in held.items()]
    if not held["hub"]:
        return [*lines, "There is no service in it yet. Run: main.py setup"]
    lines += devices.describe(database, clock()) + chaser_condition.describe(database)
    return lines + audit_check.condition(database)


def _shape(database: Database) -> str:
    found = database.shape()
    if found == NEWEST:
        return f"Its shape is the newest: {NEWEST}."
    if found < NEWEST:
        return f"Its shape, {found}, is older than this program's, {NEWEST}. Run: main.py migrate"
    return (
        f"Its shape, {found}, is newer than this program's, {NEWEST}, and serves it until the next release."
        " Install the new version on this computer."
    )
