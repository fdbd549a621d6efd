"""The map beside the board, worked by real keys and clicks over a small real service."""

from collections.abc import Callable
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from console.services import maps, setup
from tests.services.team import Team, new_referral
from tests.ui.map.at_map import DEAL, HYTHE, SEEN_AT, see
from tests.ui.workspaces.conftest import ALT, Working
from ui import theme
from ui.boards.board import BoardWorkspace
from ui.map.labels import Box
from ui.map.marks import Key as MarkKey
from ui.map.marks import Shape
from ui.map.pane import MapPane
from ui.map.view import MapView
from ui.widgets.scrolled import Scrolled

Sit = Callable[[str, Callable[..., QWidget], str], Working]
Key = Qt.Key


class AtMap:
    """Jo at the board with the map in front."""

    def __init__(self, working: Working) -> None:
        """Go to the map by its key and wait until it is there."""
        board = working.workspace
        assert isinstance(board, BoardWorkspace)
        self.working, self.board, self.pane = working, board, board.map
        board.referrals.view.setFocus()
        working.press(Key.Key_G, ALT)
        working.wait(lambda: self.view.ground is not None and self.pane.isVisible())
        working.wait(self.view.hasFocus)

    @property
    def view(self) -> MapView:
        return self.pane.view

    def point(self, key: MarkKey) -> QPoint:
        """Where a mark stands in the view."""
        marker = self.view.markers.by_key[key]
        middle = marker.item.boundingRect().center()
        return self.view.mapFromScene(*marker.at) + middle.toPoint()

    def click(self, key: MarkKey) -> None:
        """Click on a mark."""
        QTest.mouseClick(self.view.viewport(), Qt.MouseButton.LeftButton, pos=self.point(key))

    def has(self, key: MarkKey) -> bool:
        return key in self.view.markers.by_key


@pytest.fixture
def hythe(team: Team) -> int:
    """A patient at Hythe who waits."""
    return team.triaged(2, new_referral(home_postcode=HYTHE))


@pytest.fixture
def deal(team: Team) -> int:
    """A patient at Deal who waits."""
    form = new_referral(family_name="Pym", given_name="Ola", nhs_number=None, home_postcode=DEAL)
    return team.triaged(3, form)


@pytest.fixture
def at_map(team: Team, sit: Sit, hythe: int, deal: int) -> AtMap:
    """Jo at the map, with Sam and two patients on it."""
    see(team, "sam", *SEEN_AT)
    return AtMap(sit("jo", BoardWorkspace, "board"))


def test_that_the_map_shows_who_is_on_duty_and_who_waits(
    at_map: AtMap, team: Team, hythe: int, deal: int
) -> None:
    assert at_map.has(("practitioner", team.ids["sam"]))
    assert at_map.has(("referral", hythe))
    assert at_map.has(("referral", deal))
    described = at_map.view.accessibleDescription()
    assert described.startswith("1 practitioner, 2 patients")


def test_that_a_patient_who_becomes_overdue_is_marked_so_by_itself(
    at_map: AtMap, team: Team, hythe: int
) -> None:
    before = at_map.pane.marks.by_key["referral", hythe]
    team.clock.pass_minutes(24 * 60)
    for _ in range(15):  # a quarter of a minute
        at_map.working.session.countdown.ticked.emit()
    at_map.working.wait(lambda: at_map.pane.marks.by_key["referral", hythe] != before)


def test_that_the_map_keeps_still_while_somebody_moves_in_sight_and_follows_who_leaves_it(
    at_map: AtMap, team: Team
) -> None:
    sam: MarkKey = ("practitioner", team.ids["sam"])
    marker, still = at_map.view.markers.by_key[sam], at_map.view.viewportTransform()

    def go(lat: float, lon: float) -> QPoint:
        at_map.view.change_mark(replace(marker.mark, lat=lat, lon=lon))
        at_map.pane.marks.by_key[sam] = marker.mark
        at_map.pane.marks.changed.emit({sam: marker.mark})
        return marker.item.pos().toPoint()

    at, (lat, lon) = go(*SEEN_AT), SEEN_AT
    assert go(lat + 1e-6, lon) == at, "less than a dot of the screen is nothing to paint"
    assert go(lat + 0.01, lon) != at
    assert at_map.view.viewportTransform() == still
    assert not at_map.view.is_in_sight(*at_map.view.ground.projection.to_scene(lat, lon - 0.6))  # type: ignore[union-attr]
    go(lat, lon - 0.6)
    assert at_map.view.is_in_sight(*marker.at)


def test_that_who_goes_off_duty_leaves_the_map(at_map: AtMap, team: Team) -> None:
    row = at_map.working.session.live.practitioners.by_id[team.ids["sam"]]
    assert row.shift_id is not None
    assert row.shift_version is not None
    team.jo.workforce.shift_off(row.shift_id, row.shift_version)
    at_map.working.see()
    at_map.working.wait(lambda: not at_map.has(("practitioner", team.ids["sam"])))
    assert all("Sam Hill" not in words for _, words in at_map.pane.marks.spoken())


def test_that_a_click_on_the_map_chooses_the_row_in_its_table(
    at_map: AtMap, team: Team, hythe: int, deal: int
) -> None:
    at_map.click(("referral", deal))
    assert at_map.board.referrals.view.selected_id() == deal
    at_map.click(("referral", hythe))
    assert at_map.board.referrals.view.selected_id() == hythe
    at_map.click(("practitioner", team.ids["sam"]))
    assert at_map.board.practitioners.view.selected_id() == team.ids["sam"]
    assert at_map.working.session.practitioner is not None
    assert at_map.view.markers.chosen == ("practitioner", team.ids["sam"])


def test_that_a_row_that_is_chosen_is_ringed_on_the_map(at_map: AtMap, hythe: int, deal: int) -> None:
    table = at_map.board.referrals.view
    table.setFocus()
    at_map.working.press(Key.Key_Home)
    first = at_map.view.markers.chosen
    at_map.working.press(Key.Key_Down)
    second = at_map.view.markers.chosen
    assert {first, second} == {("referral", hythe), ("referral", deal)}


def test_that_what_is_chosen_comes_into_sight(at_map: AtMap, deal: int) -> None:
    at_map.working.press(Key.Key_H, ALT)  # a hub, near
    assert not at_map.view.is_in_sight(*at_map.view.markers.by_key["referral", deal].at)
    at_map.board.referrals.view.select_id(deal)
    assert at_map.view.is_in_sight(*at_map.view.markers.by_key["referral", deal].at)


def test_that_a_patient_whom_the_filter_hides_is_shown_when_the_map_chooses_them(
    at_map: AtMap, deal: int
) -> None:
    at_map.board.referrals.show_only("triage")
    assert at_map.board.referrals.model.row_of(deal) is None
    at_map.click(("referral", deal))
    assert at_map.board.referrals.view.selected_id() == deal


def test_that_the_map_is_worked_by_keys_alone(at_map: AtMap, hythe: int, deal: int) -> None:
    view, press = at_map.view, at_map.working.press
    press(Key.Key_0, ALT)
    whole = view.scale_now
    press(Key.Key_Plus)
    assert view.scale_now > whole
    before = view.middle()
    press(Key.Key_Right)
    assert view.middle().x() > before.x()
    press(Key.Key_Up)
    assert view.middle().y() < before.y()
    press(Key.Key_Minus)
    assert view.scale_now == pytest.approx(whole)
    at_map.board.referrals.view.select_id(hythe)
    press(Key.Key_J, ALT)
    assert view.scale_now > whole
    view.choose(None)
    press(Key.Key_Return)
    assert view.markers.chosen == ("referral", hythe)


def test_that_nobody_zooms_or_pans_off_the_map(at_map: AtMap) -> None:
    view, press = at_map.view, at_map.working.press
    for _ in range(30):
        press(Key.Key_Minus)
    assert view.sceneRect().contains(view.middle())
    for _ in range(60):
        press(Key.Key_Plus)
    for _ in range(60):
        press(Key.Key_Left)
    assert view.sceneRect().contains(view.middle())


def test_that_all_that_is_on_the_map_is_there_as_a_list(at_map: AtMap, team: Team, deal: int) -> None:
    lost = team.received(new_referral(family_name="Far", nhs_number=None, home_postcode="CT99 9ZZ"))
    at_map.working.see()
    at_map.working.press(Key.Key_L, ALT)
    listed = at_map.pane.list
    at_map.working.wait(listed.hasFocus)
    at_map.working.wait(lambda: listed.count() >= 4)
    said = [listed.item(n).text() for n in range(listed.count())]
    assert any(words.startswith("Sam Hill, Paramedic practitioner, free to send") for words in said)
    assert any(words.endswith("no place known") and team.row(lost).number in words for words in said)
    at_map.working.press(Key.Key_End)
    chosen = listed.currentItem().data(Qt.ItemDataRole.UserRole)
    assert chosen == ("referral", lost)
    assert at_map.board.referrals.view.selected_id() == lost
    at_map.board.referrals.view.select_id(deal)
    assert listed.currentItem().data(Qt.ItemDataRole.UserRole) == ("referral", deal)
    at_map.working.press(Key.Key_L, ALT)
    at_map.working.wait(at_map.view.hasFocus)


def test_that_two_who_share_a_place_stand_beside_each_other(at_map: AtMap, team: Team) -> None:
    see(team, "kit", *SEEN_AT)
    at_map.working.see()
    keys: list[MarkKey] = [("practitioner", team.ids[name]) for name in ("sam", "kit")]
    at_map.working.wait(lambda: all(at_map.has(key) for key in keys))
    at_map.view.lay()
    assert at_map.point(keys[0]) != at_map.point(keys[1])
    for key in keys:
        at_map.click(key)
        assert at_map.board.practitioners.view.selected_id() == key[1]


def _no_words_overlap(view: MapView) -> None:
    assert view.projection is not None
    view.see(view.sceneRect())
    for _ in range(8):
        boxes = view.word_boxes()
        assert boxes
        assert not any(one.meets(other) for one, other in combinations(boxes, 2))
        view.see_point(*view.projection.to_scene(*SEEN_AT), view.scale_now * 1.5)


def test_that_no_words_overlap_at_any_scale_of_the_shipped_map(at_map: AtMap) -> None:
    _no_words_overlap(at_map.view)


def test_that_a_name_steps_aside_for_what_stands_on_it_and_comes_back(at_map: AtMap) -> None:
    names = at_map.view.names
    assert names is not None
    before = names.boxes()
    seen = Box(-4000, -4000, 8000, 8000)
    names.make_way((), seen)
    at_home = names.boxes()
    key, box = next((key, box) for key, box in at_home.items() if str(key).startswith("('place'"))
    names.make_way([box], seen)
    aside = names.boxes()
    assert key in aside
    assert not aside[key].meets(box)
    names.make_way((), seen)
    assert names.boxes() == at_home
    assert before.keys() <= at_home.keys()


def test_that_a_sites_map_is_shown_with_its_roads_and_thanks(
    at_map: AtMap, team: Team, shared_data: Path
) -> None:
    setup.apply(team.database, team.clock())
    maps.take_in(team.database, shared_data / "map-site", team.clock())
    at_map.pane.source.ask()
    at_map.working.wait(lambda: bool(at_map.view.ground and at_map.view.ground.roads))
    at_map.working.press(Key.Key_0, ALT)
    assert "National Highways" in at_map.pane.over.thanks.accessibleName()
    assert "GeoNames" in at_map.pane.over.thanks.accessibleName()
    assert at_map.pane.over.thanks.isVisible()
    assert at_map.view.names is not None
    kinds = {str(key[0]) for key in at_map.view.names.boxes() if isinstance(key, tuple)}
    assert {"road", "place"} <= kinds
    _no_words_overlap(at_map.view)


def test_that_the_thanks_open_in_full(at_map: AtMap) -> None:
    thanks = at_map.pane.over.thanks
    assert "GSHHG" in thanks.accessibleName()
    folded = thanks.height()
    thanks.setFocus()
    at_map.working.press(Key.Key_Space)
    assert thanks.height() > folded
    shown = " ".join(thanks.lines)
    assert "GeoNames, CC BY 4.0" in shown
    assert "Crown copyright and database right 2025" in shown


def test_that_the_map_has_the_colours_of_each_theme(at_map: AtMap) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    before, view = theme.current().name, at_map.view
    assert view.projection is not None
    sea = view.projection.to_scene(50.98, 1.30)
    try:
        for name in theme.THEMES:
            theme.apply(app, name)
            view.see_point(*sea, view.scale_now)
            picture = view.viewport().grab().toImage()
            seen = picture.pixelColor(picture.width() // 2, picture.height() // 2)
            assert seen.name() == theme.current().hex("sea")
    finally:
        theme.apply(app, before)


def test_that_a_patient_is_moved_by_keys_with_a_reason_and_the_pin_follows(
    at_map: AtMap, team: Team, hythe: int
) -> None:
    at_map.board.referrals.view.select_id(hythe)
    before = at_map.view.markers.by_key["referral", hythe].at
    at_map.working.press(Key.Key_P, ALT)
    at_map.working.dialog()
    at_map.working.fill("51.0900, 1.0500", "The farm lies behind the hill")
    at_map.working.submit()
    at_map.working.wait(lambda: at_map.view.markers.by_key["referral", hythe].at != before)
    assert (team.row(hythe).lat, team.row(hythe).lon) == (51.09, 1.05)
    assert any("is moved on the map" in said for said in at_map.working.said)


# The offscreen platform has no windows to raise and no keyboard to give to a menu; it says so.
@pytest.mark.qt_log_ignore(r"support (raise|grabbing)", extend=True)
def test_that_a_right_click_offers_to_move_the_chosen_patient_there(at_map: AtMap, hythe: int) -> None:
    at_map.board.referrals.view.select_id(hythe)
    at_map.working.press(Key.Key_0, ALT)
    there = at_map.view.viewport().rect().center()
    QTest.mouseClick(at_map.view.viewport(), Qt.MouseButton.RightButton, pos=there)
    at_map.working.wait(lambda: QApplication.activePopupWidget() is not None)
    at_map.working.press(Key.Key_Down)
    at_map.working.press(Key.Key_Return)
    dialog = at_map.working.dialog()
    place = at_map.view.degrees_at(there)
    assert place is not None
    assert getattr(dialog, "place").text() == f"{place[0]:.5f}, {place[1]:.5f}"  # noqa: B009 - of the subclass
    dialog.reject()
    at_map.working.press(Key.Key_Escape)


def test_that_what_stands_beside_the_referrals_is_remembered(at_map: AtMap) -> None:
    arrangement = at_map.working.session.arrangement
    arrangement.flush()
    at_map.board.beside.show_one("people")
    assert not at_map.pane.isVisible()
    working = at_map.working
    working.wait(lambda: bool(working.session.desk.looks.kept().arranged))
    (kept,) = working.session.desk.looks.kept().arranged
    assert (kept.name, kept.value) == ("board.beside", "map")
    arrangement.note("board.beside", "map", of_screen=True)
    arrangement.recalled.emit()
    assert at_map.pane.isVisible()


def test_that_the_map_stands_between_referrals_and_people_where_there_is_room(at_map: AtMap) -> None:
    window = at_map.working.seat.window
    window.resize(1900, 900)
    at_map.working.wait(lambda: at_map.board.practitioners.isVisible() and at_map.pane.isVisible())
    left = [
        one.mapTo(window, QPoint()).x()
        for one in (at_map.board.referrals, at_map.pane, at_map.board.practitioners)
    ]
    assert left == sorted(left)
    assert at_map.board.beside.chips.isHidden()
    window.resize(1280, 720)
    at_map.working.wait(lambda: not at_map.board.practitioners.isVisible())
    assert at_map.pane.isVisible()


def test_that_a_low_map_has_the_line_of_its_title_and_no_hub_hides_the_name_of_another(at_map: AtMap) -> None:
    window, pane = at_map.working.seat.window, at_map.pane
    hubs = [one for one in at_map.view.markers.by_key.values() if one.mark.shape is Shape.HUB]
    assert len(hubs) == 2
    layout = window.layout()
    assert layout is not None
    layout.addWidget(Scrolled(at_map.board))  # as the program holds it
    pane.buttons["list"].setFocus()

    def is_low() -> bool:
        window.resize(683, 330)  # it may be so low once its layout knows what holds the board
        return pane.title.isHidden()

    at_map.working.wait(is_low)
    at_map.working.wait(lambda: pane.tools.mapTo(window, QPoint()).y() < pane.mapTo(window, QPoint()).y())
    assert pane.over.thanks.lines == ["\N{COPYRIGHT SIGN} Sources"]
    assert pane.over.key.isHidden()
    assert pane.buttons["list"].hasFocus()  # it has the keyboard where it stands now too
    at_map.view.zoom(-9)
    one, other = (hub.box(at_map.view.scale_now) for hub in hubs)
    assert not one.meets(other)
    QTest.mouseClick(pane.buttons["hub"], Qt.MouseButton.LeftButton)  # it works where it stands now
    assert at_map.view.markers.chosen == ("hub", min(hub.mark.key[1] for hub in hubs))
    at_map.board.beside.show_one("people")
    assert pane.tools.isHidden()
    window.resize(1280, 720)
    at_map.board.beside.show_one("map")
    at_map.working.wait(pane.title.isVisible)
    assert pane.isAncestorOf(pane.tools)
    assert pane.over.thanks.lines != ["\N{COPYRIGHT SIGN} Sources"]


def test_that_nothing_is_read_while_nobody_looks_at_the_map(sit: Sit) -> None:
    working = sit("jo", BoardWorkspace, "board")
    board = working.workspace
    assert isinstance(board, BoardWorkspace)
    assert isinstance(board.map, MapPane)
    working.see()
    assert board.map.view.ground is None
    assert not board.map.marks.by_key
