"""Where the words on the map go: the most important first, each in the first place where nothing is yet.

Pure figures in pixels: who asks decides what is drawn, and a test can look for two words on one spot.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

_CELL = 64.0


class Box(NamedTuple):
    """A rectangle in pixels."""

    left: float
    top: float
    width: float
    height: float

    def holds(self, other: "Box") -> bool:
        """Whether another lies wholly within."""
        return (
            self.left <= other.left
            and self.top <= other.top
            and other.left + other.width <= self.left + self.width
            and other.top + other.height <= self.top + self.height
        )

    def meets(self, other: "Box") -> bool:
        """Whether the two have any ground in common."""
        return (
            self.left < other.left + other.width
            and other.left < self.left + self.width
            and self.top < other.top + other.height
            and other.top < self.top + self.height
        )

    def moved(self, x: float, y: float) -> "Box":
        """The same box elsewhere."""
        return Box(self.left + x, self.top + y, self.width, self.height)


class Side(Enum):
    """Where words stand beside their point: to the right or left of it (1, -1), below or above it."""

    RIGHT = (1, 0)
    LEFT = (-1, 0)
    ABOVE = (0, -1)
    BELOW = (0, 1)
    ON = (0, 0)
    BELOW_RIGHT = (1, 1)
    BELOW_LEFT = (-1, 1)
    ABOVE_RIGHT = (1, -1)
    ABOVE_LEFT = (-1, -1)

    def __init__(self, across: int, down: int) -> None:
        """Keep both ways at hand: they are asked for very often."""
        self.across, self.down = across, down


AROUND = (
    *(Side.RIGHT, Side.LEFT, Side.BELOW, Side.ABOVE),
    *(Side.BELOW_RIGHT, Side.ABOVE_RIGHT, Side.BELOW_LEFT, Side.ABOVE_LEFT),
)


@dataclass(frozen=True, slots=True)
class Wish:
    """Words that want to stand at a point; `room` is kept free around them, `off` from the point."""

    key: Hashable
    points: Sequence[tuple[float, float]]
    width: float
    height: float
    off: tuple[float, float] = (0.0, 0.0)  # across and down
    sides: tuple[Side, ...] = AROUND
    room: float = 2.0

    def places(self) -> Iterator[Box]:
        """The boxes that would do, the best first, relative to nothing."""
        around = [self.box(side) for side in self.sides] if len(self.points) > 1 else None
        for x, y in self.points:
            for left, top, wide, high in around or map(self.box, self.sides):
                yield Box(left + x, top + y, wide, high)

    def box(self, side: Side) -> Box:
        """The box on one side of a point at 0, 0."""
        wide, high, (across, down) = self.width, self.height, self.off
        left = across if side.across > 0 else -across - wide if side.across < 0 else -wide / 2
        top = down if side.down > 0 else -down - high if side.down < 0 else -high / 2
        return Box(left, top, wide, high)


class Taken:
    """The boxes that stand already, found by the cells that they touch."""

    def __init__(self, boxes: Iterable[Box] = ()) -> None:
        self._cells: defaultdict[tuple[int, int], list[Box]] = defaultdict(list)
        for box in boxes:
            self.take(box)

    def take(self, box: Box) -> None:
        """Let a box stand."""
        for cell in self._of(box):
            self._cells[cell].append(box)

    def is_free(self, box: Box, but_for: Box | None = None) -> bool:
        """Whether nothing that stands, but for one, has any ground in common with a box."""
        left, top, wide, high = box
        right, bottom = left + wide, top + high
        # As `Box.meets` says, written out: this is asked some thousand times while marks move.
        for cell in self._of(box):
            for other in self._cells.get(cell, ()):
                x, y, across, down = other
                if left < x + across and x < right and top < y + down and y < bottom and other != but_for:
                    return False
        return True

    @staticmethod
    def _of(box: Box) -> list[tuple[int, int]]:
        left, top, wide, high = box
        rows = range(int(top // _CELL), int((top + high) // _CELL) + 1)
        return [
            (column, row)
            for column in range(int(left // _CELL), int((left + wide) // _CELL) + 1)
            for row in rows
        ]


def lay_out(
    wishes: Iterable[Wish], taken: Iterable[Box] = (), within: Box | None = None
) -> dict[Hashable, Box]:
    """Give each wish its box, in order; who finds no free place, or none within, is left out."""
    standing = Taken(taken)
    placed: dict[Hashable, Box] = {}
    for wish in wishes:
        room = wish.room
        for box in wish.places():
            if within is not None and not within.holds(box):
                continue
            left, top, wide, high = box
            if standing.is_free(Box(left - room, top - room, wide + 2 * room, high + 2 * room)):
                standing.take(box)
                placed[wish.key] = box
                break
    return placed
