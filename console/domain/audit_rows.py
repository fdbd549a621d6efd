"""The audit as an auditor reads it: what is asked for, its lines, and how far they are proved."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from console.domain.words import Word

Values = Mapping[str, Any]
Cursor = tuple[dt.datetime, int]
Compared = tuple[str, str, str]  # what it is called, what was there, what is there since
PAGE = 200


class AuditKind(Word):
    """Which lines are wanted."""

    ALL = "all", "Everything"
    LOOKS = "looks", "Who looked"
    REFUSED = "refused", "Refused"
    PEOPLE = "people", "People and settings"


@dataclass(frozen=True, slots=True)
class AuditWish:
    """What an auditor asks for; None means any. From `since` on, before `until`."""

    kind: AuditKind = AuditKind.ALL
    patient_id: int | None = None
    staff_id: int | None = None
    since: dt.datetime | None = None
    until: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Names:
    """What stands for the numbers in a line, as it is now."""

    staff: Mapping[int, str] = field(default_factory=dict)
    hubs: Mapping[int, str] = field(default_factory=dict)
    practitioners: Mapping[int, str] = field(default_factory=dict)
    practices: Mapping[int, str] = field(default_factory=dict)
    referrals: Mapping[int, str] = field(default_factory=dict)
    patients: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One line: who did what to which row when, with the values before and after."""

    id: int
    at: dt.datetime
    login: str
    actor_name: str | None
    actor_role: str | None
    device: str | None
    made_by: str | None
    tbl: str
    op: str
    row_id: int
    referral_id: int | None
    referral_number: str | None
    patient_id: int | None
    patient: str | None
    old: Values | None
    new: Values | None

    @property
    def who(self) -> str:
        """The person as they were called then; else the login."""
        return self.actor_name or self.login

    @property
    def is_refused(self) -> bool:
        """Whether a function of ours gave nothing, or did nothing."""
        if self.tbl == "refusal":
            return True
        return self.tbl == "record_opening" and self.new is not None and not self.new.get("is_granted", True)


@dataclass(frozen=True, slots=True)
class AuditPage:
    """Lines, the newest first; `more` is where the next page begins."""

    lines: tuple[AuditLine, ...]
    more: Cursor | None
    names: Names


@dataclass(frozen=True, slots=True)
class AuditCheck:
    """How the newest check of the whole chain ended: when, by which login, up to which line."""

    at: dt.datetime
    login: str
    through_id: int
    faults: int
    hashes: int
    """How many hashes that were kept elsewhere it was held against."""


@dataclass(frozen=True, slots=True)
class AuditChain:
    """How far the lines are sealed, what still waits, and how it was checked last."""

    through_id: int
    sealed_at: dt.datetime | None
    waiting: int
    waiting_since: dt.datetime | None
    checked: AuditCheck | None = None


@dataclass(frozen=True, slots=True)
class PatientOfAudit:
    """A patient whom an auditor may ask about."""

    id: int
    name: str
    birth_date: dt.date | None
    nhs_number: str | None
