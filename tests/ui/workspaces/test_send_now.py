"""A first-priority patient waits while somebody is free: the board says so; one key opens the decision."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from tests.services.team import Team, new_referral
from tests.ui.workspaces.at_board import at_board, choose
from tests.ui.workspaces.conftest import ALT, CTRL, SHIFT, Working
from ui.boards.board import BoardWorkspace
from ui.boards.referrals import ReferralsPane
from ui.dialogs.allocate import AllocateDialog

Sit = Callable[[str, Callable[..., QWidget], str], Working]
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def waiting(team: Team, family: str = "Marsh", priority: int = 2) -> int:
    """Somebody who waits in Hythe."""
    form = new_referral(
        family_name=family, nhs_number=None, practice_id=team.ids["practice"],
        visit_address="4 Sea Road, Hythe", visit_postcode="CT21 5AB",
    )  # fmt: skip
    return team.triaged(priority, form)


def board_of(working: Working) -> BoardWorkspace:
    board = working.workspace
    assert isinstance(board, BoardWorkspace)
    return board


def pill(pane: ReferralsPane, key: int) -> tuple[str, str]:
    row = pane.model.row(key)
    assert row is not None
    column = next(one for one in pane.model.columns if one.id == "status")
    shown = column.value(row)
    return shown.text, shown.what


def test_that_the_board_says_who_could_be_sent_and_one_key_opens_the_decision(sit: Sit, team: Team) -> None:
    key = waiting(team)
    team.jo.workforce.position(team.ids["sam"], 51.0790, 1.1650)
    jo = at_board(sit, "jo")
    bar = board_of(jo).send_now
    jo.wait(bar.isVisible)
    assert bar.sentence.text() == (
        "Send now: P2 acute MARSH, Ivy · Hythe · Sam Hill is free, about 15 min · there by 14:15, due 15:00"
    )
    assert pill(board_of(jo).referrals, key) == ("Send now", "Sam Hill, about 15 min")
    jo.wait(bar.button.isEnabled)
    jo.press(Qt.Key.Key_S, ALT)
    dialog = jo.dialog()
    assert isinstance(dialog, AllocateDialog)
    jo.wait(lambda: dialog.primary.accessibleName() == "Allocate Sam Hill")
    assert team.row(key).visit_status is None
    jo.submit()
    assert team.row(key).practitioner == "Sam Hill"
    jo.wait(lambda: not bar.isVisible())


def test_that_the_chosen_patient_s_offer_is_shown_before_the_most_urgent_one(sit: Sit, team: Team) -> None:
    first, second = waiting(team, "Marsh", 1), waiting(team, "Reed", 2)
    team.jo.workforce.position(team.ids["sam"], 51.0790, 1.1650)
    jo = at_board(sit, "jo")
    bar = board_of(jo).send_now
    jo.wait(bar.isVisible)
    assert "P1 emergency MARSH" in bar.sentence.text()
    assert bar.more.text() == "and 1 more"
    choose(jo, second)
    jo.wait(lambda: "REED" in bar.sentence.text())
    assert jo.session.offers.of(first) is not None


def test_that_nothing_is_said_where_nobody_must_or_can_go(sit: Sit, team: Team) -> None:
    waiting(team, priority=3)
    jo = at_board(sit, "jo")
    jo.see()
    assert not board_of(jo).send_now.isVisible()
    jo.press(Qt.Key.Key_S, ALT)
    jo.wait(lambda: bool(jo.session.commands.why_not("visit.send_now")))
    assert jo.session.offers.now == ()


def test_that_somebody_whose_place_is_not_known_is_named_without_a_time(sit: Sit, team: Team) -> None:
    key = waiting(team)
    jo = at_board(sit, "jo")
    bar = board_of(jo).send_now
    jo.wait(bar.isVisible)
    assert "Sam Hill is free, their place is not known" in bar.sentence.text()
    assert pill(board_of(jo).referrals, key) == ("Send now", "Sam Hill is free")


def test_that_an_offer_goes_when_the_position_grows_old(sit: Sit, team: Team) -> None:
    waiting(team)
    team.jo.workforce.position(team.ids["sam"], 51.0790, 1.1650)
    jo = at_board(sit, "jo")
    bar = board_of(jo).send_now
    jo.wait(lambda: "about 15 min" in bar.sentence.text())
    team.clock.pass_minutes(6)
    jo.wait(lambda: "about" not in bar.sentence.text())


def test_that_the_button_can_be_used_as_soon_as_the_line_is_there(sit: Sit, team: Team) -> None:
    jo = at_board(sit, "jo")
    jo.see()
    bar = board_of(jo).send_now
    assert not bar.button.isEnabled()
    waiting(team)
    jo.seat.look()
    jo.wait(bar.isVisible)
    assert bar.button.isEnabled()


def test_that_the_line_says_how_late_somebody_would_be(sit: Sit, team: Team) -> None:
    waiting(team)
    team.clock.pass_minutes(80)
    team.jo.workforce.position(team.ids["sam"], 51.0790, 1.1650)
    jo = at_board(sit, "jo")
    bar = board_of(jo).send_now
    jo.wait(bar.isVisible)
    assert "there by 15:35, due 15:00 (35 min late)" in bar.sentence.text()


def test_that_nobody_is_offered_while_a_clinician_decides_and_the_row_says_who(sit: Sit, team: Team) -> None:
    key = waiting(team)
    visits = team.jo.visits
    visit = visits.allocate(key, team.ids["sam"], team.version(key))
    for go_on in (visits.acknowledge, visits.en_route):
        go_on(visit, team.visit_version(key))
    visits.no_access(visit, team.visit_version(key), True, "Curtains drawn")
    ann = at_board(sit, "ann")
    board = board_of(ann)
    choose(ann, key)
    assert pill(board.referrals, key) == ("Clinician decides", "asked 14:00")
    ann.wait(lambda: ann.session.commands.is_enabled("referral.contact_decision"))
    assert ann.session.offers.now == ()
    ann.session.service_clocks.read()
    ann.wait(lambda: ann.session.frame is not None)
    (asked,) = team.ann.records.open(key).tasks
    team.ann.tasks.accept(asked.id, asked.version)
    ann.see()
    assert pill(board.referrals, key) == ("Clinician decides", "Ann Lee, to 14:10")
    ann.press(Qt.Key.Key_F, CTRL | SHIFT)
    ann.dialog()
    ann.fill("Sam tries the back door")
    ann.submit()
    ann.wait(lambda: pill(board.referrals, key)[0] == "Send now")


def test_that_whoever_has_been_sent_somebody_is_offered_nobody_any_more(sit: Sit, team: Team) -> None:
    key = waiting(team)
    jo = at_board(sit, "jo")
    bar = board_of(jo).send_now
    jo.wait(bar.isVisible)
    team.jo.visits.allocate(key, team.ids["sam"], team.version(key))
    jo.see()
    assert not bar.isVisible()
