"""How an entry of a hub's queue is shown: stream, urgency, patient, status, wait and clock."""

import datetime as dt
from collections.abc import Callable

from console.domain.rows import QueueRow
from console.domain.words import QueueStatus, Stream
from ui.boards.cells import Column, Due, Flag, Kind, PillText, TwoLines, priority_words
from ui.boards.hub_load import is_booked_later, runs_out_at, was_booked_before
from ui.boards.referral_cells import age_and_sex, age_and_sex_spoken, flags_told, name_of, name_spoken
from ui.presence import Here
from ui.time_text import clock, day_clock, due_spoken, duration, duration_spoken

_TONES = {
    QueueStatus.BOOKED: "plain",
    QueueStatus.ARRIVED: "bad",
    QueueStatus.STREAMED: "info",
    QueueStatus.CALLED: "warn",
    QueueStatus.BEING_SEEN: "ok",
}
_WORDS = {QueueStatus.ARRIVED: "Not streamed", QueueStatus.STREAMED: "Waiting"}
_SHORT = {
    Stream.PARAMEDIC_PRACTITIONER: "Practitioner here",
    Stream.TELEPHONE: "Telephone",
    Stream.COMMUNITY_NURSING: "Community nurse",
    Stream.EMERGENCY_DEPARTMENT: "ED / SDEC",
}


def stream_name(stream: Stream) -> str:
    """The stream in few words."""
    return _SHORT.get(stream, stream.label)


def group(row: QueueRow, now: dt.datetime) -> str:
    """Under which heading the patient stands."""
    if row.status is QueueStatus.BOOKED:
        if was_booked_before(row, now):
            return "Booked before"
        return "Booked later" if is_booked_later(row, now) else "Booked today"
    if row.status is QueueStatus.ARRIVED or row.stream is None:
        return "Not streamed"
    return stream_name(row.stream)


def patient(row: QueueRow, now: dt.datetime, here: Here | None = None) -> TwoLines:
    """Who and what for, and who has it open."""
    return TwoLines(name_of(row), age_and_sex(row.birth_date, row.gender, now), row.problem, (), here)


def status(row: QueueRow) -> PillText:
    """Where the patient stands, and with whom."""
    if row.worse_at is not None and row.status is not QueueStatus.BEING_SEEN:
        return PillText("Worse", "bad", _WORDS.get(row.status, row.status.label))
    with_whom = (row.practitioner or "") if row.status is QueueStatus.BEING_SEEN else ""
    return PillText(_WORDS.get(row.status, row.status.label), _TONES[row.status], with_whom)


def due(row: QueueRow) -> Due | str | None:
    """The clock that runs, or since when none does."""
    if row.status is QueueStatus.BEING_SEEN:
        return f"Since {clock(row.being_seen_at)}" if row.being_seen_at else "Being seen"
    if row.status is QueueStatus.BOOKED:
        return "Not here yet"
    at = runs_out_at(row)
    return None if at is None else Due(at, row.arrived_at)


def flags(row: QueueRow) -> tuple[Flag, ...]:
    """What must not be missed."""
    shown = (
        (row.worse_at is not None, Flag("triangle-alert", "Worse: a clinician is needed now", "bad")),
        (
            row.acknowledgement_owed,
            Flag("undo-2", "Came back, control took who saw them: acknowledge it", "bad"),
        ),
        (row.gp_needed, Flag("stethoscope", "A GP is needed", "info")),
        (bool(row.flags), Flag("flag", flags_told(row.flags), "warn")),
    )
    return tuple(flag for is_shown, flag in shown if is_shown)


def waited(row: QueueRow, now: dt.datetime) -> str:
    """How long the patient has been here, or when they are expected."""
    if row.arrived_at is not None:
        return duration((now - row.arrived_at).total_seconds())
    return f"at {day_clock(row.booked_for_at, now)}" if row.booked_for_at else ""


def spoken(row: QueueRow, now: dt.datetime, here: Here | None = None) -> str:
    """The whole row as one would say it."""
    at = runs_out_at(row)
    parts = (
        group(row, now),
        priority_words(row.priority),
        name_spoken(row),
        age_and_sex_spoken(row.birth_date, row.gender, now),
        row.problem,
        status(row).text,
        row.practitioner or "",
        _waited_spoken(row, now),
        due_spoken(at, now) if at else "",
        *(flag.words for flag in flags(row)),
        here.words.rstrip(".") if here else "",
    )
    return ", ".join(dict.fromkeys(part for part in parts if part))


def _waited_spoken(row: QueueRow, now: dt.datetime) -> str:
    if row.arrived_at is None:
        return f"expected {waited(row, now)}"
    return f"here for {duration_spoken((now - row.arrived_at).total_seconds())}"


def columns(
    now: Callable[[], dt.datetime],
    heading: Callable[[QueueRow], TwoLines],
    here: Callable[[int], Here | None] = lambda _: None,
) -> tuple[Column[QueueRow], ...]:
    """The columns of a hub's queue; `heading` names the group on its first row, `here` who has one open."""
    return (
        Column("stream", "Stream", Kind.TWO_LINES, heading, 138, gives_way=2),
        Column("priority", "", Kind.PRIORITY, lambda row: row.priority, 56, said="Priority", is_safety=True),
        Column(
            "patient",
            "Patient · problem",
            Kind.TWO_LINES,
            lambda row: patient(row, now(), here(row.referral_id)),
            180,
            stretches=1,
            is_safety=True,
        ),
        Column("flags", "", Kind.FLAGS, flags, 60, said="Warnings"),
        Column("status", "Status", Kind.PILL, status, 122),
        Column("waiting", "Here for", Kind.TEXT, lambda row: waited(row, now()), 92, gives_way=1),
        Column("due", "Due", Kind.DUE, due, 136, is_safety=True),
    )
