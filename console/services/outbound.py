"""The one gate to the outside: whatever would leave this service asks here first."""

from console.domain.refusals import Refused
from db.engine import Database
from db.queries.training import is_training

NOTHING_LEAVES = "This is a training database: nothing leaves it."


def require_outbound(database: Database) -> None:
    """Refuse to send anything out of a training database, whoever asks and over whichever channel."""
    with database.read() as session:
        blocked = is_training(session)
    if blocked:
        raise Refused(NOTHING_LEAVES)
