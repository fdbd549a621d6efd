"""A person's columns: what they hid, moved and widened is theirs, and what keeps patients safe stays."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from ui.boards.cells import Column, Kind
from ui.boards.column_choice import ColumnChoice, read_order, read_widths
from ui.boards.countdown import Countdown
from ui.boards.delegates import RowDelegate
from ui.boards.keyed_table import KeyedTableModel
from ui.boards.live_view import LiveView

COLUMNS = (
    Column[int]("priority", "", Kind.TEXT, str, 54, said="Priority", is_safety=True),
    Column[int]("patient", "Patient", Kind.TEXT, str, 200, stretches=1, is_safety=True),
    Column[int]("where", "Where", Kind.TEXT, str, 120),
    Column[int]("due", "Due", Kind.TEXT, str, 140, is_safety=True),
)
IDS = ["priority", "patient", "where", "due"]


@pytest.fixture
def choice(qtbot: QtBot) -> Iterator[ColumnChoice]:
    """A table of 800 pixels."""
    countdown = Countdown()
    model: KeyedTableModel[int] = KeyedTableModel(COLUMNS, key=lambda row: row, order=lambda row: row)
    view: LiveView[int] = LiveView(model, RowDelegate(model), countdown)
    qtbot.addWidget(view)
    view.resize(802, 300)
    view.show()
    model.reset([1, 2])
    yield view.choice
    countdown.stop()


def widths(choice: ColumnChoice) -> dict[str, int]:
    view = choice.parent()
    assert isinstance(view, LiveView)
    return {
        one: 0 if view.isColumnHidden(place) else view.columnWidth(place) for place, one in enumerate(IDS)
    }


def run(choice: ColumnChoice, *path: str) -> None:
    """Choose in the menu by keys: each word opens a menu or does what it says."""
    menu = choice.menu()
    for words in path[:-1]:
        inner = next(one.menu() for one in menu.actions() if one.text() == words)
        assert isinstance(inner, QMenu)
        menu = inner
    next(one for one in menu.actions() if one.text() == path[-1]).trigger()


def test_that_a_column_is_hidden_and_shown_by_the_menu(choice: ColumnChoice) -> None:
    before = widths(choice)
    run(choice, "Where")
    after = widths(choice)
    assert after["where"] == 0
    assert sum(after.values()) == sum(before.values())
    assert choice.kept_order["hidden"] == ["where"]
    run(choice, "Where")
    assert widths(choice) == before
    assert not choice.kept_order


def test_that_what_keeps_patients_safe_cannot_be_hidden(choice: ColumnChoice) -> None:
    actions = {one.text(): one.isEnabled() for one in choice.menu().actions() if one.isCheckable()}
    assert actions == {
        "Priority (always shown)": False,
        "Patient (always shown)": False,
        "Where": True,
        "Due (always shown)": False,
    }
    choice.recall({"order": IDS, "hidden": ["due", "priority", "where"]}, None)
    assert [one for one, width in widths(choice).items() if not width] == ["where"]


def test_that_columns_are_moved_and_widened_by_keys_and_reset(choice: ColumnChoice) -> None:
    before = widths(choice)
    run(choice, "Order and width", "Due", "Move left")
    assert choice.order == ["priority", "patient", "due", "where"]
    run(choice, "Order and width", "Where", "Wider")
    wide = widths(choice)
    assert wide["where"] == before["where"] + 24
    assert sum(wide.values()) == sum(before.values())
    run(choice, "Reset columns")
    assert (choice.order, widths(choice), choice.kept_order, choice.kept_widths) == (IDS, before, {}, {})


def test_that_no_column_is_drawn_so_wide_that_another_is_pushed_out(choice: ColumnChoice) -> None:
    view = choice.parent()
    assert isinstance(view, LiveView)
    view.horizontalHeader().resizeSection(2, 5000)
    assert sum(widths(choice).values()) <= view.viewport().width()
    assert widths(choice)["due"] == 140
    view.horizontalHeader().resizeSection(3, 10)
    assert widths(choice)["due"] == 140  # how late it is must be readable


def test_that_the_mark_of_the_chosen_row_stands_at_the_leftmost_column(choice: ColumnChoice) -> None:
    run(choice, "Order and width", "Patient", "Move left")
    assert choice.first == 1


BROKEN: tuple[Any, ...] = (
    None, 7, "x", [], {"order": 3}, {"order": ["gone", None, 4], "hidden": "where"},
    {"hidden": [["where"], None]}, {"order": [["due"]]},
)  # fmt: skip


@pytest.mark.parametrize("value", BROKEN)
def test_that_what_was_kept_wrongly_is_as_if_it_had_not_been(choice: ColumnChoice, value: Any) -> None:
    before = widths(choice)
    choice.recall(value, value)
    assert (choice.order, widths(choice)) == (IDS, before)


def test_that_a_column_that_came_later_stands_where_it_is_declared() -> None:
    order, _ = read_order({"order": ["due", "patient", "priority"]}, COLUMNS)
    assert order == ["due", "patient", "where", "priority"]


def test_that_widths_that_nobody_can_have_drawn_are_let_be() -> None:
    kept = {"due": 20, "where": 90, "patient": True, "gone": 100, "priority": 99_999}
    assert read_widths(kept, COLUMNS) == {"where": 90}


def test_that_chosen_widths_give_way_where_there_is_no_room(choice: ColumnChoice) -> None:
    view = choice.parent()
    assert isinstance(view, LiveView)
    choice.recall(None, {"where": 400})
    assert widths(choice)["where"] == 400
    view.resize(520, 300)
    QTest.qWait(0)
    assert widths(choice)["where"] == 120
    assert sum(widths(choice).values()) <= view.viewport().width()


def test_that_the_header_is_drawn_by_the_pointer(choice: ColumnChoice) -> None:
    view = choice.parent()
    assert isinstance(view, LiveView)
    header = view.horizontalHeader()
    edge = header.sectionViewportPosition(2) + header.sectionSize(2) - 1
    y = header.height() // 2
    point = header.viewport().rect().topLeft()
    for press, x in ((QTest.mousePress, edge), (QTest.mouseMove, edge - 30)):
        point.setX(x)
        point.setY(y)
        if press is QTest.mousePress:
            QTest.mousePress(header.viewport(), Qt.MouseButton.LeftButton, pos=point)
        else:
            QTest.mouseMove(header.viewport(), point)
    QTest.mouseRelease(header.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert choice.kept_widths == {"where": 90}
