"""How the board queries read: plain columns, in pages, with few shapes of statement."""

from collections.abc import Collection, Iterator, Mapping
from itertools import zip_longest
from typing import Any

from sqlalchemy import BindParameter, Connection, Select, TextClause, bindparam, text
from sqlalchemy.orm import Session

from db.queries.quick import Asks, Quick

Opened = Session | Connection
Reader = Opened | Quick
Columns = Mapping[str, Any]
Statement = Select[*tuple[Any, ...]]
Ids = list[int]

# Rows are made a page at a time, so that other threads get their turn in between.
PAGE = 200
# The servers keep a plan per shape of statement: lists of ids are filled up to one of these lengths.
LENGTHS = (1, 8, 64, 256)


def many(name: str) -> BindParameter[Any]:
    """Return a parameter that takes a list, for `column.in_()`."""
    return bindparam(name, expanding=True)


def literally(table: str, condition: str) -> TextClause:
    """Return a partial index's own condition on a table: planners match literals, not parameters."""
    return text(f"{table}.{condition}")


def connection_of(reader: Opened) -> Connection:
    """Return the connection below a session: rows need no unit of work."""
    return reader.connection() if isinstance(reader, Session) else reader


def records(reader: Reader, statement: Asks, **parameters: Any) -> Iterator[dict[str, Any]]:
    """Yield each row as a dictionary by column name."""
    if isinstance(reader, Quick):
        yield from reader.records(statement, parameters)
        return
    result = connection_of(reader).execute(statement, parameters)
    names = tuple(result.keys())
    for page in result.partitions(PAGE):
        for row in page:
            yield dict(zip(names, row, strict=True))


def in_lengths(ids: Collection[int]) -> Iterator[Ids]:
    """Yield ids in lists of a few lengths, the last id repeated to fill one up."""
    left = sorted(ids)
    while left:
        some, left = left[: LENGTHS[-1]], left[LENGTHS[-1] :]
        length = next(length for length in LENGTHS if length >= len(some))
        yield some + some[-1:] * (length - len(some))


def in_lengths_together(ids: Collection[int], others: Collection[int]) -> Iterator[tuple[Ids, Ids]]:
    """Yield two lists of ids side by side, for statements that find rows by one or the other."""
    nobody = [0]  # keys begin at 1
    yield from zip_longest(in_lengths(ids), in_lengths(others), fillvalue=nobody)
