"""The model of the boards: right after thousands of changes, and nothing jumps."""

import random
from dataclasses import dataclass, replace
from functools import partial
from time import perf_counter

import pytest
from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.boards.cells import Column, Kind
from ui.boards.keyed_table import KeyedTableModel

pytestmark = pytest.mark.usefixtures("qapp")


@dataclass(frozen=True, slots=True)
class Patient:
    """A row small enough to see through."""

    id: int
    rank: int
    name: str = "SMITH, John"


COLUMNS = (
    Column[Patient]("rank", "Rank", Kind.PRIORITY, lambda row: row.rank % 4 + 1),
    Column[Patient]("name", "Name", Kind.TEXT, lambda row: row.name),
)


def model_of(*rows: Patient, is_watched: bool = True) -> KeyedTableModel[Patient]:
    """A filled model; small ones are strictly watched, which visits every cell after every change."""
    model = KeyedTableModel(COLUMNS, key=lambda row: row.id, order=lambda row: row.rank)
    if is_watched and len(rows) < 100:
        QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    model.reset(rows)
    return model


def ids(model: KeyedTableModel[Patient]) -> list[int]:
    """The ids from top to bottom."""
    return [row.id for row in model.rows()]


def ordered(rows: dict[int, Patient]) -> list[int]:
    """What the order must be."""
    return sorted(rows, key=lambda row_id: (rows[row_id].rank, row_id))


@pytest.mark.parametrize(("seed", "steps"), [(0, 100), (1, 600), (2, 600), (3, 600)])
def test_that_thousands_of_changes_leave_the_rows_in_order_and_every_index_on_its_row(
    seed: int, steps: int
) -> None:
    dice = random.Random(seed)
    truth = {n: Patient(n, dice.randrange(50)) for n in range(1, 30)}
    model = model_of(*truth.values(), is_watched=steps <= 100)
    kept = {row.id: QPersistentModelIndex(model.index(place, 1)) for place, row in enumerate(model.rows())}
    limit = 1000
    for _ in range(steps):
        chance = dice.random()
        if chance < 0.05:
            limit = dice.choice([25, 40, 1000])
            model.set_filter(None if limit == 1000 else partial(_ranks_below, limit))
        elif chance < 0.15:
            model.hold_order(dice.random() < 0.5)
        else:
            _random_step(dice, truth, model)
    model.hold_order(False)
    assert ids(model) == [row_id for row_id in ordered(truth) if truth[row_id].rank < limit]
    for row_id, index in kept.items():
        if index.isValid():
            assert model.id_at(index) == row_id


def _ranks_below(limit: int, row: Patient) -> bool:
    return row.rank < limit


def _random_step(dice: random.Random, truth: dict[int, Patient], model: KeyedTableModel[Patient]) -> None:
    many = 60 if dice.random() < 0.02 else dice.randrange(1, 5)
    changed = [
        Patient(dice.randrange(1, 40), dice.randrange(50), f"N{dice.randrange(9)}") for _ in range(many)
    ]
    gone = set(dice.sample(range(1, 40), k=dice.randrange(4))) - {row.id for row in changed}
    truth.update((row.id, row) for row in changed)
    for row_id in gone:
        truth.pop(row_id, None)
    model.apply(changed, gone)


def test_that_a_changed_row_is_announced_alone(qtbot: QtBot) -> None:
    model = model_of(*(Patient(n, n) for n in range(10)))
    with qtbot.waitSignal(model.dataChanged) as caught:
        model.apply([Patient(4, 4, "JONES, Ann")])
    first, last = caught.args[:2]
    assert (first.row(), last.row()) == (4, 4)


def test_that_an_unchanged_row_is_not_announced(qtbot: QtBot) -> None:
    model = model_of(Patient(1, 1))
    with qtbot.assertNotEmitted(model.dataChanged), qtbot.assertNotEmitted(model.glowed):
        model.apply([Patient(1, 1)])


def test_that_the_whole_board_read_again_is_merged_without_a_model_reset(qtbot: QtBot) -> None:
    model = model_of(*(Patient(n, n) for n in range(2000)))
    chosen = QPersistentModelIndex(model.index(model.row_of(700) or 0, 0))
    fresh = [Patient(n, n + (50 if n % 400 == 0 else 0)) for n in range(5, 2005)]
    with qtbot.assertNotEmitted(model.modelReset):
        model.reset(fresh)
    assert model.id_at(chosen) == 700
    assert ids(model) == ordered({row.id: row for row in fresh})


def test_that_while_held_no_row_moves_or_leaves_and_new_ones_still_come() -> None:
    model = model_of(*(Patient(n, n * 10) for n in range(1, 6)))
    model.hold_order(True)
    model.apply([Patient(5, 0), Patient(9, 25)], gone=[2])
    assert ids(model) == [1, 2, 9, 3, 4, 5]
    assert model.is_gone(1)
    assert model.at(5).rank == 0
    assert model.waiting == 2
    model.hold_order(False)
    assert ids(model) == [5, 1, 9, 3, 4]


def test_that_a_row_that_left_and_came_back_while_held_is_whole_again() -> None:
    model = model_of(Patient(1, 1), Patient(2, 2))
    model.hold_order(True)
    model.apply([], gone=[1])
    model.apply([Patient(1, 3)])
    assert not model.is_gone(0)
    model.hold_order(False)
    assert ids(model) == [2, 1]


def test_that_hidden_rows_are_counted(qtbot: QtBot) -> None:
    model = model_of(*(Patient(n, n) for n in range(10)))
    with qtbot.waitSignal(model.counted) as caught:
        model.set_filter(lambda row: row.rank < 3)
    assert caught.args == [3, 7]
    model.apply([Patient(20, 20), Patient(21, 1)])
    assert (model.rowCount(), model.hidden) == (4, 8)


def test_that_many_rows_filtered_out_at_once_leave_the_right_ones() -> None:
    model = model_of(*(Patient(n, n) for n in range(2000)))
    model.set_filter(lambda row: row.id % 2 == 0)
    assert ids(model) == list(range(0, 2000, 2))
    model.set_filter(None)
    assert model.rowCount() == 2000


def test_that_a_changed_row_glows_and_a_first_reading_does_not() -> None:
    model = model_of(Patient(1, 1), Patient(2, 2))
    assert model.glow.lit() == []
    model.apply([Patient(2, 3)])
    assert model.glow.lit() == [2]
    assert 0.5 < model.glow.share(2) <= 1


def test_that_a_screen_reader_hears_the_whole_row() -> None:
    model = model_of(Patient(1, 0))
    heard = model.data(model.index(0, 0), Qt.ItemDataRole.AccessibleTextRole)
    assert heard == "P1 emergency, SMITH, John"


def test_that_a_screen_reader_hears_what_a_single_cell_is_about() -> None:
    model = model_of(Patient(1, 0))
    cell, role = model.index(0, 1), Qt.ItemDataRole.AccessibleTextRole
    assert model.data(cell, role) == "Name: SMITH, John"
    model.says_row = 1
    assert model.data(cell, role) == "P1 emergency, SMITH, John"


def test_that_selection_follows_its_row_through_a_new_order() -> None:
    model = model_of(*(Patient(n, n) for n in range(200)))
    selection = QItemSelectionModel(model)
    selection.select(
        model.index(5, 0), QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    )
    model.set_order(lambda row: -row.rank)
    assert [model.id_at(index) for index in selection.selectedRows()] == [5]
    assert model.rowCount(QModelIndex()) == 200


@pytest.mark.parametrize("size", [2_000, 20_000])
def test_that_one_change_among_thousands_takes_well_under_a_millisecond(
    qapp: QApplication, size: int
) -> None:
    rows = [Patient(n, n) for n in range(size)]
    model = KeyedTableModel(COLUMNS, key=lambda row: row.id, order=lambda row: row.rank)
    model.reset(rows)
    model.set_filter(lambda row: row.rank >= 0)
    taken = []
    for step in range(200):
        row = rows[step * 7 % size]
        started = perf_counter()
        model.apply([replace(row, rank=(row.rank * 31 + step) % size)])
        taken.append(perf_counter() - started)
    # The median, since other work shares the machine.
    assert sorted(taken)[100] < 0.0005
