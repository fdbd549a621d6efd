"""What is answered to one request: a status for each thing that may be wrong, and every answer counted."""

import asyncio
import base64
import binascii
import json
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
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
_LATER = {_A.TOO_OFTEN: b"30", _A.BUSY: b"5", _A.AWAY: b"10"}


class App:
    """An ASGI application; addresses, tokens and places never reach a log from here."""

    def __init__(self, keeper: Keeper, rate: Rate) -> None:
        """`keeper` runs as long as the application does."""
        self._keeper, self._rate = keeper, rate

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one request, or live through one run of the server."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            answer, why = await self._answer(scope, receive)
            await _say(send, answer, why)

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        running = asyncio.create_task(self._keeper.run())
        await send({"type": "lifespan.startup.complete"})
        await receive()
        self._keeper.end()
        await running
        await send({"type": "lifespan.shutdown.complete"})

    async def _answer(self, scope: Message, receive: Receive) -> tuple[PositionAnswer, str]:
        try:
            told = await self._told(scope, receive)
        except NoFix as no_fix:
            self._keeper.count(no_fix.answer)
            return no_fix.answer, no_fix.why
        answers = [await self._keeper.keep(told[0])] if len(told) == 1 else await self._keep_all(told)
        # Of several that come together, those that were told before do not spoil the others.
        answer = _A.KEPT if _A.KEPT in answers else answers[-1]
        return answer, f"{answer.label[:1].upper()}{answer.label[1:]}."

    async def _keep_all(self, told: Iterable[Told]) -> list[PositionAnswer]:
        return list(await asyncio.gather(*(self._keeper.keep(one) for one in told)))

    async def _told(self, scope: Message, receive: Receive) -> list[Told]:
        """Read a request as far as it can be judged without the database."""
        path, _, in_path = scope["path"].removeprefix(PATH).partition("/")
        if not scope["path"].startswith(PATH) or path or scope["method"] not in ("GET", "POST"):
            raise NoFix(_A.ELSEWHERE, f"Positions are told to {PATH}, by POST or GET.")
        query = scope["query_string"].decode("ascii", errors="replace")
        fixes = read(query, await _body(scope, receive))
        token = _token_of(scope) or in_path
        told = [Told(fix, token_hash(token or fix.token or "")) for fix in fixes]
        if not self._rate.allows(told[0].token_hash, len(told)):
            raise NoFix(_A.TOO_OFTEN, "This device tells too often: let it wait longer between two.")
        return told


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


async def _say(send: Send, answer: PositionAnswer, why: str) -> None:
    status = STATUS[answer]
    # OwnTracks wants a list: of others' places, and there never are any.
    body = b"[]" if status == 200 else json.dumps({"refused": answer.value, "why": why}).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    if answer in _LATER:
        headers.append((b"retry-after", _LATER[answer]))
    if status == 401:
        headers.append((b"www-authenticate", b'Basic realm="positions"'))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
