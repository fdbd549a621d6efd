"""What a setting is: name, type, default, one sentence, and whom it is for."""

import datetime as dt
import enum
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Value = str | int | bool | dt.time | dict[str, str]


class Scope(enum.StrEnum):
    """Whom a setting is for, which says where it is kept."""

    MACHINE = "machine"
    PERSON = "person"
    SERVICE = "service"


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting as it is declared, once."""

    name: str
    kind: type
    default: Value
    sentence: str
    scope: Scope

    def read(self, stored: Any) -> Value:
        """Give the value of what was stored or typed; ValueError, in a sentence, for another kind."""
        read = _time(stored) if self.kind is dt.time else stored
        # A yes or no is a whole number to Python, but not to the person who set it.
        is_meant = isinstance(read, self.kind) and not (self.kind is int and isinstance(read, bool))
        if not is_meant or (self.kind is int and read < 1):
            raise ValueError(f"{self.name} must be {_KINDS[self.kind]}. {self.sentence}")
        value: Value = read
        return value

    def typed(self, text: str) -> Value:
        """Give the value of what was typed as one text; ValueError, in a sentence, when it is none."""
        read = _TYPED.get(self.kind)
        return self.read(text if read is None else read(text.strip()))

    def shown(self, value: Value) -> str:
        """Give a value as a person would type it."""
        if isinstance(value, dict):
            return ", ".join(f"{name}={text}" for name, text in sorted(value.items()))
        if isinstance(value, bool):
            return "true" if value else "false"
        return f"{value:%H:%M}" if isinstance(value, dt.time) else str(value)

    def store(self, value: Value) -> Any:
        """Give the value in the form in which the database keeps it."""
        return value.isoformat("minutes") if isinstance(value, dt.time) else value


def _time(stored: Any) -> Any:
    """Read a time, or give back what is none."""
    try:
        return dt.time.fromisoformat(stored)
    except (TypeError, ValueError):
        return stored


def _number(text: str) -> Any:
    """Read a whole number, or give back what is none."""
    return int(text) if text.isascii() and text.isdigit() else text


def _table(text: str) -> Any:
    """Read CT19=FOL, CT16=DOV, or give back what is no such table."""
    pairs = [part.split("=") for part in text.split(",") if part.strip()]
    if any(len(pair) != 2 or not all(word.strip() for word in pair) for pair in pairs):
        return None
    return {name.strip(): word.strip() for name, word in pairs}


# How each kind is read from one typed text; the others are taken as they are typed.
_TYPED: dict[type, Callable[[str], Any]] = {
    int: _number,
    bool: lambda text: {"true": True, "false": False}.get(text.lower(), text),
    dict: _table,
}
_KINDS = {
    str: "a text",
    int: "a whole number above 0",
    bool: "true or false",
    dt.time: "a time such as 08:00",
    dict: "a table such as CT19=FOL, CT16=DOV",
}
