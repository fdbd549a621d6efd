"""Allocate shows who is near and asks why somebody else goes; a position is entered with one key."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from console.domain.words import OutcomeDisposition
from db.models import Position, Referral, Visit
from tests.services.team import Team
from tests.services.test_who_is_near import in_hythe
from tests.support.sitting import Seat
from tests.ui.dialogs.conftest import Opened
from tests.ui.dialogs.keys import done, press, tab, typed
from ui.dialogs.allocate import AllocateDialog
from ui.dialogs.position import PositionDialog

HYTHE, DOVER = (51.0720, 1.0830), (51.1290, 1.3090)
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def key(team: Team) -> int:
    """A patient who waits in Hythe; Sam is there, Kit in Dover, of Gil and Pat nothing is known."""
    team.jo.workforce.position(team.ids["sam"], *HYTHE)
    team.jo.workforce.position(team.ids["kit"], *DOVER)
    return in_hythe(team)


@pytest.fixture
def dialog(team: Team, key: int, jo: Seat, opened: Opened, qtbot: QtBot) -> AllocateDialog:
    """The dialog with everybody in it."""
    made = opened(AllocateDialog(jo.session, team.row(key), parent=jo.window))
    assert isinstance(made, AllocateDialog)
    qtbot.waitUntil(lambda: len(made.candidates.shown) == 4)
    return made


def spoken(dialog: AllocateDialog, place: int) -> str:
    index = dialog.candidates.index(place)
    return str(dialog.candidates.data(index, Qt.ItemDataRole.AccessibleTextRole))


def chosen_because(team: Team) -> list[str]:
    with team.database.read() as session:
        return [visit.chosen_because for visit in session.query(Visit)]


def test_that_the_nearest_is_first_with_the_reasons_as_words(dialog: AllocateDialog) -> None:
    assert [one.practitioner.name for one in dialog.candidates.shown] == [
        "Sam Hill", "Kit Wood", "Gil Frost", "Pat Moss",
    ]  # fmt: skip
    said = spoken(dialog, 0)
    assert said.startswith("Sam Hill, free, Paramedic practitioner, Folkestone, until ")
    assert "1. under 1 km, about 5 min, there by 14:05, due 15:00" in said
    assert "position 0 s ago" in said
    assert "no position: not ranked" in spoken(dialog, 2)
    assert spoken(dialog, 3).startswith("Pat Moss, cannot be sent, ")
    assert "never sent to home visits" in spoken(dialog, 3)
    assert (
        dialog.sentence.text()
        == "3 practitioners can be sent, the nearest first. Ways and times are estimates."
    )


def test_that_the_first_goes_without_a_reason(team: Team, dialog: AllocateDialog, qtbot: QtBot) -> None:
    press("Down")
    assert dialog.primary.accessibleName() == "Allocate Sam Hill"
    press("Ctrl+Return")
    done(qtbot, dialog)
    assert chosen_because(team) == [""]


def test_that_another_one_goes_with_a_reason_that_is_kept(
    team: Team, key: int, dialog: AllocateDialog, qtbot: QtBot
) -> None:
    typed("kit")
    press("Ctrl+Return")
    asked = "Say why Kit Wood goes and not Sam Hill, who is first."
    assert dialog.because.accessibleDescription() == asked
    assert team.row(key).visit_status is None
    assert dialog.because.hasFocus()
    typed("Knows the patient")
    press("Ctrl+Return")
    done(qtbot, dialog)
    assert team.row(key).practitioner == "Kit Wood"
    assert chosen_because(team) == ["Knows the patient"]


def test_that_spaces_are_no_reason(team: Team, key: int, dialog: AllocateDialog) -> None:
    typed("kit")
    press("Ctrl+Return")
    typed("   ")
    press("Ctrl+Return")
    assert dialog.isVisible()
    assert team.row(key).visit_status is None


def test_that_an_offered_practitioner_is_chosen_and_sent_by_one_key(
    team: Team, key: int, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    dialog = opened(AllocateDialog(jo.session, team.row(key), team.ids["sam"], jo.window))
    assert isinstance(dialog, AllocateDialog)
    qtbot.waitUntil(lambda: dialog.primary.accessibleName() == "Allocate Sam Hill")
    assert team.row(key).visit_status is None, "an offer sends nobody"
    press("Ctrl+Return")
    done(qtbot, dialog)
    assert team.row(key).practitioner == "Sam Hill"


def test_that_an_offer_that_may_not_go_any_more_is_not_chosen(
    team: Team, key: int, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    dialog = opened(AllocateDialog(jo.session, team.row(key), team.ids["pat"], jo.window))
    assert isinstance(dialog, AllocateDialog)
    qtbot.waitUntil(lambda: len(dialog.candidates.shown) == 4)
    assert dialog.list.chosen is None


def test_that_a_place_that_is_not_on_the_map_ranks_nobody_and_says_so(
    team: Team, key: int, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    with team.database.work(team.actors["jo"], team.clock()) as work:
        referral = work.get(Referral, key)
        referral.visit_lat = referral.visit_lon = None
    row = replace(team.row(key), lat=None, lon=None)
    dialog = opened(AllocateDialog(jo.session, row, parent=jo.window))
    assert isinstance(dialog, AllocateDialog)
    qtbot.waitUntil(lambda: len(dialog.candidates.shown) == 4)
    assert "no place on the map, so nobody is ranked" in dialog.sentence.text()


def positions(team: Team) -> list[tuple[float, float]]:
    with team.database.read() as session:
        return [(one.lat, one.lon) for one in session.query(Position).order_by(Position.id)]


def test_that_at_the_patient_is_one_key(team: Team, jo: Seat, opened: Opened, qtbot: QtBot) -> None:
    key = in_hythe(team)
    team.jo.visits.allocate(key, team.ids["sam"], team.version(key))
    jo.look()
    sam = team.ids["sam"]
    qtbot.waitUntil(lambda: sam in jo.live.practitioners.by_id and key in jo.live.referrals.by_id)
    dialog = opened(PositionDialog(jo.session, jo.live.practitioners.by_id[sam], jo.window))
    press("Alt+P")
    press("Ctrl+Return")
    done(qtbot, dialog)
    assert positions(team) == [(team.row(key).lat, team.row(key).lon)]


def test_that_at_the_patient_is_where_the_corrected_address_is(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    key = in_hythe(team)
    team.jo.visits.allocate(key, team.ids["sam"], team.version(key))
    jo.look()
    sam = team.ids["sam"]
    qtbot.waitUntil(lambda: sam in jo.live.practitioners.by_id and key in jo.live.referrals.by_id)
    dialog = opened(PositionDialog(jo.session, jo.live.practitioners.by_id[sam], jo.window))
    assert isinstance(dialog, PositionDialog)
    press("Alt+P")
    before = dialog.place.text()
    team.jo.referrals.correct_address(
        key, team.version(key), "14 Castle Street, Dover", "CT16 1PD", "She rang"
    )
    jo.look()
    qtbot.waitUntil(lambda: dialog.place.text() != before)
    press("Ctrl+Return")
    done(qtbot, dialog)
    row = team.row(key)
    assert positions(team) == [pytest.approx((row.lat, row.lon), abs=1e-4)]


def test_that_at_the_hub_is_one_key_and_may_be_typed_over(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    dialog = opened(PositionDialog(jo.session, jo.live.practitioners.by_id[team.ids["sam"]], jo.window))
    assert isinstance(dialog, PositionDialog)
    assert not dialog.at_patient.isEnabled()
    assert dialog.at_patient.toolTip() == "Sam Hill has no patient in hand who is on the map."
    press("Alt+P")
    assert not dialog.place.text()
    press("Alt+H")
    assert dialog.place.text() == "51.07900, 1.16500"
    press("Ctrl+A")
    typed("51.1, 1.2")
    tab()
    press("Ctrl+Return")
    done(qtbot, dialog)
    assert positions(team) == [(51.1, 1.2)]


def test_that_at_the_patient_is_of_whom_it_was_said_and_not_of_the_next(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    first, visit_id = team.on_scene()
    second, sam = in_hythe(team), team.ids["sam"]
    address = ("14 Castle Street, Dover", "CT16 1PD", "She rang")
    team.jo.referrals.correct_address(first, team.version(first), *address)
    team.jo.visits.allocate(second, sam, team.version(second))

    def has(key: int) -> bool:
        rows = jo.live.practitioners.by_id
        return sam in rows and rows[sam].referral_id == key and key in jo.live.referrals.by_id

    jo.look()
    qtbot.waitUntil(lambda: has(first))
    dialog = opened(PositionDialog(jo.session, jo.live.practitioners.by_id[sam], jo.window))
    assert isinstance(dialog, PositionDialog)
    press("Alt+P")
    said = dialog.place.text()
    assert said
    version = team.stored(Visit, visit_id).version
    team.jo.visits.clear(visit_id, version, OutcomeDisposition.TREATED_AT_HOME, False)
    jo.look()
    qtbot.waitUntil(lambda: has(second))
    assert dialog.place.text() == said
