"""What is answered to one request: a status for each thing that may be wrong, and every answer counted."""

import asyncio
import base64
import binascii
import hashlib
import json
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from dataclasses import dataclass
from typing import Any

from console.domain.position import PositionAnswer
from console.exchange.positions import NoFix, read
from console.services.positions import Told, token_hash
from console.worker.positions.keeper import Keeper
from console.worker.positions.rate import Rate

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
_A = PositionAnswer
PATH = "/positions"
MOST_BYTES = 64 * 1024
STATUS = {
    _A.KEPT: 200,
    _A.IGNORED: 200,
    _A.MALFORMED: 400,
    _A.FOREIGN: 401,
    _A.DISABLED: 401,
    _A.OFF_DUTY: 403,
    _A.ELSEWHERE: 404,
    _A.REPLAYED: 409,
    _A.TOO_LARGE: 413,
    _A.NO_PLACE: 422,
    _A.SWAPPED: 422,
    _A.FUTURE: 422,
    _A.TOO_OLD: 422,
    _A.TOO_OFTEN: 429,
    _A.FAULT: 500,
    _A.BUSY: 503,
    _A.AWAY: 503,
}
# What no repetition can change. OwnTracks and others tell a message that was refused again and again, for
# weeks, and nothing newer before it: the second time it is let go.
FINAL = frozenset({_A.OFF_DUTY, _A.REPLAYED, _A.TOO_OLD, _A.SWAPPED, _A.NO_PLACE})
LET_GO = 202
_MOST_REMEMBERED = 10_000
_LATER = {_A.TOO_OFTEN: b"30", _A.BUSY: b"5", _A.AWAY: b"10"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered, why, and whether the same message was refused before."""

    answer: PositionAnswer
    why: str
    is_repeated: bool


class App:
    """An ASGI application; addresses, tokens and places never reach a log from here."""

    def __init__(self, keeper: Keeper, rate: Rate) -> None:
        """`keeper` runs as long as the application does."""
        self._keeper, self._rate = keeper, rate
        self._refused: OrderedDict[bytes, bool] = OrderedDict()

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one request, or live through one run of the server."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            await _say(send, await self._answer(scope, receive))

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        running = asyncio.create_task(self._keeper.run())
        await send({"type": "lifespan.startup.complete"})
        await receive()
        self._keeper.end()
        await running
        await send({"type": "lifespan.shutdown.complete"})

    async def _answer(self, scope: Message, receive: Receive) -> Answer:
        body = b""
        try:
            _require_path(scope)
            body = await _body(scope, receive)
            answer = await self._kept(self._told(scope, body))
            why = f"{answer.label[:1].upper()}{answer.label[1:]}."
        except NoFix as no_fix:
            self._keeper.count(no_fix.answer)
            answer, why = no_fix.answer, no_fix.why
        return Answer(answer, why, is_repeated=answer in FINAL and self._is_repeated(scope, body))

    async def _kept(self, told: list[Told]) -> PositionAnswer:
        answers = [await self._keeper.keep(told[0])] if len(told) == 1 else await self._keep_all(told)
        # Of several that come together, those that were told before do not spoil the others.
        return _A.KEPT if _A.KEPT in answers else answers[-1]

    def _is_repeated(self, scope: Message, body: bytes) -> bool:
        """Whether the very same message was refused a moment ago."""
        parts = (_header(scope, b"authorization"), scope["raw_path"], scope["query_string"], body)
        key = hashlib.sha256(b"\0".join(parts)).digest()
        is_known = self._refused.pop(key, False)
        self._refused[key] = True
        if len(self._refused) > _MOST_REMEMBERED:
            self._refused.popitem(last=False)
        return is_known

    async def _keep_all(self, told: Iterable[Told]) -> list[PositionAnswer]:
        return list(await asyncio.gather(*(self._keeper.keep(one) for one in told)))

    def _told(self, scope: Message, body: bytes) -> list[Told]:
        """Read a request as far as it can be judged without the database."""
        query = scope["query_string"].decode("ascii", errors="replace")
        fixes = read(query, body)
        token = _token_of(scope) or scope["path"].removeprefix(PATH).removeprefix("/")
        told = [Told(fix, token_hash(token or fix.token or "")) for fix in fixes]
        if not self._rate.allows(told[0].token_hash, len(told)):
            raise NoFix(_A.TOO_OFTEN, "This device tells too often: let it wait longer between two.")
        return told


def _require_path(scope: Message) -> None:
    path = scope["path"]
    if (path != PATH and not path.startswith(f"{PATH}/")) or scope["method"] not in ("GET", "POST"):
        raise NoFix(_A.ELSEWHERE, f"Positions are told to {PATH}, by POST or GET.")


async def _body(scope: Message, receive: Receive) -> bytes:
    stated = _header(scope, b"content-length")
    if stated.isdigit() and int(stated) > MOST_BYTES:
        raise NoFix(_A.TOO_LARGE, f"More than {MOST_BYTES} bytes.")
    body = bytearray()
    is_more = True
    while is_more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise NoFix(_A.MALFORMED, "The connection ended in the middle.")
        body += message.get("body", b"")
        is_more = message.get("more_body", False)
        if len(body) > MOST_BYTES:
            raise NoFix(_A.TOO_LARGE, f"More than {MOST_BYTES} bytes.")
    return bytes(body)


def _token_of(scope: Message) -> str:
    """Give the token of the Authorization header: a bearer's, or the password of basic authentication."""
    scheme, _, value = _header(scope, b"authorization").decode("latin-1").partition(" ")
    if scheme.casefold() == "bearer":
        return value.strip()
    if scheme.casefold() != "basic":
        return ""
    try:
        _, _, password = base64.b64decode(value, validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        raise NoFix(_A.MALFORMED, "The Authorization header cannot be read.") from None
    return password


def _header(scope: Message, name: bytes) -> bytes:
    found: bytes = next((value for key, value in scope["headers"] if key == name), b"")
    return found


async def _say(send: Send, said: Answer) -> None:
    status = LET_GO if said.is_repeated else STATUS[said.answer]
    # OwnTracks wants a list: of others' places, and there never are any.
    is_well = status in (200, LET_GO)
    body = b"[]" if is_well else json.dumps({"refused": said.answer.value, "why": said.why}).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    if status != 200:
        headers.append((b"doorstep-refused", said.answer.value.encode()))
    if said.answer in _LATER:
        headers.append((b"retry-after", _LATER[said.answer]))
    if status == 401:
        headers.append((b"www-authenticate", b'Basic realm="positions"'))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
