"""Two people edited the same thing: what goes together without asking, and what a person must choose.

Field by field there are three values: as it was when the second person began (base), as they want it (mine),
and as somebody saved it meanwhile (theirs).
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from console.domain.refusals import ChangedElsewhere

Values = Mapping[str, Any]
Bound = Iterable[tuple[str, ...]]


class Merge(NamedTuple):
    """What can be saved together, where `asked` names the fields that still stand at mine.

    `taken` names what only they changed.
    """

    values: dict[str, Any]
    asked: tuple[str, ...]
    taken: tuple[str, ...]


def merge(
    base: Values, mine: Values, theirs: Values, bound: Bound = (), meant: Collection[str] = ()
) -> Merge:
    """Put two edits of the same fields together.

    What only one of the two changed is taken from them. What both changed, and not alike, is asked. Fields
    that are `bound` mean something together only: once both changed anything in such a group, all that
    differs in it is asked, because each edit was right beside the other values that its author saw. Fields
    that are `meant` were entered anew, and count as changed also where that gave the old value again.
    """
    i_changed = {name for name in mine if name in meant or mine[name] != base[name]}
    they_changed = {name for name in mine if theirs[name] != base[name]}
    differs = {name for name in mine if mine[name] != theirs[name]}
    asked = i_changed & they_changed & differs
    for group in bound:
        together = set(group) & mine.keys()
        if together & i_changed and together & they_changed:
            asked |= together & differs
    taken = (they_changed & differs) - asked
    values = {name: theirs[name] if name in taken else mine[name] for name in mine}
    return Merge(
        values, tuple(one for one in mine if one in asked), tuple(one for one in mine if one in taken)
    )


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that stands otherwise than this person saw it: three values, and who saved theirs when."""

    name: str
    before: Any
    mine: Any
    theirs: Any
    by: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Conflict:
    """What a person has to choose before their edit can be saved.

    `version` is to be handed back with what they chose: it says that they have seen what stands there now.
    `taken` is what only the others changed, for them to know. `values` is everything put together, with mine
    where it is asked.
    """

    version: int
    asked: tuple[Difference, ...]
    taken: tuple[Difference, ...]
    values: Values

    def chosen(self, theirs: Iterable[str]) -> dict[str, Any]:
        """Give everything as the person wants it, who chose the others' value for these fields."""
        others = set(theirs)
        return dict(self.values) | {one.name: one.theirs for one in self.asked if one.name in others}


class Conflicting(ChangedElsewhere):
    """Somebody else edited the same: nothing is saved yet, and the person chooses field by field."""

    def __init__(self, conflict: Conflict, *reasons: str) -> None:
        """The reasons say who did what and when, for whoever cannot choose here."""
        super().__init__(*reasons)
        self.conflict = conflict

    def anew(self) -> "Conflicting":
        """The same without where it was raised."""
        return Conflicting(self.conflict, *self.reasons)
