"""Rows in the order of their keys, found by id; no Qt here."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any, Generic

from ui.boards.cells import Row

Id = int
Key = tuple[Any, Id]


def runs(places: Sequence[int]) -> list[tuple[int, int]]:
    """Neighbouring places gathered as (first, last), in ascending order."""
    breaks = [at for at, (one, two) in enumerate(pairwise(places), 1) if two != one + 1]
    starts = [0, *breaks]
    ends = [*breaks, len(places)]
    return (
        [(places[start], places[end - 1]) for start, end in zip(starts, ends, strict=True)] if places else []
    )


class SortedRows(Generic[Row]):
    """Three parallel views of the same rows: the list, the list of keys, and the key by id.

    The key that a row was placed with is kept: its place is found by bisection also after the row changed.
    """

    def __init__(self) -> None:
        """Start empty."""
        self.rows: list[Row] = []
        self._keys: list[Key] = []
        self._key_of: dict[Id, Key] = {}

    def __len__(self) -> int:
        """How many rows stand here."""
        return len(self.rows)

    def __contains__(self, row_id: Id) -> bool:
        """Whether a row of that id stands here."""
        return row_id in self._key_of

    def ids(self) -> list[Id]:
        """The ids from top to bottom."""
        return [key[1] for key in self._keys]

    def id_at(self, place: int) -> Id:
        """The id of the row at a place."""
        return self._keys[place][1]

    def key_of(self, row_id: Id) -> Key:
        """The key that the row was placed with."""
        return self._key_of[row_id]

    def place_of(self, row_id: Id) -> int:
        """Where the row stands; it must stand here."""
        return bisect_left(self._keys, self._key_of[row_id])

    def place_for(self, key: Key) -> int:
        """Before which place a row of this key belongs."""
        return bisect_left(self._keys, key)

    def fill(self, placed: Iterable[tuple[Key, Row]]) -> None:
        """Forget everything and take these rows in order."""
        ordered = sorted(placed, key=lambda pair: pair[0])
        self.rows = [row for _, row in ordered]
        self._keys = [key for key, _ in ordered]
        self._key_of = {key[1]: key for key in self._keys}

    def insert(self, place: int, placed: list[tuple[Key, Row]]) -> None:
        """Put rows, in order, before that place; their keys must belong there."""
        self.rows[place:place] = [row for _, row in placed]
        keys = [key for key, _ in placed]
        self._keys[place:place] = keys
        self._key_of.update((key[1], key) for key in keys)

    def remove(self, first: int, last: int) -> None:
        """Take out the rows from first to last, both included."""
        for key in self._keys[first : last + 1]:
            del self._key_of[key[1]]
        del self.rows[first : last + 1]
        del self._keys[first : last + 1]

    def replace(self, place: int, row: Row) -> None:
        """Put the new state of a row where the old one stands."""
        self.rows[place] = row

    def move(self, place: int, to: int, key: Key) -> None:
        """Give the row at a place a new key; `to` is the place it has once it is taken out."""
        row = self.rows.pop(place)
        self._keys.pop(place)
        self.rows.insert(to, row)
        self._keys.insert(to, key)
        self._key_of[key[1]] = key
