"""The endpoint as a whole: where it listens, on a thread of its own, as long as the worker works."""

import ipaddress
import logging
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from console import settings
from console.domain.refusals import Refused
from console.worker.positions.app import App
from console.worker.positions.bounded import BoundedConnection
from console.worker.positions.keeper import Keeper, Take
from console.worker.positions.rate import Rate

log = logging.getLogger(__name__)
_HEAD_BYTES = 16 * 1024
_IDLE_S = 60
_BACKLOG = 128
_ENDS_WITHIN_S = 10
_STOPS_WITHIN_S = 30


@dataclass(frozen=True, slots=True)
class Listening:
    """Where devices reach the endpoint."""

    address: str = "127.0.0.1"
    port: int = 8642
    certificate_file: str = ""
    key_file: str = ""

    @property
    def is_on_this_computer(self) -> bool:
        """Whether only programs of this computer reach it, such as a proxy."""
        try:
            return ipaddress.ip_address(self.address).is_loopback
        except ValueError:
            return self.address == "localhost"


def stated() -> Listening | None:
    """Read where this computer's settings let it listen; None when it is not to."""
    if not settings.machine("positions.listen"):
        return None
    port = settings.machine("positions.port")
    return Listening(
        str(settings.machine("positions.address")),
        port if isinstance(port, int) else 0,
        str(settings.machine("positions.certificate_file")),
        str(settings.machine("positions.key_file")),
    )


@contextmanager
def listening(take: Take, where: Listening, rate: Rate | None = None) -> Iterator[tuple[str, int]]:
    """Listen for the length of the block; gives the address and the port. Refuse what cannot be."""
    _check(where)
    sock = _bound(where)
    try:
        server = uvicorn.Server(_config(App(Keeper(take), rate or Rate()), where))
    except (OSError, ssl.SSLError):
        sock.close()
        raise Refused(
            "The certificate or its key cannot be read: check what positions.certificate_file and"
            " positions.key_file name."
        ) from None
    thread = threading.Thread(target=_serve, args=(server, sock), name="positions", daemon=True)
    thread.start()
    address, port = sock.getsockname()[:2]
    log.info("positions are taken at port %s", port)
    try:
        yield address, port
    finally:
        server.should_exit = True
        thread.join(_STOPS_WITHIN_S)
        log.info("positions are taken no more")


def _serve(server: uvicorn.Server, sock: socket.socket) -> None:
    try:
        server.run([sock])
    except BaseException as fault:  # noqa: BLE001 - the worker chases on, and its log says what is missing
        log.error("positions are taken no more until the worker is started anew: %s", type(fault).__name__)  # noqa: TRY400


def _check(where: Listening) -> None:
    if not where.is_on_this_computer and not where.certificate_file:
        raise Refused(
            "Positions and tokens must not travel unencrypted: state positions.certificate_file and"
            " positions.key_file, or listen at 127.0.0.1 behind a proxy that does HTTPS."
        )
    for file in filter(None, (where.certificate_file, where.key_file)):
        if not Path(file).is_file():
            raise Refused(f"There is no file {Path(file).name} there, which the settings of positions name.")


def _bound(where: Listening) -> socket.socket:
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(
            where.address, where.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        sock = socket.socket(family, kind, protocol)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            sock.bind(place)
            sock.listen(_BACKLOG)  # from here on who connects waits until the thread has begun
        except OSError:
            sock.close()
            raise
    except OSError as error:
        raise Refused(
            f"Positions cannot be taken at port {where.port}: {error.strerror or 'it is not free'}."
            " State another positions.port or positions.address, or positions.listen = false."
        ) from None
    return sock


def _config(app: App, where: Listening) -> uvicorn.Config:
    # Its own lines may hold addresses: only warnings are let through, and of those the log keeps the place.
    for name in ("uvicorn.error", "uvicorn.access", "uvicorn.asgi"):
        logging.getLogger(name).setLevel(logging.WARNING)
    config = uvicorn.Config(
        app,
        loop="asyncio",
        http=BoundedConnection,
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        date_header=False,
        timeout_keep_alive=_IDLE_S,
        timeout_graceful_shutdown=_ENDS_WITHIN_S,
        h11_max_incomplete_event_size=_HEAD_BYTES,
        ssl_certfile=where.certificate_file or None,
        ssl_keyfile=where.key_file or None,
    )
    config.load()
    return config
