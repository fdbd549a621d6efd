"""Ties a table to the live rows of one kind."""

from collections.abc import Collection
from typing import TypeVar

from ui.boards.keyed_table import KeyedTableModel
from ui.live_updates import Keyed, Rows

R = TypeVar("R", bound=Keyed)


def follow(rows: Rows[R], model: KeyedTableModel[R]) -> None:
    """Merge every change into the model; what is there at first is taken whole, and does not glow."""

    def take(upserts: Collection[R], gone: Collection[int]) -> None:
        if len(upserts) == len(rows.by_id) and not gone and not model.rows() and not model.hidden:
            model.reset(upserts)
        else:
            model.apply(upserts, gone)

    rows.listen(take)
