"""Who comes back is told what others changed meanwhile, on the rows and as a list, until it is seen."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from console.domain.acting import Actor
from console.domain.since import News
from console.domain.words import Role
from tests.ui.conftest import LONG_MS, SignInAs
from ui.boards.board import BoardWorkspace
from ui.desk_page import DeskPage
from ui.main_window import MainWindow
from ui.since_list import SinceDialog

AWAY_S = 400.0


class Hand:
    """A coordinator who can be away for some minutes, and another one who works meanwhile."""

    def __init__(self, page: DeskPage, window: MainWindow, qtbot: QtBot) -> None:
        """Wait until the first one is known to have seen the board."""
        self.page, self.session, self.window, self.qtbot = page, page.session, window, qtbot
        assert isinstance(page.front, BoardWorkspace)
        self.board = page.front
        self.looking = page.session.looking
        assert window.parts is not None
        other = next(one for one in window.people if one.id != self.session.person.id)
        role = other.roles[0]
        self.other = window.parts.desk(Actor(other.id, other.name, role))
        qtbot.waitUntil(lambda: self.has_seen("board"), timeout=LONG_MS)

    def act(self) -> None:
        """Move the hand."""
        self.looking.acted()

    def has_seen(self, workspace: str) -> bool:
        """Move the hand, and tell whether it is known until where this workspace was seen."""
        self.act()
        return workspace in self.looking.marks

    def be_away(self) -> None:
        """Let some minutes pass without a key; what the feed told before is what was seen."""
        self.looking._acted_at -= AWAY_S

    def change(self) -> tuple[int, int]:
        """Let the other one tell of two patients: one is worse, of one a contact was logged."""
        rows = sorted(self.session.live.referrals.by_id.values(), key=lambda row: row.id)
        waiting = [row for row in rows if row.is_waiting and row.worse_at is None]
        for row in waiting[:2]:
            self.other.referrals.worse(row.id, "Drowsy")
        return waiting[0].id, waiting[1].id

    def come_back(self) -> None:
        """Move the hand again, and wait for what one is told."""
        self.act()
        self.qtbot.waitUntil(self.page.since.isVisible, timeout=LONG_MS)


@pytest.fixture
def hand(sign_in: SignInAs, window: MainWindow, qtbot: QtBot) -> Hand:
    """The coordinator at the board."""
    return Hand(sign_in(Role.COORDINATOR), window, qtbot)


def unread(hand: Hand) -> dict[int, News]:
    return {key: news for key, (news, _) in hand.board.referrals.model.glow.unread.items()}


def test_that_who_comes_back_sees_what_changed_on_its_rows_and_reads_it_off_one_by_one(hand: Hand) -> None:
    hand.be_away()
    one, two = hand.change()
    top = hand.board.referrals.view.geometry().top()
    hand.come_back()
    assert unread(hand) == {one: News.CHANGED, two: News.CHANGED}
    assert "2 changed" in hand.page.since.sentence.text()
    assert hand.board.referrals.view.geometry().top() == top  # nothing jumps
    row = hand.board.referrals.model.row(one)
    assert row is not None
    said = hand.board.referrals.model.spoken(row)
    assert f"by {hand.other.actor.name} at " in said
    hand.board.referrals.view.select_id(one)
    assert unread(hand) == {two: News.CHANGED}
    assert "1 changed" in hand.page.since.sentence.text()
    hand.board.referrals.view.select_id(two)
    assert unread(hand) == {}
    assert not hand.page.since.isVisible()


def test_that_a_first_reading_that_was_refused_is_asked_again_once_the_board_is_live(hand: Hand) -> None:
    hand.looking.is_known = False  # as it was while the database was away at sign-in
    hand.looking._let_be(None)
    hand.looking._asked_at -= 60
    hand.qtbot.waitUntil(lambda: hand.looking.is_known, timeout=LONG_MS)


def test_that_a_short_look_elsewhere_tells_nothing(hand: Hand) -> None:
    hand.looking._acted_at -= 60
    hand.change()
    hand.act()
    hand.qtbot.waitUntil(lambda: hand.window.background.busy == 0, timeout=LONG_MS)
    assert not hand.page.since.isVisible()


def test_that_one_key_lists_all_of_it_and_another_says_that_it_is_seen(hand: Hand) -> None:
    hand.be_away()
    one, two = hand.change()
    hand.come_back()
    hand.session.commands.run("window.since")
    (dialog,) = hand.window.findChildren(SinceDialog)
    assert {row.row_id for row in dialog.model.rows() if row.about.value == "referral"} == {one, two}
    assert {row.by for row in dialog.model.rows()} == {hand.other.actor.name}
    dialog.reject()
    assert hand.session.commands.run("window.seen")
    assert not hand.page.since.isVisible()
    assert not hand.session.commands.run("window.seen")


def test_that_enter_in_the_list_opens_the_referral_and_marks_it_read(hand: Hand) -> None:
    hand.be_away()
    hand.change()
    hand.come_back()
    hand.page.since.open_list()
    (dialog,) = hand.window.findChildren(SinceDialog)
    row = dialog.view.selected_row()
    assert row is not None
    QTest.keyClick(dialog.view, Qt.Key.Key_Return)
    assert hand.page.panel.isVisible()
    assert row.row_id not in unread(hand)


def test_that_what_is_unread_is_still_told_at_the_next_sign_in(
    hand: Hand, sign_in: SignInAs, qtbot: QtBot
) -> None:
    hand.be_away()
    one, two = hand.change()
    hand.come_back()
    seen_at = hand.looking.marks["board"].seen_at
    hand.looking.marks["board"] = hand.looking.marks["board"].__class__(
        hand.looking.marks["board"].mark, seen_at - dt.timedelta(minutes=9)
    )
    hand.looking._owed.add("board")
    page = sign_in(Role.COORDINATOR)
    qtbot.waitUntil(page.since.isVisible, timeout=LONG_MS)
    assert isinstance(page.front, BoardWorkspace)
    assert set(page.front.referrals.model.glow.unread) == {one, two}


def test_that_a_key_says_so_when_nothing_changed(hand: Hand) -> None:
    said: list[str] = []
    hand.session.said.connect(lambda sentence, _: said.append(sentence))
    hand.session.commands.run("window.since")
    hand.qtbot.waitUntil(lambda: bool(said), timeout=LONG_MS)
    assert said == ["Nobody else has changed anything here since you looked."]


def test_that_a_workspace_tells_what_changed_in_it_when_one_comes_to_it(hand: Hand) -> None:
    hand.page.go_to("load")
    hand.qtbot.waitUntil(lambda: hand.has_seen("load"), timeout=LONG_MS)
    hand.page.go_to("board")
    hand.change()
    mark = hand.looking.marks["load"]
    hand.looking.marks["load"] = mark.__class__(mark.mark, mark.seen_at - dt.timedelta(minutes=9))
    hand.page.go_to("load")
    hand.qtbot.waitUntil(hand.page.since.isVisible, timeout=LONG_MS)
    assert "2 new" in hand.page.since.sentence.text()
