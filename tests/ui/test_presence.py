"""Who has which referral open, as two people at their windows see it of each other."""

import datetime as dt
from collections.abc import Iterator
from functools import partial

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from console.domain.presence import RENEWED_EVERY, STALE_AFTER
from console.domain.rows import FeedState
from db.engine import open_database
from tests.services.team import Team, build
from tests.support.sitting import Seat
from ui.boards import referral_cells as cells
from ui.commands.opening import Opens
from ui.dialogs.base import DecisionDialog
from ui.panel.record_panel import RecordPanel
from ui.widgets.presence_line import PresenceLine

SILENT = STALE_AFTER + dt.timedelta(seconds=1)


class Server:
    """The server's time, which a test may let pass."""

    def __init__(self) -> None:
        self.passed = dt.timedelta()

    def __call__(self) -> dt.datetime:
        """Give it."""
        return dt.datetime.now(dt.UTC) + self.passed


def is_idle(seat: Seat) -> bool:
    """Whether nothing is under way there."""
    return seat.background.busy == 0


class Two:
    """Jo and Mo at two windows of one service."""

    def __init__(self, team: Team, qtbot: QtBot) -> None:
        """Sit both down and let them see the board."""
        self.team, self.server, self._qtbot = team, Server(), qtbot
        self.key, self.other = team.received(), team.triaged()
        self.jo, self.mo = Seat(team, "jo", self.server), Seat(team, "mo", self.server)
        for seat in (self.jo, self.mo):
            seat.look()
        qtbot.waitUntil(lambda: all(seat.live.referrals.by_id for seat in (self.jo, self.mo)))
        for seat in (self.jo, self.mo):
            seat.session.presence.begin()

    def renew(self, *seats: Seat) -> None:
        """As if the timers of these windows had fired just now, one after the other."""
        for seat in seats:
            self._qtbot.waitUntil(partial(is_idle, seat))
            seat.session.presence._soon.stop()
            seat.session.presence._beat()
            self._qtbot.waitUntil(partial(is_idle, seat))

    def pass_time(self, by: dt.timedelta) -> None:
        """Let the server's time pass, and let the windows tick."""
        self.server.passed += by
        for seat in (self.jo, self.mo):
            seat.countdown.ticked.emit()


@pytest.fixture
def two(sqlite_url: str, now: dt.datetime, qtbot: QtBot) -> Iterator[Two]:
    """Two people at two windows."""
    database = open_database(sqlite_url)
    sat = Two(build(database, now), qtbot)
    yield sat
    for seat in (sat.jo, sat.mo):
        seat.session.presence.end()
        seat.stand_up()
    database.close()


def test_that_a_row_says_who_reads_it_and_the_reader_s_own_does_not(two: Two) -> None:
    two.jo.session.presence.reads(two.key)
    two.renew(two.jo, two.mo)
    here = two.mo.session.presence.here(two.key)
    assert here is not None
    assert (here.letters, here.is_stale) == ("JB", False)
    assert here.short.startswith("Jo has this · ")
    assert here.words.startswith("Jo Bates (hub coordinator) has this open since ")
    assert two.jo.session.presence.here(two.key) is None
    assert two.mo.session.presence.here(two.other) is None
    row = two.mo.live.referrals.by_id[two.key]
    told = cells.patient(row, two.team.clock(), here)
    assert told.here is here
    assert "Jo Bates (hub coordinator) has this open" in cells.spoken(row, two.team.clock(), here=here)


def test_that_the_side_panel_tells_and_says_it(two: Two, qtbot: QtBot) -> None:
    panels = {seat: RecordPanel(seat.session, seat.window) for seat in (two.jo, two.mo)}
    for panel in panels.values():
        panel.open(two.key)
    two.renew(two.jo, two.mo, two.jo)
    qtbot.waitUntil(lambda: all(panel.presence.words.text() for panel in panels.values()))
    assert "Jo Bates" in panels[two.mo].presence.words.text()
    assert "has this open" in panels[two.jo].presence.words.text()
    panels[two.jo].shut()
    two.renew(two.jo, two.mo)
    assert not panels[two.mo].presence.isVisibleTo(panels[two.mo])


def test_that_a_form_says_who_is_there_and_others_see_that_it_is_a_form(two: Two, qtbot: QtBot) -> None:
    two.mo.session.presence.reads(two.key)
    two.renew(two.mo, two.jo)
    two.jo.window.show()
    Opens("worse", "WorseDialog", lambda session: session.live.referrals.by_id[two.key])(two.jo.session)
    dialog = two.jo.window.findChild(DecisionDialog)
    assert dialog is not None
    line = dialog.findChild(PresenceLine)
    assert line is not None
    qtbot.waitUntil(line.isVisible)
    assert "has this open" in line.words.text()
    two.renew(two.jo, two.mo)
    (told,) = two.mo.session.presence.others(two.key)
    assert told.is_editing
    assert "in a form" in two.mo.session.presence.sentence(told)
    with qtbot.waitSignal(dialog.finished):
        dialog.reject()
    two.renew(two.jo, two.mo)
    assert two.mo.session.presence.others(two.key) == ()


def test_that_a_window_that_is_heard_no_more_fades_and_is_taken_over(two: Two, qtbot: QtBot) -> None:
    two.jo.session.presence.reads(two.key)
    two.renew(two.jo, two.mo)
    panel = RecordPanel(two.mo.session, two.mo.window)
    panel.open(two.key)
    assert not panel.presence.take_over.isVisibleTo(panel)
    backdate(two, SILENT)
    two.renew(two.mo)
    here = two.mo.session.presence.here(two.key)
    assert here is not None
    assert here.is_stale
    assert "has not been heard since" in here.words
    assert panel.presence.take_over.isVisibleTo(panel)
    panel.presence.take_over.click()
    qtbot.waitUntil(lambda: two.mo.session.presence.others(two.key) == ())
    said: list[str] = []
    two.jo.session.said.connect(lambda sentence, _: said.append(sentence))
    two.renew(two.jo)
    assert "took over what you had open" in said[0]
    two.renew(two.jo, two.mo)
    assert len(said) == 1
    assert two.mo.session.presence.others(two.key) != ()


def backdate(two: Two, by: dt.timedelta) -> None:
    """As if Jo's console had not been heard for so long."""
    with two.team.database.work(two.team.actors["jo"], two.team.clock()) as work:
        at = dt.datetime.now(dt.UTC) - by
        values = {"at": f"{at:%Y-%m-%d %H:%M:%S.%f}", "jo": two.team.actors["jo"].staff_id}
        work.session.execute(text("UPDATE presence SET renewed_at = :at WHERE staff_id = :jo"), values)


def test_that_with_the_line_cut_everything_fades_here_by_itself(two: Two) -> None:
    two.jo.session.presence.reads(two.key)
    two.renew(two.jo, two.mo)
    two.mo.live.state = FeedState(is_live=False, is_local=True, as_of=None, sentence="Reconnecting", why="")
    heard: list[bool] = []
    two.mo.session.presence.changed.connect(lambda: heard.append(True))
    two.pass_time(SILENT)
    here = two.mo.session.presence.here(two.key)
    assert here is not None
    assert here.is_stale
    two.pass_time(dt.timedelta(hours=1))
    assert two.mo.session.presence.here(two.key) is None
    assert len(heard) == 2


def test_that_renewing_redraws_nothing(two: Two) -> None:
    two.jo.session.presence.reads(two.key)
    two.renew(two.jo, two.mo)
    heard: list[bool] = []
    two.mo.session.presence.changed.connect(lambda: heard.append(True))
    for _ in range(3):
        two.renew(two.jo, two.mo)
    assert heard == []


def test_that_whoever_leaves_is_gone_from_the_rows(two: Two, qtbot: QtBot) -> None:
    two.jo.session.presence.reads(two.key)
    two.renew(two.jo, two.mo)
    two.jo.session.presence.end()
    qtbot.waitUntil(partial(is_idle, two.jo))
    two.renew(two.mo)
    assert two.mo.session.presence.others(two.key) == ()


def test_that_a_window_renews_by_itself(two: Two, qtbot: QtBot) -> None:
    presence = two.jo.session.presence
    timers: list[int] = [timer.interval() for timer in presence.findChildren(type(presence._every))]
    assert int(RENEWED_EVERY.total_seconds() * 1000) in timers
    presence._every.setInterval(10)  # so that the test need not wait for seconds
    presence.reads(two.key)
    look = partial(two.team.mo.presence.look, [two.team.row(two.key).hub_id])
    qtbot.waitUntil(lambda: bool(look()))
    first = look()
    qtbot.waitUntil(lambda: look() != first)
