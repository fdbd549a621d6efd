"""Seals the audit by the timetable, and lets the newest hash leave the database every day."""

import datetime as dt
import logging

from console.domain import audit_head
from console.domain.calendar import local_day
from console.domain.chase_words import MessageStatus, Way
from console.domain.identifiers import is_mail, normalise_mail
from console.domain.permissions import Deed
from console.services import site
from console.services.basis import Basis
from db import audit_chain
from db.audit_chain import Block
from db.models import OutgoingMessage
from db.queries import care, outgoing
from db.queries.training import is_training

log = logging.getLogger(__name__)
_LONGEST = 40
"""Blocks at one turn: after a long pause the rest comes at the next, and nobody waits for it."""
ADDRESSES = "mail.audit"


class Sealing:
    """Chains the audit's lines into blocks, apart from whoever writes them."""

    def __init__(self, basis: Basis) -> None:
        self._basis = basis
        self._told: dt.date | None = None

    def seal(self) -> int:
        """Seal what is final; gives how many lines. Another worker that is at it is left alone."""
        sealed = 0
        for _ in range(_LONGEST):
            with self._basis.work(Deed.SEAL_AUDIT) as work:
                lines = audit_chain.seal(work)
            sealed += lines
            if lines < audit_chain.AT_ONCE:
                break
        return sealed

    def report(self) -> Block | None:
        """Once a day put the newest hash into the log of this computer, and into a mail; gives it then."""
        now = self._basis.now()
        if self._told == local_day(now):
            return None
        with self._basis.database.read() as session:
            head = audit_chain.newest(session)
        if head is None:
            return None
        if not self._write_mail():
            return None  # the next turn does both
        log.info("%s", audit_head.line(head.number, head.last_id, head.at, head.hash))
        self._told = local_day(now)
        return head

    def _write_mail(self) -> bool:
        """Write down one message to each address, once for all workers; False while another one bundles."""
        with self._basis.work(Deed.SEAL_AUDIT) as work:
            if is_training(work.session):
                return True
            if not outgoing.bundles_alone(work.session):
                return False
            stated = str(site.value(ADDRESSES, care.settings_in_force(work.session, work.now)))
            for number, address in enumerate(one for one in map(str.strip, stated.split(",")) if one):
                key = f"{audit_head.KEY}{local_day(work.now):%Y-%m-%d}-{number}"
                if not is_mail(address):
                    log.warning("the setting %s holds something that is no mail address", ADDRESSES)
                elif not outgoing.is_written(work.session, key):
                    work.add(
                        OutgoingMessage(
                            key=key,
                            hub_id=None,
                            way=Way.MAIL,
                            address=normalise_mail(address),
                            subject_line=audit_head.SUBJECT,
                            state=MessageStatus.QUEUED,
                            attempt=0,
                            not_before=work.now,
                            created_at=work.now,
                        )
                    )
        return True
