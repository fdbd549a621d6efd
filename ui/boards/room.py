"""How the columns of a table share the room that there is."""

from collections.abc import Sequence
from itertools import accumulate, pairwise

LEAST = 64


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
