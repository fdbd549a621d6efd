"""Reminders by mail: one message to one person, sent once however many workers run.

Steps that wait are bundled into messages, a message is claimed for the length of a lease, sent outside any
transaction, and what came of it is written down by whoever still holds the claim.
"""

import datetime as dt
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from console.domain import reminder
from console.domain.chase_words import ChaseState, MessageStatus, Subject, Way
from console.domain.ladders import quiet_until
from console.domain.permissions import Deed, reasons_not_permitted
from console.domain.refusals import Refused
from console.domain.reminder import Late
from console.exchange import mail
from console.exchange.mail import NotKnown, NotSent, Server
from console.services import addresses, message_ends, message_words, site
from console.services.basis import Basis, refuse
from console.services.outbound import require_outbound
from console.services.report_parts import is_released
from db.models import Chase, OutgoingMessage
from db.queries import care, outgoing
from db.queries.training import is_training
from db.unit_of_work import UnitOfWork

LEASE = dt.timedelta(seconds=90)
"""For so long, by the server's clock, a claimed message is its worker's."""
GOES_WITHIN_S = 45.0
"""Who has not come to hand the message over by then leaves it: the answers after it fit the lease."""
AT_ONCE = 500
"""Steps bundled in one transaction."""
_FIRST_LINE = "Doorstep: reminder"


@dataclass(frozen=True, slots=True)
class Claimed:
    """A message that this worker has in hand."""

    id: int
    attempt: int
    key: str
    message: str


Answer = NotSent | NotKnown | None
"""What came of handing a message over; None when the server has taken it."""


class Outgoing:
    """Sends what waits to go by mail."""

    def __init__(
        self, basis: Basis, server: Callable[[], Server | None] = mail.server_of_this_computer
    ) -> None:
        """`server` gives the mail server that this computer sends through, or None."""
        self._basis = basis
        self._server = server
        # What is known and could not be written down, because the database went away meanwhile.
        self._unwritten: list[tuple[Claimed, Answer]] = []
        self._rests = False

    def rest(self) -> None:
        """Begin nothing new: this process is about to end."""
        self._rests = True

    def look(self) -> int:
        """Bundle what waits and send what may go; gives how many messages were taken by the server."""
        refuse(reasons_not_permitted(self._basis.actor.role, Deed.SEND_REMINDER))
        self._write_what_is_known()
        while self._is_anything_waiting() and self.bundle() == AT_ONCE:
            pass
        sent = 0
        while not self._rests and self._is_anything_to_send() and (claimed := self.claim()) is not None:
            sent += self.hand_over(claimed) is None
        return sent

    def bundle(self) -> int:
        """Put steps that wait into the messages of their people, unless another worker does; how many."""
        with self._basis.work(Deed.SEND_REMINDER) as work:
            if not outgoing.bundles_alone(work.session):
                return 0
            chases = outgoing.waiting(work.session, work.now, AT_ONCE)
            by_recipient: dict[str, list[Chase]] = {}
            for chase in chases:
                by_recipient.setdefault(chase.recipient, []).append(chase)
            found = addresses.of_all(work, by_recipient, self._reason_not_to_send(work))
            by_address: dict[str, list[Chase]] = {}
            for recipient, theirs in by_recipient.items():
                address = found[recipient]
                if isinstance(address, Refused):
                    message_ends.end_chases(work, theirs, ChaseState.FAILED, str(address))
                else:
                    by_address.setdefault(address, []).extend(theirs)
            _put_into_messages(work, by_address)
        return len(chases)

    def _reason_not_to_send(self, work: UnitOfWork) -> Refused | None:
        """Give why nothing can be sent; a training database needs no server, because nothing leaves it."""
        if is_training(work.session):
            return None
        try:
            self._require_server()
        except Refused as reason:
            return reason
        return None

    def claim(self) -> Claimed | None:
        """Take one message for the length of the lease, settling those that do not go; None: none is left.

        What is sent is written down before it is.
        """
        while True:
            with self._basis.work(Deed.SEND_REMINDER) as work:
                message, server_now = outgoing.claimable(work.session, work.now)
                if message is None:
                    return None
                if self._goes(work, message):
                    message.state, message.attempt = MessageStatus.SENDING, message.attempt + 1
                    message.lease_until, message.worker = server_now + LEASE, work.actor.device or None
                    return Claimed(message.id, message.attempt, message.key, message.body or "")

    def _goes(self, work: UnitOfWork, message: OutgoingMessage) -> bool:
        """Tell whether a message is to be sent now; one that is not has its end after this."""
        if is_training(work.session):
            message_ends.end(work, message, MessageStatus.CANCELLED, message_ends.TRAINING)
            return False
        if message.state is MessageStatus.SENDING and not _may_be_repeated(work, message):
            _leave(work, message, message_ends.BROKE_OFF)
            return False
        chases = outgoing.chases_of(work.session, message.id, ChaseState.QUEUED)
        wanted = _still_wanted(work, chases)
        if not wanted and not message_words.is_head(message):
            message_ends.end(work, message, MessageStatus.CANCELLED, message_ends.NOT_NEEDED)
            return False
        frame = site.frame(work.session, work.now)
        if quiet := quiet_until(((one.ladder, one.step) for one in chases), work.now, frame):
            message.state, message.lease_until, message.not_before = MessageStatus.QUEUED, None, quiet
            return False  # what a day's outage held up wakes nobody in the night
        try:
            server = self._require_server()
        except Refused as reason:
            message_ends.end(work, message, MessageStatus.FAILED, str(reason))
            return False
        if message.body is None:
            message_words.write(work, message, server, wanted)
        return True

    def hand_over(self, claimed: Claimed) -> Answer:
        """Send a claimed message, outside any transaction, and write down what came of it."""
        answer = self._send(claimed)
        self._unwritten.append((claimed, answer))
        self._write_what_is_known()
        return answer

    def done(self, claimed: Claimed, answer: Answer) -> bool:
        """Write down what came of a message, unless the claim has passed to somebody else; tells which."""
        with self._basis.work(Deed.SEND_REMINDER) as work:
            message = work.lock(OutgoingMessage, claimed.id)
            if message.attempt != claimed.attempt:
                return False
            if message.state is MessageStatus.UNCERTAIN and answer is None:
                message_ends.now_known(work, message)
                return True
            if message.state is not MessageStatus.SENDING:
                return False
            _write(work, message, answer)
        return True

    def _write_what_is_known(self) -> None:
        while self._unwritten:
            try:
                self.done(*self._unwritten[0])
            except Refused:
                raise  # the database is away or busy: the next look writes it
            except Exception:
                self._unwritten.pop(0)  # the lease will tell that it broke off
                raise
            self._unwritten.pop(0)

    def _is_anything_waiting(self) -> bool:
        with self._basis.database.read() as session:
            return outgoing.is_anything_waiting(session, self._basis.now())

    def _is_anything_to_send(self) -> bool:
        with self._basis.database.read() as session:
            return outgoing.is_anything_to_send(session, self._basis.now())

    def _require_server(self) -> Server:
        """Give the mail server; refuse when none is set up, or its settings cannot be right."""
        try:
            server = self._server()
        except (ValueError, OSError) as wrong:
            raise Refused(str(wrong) if isinstance(wrong, ValueError) else addresses.NO_PASSWORD) from wrong
        if server is None:
            raise Refused(addresses.NO_SERVER)
        return server

    def _send(self, claimed: Claimed) -> Answer:
        began = time.monotonic(), time.time()

        def may_still_go() -> bool:
            # A computer that slept has one clock that knows of it, and one that nobody can set.
            took = max(time.monotonic() - began[0], time.time() - began[1])
            return took < GOES_WITHIN_S

        try:
            require_outbound(self._basis.database)
            mail.send(self._require_server(), claimed.message, may_still_go)
        except (NotSent, NotKnown) as answer:
            return answer
        except Refused as reason:
            return NotSent(str(reason), is_final=False)
        return None


def _deduplicates(work: UnitOfWork) -> bool:
    return bool(site.value("mail.deduplicates", care.settings_in_force(work.session, work.now)))


def _may_be_repeated(work: UnitOfWork, message: OutgoingMessage) -> bool:
    """Tell whether a message that may have been sent can go again: it comes once, or twice does no harm."""
    return (message_words.is_head(message) or _deduplicates(work)) and not reminder.is_given_up(
        message.created_at, work.now
    )


def _leave(work: UnitOfWork, message: OutgoingMessage, result: str) -> None:
    """Give up what may have been sent: about a reminder a person asks, of the audit's hash the next goes."""
    if message_words.is_head(message):
        message_ends.end(work, message, MessageStatus.FAILED, result)
    else:
        message_ends.leave_to_a_person(work, message, result)


def _put_into_messages(work: UnitOfWork, by_address: dict[str, list[Chase]]) -> None:
    """Let steps go with the message to their person; it belongs to a hub as long as all of its steps do."""
    messages = outgoing.untouched_messages(work.session, by_address)
    for address, chases in by_address.items():
        if address not in messages:
            messages[address] = _new_message(work, address, chases[0].hub_id)
    work.session.add_all(messages.values())
    work.session.flush()
    for address, chases in by_address.items():
        message = messages[address]
        for chase in chases:
            chase.message_id = message.id
        if any(chase.hub_id != message.hub_id for chase in chases):
            message.hub_id = None


def _new_message(work: UnitOfWork, address: str, hub_id: int | None) -> OutgoingMessage:
    return OutgoingMessage(
        key=f"doorstep-{uuid.uuid4().hex}",
        hub_id=hub_id,
        way=Way.MAIL,
        address=address,
        subject_line=_FIRST_LINE,
        state=MessageStatus.QUEUED,
        attempt=0,
        not_before=work.now + reminder.GATHERED_FOR,
        created_at=work.now,
    )


def _still_wanted(work: UnitOfWork, chases: Sequence[Chase]) -> list[Late]:
    """Give what each step is about; a report that was sent or released meanwhile needs no reminder."""
    reports = outgoing.reports_of(work.session, chases)
    wanted = []
    for chase in chases:
        report, ended_at = reports.get(chase.subject_id, (None, None))
        if chase.subject_kind is not Subject.REPORT:
            wanted.append(Late(chase.subject_kind, chase.due_at))
        elif report is not None and reminder.is_wanted(
            report.status, chase.recipient, is_released=is_released(report)
        ):
            wanted.append(Late(Subject.REPORT, report.due_at, ended_at))
        else:
            message_ends.end_chases(work, [chase], ChaseState.CANCELLED, message_ends.NOT_NEEDED)
    return wanted


def _write(work: UnitOfWork, message: OutgoingMessage, answer: Answer) -> None:
    """Let a message stand where the answer puts it."""
    if answer is None:
        message_ends.end(work, message, MessageStatus.SENT, message_ends.TAKEN)
    elif isinstance(answer, NotKnown) and not _may_be_repeated(work, message):
        _leave(work, message, answer.sentence)
    elif (isinstance(answer, NotSent) and answer.is_final) or reminder.is_given_up(
        message.created_at, work.now
    ):
        message_ends.end(work, message, MessageStatus.FAILED, answer.sentence)
    else:
        message.state, message.lease_until = MessageStatus.QUEUED, None
        message.not_before = work.now + reminder.pause_after(message.attempt)
        message.result = answer.sentence
