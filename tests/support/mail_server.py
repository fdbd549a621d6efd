"""A mail server of this machine for tests and measurements: real SMTP, real TLS, and what can go wrong."""

import logging
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import SMTP as SMTP_POLICY
from pathlib import Path
from typing import Any

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from console.exchange.mail import Server

logging.getLogger("mail.log").setLevel(logging.ERROR)  # it warns of its own deprecations
USER, PASSWORD = "doorstep@example.nhs.uk", "a long password"
NAME = "localhost"


@dataclass
class MailServer:
    """What came in, and how the server answers."""

    folder: Path
    security: str = "starttls"
    """starttls, tls, or none for a server that a console must not speak to."""
    certificate_for: str = NAME
    to_answer: str = "250 OK"
    data_answer: str = "250 OK"
    asks_for_login: bool = True
    before_answer: Callable[[str], None] | None = None
    """Called with the key of a message that was taken, before its sender is told."""
    before_taking: Callable[[str], bool] | None = None
    """Called with the key before the message is taken; False lets the server not take it."""
    hangs_at: str = ""
    taken: list[bytes] = field(default_factory=list)
    port: int = 0
    _let_go: threading.Event = field(default_factory=threading.Event)

    @property
    def trusted_file(self) -> Path:
        """The authority that signed the server's certificate."""
        return self.folder / "authority.pem"

    @property
    def messages(self) -> list[EmailMessage]:
        """Every message that was taken, read."""
        read = BytesParser(EmailMessage, policy=SMTP_POLICY)
        return [read.parsebytes(one) for one in self.taken]

    @property
    def keys(self) -> list[str]:
        """The key of every message that was taken, in their order."""
        return [str(message["X-Doorstep-Key"]) for message in self.messages]

    def seen_by(self, **changes: Any) -> Server:
        """Give the server as the settings of a computer name it."""
        values: dict[str, Any] = {
            "host": NAME,
            "port": self.port,
            "security": self.security,
            "sender": USER,
            "user": USER if self.asks_for_login else "",
            "password": PASSWORD if self.asks_for_login else "",
            "trusted_file": str(self.trusted_file),
        }
        return Server(**values | changes)

    def write_settings(self, folder: Path) -> None:
        """Write the settings and the password of a computer that sends through this server."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "password").write_text(f"{PASSWORD}\n", encoding="utf-8")
        (folder / "doorstep.toml").write_text(
            f'[mail]\nhost = "{NAME}"\nport = {self.port}\nsecurity = "{self.security}"\n'
            f'user = "{USER}"\nfrom = "{USER}"\npassword_file = "{folder / "password"}"\n'
            f'trusted_file = "{self.trusted_file}"\n',
            encoding="utf-8",
        )

    def hang_at(self, step: str) -> None:
        """Give no answer until the test is over; the whole server stands still, as a hanging one does."""
        if self.hangs_at == step:
            self._let_go.wait(60)

    def let_go(self) -> None:
        """Answer again."""
        self._let_go.set()


class _Handler:
    """What aiosmtpd calls, on the server's own thread; it looks at every attribute at each connection."""

    def __init__(self, of: MailServer) -> None:
        self._of = of

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self._of.hang_at("RCPT")
        if self._of.to_answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return self._of.to_answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.content
        assert isinstance(content, bytes)
        key = str(BytesParser(policy=SMTP_POLICY).parsebytes(content)["X-Doorstep-Key"])
        if self._of.before_taking is not None and not self._of.before_taking(key):
            return "451 not taken"
        if self._of.data_answer.startswith("2"):
            self._of.taken.append(content)
        if self._of.before_answer is not None:
            self._of.before_answer(key)
        self._of.hang_at("DATA")
        return self._of.data_answer

    def authenticate(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any
    ) -> AuthResult:
        is_right = isinstance(data, LoginPassword) and (data.login, data.password) == (
            USER.encode(),
            PASSWORD.encode(),
        )
        return AuthResult(success=is_right, handled=False)


def _certificate(server: MailServer) -> ssl.SSLContext:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(server.trusted_file))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(server.certificate_for).configure_cert(context)
    return context


@contextmanager
def mail_server(folder: Path, **how: Any) -> Iterator[MailServer]:
    """Run a mail server for the length of the block."""
    server = MailServer(folder, **how)
    context = _certificate(server)
    handler = _Handler(server)
    is_implicit, is_upgraded = server.security == "tls", server.security == "starttls"
    controller = Controller(
        handler,
        hostname="127.0.0.1",
        port=_free_port(),
        ssl_context=context if is_implicit else None,
        tls_context=context if is_upgraded else None,
        require_starttls=is_upgraded,
        authenticator=handler.authenticate,
        # aiosmtpd does not see that TLS came first: it then offers the login, and still checks it.
        auth_required=server.asks_for_login and is_upgraded,
        auth_require_tls=not is_implicit,
        server_hostname=NAME,
    )
    controller.start()
    server.port = controller.port
    try:
        yield server
    finally:
        server.let_go()
        controller.stop()


def _free_port() -> int:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
    return port


def wait_until(what: Callable[[], bool], seconds: float = 20.0) -> None:
    """Wait until something holds."""
    ends = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < ends, f"not within {seconds} s"
        threading.Event().wait(0.02)
