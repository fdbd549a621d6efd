"""What the command bar can find, and in which order it shows what fits a text; nothing here knows Qt."""

import enum
import re
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field

from ui.boards.cells import Due, PillText
from ui.said import begins
from ui.session import Session

# Of each kind so many are shown where several kinds fit; more letters bring the others.
MOST_OF_EACH, MOST_OF_ONE = 5, 40
_BETWEEN = re.compile(r"[\s,()/-]+")


class Sort(enum.Enum):
    """The kinds of things, in the order in which they are shown where they fit as well."""

    COMMAND = "Commands"
    PATIENT = "Patients"
    PRACTITIONER = "Practitioners"
    PLACE = "Places"
    REPORT = "Reports"


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that can be chosen: what it is, what matters about it now, and what choosing it does."""

    sort: Sort
    key: Hashable
    title: str
    go: Callable[[Session], None]
    icon: str = ""
    aside: str = ""
    below: str = ""
    pill: PillText | None = None
    due: Due | str | None = None
    shortcut: str = ""
    why_not: str = ""  # why it cannot be chosen now, and what to do instead
    priority: int | None = None
    has_chip: bool = False

    @property
    def id(self) -> Hashable:
        """By what it is known again when everything around it has changed."""
        return self.sort, self.key


@dataclass(frozen=True, slots=True)
class Candidate:
    """What may be found: a hit is made of it only when it is shown, since there are thousands."""

    sort: Sort
    key: Hashable
    title: str
    words: str  # all text by which it is found, folded
    make: Callable[[], Hit]
    is_next: bool = False  # wanted next: shown when nothing has been typed
    is_greyed: bool = False

    @property
    def id(self) -> Hashable:
        """As its hit is known."""
        return self.sort, self.key


@dataclass(frozen=True, slots=True)
class Group:
    """The hits of one kind that are shown, and how many fit."""

    sort: Sort
    hits: tuple[Hit, ...]
    of: int


@dataclass(frozen=True, slots=True)
class Typed:
    """A text as it is compared: without case, in words."""

    whole: str
    parts: tuple[str, ...] = field(default=())

    @classmethod
    def of(cls, text: str) -> "Typed":
        """Read what somebody typed; a number that is written in groups is one word."""
        whole = " ".join(text.casefold().replace(",", " ").split())
        together = whole.replace(" ", "")
        return cls(whole, (together,) if together.isdecimal() else tuple(whole.split()))


def best(candidates: Iterable[Candidate], typed: Typed) -> list[Group]:
    """Give what fits, by kind: the kind with the best fit first. Without a text, what is wanted next."""
    by_sort: dict[Sort, list[tuple[int, bool, int, Candidate]]] = {}
    for place, one in enumerate(candidates):
        fit = fits(one, typed)
        if fit is not None:
            by_sort.setdefault(one.sort, []).append((fit, one.is_greyed, place, one))
    most = MOST_OF_EACH if len(by_sort) > 1 else MOST_OF_ONE
    groups: list[tuple[int, int, Group]] = []
    for number, sort in enumerate(Sort):
        ranked = sorted(by_sort.get(sort, ()), key=lambda one: one[:3])
        if ranked:
            shown = tuple(one[3].make() for one in ranked[:most])
            # Whether the first word fits or a later one says nothing of which kind is meant.
            groups.append((max(ranked[0][0], 1), number, Group(sort, shown, len(ranked))))
    return [group for _, _, group in sorted(groups, key=lambda one: one[:2])]


def fits(one: Candidate, typed: Typed) -> int | None:
    """How well it fits, 0 best; None when it does not."""
    if not typed.parts:
        return 0 if one.is_next else None
    title = one.title.casefold().replace(",", " ")
    # Inside a word of its title too: half a name may be all that was heard.
    if not all(part in title or begins(part, one.words) for part in typed.parts):
        return None
    if title.startswith(typed.whole):
        return 0
    firsts = [word for word in _BETWEEN.split(title) if word]
    if all(any(word.startswith(part) for word in firsts) for part in typed.parts):
        return 1
    return 2 if all(part in title for part in typed.parts) else 3


def folded(*texts: str | None) -> str:
    """All texts by which something is found, as they are compared."""
    return " ".join(text for text in texts if text).casefold()


def without(candidates: Iterable[Candidate], known: Iterable[Candidate]) -> list[Candidate]:
    """Give those that are not there already."""
    there = {one.id for one in known}
    return [one for one in candidates if one.id not in there]
