"""Statements as PostgreSQL's driver sends them: written out once, with their values and columns known.

A feed asks a few statements again and again. Finding anew each time how to write and read them takes
SQLAlchemy longer than the server needs for the answer.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import CompoundSelect, Dialect, Select
from sqlalchemy.sql.compiler import SQLCompiler

Asks = Select[*tuple[Any, ...]] | CompoundSelect[*tuple[Any, ...]]
_PLACE = re.compile(r"%\((\w+)\)s")


# By their number; each is kept beside it, so that the number remains its own. All are for PostgreSQL.
_COMPILED: dict[int, tuple[Asks, SQLCompiler]] = {}


def _compiled(statement: Asks, dialect: Dialect) -> SQLCompiler:
    if id(statement) not in _COMPILED:
        compiled = statement.compile(dialect=dialect)
        assert isinstance(compiled, SQLCompiler)  # noqa: S101 - a statement is nothing else
        _COMPILED[id(statement)] = (statement, compiled)
    return _COMPILED[id(statement)][1]


class Written:
    """One statement for values of one shape: its lists keep their length."""

    def __init__(self, statement: Asks, dialect: Dialect, values: Mapping[str, Any]) -> None:
        """Write it out as it is asked with these values; other ones take their places later."""
        written = _compiled(statement, dialect).construct_expanded_state(dict(values))
        self._processors = written.processors
        self._places = written.parameter_expansion
        self._values = {name: self._bound(name, value) for name, value in written.parameters.items()}
        number = {name: f"${at}" for at, name in enumerate(self._values, 1)}
        self.words = _PLACE.sub(lambda one: number[one[1]], written.statement).replace("%%", "%").encode()
        columns = statement.selected_columns
        self.names = tuple(columns.keys())
        self._types = [one.type.dialect_impl(dialect) for one in columns]
        self._dialect = dialect
        self._readers: list[tuple[int, Callable[[Any], Any]]] | None = None

    def _bound(self, name: str, value: Any) -> Any:
        processor = self._processors.get(name)
        return value if processor is None else processor(value)

    def values(self, given: Mapping[str, Any]) -> list[Any]:
        """Give what to send with the words, in the order of its places."""
        for name, value in given.items():
            if name in self._places:
                for place, one in zip(self._places[name], value, strict=True):
                    self._values[place] = self._bound(place, one)
            else:
                self._values[name] = self._bound(name, value)
        return list(self._values.values())

    @property
    def has_learnt(self) -> bool:
        """Whether the kinds of the answer's columns are known; they stay as they are on one connection."""
        return self._readers is not None

    def learn(self, kinds: Iterable[int]) -> None:
        """Take the kinds of the answer's columns, in the server's own numbers: by them it is read."""
        of_each = (
            (at, one.result_processor(self._dialect, kind))
            for at, (one, kind) in enumerate(zip(self._types, kinds, strict=True))
        )
        self._readers = [(at, reader) for at, reader in of_each if reader is not None]

    def read(self, row: Sequence[Any]) -> list[Any]:
        """Give the values of one row of the answer as the models hold them."""
        values = list(row)
        for at, reader in self._readers or ():
            values[at] = reader(values[at])
        return values


class Quick(ABC):
    """Reads rows of one connection, in whatever transaction it is, and remembers how each statement goes."""

    def __init__(self, dialect: Dialect) -> None:
        """Know no statement yet."""
        self._dialect = dialect
        self._written: dict[tuple[int, ...], Written] = {}

    @abstractmethod
    def ask(self, written: Written, values: Mapping[str, Any]) -> Sequence[Sequence[Any]]:
        """Give the rows as the driver does; `written` learns how to read them."""

    def records(self, statement: Asks, values: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        """Yield each row as a dictionary by column name."""
        lengths = (len(one) if isinstance(one, list) else 0 for one in values.values())
        key = (id(statement), *lengths)
        if key not in self._written:
            self._written[key] = Written(statement, self._dialect, values)
        written = self._written[key]
        for row in self.ask(written, values):
            yield dict(zip(written.names, written.read(row), strict=True))
