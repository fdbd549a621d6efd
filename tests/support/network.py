"""A test may speak to this machine only."""

import ipaddress
import sys
from collections.abc import Iterator
from contextlib import contextmanager

_attempts: list[str] = []
_is_watching = False

_CALLS_WITH_ADDRESS = {"socket.connect", "socket.bind", "socket.sendto"}
_CALLS_WITH_NAME = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}


class NetworkForbidden(RuntimeError):
    """A test tried to reach, or to listen on, something other than this machine."""


def is_this_machine(host: object) -> bool:
    """Whether the host is a loopback address or the name of one."""
    if isinstance(host, bytes):
        host = host.decode("ascii", "replace")
    if not isinstance(host, str):
        return host is None
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _host_in(event: str, args: tuple[object, ...]) -> object:
    if event in _CALLS_WITH_NAME:
        return args[0]
    if event not in _CALLS_WITH_ADDRESS:
        return "localhost"
    address = args[1]
    return address[0] if isinstance(address, tuple) else "localhost"  # a path: a local socket


def _watch(event: str, args: tuple[object, ...]) -> None:
    if not _is_watching or not event.startswith("socket."):
        return
    host = _host_in(event, args)
    if not is_this_machine(host):
        _attempts.append(f"{event} {host}")
        raise NetworkForbidden(f"A test may only use this machine, and it asked for {event} {host!r}.")


sys.addaudithook(_watch)


@contextmanager
def only_this_machine() -> Iterator[list[str]]:
    """Forbid all other hosts; yield the list of attempts, also of those that somebody caught."""
    global _is_watching  # noqa: PLW0603 - an audit hook is for the whole process and cannot be removed
    _attempts.clear()
    _is_watching = True
    try:
        yield _attempts
    finally:
        _is_watching = False
