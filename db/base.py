"""The declarative base: one naming scheme, one time format, portable types for PostgreSQL and SQLite."""

import datetime as dt
import enum
from typing import Annotated, Any

from sqlalchemy import (
    JSON,
    TIMESTAMP,
    BigInteger,
    Dialect,
    Enum,
    Identity,
    Index,
    Integer,
    MetaData,
    String,
    TypeDecorator,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column
from sqlalchemy.schema import SchemaItem
from sqlalchemy.types import TypeEngine

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

# SQLite keeps times as text of this one form, which sorts; the triggers write the same form.
SQLITE_TIME = "%Y-%m-%d %H:%M:%S.%f"


class UTCDateTime(TypeDecorator[dt.datetime]):
    """timestamptz on PostgreSQL, sorting text on SQLite; always UTC, naive values are refused."""

    impl = String
    cache_ok = True

    @property
    def python_type(self) -> type[dt.datetime]:
        """What the column holds in code."""
        return dt.datetime

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose the column type of the dialect."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(TIMESTAMP(timezone=True))
        return dialect.type_descriptor(String(26))

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> Any:
        """Store UTC; a naive time has no meaning across two clock changes a year."""
        if value is None:
            return None
        if value.tzinfo is None:
            message = "a time without a zone cannot be stored"
            raise ValueError(message)
        value = value.astimezone(dt.UTC)
        return value if dialect.name == "postgresql" else value.strftime(SQLITE_TIME)

    def process_result_value(self, value: Any, dialect: Dialect) -> dt.datetime | None:
        """Return an aware UTC time."""
        if value is None:
            return None
        if isinstance(value, dt.datetime):
            return value.astimezone(dt.UTC)
        return dt.datetime.fromisoformat(value).replace(tzinfo=dt.UTC)


class _Json(TypeDecorator[Any]):
    """jsonb on PostgreSQL, json on SQLite; no value is NULL.

    A variant would load all of SQLAlchemy's PostgreSQL also for a console that works with a file.
    """

    impl = JSON
    cache_ok = True

    def __init__(self) -> None:
        """No value is NULL, never a null of JSON."""
        super().__init__(none_as_null=True)

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose the column type of the dialect."""
        if dialect.name != "postgresql":
            return dialect.type_descriptor(JSON(none_as_null=True))
        from sqlalchemy.dialects.postgresql import JSONB

        return dialect.type_descriptor(JSONB(none_as_null=True))

    def coerce_compared_value(self, op: Any, value: Any) -> Any:
        """A key or a path into the value is what it is for any JSON."""
        return self.impl_instance.coerce_compared_value(op, value)


PortableJSON = _Json()
BigKey = BigInteger().with_variant(Integer, "sqlite")

key = Annotated[int, mapped_column(BigKey, Identity(), primary_key=True)]


def word_type(kind: type[enum.StrEnum], name: str) -> Enum:
    """Return the column type of a declared word: text with a check that names the words."""
    return Enum(
        kind,
        name=name,
        native_enum=False,
        length=24,
        create_constraint=True,
        values_callable=lambda members: [member.value for member in members],
    )


class Base(DeclarativeBase):
    """All tables."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {  # noqa: RUF012 - declared by SQLAlchemy as a plain class attribute
        dt.datetime: UTCDateTime,
        dict[str, Any]: PortableJSON,
        list[Any]: PortableJSON,
        int: BigKey,
    }


def table(*constraints: SchemaItem, is_read_back: bool = True) -> tuple[Any, ...]:
    """Return the table arguments: the constraints, and keys that SQLite never uses again either.

    A new row that its own author may not see yet, or never, is not read back: its key is taken first.
    """
    return (*constraints, {"sqlite_autoincrement": True, "implicit_returning": is_read_back})


_WHERE = "where"


def partial_index(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    """Return an index over the rows that `where` names, written out because planners match literals only.

    Said the usual way, the condition would load all that SQLAlchemy has for both dialects at each start of a
    console, which makes no indexes; `with_conditions` says it to whoever makes or compares them.
    """
    return Index(name, *columns, unique=unique, info={_WHERE: where})


def with_conditions(metadata: MetaData) -> MetaData:
    """Tell the partial indexes of all tables their conditions."""
    for one in (index for found in metadata.tables.values() for index in found.indexes):
        if _WHERE in one.info:
            for dialect in ("postgresql", "sqlite"):
                one.dialect_options[dialect]["where"] = text(one.info[_WHERE])
    return metadata


class Numbered:
    """A row with a key that is never used again."""

    __table_args__: Any = table()
    id: Mapped[key]


class Versioned(Numbered):
    """A row that two people may change: the second one is told, not overwritten."""

    version: Mapped[int] = mapped_column(default=1, server_default="1")

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805 - SQLAlchemy hands over the class
        """Let every update name the version that it saw."""
        return {"version_id_col": cls.__table__.c["version"]}  # type: ignore[attr-defined]
