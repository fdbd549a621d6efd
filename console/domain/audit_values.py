"""What a line of the audit holds: each value as a person reads it, before and after."""

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

from console.domain import chase_words, clinical_words, people_words, words
from console.domain.audit_rows import AuditLine, Compared, Names
from console.domain.calendar import local
from console.domain.chase_words import STAFF
from console.domain.ladders import BY_NAME, step_label
from console.domain.word import Word

NOTHING = "nothing"
_LEFT_OUT = frozenset({"id", "version"})
_OF_THE_PROGRAM = {"step": frozenset({"kind", "changes"}), "chase": frozenset({"round"})}
"""What only the program reads: the words of a step say what it is, the time of a chase which one it is."""
_ROWS = {"undoes_id": "step", "received_message_id": "message"}
_LABELS = {"nhs_number": "NHS number", "gp_needed": "GP needed", "birth_date": "Born", "ods_code": "ODS code"}
_YES_OR_NO = frozenset(
    {"acknowledgement_owed", "admission_prevented", "asks_ambulance", "from_paper", "gp_needed"}
) | {"nhs_number_verified"}
_TIME = re.compile(r"\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(:\d{2}(\.\d+)?)?([+-]\d{2}:\d{2}|Z)?")
_PEOPLE = frozenset({"staff_id", "owner_id", "author_id"})
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_LISTS = frozenset({"other_phones", "issues", "flags", "content", "value", "changes"})
"""What a local file keeps as the text of a list or of values by name."""
_WORDS: Mapping[str, type[Word]] = {
    "channel": words.Channel,
    "contact_with": words.ContactWith,
    "due_clock": clinical_words.DueClock,
    "employer": people_words.Employer,
    "gender": words.Gender,
    "placement": people_words.Placement,
    "practice_link": words.PracticeLink,
    "profession": people_words.Profession,
    "record_access": words.RecordAccess,
    "role": words.Role,
    "sent_by_channel": words.Channel,
    "stream": words.Stream,
    "subject_kind": chase_words.Subject,
    "way": chase_words.Way,
    "chase.state": chase_words.ChaseState,
    "contact.result": words.ContactResult,
    "marker.kind": words.MarkerKind,
    "outcome.disposition": words.OutcomeDisposition,
    "outcome.kind": words.OutcomeKind,
    "outgoing_message.state": chase_words.MessageStatus,
    "queue_entry.status": words.QueueStatus,
    "received_message.state": words.MessageState,
    "referral.source": words.Source,
    "referral.status": words.ReferralStatus,
    "report.status": words.ReportStatus,
    "task.kind": words.TaskKind,
    "visit.status": words.VisitStatus,
}


def values(line: AuditLine, names: Names) -> Iterator[Compared]:
    """Give each column that the line holds: what it is called, what was there, and what is there since."""
    return _compared(line.tbl, line.old or {}, line.new or {}, names)


def changes(line: AuditLine, names: Names) -> Iterator[tuple[str, str, int, list[Compared]]]:
    """Give each row that a step changed: how, of which table, which one, and its values."""
    for one in _read("changes", (line.new or line.old or {}).get("changes")) or ():
        table, op = one["table"], "I" if one.get("is_new") else "D" if one.get("is_gone") else "U"
        held = _compared(table, one.get("was") or {}, one.get("now") or {}, names)
        yield op, table, one["id"], list(held)


def _compared(table: str, old: Mapping[str, Any], new: Mapping[str, Any], names: Names) -> Iterator[Compared]:
    old, new = (_of_subject(_of_ladder(row, names), names) for row in (old, new))
    for column in dict.fromkeys((*old, *new)):
        if is_read(table, column):
            was, is_now = (_text(table, column, one.get(column), names) for one in (old, new))
            if was != NOTHING or is_now != NOTHING:
                yield label(column), was, is_now


def _of_ladder(row: Mapping[str, Any], names: Names) -> Mapping[str, Any]:
    """Where a row names a ladder, it and its step are called as on the screen, and whom it asks by name."""
    ladder = row.get("ladder")
    if not isinstance(ladder, str):
        return row
    told = {"ladder": BY_NAME[ladder].label if ladder in BY_NAME else ladder.replace("_", " ")}
    if isinstance(step := row.get("step"), str):
        told["step"] = step_label(ladder, step)
    if isinstance(asked := row.get("recipient"), str):
        told["recipient"] = _asked(asked, names)
    return {**row, **told}


def _of_subject(row: Mapping[str, Any], names: Names) -> Mapping[str, Any]:
    """What a chase or a snooze is about, in one value: its kind and its number say it together."""
    kind, key = row.get("subject_kind"), row.get("subject_id")
    if kind not in list(chase_words.Subject) or not isinstance(key, int):
        return row
    told = _who(f"{kind}_id", key, names)
    return {**row, "subject_id": told, "subject_kind": None}


def is_read(table: str, column: str) -> bool:
    """Whether a column of the table says anything to a person."""
    return column not in _LEFT_OUT and column not in _OF_THE_PROGRAM.get(table, ())


def _asked(recipient: str, names: Names) -> str:
    """A role, or one person of the staff."""
    if recipient in list(words.Role):
        return words.Role(recipient).label
    number = recipient.removeprefix(STAFF)
    return _who("staff_id", int(number), names) if number.isdecimal() else recipient


def label(column: str) -> str:
    """Call a column as one would say it."""
    said = column.removesuffix("_id").removesuffix("_at").removesuffix("_by").replace("_", " ")
    if column.endswith("_at"):
        said += " at"
    if column.endswith(("_by_id", "_by")):
        said += " by"
    return _LABELS.get(column, said[:1].upper() + said[1:])


def _read(column: str, value: Any) -> Any:
    """A local file keeps a list as its text."""
    if column not in _LISTS or not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


def _text(table: str, column: str, value: Any, names: Names) -> str:
    value = _read(column, value)
    if value is None or value in ("", "[]", "{}", [], {}):
        return NOTHING
    if isinstance(value, bool) or (isinstance(value, int) and _is_yes_or_no(column)):
        return "yes" if value else "no"
    if isinstance(value, int):
        return _who(column, value, names)
    if isinstance(value, list):
        return "\n".join(_text(table, "", one, names) for one in value)
    if isinstance(value, dict):
        told = ((label(name), _text(table, name, one, names)) for name, one in value.items())
        return "\n".join(f"{name}: {text}" for name, text in told if text != NOTHING)
    return _said(table, column, str(value))


def _said(table: str, column: str, text: str) -> str:
    """A word of the service by its label, a time and a day as they are said; else what somebody typed."""
    kind = _WORDS.get(f"{table}.{column}", _WORDS.get(column))
    if kind is not None and text in list(kind):
        return kind(text).label
    if column == "shows":
        return text.replace("_", " ")
    with suppress(ValueError):  # somebody may have typed what only looks like a time
        if _TIME.fullmatch(text):
            return _moment(text)
        if _DAY.fullmatch(text):
            return day(text)
    return text


def _is_yes_or_no(column: str) -> bool:
    """A local file keeps a truth as 1 or 0."""
    return column.startswith("is_") or column in _YES_OR_NO


def _who(column: str, value: int, names: Names) -> str:
    if column.endswith("by_id") or column in _PEOPLE:
        return names.staff.get(value, f"person {value}")
    if column.endswith("hub_id") or column == "diverts_to_id":
        return names.hubs.get(value, f"hub {value}")
    if column in ("practitioner_id", "on_behalf_of_id"):
        return names.practitioners.get(value, f"practitioner {value}")
    if column == "practice_id":
        return names.practices.get(value, f"practice {value}")
    if column in ("referral_id", "duplicate_of_id"):
        return names.referrals.get(value, f"referral {value}")
    if column == "patient_id":
        return names.patients.get(value, f"patient {value}")
    if column.endswith("_id"):
        return f"{_ROWS.get(column, column.removesuffix('_id').replace('_', ' '))} {value}"
    return str(value)


def _moment(text: str) -> str:
    """A time of the database, always UTC there, as a clock of the service shows it."""
    at = dt.datetime.fromisoformat(text)
    at = at.replace(tzinfo=dt.UTC) if at.tzinfo is None else at
    there = local(at)
    return f"{there.day} {there:%b %Y, %H:%M:%S}"


def day(text: str) -> str:
    """A day as it is said."""
    there = dt.date.fromisoformat(text)
    return f"{there.day} {there:%b %Y}"
