"""Whom one may have to ring while the database is away."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PhoneLine:
    """One name with its number; `about` says who that is."""

    name: str
    about: str
    phone: str | None


@dataclass(frozen=True, slots=True)
class PhoneList:
    """Practitioners, and the practices that this service has to do with, each by name."""

    practitioners: tuple[PhoneLine, ...] = ()
    practices: tuple[PhoneLine, ...] = ()
