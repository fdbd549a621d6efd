"""The way to a server: of several hosts the one that let us in last is tried first."""

from typing import Any

from sqlalchemy import Dialect
from sqlalchemy.pool import ConnectionPoolEntry

from db.watchdog import WatchedConnection


class Road:
    """Opens the connections of one engine."""

    def __init__(self, patience_s: float | None) -> None:
        """Nobody has let us in yet: the order of the address holds."""
        self._patience_s = patience_s
        self._last: tuple[str, str] | None = None

    def connect(
        self, _dialect: Dialect, _record: ConnectionPoolEntry, words: Any, named: dict[str, Any]
    ) -> WatchedConnection:
        """Open a connection; a server that is gone without a word costs two seconds only once."""
        made = WatchedConnection.connect(*words, **self._last_first(named))
        made.patience_s = self._patience_s
        self._last = (made.pgconn.host.decode(), made.pgconn.port.decode())
        return made

    def _last_first(self, named: dict[str, Any]) -> dict[str, Any]:
        every = str(named.get("host", "")).split(",")
        ports = str(named.get("port", "")).split(",")
        if len(every) == 1 or len(ports) not in (1, len(every)):
            return named
        pairs = list(zip(every, ports * len(every) if len(ports) == 1 else ports, strict=True))
        pairs.sort(key=lambda pair: (pair[0], pair[1] or "5432") != self._last)
        return {
            **named,
            "host": ",".join(host for host, _ in pairs),
            "port": ",".join(port for _, port in pairs),
        }
