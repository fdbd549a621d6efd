"""A report's content as paragraphs to be read; what is empty is left out."""

import datetime as dt
from collections.abc import Iterator

from console.domain.report_content import GpAction, Medicine, ReportContent
from console.domain.rows import ReportRow
from ui.time_text import day, day_clock

_YES_NO = {True: "Yes", False: "No"}


def unsigned_words(row: ReportRow, now: dt.datetime) -> str:
    """That nobody has signed a report, who released it, when and why; nothing of any other."""
    released = released_words(row, now)
    return f"{released}: {row.released_because}" if released else ""


def released_words(row: ReportRow, now: dt.datetime) -> str:
    """The same without the reason, which may be long."""
    if not row.is_released or row.released_at is None:
        return ""
    return f"Not signed. Released {day_clock(row.released_at, now)} by {row.released_by}"


def author_words(row: ReportRow) -> str:
    """Whether it is written, and whose it is: what a clinician dictates somebody else may have typed."""
    if row.content_version:
        return f"written, author {row.author}" if row.author else "written"
    return f"to be written by {row.author}" if row.author else "not written yet"


def paragraphs(content: ReportContent, now: dt.datetime, unsigned: str = "") -> Iterator[tuple[str, str]]:
    """Heading and text of everything that is filled in, in the order of the form, and who released it."""
    told = (
        ("Reason", content.reason),
        ("Attended", _attended(content, now)),
        ("History", content.history),
        ("Examination", content.examination),
        ("Observations", _observations(content)),
        ("Working diagnosis", content.diagnosis),
        ("Treatment", content.treatment),
        ("Medicines", "\n".join(map(_medicine, content.medicines))),
        ("Allergies", content.allergies),
        ("Investigations", content.investigations),
        ("What became of the patient", content.disposition.label if content.disposition else ""),
        ("For the practice", "\n".join(map(_action, content.gp_actions))),
        ("Advice and safety-net", content.advice),
        ("Safeguarding", _with_note(content.safeguarding, content.safeguarding_note)),
        ("ReSPECT seen", _YES_NO.get(content.respect_seen, "") if content.respect_seen is not None else ""),
        ("DNACPR seen", _YES_NO.get(content.dnacpr_seen, "") if content.dnacpr_seen is not None else ""),
        ("Admission prevented", _with_note(content.admission_prevented, content.prevented_because)),
        ("Clinician", _clinician(content)),
        ("Signature", unsigned),
    )
    return ((heading, text) for heading, text in told if text.strip())


def _attended(content: ReportContent, now: dt.datetime) -> str:
    times = (content.attended_at, content.left_at)
    return " to ".join(day_clock(at, now) for at in times if at is not None)


def _observations(content: ReportContent) -> str:
    taken = content.observations
    named = (
        ("Respirations", taken.respiratory_rate),
        ("SpO₂", taken.spo2),
        ("Systolic", taken.systolic),
        ("Pulse", taken.pulse),
        ("Temperature", taken.temperature),
    )
    parts = [f"{name} {value:g}" for name, value in named if value is not None]
    if taken.consciousness is not None:
        parts.append(taken.consciousness.label)
    return " · ".join(part for part in (*parts, content.observations_note) if part)


def _medicine(one: Medicine) -> str:
    parts = (one.name, one.dose, one.route, one.quantity, one.authority)
    return f"{one.action.label}: {', '.join(part for part in parts if part)}"


def _action(one: GpAction) -> str:
    kind = "For action" if one.for_action else "For information"
    by = f" by {day(one.due)}" if one.due else ""
    return f"{kind}{by}: {one.text}"


def _with_note(answer: bool | None, note: str) -> str:
    return "" if answer is None else ". ".join(part for part in (_YES_NO[answer], note) if part)


def _clinician(content: ReportContent) -> str:
    parts = (content.clinician, content.clinician_role, content.registration)
    return ", ".join(part for part in parts if part)
