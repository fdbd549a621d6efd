"""Statements are compiled once in a run of the tests; anew for each database took a quarter of it."""

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.sql.compiler import Compiled

_COMPILED: dict[object, Compiled] = {}


def _is_same(one: DefaultDialect, other: object) -> bool:
    return type(one) is type(other)


def _number(one: DefaultDialect) -> int:
    return hash(type(one))


def share_compiled() -> None:
    """Let all engines of this process share what they have compiled.

    Dialects are part of the key. Doorstep makes every engine in one place, so two of one kind compile alike.
    """
    setattr(DefaultDialect, "__eq__", _is_same)  # noqa: B010 - the type checker lets no method be replaced
    setattr(DefaultDialect, "__hash__", _number)  # noqa: B010 - the same
    event.listen(Engine, "engine_connect", _share)


def _share(connection: Connection) -> None:
    connection.execution_options(compiled_cache=_COMPILED)
