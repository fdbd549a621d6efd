"""What a line of the audit says, in sentences, with what stood there before and what stands there since."""

import datetime as dt
import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from console.domain.audit_rows import AuditCheck, AuditLine, Names
from console.domain.calendar import local

NOTHING = "nothing"
_MOST_NAMED = 3
_TABLES = {
    "audit_export": "a copy of the audit",
    "chase": "a chase",
    "competence": "a competence",
    "contact": "a contact",
    "device": "a device",
    "hub": "the hub",
    "hub_hours": "a hub's hours",
    "key_safe": "the key-safe code",
    "map_pack": "the map",
    "marker": "a marker",
    "marker_acknowledgement": "that a marker was read",
    "outcome": "the outcome",
    "outgoing_message": "a reminder",
    "patient": "the patient's particulars",
    "patient_hub": "which hub knows the patient",
    "position": "a position",
    "practice": "the practice",
    "practitioner": "the practitioner",
    "queue_entry": "the place in the hub's queue",
    "received_message": "a received message",
    "referral": "the referral",
    "report": "the outcome report",
    "report_version": "a version of the report",
    "setting": "a setting",
    "shift": "a shift",
    "snooze": "a snooze",
    "staff": "a person",
    "staff_hub": "a person's hub",
    "staff_role": "a person's role",
    "task": "a task",
    "visit": "the visit",
}
_DONE = {"I": "Entered", "U": "Changed", "D": "Took back"}
_LABELS = {"nhs_number": "NHS number", "gp_needed": "GP needed", "birth_date": "Born", "ods_code": "ODS code"}
_LEFT_OUT = frozenset({"id", "version"})
_YES_OR_NO = frozenset(
    {"acknowledgement_owed", "admission_prevented", "asks_ambulance", "from_paper", "gp_needed"}
) | {"nhs_number_verified"}
_TIME = re.compile(r"\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(:\d{2}(\.\d+)?)?([+-]\d{2}:\d{2}|Z)?")
_PEOPLE = frozenset({"staff_id", "owner_id", "author_id"})


def sentence(line: AuditLine) -> str:
    """Say in one sentence what was done."""
    new = line.new or {}
    if line.tbl in _SAID:
        return _SAID[line.tbl](new)
    if line.tbl == "step" and line.op == "I":
        return str(new.get("words", "Step"))
    thing = _TABLES.get(line.tbl, line.tbl.replace("_", " "))
    done = f"{_DONE.get(line.op, line.op)} {thing}"
    return f"{done}: {_named(new)}" if line.op == "U" and new else done


def checked(last: AuditCheck | None) -> str:
    """Say up to where the chain was checked, when and by whom; what came since nobody has checked."""
    if last is None:
        return "Nobody has checked the chain yet."
    who = f"on {local(last.at):%d %b %Y, %H:%M} by {last.login}"
    if last.faults:
        return f"It was checked {who}, and was not as it was sealed: faults {last.faults:,}."
    against = ", and against a hash that was kept elsewhere" if last.hashes else ""
    return f"Verified up to line {last.through_id:,} {who}{against}."


def _found(new: Mapping[str, Any]) -> str:
    if new.get("faults"):
        return f"Faults: {new['faults']:,}."
    return f"Up to line {new.get('through_id', 0):,} it was as it was sealed."


def reason(line: AuditLine) -> str:
    """Give why, where a reason was asked for."""
    return str((line.new or {}).get("reason", "")) if line.tbl in ("record_opening", "audit_export") else ""


def values(line: AuditLine, names: Names) -> Iterator[tuple[str, str, str]]:
    """Give each column that the line holds: what it is called, what was there, and what is there since."""
    old, new = line.old or {}, line.new or {}
    for column in dict.fromkeys((*old, *new)):
        if column not in _LEFT_OUT:
            was, is_now = (_text(column, one.get(column), names) for one in (old, new))
            if was != NOTHING or is_now != NOTHING:
                yield label(column), was, is_now


def label(column: str) -> str:
    """Call a column as one would say it."""
    said = column.removesuffix("_id").removesuffix("_at").removesuffix("_by").replace("_", " ")
    if column.endswith("_at"):
        said += " at"
    if column.endswith(("_by_id", "_by")):
        said += " by"
    return _LABELS.get(column, said[:1].upper() + said[1:])


def _opening(new: Mapping[str, Any]) -> str:
    what = "the key-safe code" if new.get("shows") == "key_safe" else "the record"
    if not new.get("is_granted", True):
        return f"Asked for {what} of another hub's patient, and was given nothing"
    return f"{'Saw' if what != 'the record' else 'Opened'} {what}"


def _searched(new: Mapping[str, Any]) -> str:
    name = " ".join(str(new[one]) for one in ("given_name", "family_name") if new.get(one))
    born = f"born {_day(str(new['birth_date']))}" if new.get("birth_date") else ""
    number = f"NHS number {new['nhs_number']}" if new.get("nhs_number") else ""
    return ", ".join(part for part in (name, born, number) if part)


# What is no change of a row, or says more than one.
_SAID: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "record_opening": _opening,
    "patient_search": lambda new: f"Looked for a patient at other hubs: {_searched(new)}",
    "audit_export": lambda new: f"Took a copy of the audit away: {new.get('wanted', '')}",
    "audit_look": lambda new: f"Read the audit: {new.get('wanted', '')}",
    "audit_check": lambda new: f"Checked the chain of the audit. {_found(new)}",
    "refusal": lambda new: f"Was refused: {new.get('words', '')}",
    "staff_ask": lambda new: f"Was about to change {new.get('about', '')}: {new.get('what', '')}",
}


def _named(new: Mapping[str, Any]) -> str:
    columns = [label(one).lower() for one in new if one not in _LEFT_OUT]
    more = len(columns) - _MOST_NAMED
    told = ", ".join(columns[:_MOST_NAMED])
    return f"{told} and {more} more" if more > 0 else told


def _text(column: str, value: Any, names: Names) -> str:
    if value is None or value in ("", "[]", "{}", [], {}):
        return NOTHING
    if isinstance(value, bool) or (isinstance(value, int) and _is_yes_or_no(column)):
        return "yes" if value else "no"
    if isinstance(value, int):
        return _who(column, value, names)
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    text = str(value)
    return _moment(text) if _TIME.fullmatch(text) else text


def _is_yes_or_no(column: str) -> bool:
    """A local file keeps a truth as 1 or 0."""
    return column.startswith("is_") or column in _YES_OR_NO


def _who(column: str, value: int, names: Names) -> str:
    if column.endswith("by_id") or column in _PEOPLE:
        return names.staff.get(value, f"person {value}")
    if column.endswith("hub_id") or column == "diverts_to_id":
        return names.hubs.get(value, f"hub {value}")
    if column == "practitioner_id":
        return names.practitioners.get(value, f"practitioner {value}")
    if column == "practice_id":
        return names.practices.get(value, f"practice {value}")
    return str(value)


def _moment(text: str) -> str:
    """A time of the database, always UTC there, as a clock of the service shows it."""
    at = dt.datetime.fromisoformat(text)
    at = at.replace(tzinfo=dt.UTC) if at.tzinfo is None else at
    there = local(at)
    return f"{there.day} {there:%b %Y, %H:%M:%S}"


def _day(text: str) -> str:
    day = dt.date.fromisoformat(text)
    return f"{day.day} {day:%b %Y}"
