"""The live table: the selection holds on to its patient, and nothing jumps under the hand."""

import datetime as dt
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui import theme
from ui.boards.cells import Column, Due, Flag, Kind, PillText, TwoLines
from ui.boards.countdown import Countdown
from ui.boards.delegates import ROW_HEIGHT, RowDelegate
from ui.boards.keyed_table import KeyedTableModel
from ui.boards.live_view import LiveView
from ui.boards.painting import chip

NOW = dt.datetime(2026, 7, 15, 13, 5, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Patient:
    """One row with every kind of cell."""

    id: int
    rank: int
    minutes: float = 90


COLUMNS = (
    Column[Patient]("priority", "", Kind.PRIORITY, lambda row: row.rank % 4 + 1 if row.rank else None, 60),
    Column[Patient](
        "who", "Who", Kind.TWO_LINES, lambda row: TwoLines(f"SMITH, {row.id}", "82 F", "Fall"), 200
    ),
    Column[Patient]("word", "Status", Kind.PILL, lambda _: PillText("Triaged", "info"), 100),
    Column[Patient](
        "due", "Due", Kind.DUE, lambda row: Due(NOW + dt.timedelta(minutes=row.minutes), NOW), 120
    ),
    Column[Patient]("flags", "Flags", Kind.FLAGS, lambda row: (Flag("dog", "Animal"),) * row.rank, 60),
    Column[Patient]("text", "Hub", Kind.TEXT, lambda _: "Dover", 80),
)


class Clock:
    """A clock that the test moves."""

    def __init__(self) -> None:
        self.at = NOW

    def now(self) -> dt.datetime:
        return self.at


@pytest.fixture
def clock() -> Clock:
    """A clock that stands at NOW."""
    return Clock()


@pytest.fixture
def countdown(clock: Clock, qtbot: QtBot) -> Countdown:
    """The shared timer, stopped: tests tick by hand."""
    made = Countdown(clock.now)
    made.stop()
    return made


@pytest.fixture
def model(clock: Clock) -> KeyedTableModel[Patient]:
    """Forty patients."""
    made = KeyedTableModel(COLUMNS, key=lambda row: row.id, order=lambda row: row.rank, now=clock.now)
    made.reset(Patient(n, n) for n in range(1, 41))
    return made


@pytest.fixture
def view(model: KeyedTableModel[Patient], countdown: Countdown, qtbot: QtBot) -> LiveView[Patient]:
    """The table on the screen, ten rows high."""
    made = LiveView(
        model, RowDelegate(model, lambda row, now: NOW + dt.timedelta(minutes=row.minutes) <= now), countdown
    )
    qtbot.addWidget(made)
    made.resize(680, ROW_HEIGHT * 10 + 34)
    with qtbot.waitExposed(made):
        made.show()
    return made


def hand_on(view: LiveView[Patient], place: int) -> None:
    """Move the pointer onto a row."""
    QTest.mouseMove(view.viewport(), QPoint(100, 5))
    QTest.mouseMove(view.viewport(), QPoint(100, view.rowViewportPosition(place) + 20))


def test_that_the_selection_stays_on_its_patient_when_rows_come_go_and_move(
    view: LiveView[Patient], model: KeyedTableModel[Patient]
) -> None:
    view.select_id(7)
    model.apply([Patient(99, 0), Patient(7, 30), Patient(3, 50)], gone=[1, 2])
    assert view.selected_id() == 7
    row = view.selected_row()
    assert row is not None
    assert row.rank == 30
    assert [model.id_at(index) for index in view.selectionModel().selectedRows()] == [7]


def test_that_nobody_is_chosen_instead_when_the_chosen_patient_leaves(
    view: LiveView[Patient], model: KeyedTableModel[Patient], qtbot: QtBot
) -> None:
    view.select_id(7)
    with qtbot.waitSignal(view.selected) as caught:
        model.apply([], gone=[7])
    assert caught.args == [None]
    assert view.selected_id() is None
    assert not view.selectionModel().hasSelection()


def test_that_a_board_rebuilt_at_once_keeps_the_chosen_patient(
    view: LiveView[Patient], model: KeyedTableModel[Patient]
) -> None:
    view.select_id(7)
    model.reset(Patient(n, n) for n in range(7, 900))
    assert view.selected_id() == 7
    assert [model.id_at(index) for index in view.selectionModel().selectedRows()] == [7]


def test_that_the_row_under_the_pointer_stays_there_while_rows_come_and_change(
    view: LiveView[Patient], model: KeyedTableModel[Patient], qtbot: QtBot
) -> None:
    hand_on(view, 4)
    qtbot.waitUntil(lambda: view.rowAt(view.rowViewportPosition(4) + 20) == 4)
    under = view.viewport().mapFromGlobal(view.viewport().mapToGlobal(QPoint(100, 4 * ROW_HEIGHT + 20)))
    assert model.id_at(view.indexAt(under)) == 5
    model.apply([Patient(98, 0), Patient(99, 0), Patient(5, 39)], gone=[2])
    assert model.id_at(view.indexAt(under)) == 5
    QTest.mouseMove(view.viewport(), QPoint(-30, -30))
    view._hand_is_away()
    assert view.verticalScrollBar().value() == 0
    assert [row.id for row in model.rows()][:4] == [98, 99, 1, 3]


def test_that_a_scrolled_board_stays_where_it_is_when_a_row_comes_above(
    view: LiveView[Patient], model: KeyedTableModel[Patient]
) -> None:
    view.verticalScrollBar().setValue(10 * ROW_HEIGHT)
    top = model.id_at(view.rowAt(0))
    model.apply([Patient(99, 0)])
    assert model.id_at(view.rowAt(0)) == top


def test_that_a_key_holds_the_order_and_home_and_end_reach_the_ends(
    view: LiveView[Patient], model: KeyedTableModel[Patient], qtbot: QtBot
) -> None:
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_End)
    assert view.selected_id() == 40
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert view.selected_id() == 1
    model.apply([Patient(1, 35)])
    assert model.row_of(1) == 0
    view._hand_is_away()
    assert model.row_of(1) == 33


def test_that_tab_leaves_the_table(view: LiveView[Patient]) -> None:
    assert not view.tabKeyNavigation()


def test_that_enter_opens_the_chosen_row(view: LiveView[Patient], qtbot: QtBot) -> None:
    view.setFocus()
    view.select_id(3)
    with qtbot.waitSignal(view.opened) as caught:
        QTest.keyClick(view, Qt.Key.Key_Return)
    assert caught.args == [3]


def picture(view: LiveView[Patient]) -> QImage:
    """What is painted."""
    return view.viewport().grab().toImage()


def test_that_a_row_turns_red_in_the_second_in_which_it_becomes_late(
    view: LiveView[Patient],
    model: KeyedTableModel[Patient],
    countdown: Countdown,
    clock: Clock,
    qtbot: QtBot,
    qapp: QApplication,
) -> None:
    theme.apply(qapp, "light")
    # The second row: the first is the chosen one, on a ground of its own.
    ground = QPoint(view.columnViewportPosition(5) + 70, ROW_HEIGHT + 5)
    assert picture(view).pixelColor(ground) == theme.current().colour("card")
    clock.at = NOW + dt.timedelta(minutes=90)
    countdown.ticked.emit()
    qtbot.waitUntil(lambda: picture(view).pixelColor(ground) == theme.current().colour("bad_ground"))


@pytest.mark.parametrize("name", theme.THEMES)
def test_that_each_priority_is_told_apart_without_colour(name: str, qapp: QApplication) -> None:
    theme.apply(qapp, name)
    shapes = set()
    for priority in (None, 1, 2, 3, 4):
        drawn = chip(priority, 1.0).toImage()
        shapes.add(
            tuple(
                drawn.pixelColor(x, y).alpha() > 127
                for x in range(drawn.width())
                for y in range(drawn.height())
            )
        )
    assert len(shapes) == 5


def test_that_countdowns_repaint_only_their_column(
    view: LiveView[Patient], countdown: Countdown, clock: Clock
) -> None:
    before = picture(view)
    clock.at = NOW + dt.timedelta(minutes=31)
    countdown.ticked.emit()
    after = picture(view)
    left = view.columnViewportPosition(3)
    changed = {
        x
        for x in range(before.width())
        if any(before.pixel(x, y) != after.pixel(x, y) for y in range(ROW_HEIGHT))
    }
    assert changed
    assert min(changed) >= left
    assert max(changed) < left + view.columnWidth(3)


def test_that_a_screen_reader_hears_the_whole_row_whichever_cell_was_clicked(
    view: LiveView[Patient], model: KeyedTableModel[Patient]
) -> None:
    across = view.columnViewportPosition(3) + 10
    QTest.mouseClick(
        view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(across, view.rowViewportPosition(2) + 20)
    )
    here = view.currentIndex()
    assert view.selected_id() == model.id_at(2)
    assert here.data(Qt.ItemDataRole.AccessibleTextRole) == model.spoken(model.at(2))
    view.choice.leave_out("priority", is_out=True)
    assert view.currentIndex().column() == 1
    assert view.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole) == model.spoken(model.at(2))
