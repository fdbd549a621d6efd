"""The kinds of column that the migrations use, as they are kept on both databases."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from db.base import UTCDateTime

__all__ = ["JSON", "WHOLE", "UTCDateTime", "word"]

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


def word(name: str, words: str) -> sa.Enum:
    """Return text that may only be one of these words."""
    return sa.Enum(*words.split(), name=name, native_enum=False, length=24, create_constraint=True)
