"""Devices that tell positions by real HTTP on this machine."""

import base64
import http.client
import json
import time
from dataclasses import dataclass
from typing import Any


@dataclass
class Answer:
    """What was answered."""

    status: int
    body: bytes

    @property
    def refused(self) -> str:
        """The word of the refusal."""
        return str(json.loads(self.body).get("refused", ""))


@dataclass
class Teller:
    """Tells one endpoint, with a connection for each message."""

    port: int
    host: str = "127.0.0.1"

    def ask(
        self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> Answer:
        """Send one request."""
        connection = http.client.HTTPConnection(self.host, self.port, timeout=30)
        try:
            connection.request(method, path, body, headers or {})
            answer = connection.getresponse()
            return Answer(answer.status, answer.read())
        finally:
            connection.close()

    def owntracks(self, token: str, **changes: Any) -> Answer:
        """Tell a position of now as OwnTracks does: the token is the password."""
        message = {
            "_type": "location",
            "lat": 51.08,
            "lon": 1.17,
            "tst": int(time.time()),
            "acc": 9,
        } | changes
        word = base64.b64encode(f"sam:{token}".encode()).decode()
        return self.ask(
            "POST", "/positions", json.dumps(message).encode(), {"Authorization": f"Basic {word}"}
        )
