"""What an outgoing message says: a reminder of what is late, or the audit's newest hash of the day."""

from collections.abc import Sequence

from console.domain import audit_head, reminder
from console.domain.reminder import Late
from console.exchange import mail
from console.exchange.mail import Server
from db import audit_chain
from db.models import OutgoingMessage
from db.unit_of_work import UnitOfWork


def is_head(message: OutgoingMessage) -> bool:
    """Tell whether it carries the audit's newest hash, and so no step of a ladder."""
    return message.key.startswith(audit_head.KEY)


def write(work: UnitOfWork, message: OutgoingMessage, server: Server, late: Sequence[Late]) -> None:
    """Write what a message says, as it goes over the wire."""
    if is_head(message):
        head = audit_chain.newest(work.session) or audit_chain.NOTHING
        words = audit_head.letter(audit_head.line(head.number, head.last_id, head.at, head.hash))
    else:
        message.subject_line = reminder.subject_line(late)
        words = reminder.text(late, work.now)
    message.body = mail.compose(
        message.key, server.sender, message.address, message.subject_line, words, work.now
    )
