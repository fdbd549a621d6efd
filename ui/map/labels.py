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
    """Where words stand beside their point."""

    RIGHT = "right"
    LEFT = "left"
    ABOVE = "above"
    BELOW = "below"
    ON = "on"
    BELOW_RIGHT = "below right"
    BELOW_LEFT = "below left"
    ABOVE_RIGHT = "above right"
    ABOVE_LEFT = "above left"


AROUND = (
    *(Side.RIGHT, Side.LEFT, Side.BELOW, Side.ABOVE),
    *(Side.BELOW_RIGHT, Side.ABOVE_RIGHT, Side.BELOW_LEFT, Side.ABOVE_LEFT),
)
_RIGHT = frozenset({Side.RIGHT, Side.BELOW_RIGHT, Side.ABOVE_RIGHT})
_LEFT = frozenset({Side.LEFT, Side.BELOW_LEFT, Side.ABOVE_LEFT})
_BELOW = frozenset({Side.BELOW, Side.BELOW_RIGHT, Side.BELOW_LEFT})
_ABOVE = frozenset({Side.ABOVE, Side.ABOVE_RIGHT, Side.ABOVE_LEFT})


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
        for x, y in self.points:
            for side in self.sides:
                yield self.box(side).moved(x, y)

    def box(self, side: Side) -> Box:
        """The box on one side of a point at 0, 0."""
        wide, high, (across, down) = self.width, self.height, self.off
        left = across if side in _RIGHT else -across - wide if side in _LEFT else -wide / 2
        top = down if side in _BELOW else -down - high if side in _ABOVE else -high / 2
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
        return not any(
            box.meets(other) and other != but_for
            for cell in self._of(box)
            for other in self._cells.get(cell, ())
        )

    @staticmethod
    def _of(box: Box) -> Iterator[tuple[int, int]]:
        for column in range(int(box.left // _CELL), int((box.left + box.width) // _CELL) + 1):
            for row in range(int(box.top // _CELL), int((box.top + box.height) // _CELL) + 1):
                yield column, row


def lay_out(
    wishes: Iterable[Wish], taken: Iterable[Box] = (), within: Box | None = None
) -> dict[Hashable, Box]:
    """Give each wish its box, in order; who finds no free place, or none within, is left out."""
    standing = Taken(taken)
    placed: dict[Hashable, Box] = {}
    for wish in wishes:
        for box in wish.places():
            around = Box(
                box.left - wish.room,
                box.top - wish.room,
                box.width + 2 * wish.room,
                box.height + 2 * wish.room,
            )
            if (within is None or within.holds(box)) and standing.is_free(around):
                standing.take(box)
                placed[wish.key] = box
                break
    return placed
