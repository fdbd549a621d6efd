"""Connections that notice a silent link: a network that drops every packet says nothing, for minutes.

Linux can be told to give up sooner (tcp_user_timeout, keepalives); other systems cannot, or not for what is
on its way already. So whoever waits for an answer looks for itself: after a second of silence it knocks at
the same server. If nobody opens, the link is dead, and is cut; then the wait ends with an error at once. A
server that is only slow is left alone, however long its answer takes.
"""

import errno
import select
import socket
from collections.abc import Generator
from contextlib import suppress
from time import monotonic
from typing import Any

import psycopg
from psycopg.abc import PQGen

SILENT_S = 1.0
"""Silence for so long makes one knock; answers nearly always come within a hundredth of it."""
KNOCK_S = 1.5
"""So long a knock may take: one packet may be lost and sent again after a second."""
# Somebody is there, even if nothing listens just now; a proxy in between is taken for the server.
_AT_HOME = (0, errno.ECONNREFUSED)
# Only then is there something to wait for. A socket whose way ended at once, as where there is no network
# any more, is told to be writable and without an error.
_ON_ITS_WAY = (errno.EINPROGRESS, errno.EWOULDBLOCK)


class Knock:
    """A look at whether the other end of a connection is there at all; it waits for nothing."""

    def __init__(self, peer: Any, family: socket.AddressFamily) -> None:
        self._until = monotonic() + KNOCK_S
        self._socket = socket.socket(family, socket.SOCK_STREAM)
        self._socket.setblocking(False)
        self._state = self._socket.connect_ex(peer)

    def answer(self) -> bool | None:
        """Tell whether somebody was there; None as long as that is not known."""
        if self._state not in _ON_ITS_WAY:
            return self._state in _AT_HOME
        _, opened, failed = select.select((), (self._socket,), (self._socket,), 0)
        if opened or failed:
            return self._socket.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR) in _AT_HOME
        return False if monotonic() > self._until else None

    def close(self) -> None:
        """Go away again: the server sees a connection that ends before it began, and writes nothing."""
        self._socket.close()


class WatchedConnection(psycopg.Connection):
    """A connection on which no wait outlives its link, nor takes longer than `patience_s`."""

    patience_s: float | None = None
    """The longest that an answer may take although the link is alive; None: as long as it likes."""

    def wait(self, gen: PQGen[Any], *args: Any, **kwargs: Any) -> Any:
        """Wait as psycopg does, and look around whenever nothing came for a while."""
        return super().wait(self._watching(gen), *args, **kwargs)

    def _watching(self, gen: PQGen[Any]) -> Generator[Any, Any, Any]:
        began = heard = monotonic()
        knock: Knock | None = None
        try:
            wanted = next(gen)
            while True:
                ready = yield wanted
                if ready:
                    heard = monotonic()
                elif self._is_impatient(began):
                    self.cut()
                elif monotonic() - heard > SILENT_S:
                    knock, heard = self._look(knock, heard)
                wanted = gen.send(ready)
        except StopIteration as end:
            return end.value
        finally:
            if knock is not None:
                knock.close()

    def _is_impatient(self, began: float) -> bool:
        return self.patience_s is not None and monotonic() - began > self.patience_s

    def _look(self, knock: Knock | None, heard: float) -> tuple[Knock | None, float]:
        """Knock, or listen whether somebody opens; being opened counts as having heard something."""
        if knock is None:
            return self._knock(), heard
        is_there = knock.answer()
        if is_there is None:
            return knock, heard
        knock.close()
        if not is_there:
            self.cut()
        return None, monotonic()

    def _knock(self) -> Knock | None:
        with suppress(OSError), _duplicate(self.fileno()) as ours:
            if ours.family in (socket.AF_INET, socket.AF_INET6):  # else a path on this computer
                return Knock(ours.getpeername(), ours.family)
        return None

    def cut(self) -> None:
        """Break the connection off; whoever waits for it gets an error. May be called from any thread."""
        with suppress(OSError, psycopg.Error), _duplicate(self.fileno()) as ours:  # it may be closed already
            ours.shutdown(socket.SHUT_RDWR)


def _duplicate(fileno: int) -> socket.socket:
    """Give the socket of a connection, of whatever kind it is; this one is ours to close."""
    return socket.socket(fileno=socket.dup(fileno))
