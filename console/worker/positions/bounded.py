"""A connection that is bounded: so many at once, and so long for a request to arrive."""

import asyncio
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

MOST_CONNECTIONS = 500
ARRIVES_WITHIN_S = 10.0


class BoundedConnection(H11Protocol):
    """Uvicorn's own, which has no bound for who connects and says nothing, or little, slowly."""

    _arriving: asyncio.TimerHandle | None = None
    _is_too_many = False

    def connection_made(self, transport: Any) -> None:
        """Refuse what is too many at once; from the others a request must come in time."""
        if len(self.connections) >= MOST_CONNECTIONS:
            self._is_too_many = True
            transport.abort()
            return
        super().connection_made(transport)
        self._wait_for_request()

    def data_received(self, data: bytes) -> None:
        """Stop waiting once the whole request is there; a next one begins to be waited for."""
        super().data_received(data)
        if self.conn.their_state in (h11.IDLE, h11.SEND_BODY):
            self._wait_for_request()
        else:
            self._stop_waiting()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting."""
        self._stop_waiting()
        if not self._is_too_many:
            super().connection_lost(exc)

    def _wait_for_request(self) -> None:
        if self._arriving is None:
            self._arriving = self.loop.call_later(ARRIVES_WITHIN_S, self._give_up)

    def _stop_waiting(self) -> None:
        if self._arriving is not None:
            self._arriving.cancel()
            self._arriving = None

    def _give_up(self) -> None:
        self._arriving = None
        if not self.transport.is_closing():
            self.transport.abort()
