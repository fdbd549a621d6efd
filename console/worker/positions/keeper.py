"""Collects what devices tell and keeps it together: one transaction for all that came in a tenth of a second.

The answer to a device waits for that transaction: what it is told was kept, was.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

from console.domain.position import PositionAnswer
from console.domain.refusals import Refused
from console.services.positions import Told

log = logging.getLogger(__name__)
Take = Callable[[Sequence[Told], Mapping[PositionAnswer, int]], Sequence[PositionAnswer]]
TOGETHER_S = 0.1
COUNTED_EVERY_S = 5.0
MOST_TOGETHER = 1000
MOST_WAITING = 4000


class Keeper:
    """Between the connections and the database; all but `take` happens on the thread of the endpoint."""

    def __init__(self, take: Take) -> None:
        """`take` keeps many in one transaction; it runs on a thread of its own."""
        self._take = take
        self._waiting: list[tuple[Told, asyncio.Future[PositionAnswer]]] = []
        self._counted: Counter[PositionAnswer] = Counter()
        self._came = asyncio.Event()
        self._is_ending = False
        self._is_away = False

    async def keep(self, told: Told) -> PositionAnswer:
        """Have a position kept, and give what became of it."""
        if len(self._waiting) >= MOST_WAITING:
            self.count(PositionAnswer.BUSY)
            return PositionAnswer.BUSY
        answer: asyncio.Future[PositionAnswer] = asyncio.get_running_loop().create_future()
        self._waiting.append((told, answer))
        self._came.set()
        return await answer

    def count(self, answer: PositionAnswer) -> None:
        """Count an answer that was given without asking the database."""
        self._counted[answer] += 1

    async def run(self) -> None:
        """Keep what comes until `end` is called, and then what is still there."""
        with ThreadPoolExecutor(1, "positions") as pool:
            while not self._is_ending or self._waiting or self._counted:
                await self._wait()
                together, self._waiting = self._waiting[:MOST_TOGETHER], self._waiting[MOST_TOGETHER:]
                if together or self._counted:
                    await self._keep_together(pool, together)
                if self._is_away and self._is_ending:
                    break  # the counts of the last seconds are lost with the database

    def end(self) -> None:
        """Let `run` finish."""
        self._is_ending = True
        self._came.set()

    async def _wait(self) -> None:
        """Wait for the first, then a moment for those who come with it."""
        if self._waiting or self._is_ending:
            return
        self._came.clear()
        try:
            await asyncio.wait_for(self._came.wait(), COUNTED_EVERY_S)
        except TimeoutError:
            return
        await asyncio.sleep(TOGETHER_S)

    async def _keep_together(
        self,
        pool: ThreadPoolExecutor,
        together: Sequence[tuple[Told, "asyncio.Future[PositionAnswer]"]],
    ) -> None:
        told, counted = [one for one, _ in together], self._counted
        self._counted = Counter()
        loop = asyncio.get_running_loop()
        try:
            answers = await loop.run_in_executor(pool, self._take, told, counted)
        except Refused as refused:
            answers = self._failed(PositionAnswer.AWAY, type(refused).__name__, told, counted)
        except Exception as fault:  # noqa: BLE001 - one faulty batch must not end the endpoint
            # Its words may hold where somebody is: its kind must do.
            answers = self._failed(PositionAnswer.FAULT, type(fault).__name__, told, counted)
        else:
            self._is_away = False
        for (_, future), answer in zip(together, answers, strict=True):
            if not future.done():  # a device that has gone waits for nothing
                future.set_result(answer)

    def _failed(
        self, answer: PositionAnswer, kind: str, told: Sequence[Told], counted: Counter[PositionAnswer]
    ) -> list[PositionAnswer]:
        """Answer all with what went wrong, and count it when the database is back."""
        if not self._is_away:
            log.warning("positions are turned away: %s", kind)
        self._is_away = True
        self._counted += counted
        self._counted[answer] += len(told)
        return [answer] * len(told)
