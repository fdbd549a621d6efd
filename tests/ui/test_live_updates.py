"""Figures around the tables follow the rows at once, but not again and again in a stream of changes."""

import datetime as dt
from collections.abc import Callable, Collection
from typing import ClassVar

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.domain.rows import Board, BoardDelta, FeedState
from ui.live_updates import AGAIN_AFTER_MS, LiveUpdates

SOON_MS = 5_000


class HandFeed:
    """A feed that tells what the test hands it."""

    tell: ClassVar[Callable[[BoardDelta], None]]

    def __init__(
        self,
        hub_ids: Collection[int],
        on_board: Callable[[Board], None],
        on_delta: Callable[[BoardDelta], None],
        on_state: Callable[[FeedState], None],
    ) -> None:
        type(self).tell = on_delta
        on_board(Board(dt.datetime.now(dt.UTC), (), (), (), (), (), ()))

    def start(self) -> None:
        """Nothing comes by itself."""

    def stop(self) -> None:
        """There is nothing to stop."""


def test_that_figures_follow_a_stream_of_changes_a_few_times_a_second_and_never_miss_the_last(
    qtbot: QtBot, now: dt.datetime
) -> None:
    live, told = LiveUpdates(), list[dt.datetime | None]()
    with qtbot.waitSignal(live.changed, timeout=SOON_MS):
        live.follow(HandFeed, (1,))
    live.changed.connect(lambda: told.append(live.as_of))
    for number in range(40):
        HandFeed.tell(BoardDelta(now + dt.timedelta(seconds=number)))
        qtbot.wait(AGAIN_AFTER_MS // 20)
    qtbot.waitUntil(lambda: told[-1:] == [now + dt.timedelta(seconds=39)], timeout=SOON_MS)
    assert 1 < len(told) < 20
    live.stop()
    live.deleteLater()


def test_that_nothing_comes_after_one_has_stopped_though_it_was_on_its_way(
    qtbot: QtBot, now: dt.datetime
) -> None:
    live = LiveUpdates()
    with qtbot.waitSignal(live.changed, timeout=SOON_MS):
        live.follow(HandFeed, (1,))
    HandFeed.tell(BoardDelta(now))  # read beside the window, and not yet taken
    before = live.as_of
    live.stop()
    HandFeed.tell(BoardDelta(now))
    QApplication.processEvents()
    assert live.as_of == before != now
    live.deleteLater()
