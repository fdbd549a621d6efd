"""When two addresses mean the same place."""

import re

_WORDS = re.compile(r"[^\W_]+")


def address_words(address: str) -> tuple[str, ...]:
    """Give the words of an address without case, punctuation and line breaks."""
    return tuple(_WORDS.findall(address.casefold()))


def in_one_line(address: str, postcode: str | None) -> str:
    """Give address and postcode as one reads them out; an empty text when there is neither."""
    return ", ".join(part for part in (address, postcode) if part)


def is_same_place(one: str | None, other: str | None) -> bool:
    """Whether two addresses of one postcode may be the same place: the shorter is how the longer begins.

    An address that is missing may be any: a warning shown once too often costs a look, one missed may cost
    more.
    """
    first, second = sorted((address_words(one or ""), address_words(other or "")), key=len)
    return second[: len(first)] == first
