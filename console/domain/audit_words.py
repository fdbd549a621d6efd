"""What a line of the audit says, in sentences."""

from collections.abc import Callable, Mapping
from typing import Any

from console.domain.audit_rows import AuditCheck, AuditLine
from console.domain.audit_values import day, is_read, label
from console.domain.calendar import local

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


def sentence(line: AuditLine) -> str:
    """Say in one sentence what was done."""
    new = line.new or {}
    if line.tbl in _SAID:
        return _SAID[line.tbl](new)
    if line.tbl == "step" and line.op == "I":
        return str(new.get("words", "Step"))
    done = did(line.op, line.tbl)
    named = _named(line.tbl, new)
    return f"{done}: {named}" if line.op == "U" and named else done


def did(op: str, table: str) -> str:
    """Say what was done to what: an insert, an update or a deletion, to a row of this table."""
    return f"{_DONE.get(op, op)} {_TABLES.get(table, table.replace('_', ' '))}"


def counted(count: int, one: str, many: str = "") -> str:
    """Say a number of things: `1 line`, `1,200 lines`."""
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"


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


def _opening(new: Mapping[str, Any]) -> str:
    what = "the key-safe code" if new.get("shows") == "key_safe" else "the record"
    if not new.get("is_granted", True):
        return f"Asked for {what} of another hub's patient, and was given nothing"
    return f"{'Saw' if what != 'the record' else 'Opened'} {what}"


def _searched(new: Mapping[str, Any]) -> str:
    name = " ".join(str(new[one]) for one in ("given_name", "family_name") if new.get(one))
    born = f"born {day(str(new['birth_date']))}" if new.get("birth_date") else ""
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


def _named(table: str, new: Mapping[str, Any]) -> str:
    columns = [label(one).lower() for one in new if is_read(table, one)]
    more = len(columns) - _MOST_NAMED
    told = ", ".join(columns[:_MOST_NAMED])
    return f"{told} and {more} more" if more > 0 else told
