"""How an open referral is shown and ordered on the board."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from console.domain.rows import ReferralRow
from console.domain.words import Gender, PracticeLink, QueueStatus, RecordAccess, Source, VisitStatus
from ui.boards.cells import Column, Due, Flag, Kind, PillText, TwoLines, priority_words
from ui.presence import Here
from ui.time_text import age_in_years, clock, due_spoken, duration, duration_spoken

_FAR = dt.datetime.max.replace(tzinfo=dt.UTC)
_CLOCKS = {"triage": "triage", "response": "visit", "disposition": "111", "ambulance": "999"}
_SEX = {Gender.FEMALE: "F", Gender.MALE: "M", Gender.OTHER: "other"}
_TONES = {
    VisitStatus.ALLOCATED: "warn",
    VisitStatus.ACKNOWLEDGED: "info",
    VisitStatus.EN_ROUTE: "info",
    VisitStatus.ON_SCENE: "ok",
}
_SOURCES_SHORT = {
    Source.NHS_111: "111",
    Source.CAS_999: "CAS",
    Source.COMMUNITY_NURSING: "Nursing",
    Source.FOLLOW_UP: "Follow-up",
}


def name_of(row: Any) -> str:
    """SMITH, John: of any row with a patient's names."""
    return f"{row.family_name.upper()}, {row.given_name}" if row.given_name else row.family_name.upper()


def name_spoken(row: Any) -> str:
    """John Smith: a name as one would say it, also where a message brought it in capitals."""
    parts = (row.given_name or "", row.family_name)
    return " ".join(part.title() if part.isupper() else part for part in parts if part)


def flags_told(flags: Iterable[str]) -> str:
    """What the sender flagged, in one line: some of it is a sentence with its full stop, some a word."""
    return ". ".join(one.strip().rstrip(".") for one in flags)


def age_and_sex_spoken(birth_date: dt.date | None, gender: Gender, now: dt.datetime) -> str:
    """82, female; or that the age is not known."""
    years = age_in_years(birth_date, now)
    said = "age not known" if years is None else f"{years}"
    return f"{said}, {gender.label.lower()}" if gender in _SEX else said


def age_and_sex(birth_date: dt.date | None, gender: Gender, now: dt.datetime) -> str:
    """82 F; what is not known is left out, but an age that is not known is said."""
    years = age_in_years(birth_date, now)
    return " ".join(part for part in ("age ?" if years is None else f"{years}", _SEX.get(gender, "")) if part)


def is_met(row: ReferralRow) -> bool:
    """Whether somebody is with the patient: from then on no clock of the referral runs."""
    if row.asks_ambulance:
        return False
    is_being_met = row.visit_status is VisitStatus.ON_SCENE or row.queue_status is QueueStatus.BEING_SEEN
    return is_being_met or row.is_seen


def due_at(row: ReferralRow) -> dt.datetime | None:
    """When this referral must have been met; None when it is, when it has ended, or when no clock runs."""
    return None if is_met(row) or not row.status.is_open else row.due_at


def is_over(row: ReferralRow, now: dt.datetime) -> bool:
    """Whether its due time has passed."""
    due = due_at(row)
    return due is not None and now >= due


def order(row: ReferralRow) -> tuple[bool, bool, bool, dt.datetime, int]:
    """999 first, then untriaged, then worse, then what is due next; with somebody there, last."""
    untriaged, worse = row.is_untriaged and not is_met(row), row.worse_at is not None
    return (not row.asks_ambulance, not untriaged, not worse, due_at(row) or _FAR, row.priority or 0)


def patient(row: ReferralRow, now: dt.datetime, here: Here | None = None) -> TwoLines:
    """Who and what for, and who has it open."""
    return TwoLines(name_of(row), age_and_sex(row.birth_date, row.gender, now), row.problem, flags(row), here)


def where(row: ReferralRow) -> TwoLines:
    """Which area, and who referred."""
    practice = row.practice or {
        PracticeLink.NOT_REGISTERED: "not registered",
        PracticeLink.VISITOR: "visitor",
    }.get(row.practice_link, "practice not known")
    source = _SOURCES_SHORT.get(row.source, row.source.label)
    postcode = (row.postcode or "").split(" ")[0]
    place = row.area or row.address or "No address"
    if row.area and postcode:
        place = f"{row.area} {postcode}"
    return TwoLines(place, "", practice if row.source is Source.GP_PRACTICE else f"{source} · {practice}")


def status(row: ReferralRow, offered: str = "", decides: str = "") -> PillText:
    """The board's one word, and below it who has the patient in hand or which hub looks for somebody.

    `offered` is who could be sent now to somebody who must not wait, `decides` who decides about somebody
    whom nobody reached.
    """
    below = row.practitioner or row.hub
    if row.asks_ambulance or row.is_untriaged:
        return PillText(row.word, "bad", below)
    if row.acknowledgement_owed:
        return PillText("Came back", "bad", below)
    if row.visit_status is not None:
        return PillText(row.word, _TONES.get(row.visit_status, "plain"), below)
    if row.queue_status is not None:
        return PillText(row.word, "ok" if row.queue_status is QueueStatus.BEING_SEEN else "info", below)
    if row.awaits_decision:
        return PillText(row.word, "bad", decides or below)
    if offered:
        return PillText("Send now", "warn", offered)
    return PillText(row.word if row.is_seen else "Waiting", "plain", below)


def due(row: ReferralRow) -> Due | str | None:
    """The time that counts down, or that it was met."""
    if is_met(row):
        met_at = row.visit_at or (row.met_at if row.is_seen else None)
        return f"Met {clock(met_at)}" if met_at else "Being seen"
    if row.due_at is None:
        return None
    return Due(row.due_at, row.frame_from, _CLOCKS.get(row.due_clock, row.due_clock))


def flags(row: ReferralRow) -> tuple[Flag, ...]:
    """What must not be missed, the gravest first."""
    markers = f"{row.markers} marker" if row.markers == 1 else f"{row.markers} markers"
    unread = row.markers_unacknowledged
    shown = (
        (row.worse_at is not None, Flag("triangle-alert", "Worse: a clinician is needed now", "bad")),
        (row.asks_ambulance, Flag("siren", "999 is asked for", "bad")),
        (
            row.failed_contact_at is not None and not is_met(row),
            Flag("phone", "The patient left or was not reached: a clinician decides", "bad"),
        ),
        (
            row.markers > 0,
            Flag("shield-alert", f"{markers}, {unread} not acknowledged", "bad" if unread else "warn"),
        ),
        (
            not row.address and row.queue_status is None,
            Flag("house", "No address for the visit: ask for it", "bad"),
        ),
        (row.gp_needed, Flag("stethoscope", "A GP is needed", "info")),
        (row.acknowledgement_owed, Flag("undo-2", "The visit came back: acknowledge it", "bad")),
        (bool(row.flags), Flag("flag", flags_told(row.flags), "warn")),
        (row.nhs_number is None, Flag("user", "NHS number not known", "mute")),
        (row.record_access is RecordAccess.NO, Flag("lock", "No access to the GP record", "mute")),
    )
    return tuple(flag for is_shown, flag in shown if is_shown)


def spoken(
    row: ReferralRow, now: dt.datetime, offered: str = "", here: Here | None = None, decides: str = ""
) -> str:
    """The whole row as one would say it."""
    due_time, stands = due_at(row), status(row)
    parts = (
        priority_words(row.priority),
        name_spoken(row),
        age_and_sex_spoken(row.birth_date, row.gender, now),
        row.problem,
        where(row).who,
        due_spoken(due_time, now) if due_time else "",
        stands.text,
        decides,
        f"send now: {offered}" if offered else "",
        row.practitioner or "",
        "" if is_met(row) else f"waiting {duration_spoken((now - row.received_at).total_seconds())}",
        *(flag.words for flag in flags(row)),
        here.words.rstrip(".") if here else "",
    )
    return ", ".join(dict.fromkeys(part for part in parts if part))


def _nobody(_: ReferralRow) -> str:
    return ""


def columns(
    now: Callable[[], dt.datetime],
    offered: Callable[[ReferralRow], str] = _nobody,
    here: Callable[[int], Here | None] = lambda _: None,
    decides: Callable[[ReferralRow], str] = _nobody,
) -> tuple[Column[ReferralRow], ...]:
    """The columns of the pending referrals.

    `offered` says who could be sent now, `here` who has one open, `decides` who decides about one whom
    nobody reached.
    """

    def who(row: ReferralRow) -> TwoLines:
        return patient(row, now(), here(row.id))

    def waiting(row: ReferralRow) -> str:
        return "" if is_met(row) else duration((now() - row.received_at).total_seconds())

    def stands(row: ReferralRow) -> PillText:
        return status(row, offered(row), decides(row))

    return (
        Column("priority", "", Kind.PRIORITY, lambda row: row.priority, 54, said="Priority", is_safety=True),
        Column("patient", "Patient · problem", Kind.TWO_LINES, who, 206, stretches=3, is_safety=True),
        Column("where", "Where · source", Kind.TWO_LINES, where, 164, stretches=2, gives_way=1),
        Column("status", "Status", Kind.PILL, stands, 162),
        Column("waiting", "Waiting", Kind.TEXT, waiting, 86),
        Column("due", "Due", Kind.DUE, due, 146, is_safety=True),
    )
