"""What an outcome report holds, and its conversion to and from the plain form in which versions are stored.

A report is changed by writing a whole new version; the version's number belongs to its row, not to its
content. Times are aware UTC. Fields that are missing from a stored version take their defaults, so old
versions stay readable.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, TypeVar

from console.domain.clinical_words import Consciousness, MedicineAction
from console.domain.news2 import Observations
from console.domain.words import OutcomeDisposition, OutcomeKind, Source, Word

W = TypeVar("W", bound=Word)
NOT_TAKEN = Observations()


@dataclass(frozen=True, slots=True)
class Medicine:
    """One medicine given, supplied, changed or stopped; `name` as in dm+d, `authority` such as a PGD."""

    name: str
    action: MedicineAction
    dose: str = ""
    route: str = ""
    quantity: str = ""
    authority: str = ""


@dataclass(frozen=True, slots=True)
class GpAction:
    """One thing that the practice is asked to do by a date ("for action") or to know ("for information")."""

    text: str
    due: dt.date | None = None
    for_action: bool = True


@dataclass(frozen=True, slots=True)
class ReportContent:
    """Everything that the own practice is told about one contact; empty or None means not filled in.

    `safeguarding` is None until it was considered; so are `dnacpr_seen`, `respect_seen` and
    `admission_prevented` until somebody has answered.
    """

    kind: OutcomeKind
    source: Source
    referred_at: dt.datetime
    reason: str
    attended_at: dt.datetime | None = None
    left_at: dt.datetime | None = None
    history: str = ""
    examination: str = ""
    observations: Observations = NOT_TAKEN
    observations_note: str = ""
    is_pregnant: bool = False
    diagnosis: str = ""
    treatment: str = ""
    medicines: tuple[Medicine, ...] = ()
    allergies: str = ""
    investigations: str = ""
    disposition: OutcomeDisposition | None = None
    gp_actions: tuple[GpAction, ...] = ()
    advice: str = ""
    safeguarding: bool | None = None
    safeguarding_note: str = ""
    respect_seen: bool | None = None
    dnacpr_seen: bool | None = None
    admission_prevented: bool | None = None
    prevented_judged_by: str = ""
    prevented_because: str = ""
    clinician: str = ""
    clinician_role: str = ""
    registration: str = ""
    is_dictated: bool = False


# What is right together only: an answer with its reason, a beginning with its end, a name with its number.
# Observations are one field: a score of two people's readings would be nobody's.
TOLD_TOGETHER = (
    ("kind", "disposition", "admission_prevented", "prevented_judged_by", "prevented_because"),
    ("attended_at", "left_at"),
    ("observations", "observations_note", "is_pregnant"),
    ("safeguarding", "safeguarding_note"),
    ("clinician", "clinician_role", "registration"),
)


def to_json(content: ReportContent) -> dict[str, Any]:
    """Give the content as plain dictionaries, lists, texts, numbers and ISO times, ready to be stored."""
    return {field.name: _plain(getattr(content, field.name)) for field in fields(content)}


def from_json(stored: Mapping[str, Any]) -> ReportContent:
    """Read a stored version; fields of later versions are left out, missing ones take their defaults.

    Raises KeyError or ValueError when what every version holds (kind, source, time, reason) is not there.
    """
    needed = {name: stored[name] for name in ("kind", "source", "referred_at", "reason")}
    plain = needed | _known(ReportContent, stored)
    return ReportContent(**{name: _READ.get(name, _as_it_is)(value) for name, value in plain.items()})


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value) if isinstance(value, str) else value


def _as_it_is(value: Any) -> Any:
    return value


def _time(text: str | None) -> dt.datetime | None:
    return dt.datetime.fromisoformat(text) if text is not None else None


def _word(kind: type[W], value: str) -> W:
    for one in kind:
        if one.value == value:
            return one
    raise ValueError(f"{kind.__name__} has no word {value!r}.")


def _known(kind: type[Any], stored: Mapping[str, Any]) -> dict[str, Any]:
    names = {field.name for field in fields(kind)}
    return {name: value for name, value in stored.items() if name in names}


def _observations(stored: Mapping[str, Any]) -> Observations:
    level = stored.get("consciousness")
    known = _known(Observations, stored)
    return Observations(**{**known, "consciousness": None if level is None else _word(Consciousness, level)})


def _medicine(stored: Mapping[str, Any]) -> Medicine:
    return Medicine(**{**_known(Medicine, stored), "action": _word(MedicineAction, stored["action"])})


def _gp_action(stored: Mapping[str, Any]) -> GpAction:
    due = stored.get("due")
    return GpAction(
        **{**_known(GpAction, stored), "due": None if due is None else dt.date.fromisoformat(due)}
    )


_READ: dict[str, Any] = {
    "kind": lambda word: _word(OutcomeKind, word),
    "source": lambda word: _word(Source, word),
    "referred_at": _time,
    "attended_at": _time,
    "left_at": _time,
    "observations": _observations,
    "medicines": lambda stored: tuple(_medicine(one) for one in stored),
    "disposition": lambda word: None if word is None else _word(OutcomeDisposition, word),
    "gp_actions": lambda stored: tuple(_gp_action(one) for one in stored),
}
