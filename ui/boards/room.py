"""How the columns of a table share the room that there is."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise
from typing import Any

from ui.boards.cells import Column

LEAST = 64
# Of the width of a column that stretches, so much stays before another one is left out for it.
_READABLE = 0.8


def fitting(columns: Sequence[Column[Any]], room: int, left_out: Collection[str] = ()) -> list[int]:
    """The width of each column, 0 for one that is left out, as asked or because others need its room."""
    shown = [one for one in columns if one.id not in left_out]
    for one in sorted((one for one in shown if one.gives_way), key=lambda one: one.gives_way):
        if sum(_readable(other) for other in shown) <= room:
            break
        shown.remove(one)
    shared = share_room([one.width for one in shown], [one.stretches for one in shown], room)
    widths = {one.id: width for one, width in zip(shown, shared, strict=True)}
    return [widths.get(one.id, 0) for one in columns]


def as_wanted(
    columns: Sequence[Column[Any]], widths: Mapping[str, int], room: int, left_out: Collection[str] = ()
) -> list[Column[Any]]:
    """The columns with the widths that a person chose, as far as there is room for all that is shown.

    A chosen width stays as it is and the others share the rest; if all were chosen, one still takes the rest.
    """
    wanted = [replace(one, width=widths[one.id], stretches=0) if one.id in widths else one for one in columns]
    shown = [one for one in wanted if one.id not in left_out]
    if sum(one.width if one.id in widths else _readable(one) for one in shown) > room:
        return list(columns)
    if not any(one.stretches for one in shown):
        last = next((one for one in columns if one.stretches and one.id not in left_out), None)
        wanted = [
            replace(one, stretches=1) if last is not None and one.id == last.id else one for one in wanted
        ]
    return wanted


def least(column: Column[Any]) -> int:
    """How narrow a person may make a column: what somebody's safety hangs on is never cut."""
    return column.width if column.is_safety and not column.stretches else min(column.width, LEAST)


def _readable(column: Column[Any]) -> int:
    return round(column.width * _READABLE) if column.stretches else column.width


def share_room(widths: Sequence[int], shares: Sequence[int], room: int) -> list[int]:
    """Give each column its width and its share of the rest; where room is short, the same ones give way."""
    total = sum(shares)
    if not total:
        return list(widths)
    rest = room - sum(widths)
    # Rounded at the edges between columns, so that no pixel is lost or given twice.
    edges = [round(rest * upto / total) for upto in accumulate(shares, initial=0)]
    given = [right - left for left, right in pairwise(edges)]
    return [
        max(width + more, LEAST) if share else width
        for width, share, more in zip(widths, shares, given, strict=True)
    ]
