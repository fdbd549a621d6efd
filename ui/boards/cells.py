"""What one cell of a board shows, and how a column says where to find it in a row."""

import datetime as dt
import enum
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeVar

from console.domain.words import PRIORITY_LABELS
from ui.presence import Here
from ui.time_text import due_spoken, due_text

Row = TypeVar("Row")


class Kind(enum.Enum):
    """How a column is painted; the comment names what its value must be."""

    TEXT = enum.auto()  # str
    TWO_LINES = enum.auto()  # TwoLines
    PRIORITY = enum.auto()  # int | None, None is untriaged
    PILL = enum.auto()  # PillText | None
    DUE = enum.auto()  # Due | None, or words once it is met
    FLAGS = enum.auto()  # tuple[Flag, ...]


class PillText(NamedTuple):
    """A status word on its ground and what below; tone is plain, info, ok, warn or bad."""

    text: str
    tone: str = "plain"
    what: str = ""


class Due(NamedTuple):
    """When something must have happened, and since when that time runs."""

    at: dt.datetime
    since: dt.datetime | None = None
    what: str = ""


class Flag(NamedTuple):
    """One small icon with the words that it stands for."""

    icon: str
    words: str
    tone: str = "warn"


class TwoLines(NamedTuple):
    """Who in bold with a muted aside behind it and small icons at the far end, what below, and who has it."""

    who: str
    aside: str = ""
    what: str = ""
    flags: tuple[Flag, ...] = ()
    here: Here | None = None
    gives_way: bool = False  # the aside is left out where it would cut what is in bold


@dataclass(frozen=True)
class Column(Generic[Row]):
    """One column: its heading, what of the row it shows, and how."""

    id: str
    heading: str
    kind: Kind
    value: Callable[[Row], Any]
    width: int = 110
    stretches: int = 0  # its share of the room that is left over
    gives_way: int = 0  # where there is no room for all, 1 is left out first, then 2; 0 never
    is_safety: bool = False  # who it is, how urgent, by when: nobody can hide it
    said: str = ""  # the heading as it is read aloud, where none is painted or it says too little

    @property
    def heading_spoken(self) -> str:
        """The heading as one would say it."""
        return self.said or self.heading.replace(" · ", ", ")

    def spoken(self, row: Row, now: dt.datetime) -> str:
        """What is in its cell, with the heading, as one would say it."""
        return f"{self.heading_spoken}: {cell_spoken(self.kind, self.value(row), now) or 'nothing'}"


def priority_words(priority: int | None) -> str:
    """P1 emergency, or that it needs triage."""
    return "Needs triage" if priority is None else f"P{priority} {PRIORITY_LABELS[priority].lower()}"


def cell_text(kind: Kind, value: Any, now: dt.datetime) -> str:
    """The text of a cell, to copy and to read without the painting."""
    if value is None and kind is not Kind.PRIORITY:
        return ""
    if kind is Kind.PRIORITY:
        return "?" if value is None else f"P{value}"
    if kind is Kind.TWO_LINES:
        here = value.here.words if value.here else ""
        words = (" ".join(value[:2]).strip(), value.what, *(flag.words for flag in value.flags), here)
        return "\n".join(line for line in words if line)
    if isinstance(value, Due):
        return due_text(value.at, now)
    if kind is Kind.FLAGS:
        return "\n".join(flag.words for flag in value)
    if kind is Kind.PILL:
        return "\n".join(line for line in (value.text, value.what) if line)
    return str(value)


def cell_spoken(kind: Kind, value: Any, now: dt.datetime) -> str:
    """The cell as one would say it aloud."""
    if kind is Kind.PRIORITY:
        return priority_words(value)
    if isinstance(value, Due):
        return " ".join(part for part in (value.what, due_spoken(value.at, now)) if part)
    return cell_text(kind, value, now).replace("\n", ", ")
