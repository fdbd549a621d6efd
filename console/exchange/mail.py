"""Mail by SMTP with TLS: how a message is written, and what became of handing it to a server.

There are three ends: it returns (the server has taken the message), `NotSent` (it certainly has not), and
`NotKnown` (the message was handed over and no answer came).
"""

import datetime as dt
import re
import smtplib
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.message import EmailMessage
from email.parser import Parser
from email.policy import SMTP

from console import secrets, settings
from console.domain.identifiers import is_mail, normalise_mail

ANSWER_WITHIN_S = 10.0
"""Longest wait for one answer of the server."""
TAKEN_WITHIN_S = 20.0
"""Longest wait for the answer to the message itself, which a server may scan before it answers."""
SECURITIES = ("starttls", "tls")
_LEADING_DOT = re.compile(rb"(?m)^\.")
_OK, _TO_OTHERS, _GO_ON, _REFUSED_FOR_GOOD = 250, 251, 354, 500


class NotSent(Exception):
    """The server has certainly not taken the message; `is_final` when trying again would end the same."""

    def __init__(self, sentence: str, *, is_final: bool) -> None:
        """Keep the sentence for whoever looks after it; it repeats nothing that the server wrote."""
        super().__init__(sentence)
        self.sentence, self.is_final = sentence, is_final


class NotKnown(Exception):
    """The message was handed over and no answer came: it may have been taken, or not."""

    def __init__(self, sentence: str) -> None:
        """Keep the sentence for whoever has to decide."""
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Server:
    """A mail server as this computer's settings name it."""

    host: str
    port: int
    security: str
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)
    trusted_file: str = ""


def server_of_this_computer() -> Server | None:
    """Give the mail server of the settings, None when none is named; ValueError when they cannot be right."""
    host, user = str(settings.machine("mail.host")), str(settings.machine("mail.user"))
    if not host:
        return None
    security, sender = str(settings.machine("mail.security")), str(settings.machine("mail.from"))
    if security not in SECURITIES:
        raise ValueError(f"mail.security is {security}: it must be starttls or tls.")
    if not is_mail(sender):
        raise ValueError("mail.from is no mail address: reminders need one from which they come.")
    named = str(settings.machine("mail.password_file"))
    password = secrets.mail_password(user, host, named) if user else ""
    if user and not password:
        raise ValueError(f"No password is kept for the login {user} at the mail server {host}.")
    return Server(
        host=host,
        port=int(str(settings.machine("mail.port"))),
        security=security,
        sender=normalise_mail(sender),
        user=user,
        password=password,
        trusted_file=str(settings.machine("mail.trusted_file")),
    )


def compose(key: str, sender: str, to: str, subject_line: str, text: str, at: dt.datetime) -> str:
    """Write a message as it goes over the wire; its key is what a server may know it again by."""
    message = EmailMessage(policy=SMTP)
    message["From"] = Address("Doorstep", addr_spec=sender)
    message["To"] = to
    message["Subject"] = subject_line
    message["Date"] = at
    message["Message-ID"] = f"<{key}@{sender.rpartition('@')[2]}>"
    message["X-Doorstep-Key"] = key
    message["Auto-Submitted"] = "auto-generated"  # nobody's absence is to be answered to it
    message.set_content(text, cte="quoted-printable")
    return message.as_bytes().decode("ascii")


def text_of(message: str) -> str:
    """Give what a person reads in a message that was written here."""
    text: str = Parser(EmailMessage, policy=SMTP).parsestr(message).get_content()
    return text


def send(server: Server, message: str, may_still_go: Callable[[], bool]) -> None:
    """Hand a message over; NotSent or NotKnown when it was not taken, or nobody can tell.

    `may_still_go` is asked at the last moment: whoever was held up for long must not send what another worker
    has taken over meanwhile.
    """
    envelope = Parser(EmailMessage, policy=SMTP).parsestr(message, headersonly=True)
    sender, to = (envelope[name].addresses[0].addr_spec for name in ("From", "To"))
    with _connected(server) as smtp:
        with _before_the_message(server):
            _log_in(smtp, server)
            _name_both(smtp, sender, to)
            if not may_still_go():
                raise NotSent("This took so long that another worker may have it by now.", is_final=False)
            _require(smtp.docmd("DATA"), {_GO_ON}, "does not take the message")
        _hand_over(smtp, message.encode("ascii"))


@contextmanager
def _connected(server: Server) -> Iterator[smtplib.SMTP]:
    """Connect with TLS; whatever the connection is doing at the end of the block, it is closed."""
    with _before_the_message(server):
        smtp = _connect(server)
    try:
        yield smtp
        with suppress(OSError, smtplib.SMTPException):  # it has the message: how it says goodbye is its own
            smtp.quit()
    finally:
        smtp.close()


def _connect(server: Server) -> smtplib.SMTP:
    trust = ssl.create_default_context()
    if server.trusted_file:
        trust.load_verify_locations(server.trusted_file)
    own_name = socket.gethostname()  # smtplib's own way of finding it would ask the network
    if server.security == "tls":
        return smtplib.SMTP_SSL(server.host, server.port, own_name, timeout=ANSWER_WITHIN_S, context=trust)
    smtp = smtplib.SMTP(server.host, server.port, own_name, timeout=ANSWER_WITHIN_S)
    try:
        smtp.ehlo_or_helo_if_needed()
        smtp.starttls(context=trust)
    except BaseException:
        smtp.close()
        raise
    return smtp


def _log_in(smtp: smtplib.SMTP, server: Server) -> None:
    smtp.ehlo_or_helo_if_needed()
    if server.user:
        smtp.login(server.user, server.password)


def _name_both(smtp: smtplib.SMTP, sender: str, to: str) -> None:
    _require(smtp.mail(sender), {_OK}, "does not take mail from the address in mail.from")
    _require(smtp.rcpt(to), {_OK, _TO_OTHERS}, "does not take mail to this address")


def _hand_over(smtp: smtplib.SMTP, message: bytes) -> None:
    """Send the message itself: from here on silence may mean that it was taken."""
    try:
        if smtp.sock is not None:
            smtp.sock.settimeout(TAKEN_WITHIN_S)
        smtp.send(_LEADING_DOT.sub(b"..", message) + b".\r\n")  # a line of one dot ends the message
        answer = smtp.getreply()
    except (OSError, smtplib.SMTPServerDisconnected) as error:
        raise NotKnown("The mail server was handed the message and did not answer.") from error
    except smtplib.SMTPException as error:
        raise NotKnown("The mail server answered something that cannot be understood.") from error
    if answer[0] == -1:
        raise NotKnown("The mail server answered something that cannot be understood.")
    _require(answer, {_OK}, "does not take the message")


def _require(answer: tuple[int, bytes], wanted: set[int], words: str) -> None:
    code = answer[0]
    if code not in wanted:
        raise NotSent(f"The mail server {words} ({code}).", is_final=code >= _REFUSED_FOR_GOOD)


@contextmanager
def _before_the_message(server: Server) -> Iterator[None]:
    """Tell what goes wrong before the message is handed over as what it means."""
    try:
        yield
    except ssl.SSLCertVerificationError as error:
        raise NotSent(
            f"The certificate of the mail server {server.host} is not trusted here, has run out, or is for"
            " another name. Check mail.host and mail.trusted_file.",
            is_final=True,
        ) from error
    except smtplib.SMTPNotSupportedError as error:
        raise NotSent(f"The mail server {server.host} {_lacks(error)}.", is_final=True) from error
    except smtplib.SMTPResponseException as error:
        raise _refused(server, error) from error
    except (ssl.SSLError, smtplib.SMTPException, OSError) as error:
        raise NotSent(_unreached(server, error), is_final=False) from error
    except UnicodeError as error:
        raise NotSent(
            "The login at the mail server holds letters that it cannot carry.", is_final=True
        ) from error


def _lacks(error: smtplib.SMTPNotSupportedError) -> str:
    is_plain = "STARTTLS" in str(error)
    return "offers no encryption by STARTTLS" if is_plain else "takes no login of a kind that is known here"


def _refused(server: Server, error: smtplib.SMTPResponseException) -> NotSent:
    code = int(error.smtp_code)
    is_login = isinstance(error, smtplib.SMTPAuthenticationError)
    words = (
        f"does not accept the login {server.user} with its password" if is_login else "refuses this computer"
    )
    return NotSent(f"The mail server {server.host} {words} ({code}).", is_final=code >= _REFUSED_FOR_GOOD)


def _unreached(server: Server, error: Exception) -> str:
    if isinstance(error, socket.gaierror):
        return f"The name of the mail server {server.host} cannot be found. Check mail.host and the network."
    if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
        return f"The mail server {server.host} does not answer in time."
    if isinstance(error, ConnectionRefusedError):
        return f"Nothing takes connections at {server.host}:{server.port}. Check mail.host and mail.port."
    return f"The mail server {server.host} cannot be reached, or breaks off."
