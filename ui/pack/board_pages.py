"""The pages of the pack that say how things stood: patients who wait, hub queues, people and phones."""

import datetime as dt
from collections.abc import Sequence

from console.domain.identifiers import format_nhs_number, format_phone
from console.domain.initials import initials
from console.domain.phone_list import PhoneLine
from console.domain.places import in_one_line
from console.domain.rows import HubRow, PractitionerRow, QueueRow, ReferralRow, TaskRow
from console.domain.words import PRIORITY_LABELS, QueueStatus
from ui.boards.hub_opening import diverting
from ui.boards.referral_cells import age_and_sex, due_at, flags_told, is_met, name_of
from ui.pack.contents import PackContents
from ui.pack.paper import ACROSS, LEFT, RIGHT, Sheets
from ui.time_text import clock, day, day_clock, duration, is_late

_PATIENT, _STRIP = 18.5, 9.5
_WRITE = (("Who goes", 34.0), ("Asked", 17.0), ("Ackn.", 17.0), ("Left", 17.0), ("There", 17.0),
          ("Clear", 17.0), ("What came of it, notes", 67.0))  # fmt: skip
_QUEUE_WRITE = (("Arrived", 18.0), ("Streamed to", 40.0), ("at", 18.0), ("Called", 18.0), ("Seen by", 26.0),
                ("from", 18.0), ("Seen, left", 18.0), ("Notes", 30.0))  # fmt: skip


def draw_board(sheets: Sheets, pack: PackContents) -> None:
    """Draw every page that says how things stood."""
    for hub in pack.hubs:
        _referrals(sheets, pack, hub)
    for hub in pack.hubs:
        _queue(sheets, pack, hub)
    _people(sheets, pack)
    _tasks(sheets, pack)
    _phones(sheets, pack)


def _referrals(sheets: Sheets, pack: PackContents, hub: HubRow) -> None:
    rows, queued = pack.of_hub(hub), len(pack.queue_of(hub))
    said = "Write each step under its patient with the time by the clock on the wall."
    count = len(rows) + queued
    many = f"{count} patient{'' if count == 1 else 's'}"
    apart = f"{queued} of them in its queue, which has its own page. " if queued else ""
    sheets.page(f"{hub.name}: {many} on the board", f"{apart}The most pressing first. {said}")
    if not rows:
        nobody = (
            "Everybody of this hub is in its queue." if queued else "Nobody was on the board of this hub."
        )
        sheets.text(LEFT, sheets.y, ACROSS, nobody, 4.2)
    for row in rows:
        _referral(sheets, row, pack.as_of)


def _referral(sheets: Sheets, row: ReferralRow, as_of: dt.datetime) -> None:
    sheets.need(_PATIENT + _STRIP + 1.5)
    y = sheets.y
    sheets.box(LEFT, y, ACROSS, _PATIENT + _STRIP, 0.35)
    _priority(sheets, LEFT, y, _PATIENT, row.priority)
    _identity(sheets, LEFT + 15, y + 0.8, 68, row, as_of)
    number = _number(row.nhs_number, is_verified=row.nhs_number_verified)
    sheets.text(LEFT + 15, y + 9.4, 68, number, 3.2)
    sheets.text(LEFT + 15, y + 13.6, 68, row.problem, 3.5, bold=True)
    where = in_one_line(row.address, row.postcode) or "No address is recorded"
    sheets.text(LEFT + 85, y + 0.9, 47, where, 3.2, lines=3)
    sheets.text(LEFT + 85, y + 13.6, 47, f"Tel. {_phone(row.phone)}", 3.5, bold=True)
    _stands(sheets, LEFT + 134, y + 0.8, ACROSS - 135, row, as_of)
    _strip(sheets, y + _PATIENT, _STRIP, _WRITE)
    sheets.y = y + _PATIENT + _STRIP + 1.5


def _identity(
    sheets: Sheets, x: float, y: float, width: float, row: ReferralRow | QueueRow, as_of: dt.datetime
) -> None:
    sheets.text(x, y, width, name_of(row), 4.4, bold=True)
    born = f"born {day(row.birth_date)}" if row.birth_date else "date of birth not known"
    sheets.text(x, y + 5.0, width, f"{born} · {age_and_sex(row.birth_date, row.gender, as_of)}", 3.2)


def _priority(sheets: Sheets, x: float, y: float, height: float, priority: int | None) -> None:
    """The priority large, and in a word: nothing here is told by colour."""
    sheets.fill(x, y, 13, height, black=priority == 1)
    sheets.box(x, y, 13, height, 0.35)
    is_white = priority == 1
    figure = "?" if priority is None else f"P{priority}"
    sheets.text(x, y + height / 2 - 6, 13, figure, 6.0, bold=True, centre=True, white=is_white)
    word = "Triage" if priority is None else PRIORITY_LABELS[priority]
    sheets.text(x, y + height / 2 + 2.4, 13, word, 2.3, centre=True, white=is_white)


def _stands(sheets: Sheets, x: float, y: float, width: float, row: ReferralRow, as_of: dt.datetime) -> None:
    due = due_at(row)
    late = " LATE" if due is not None and is_late(due, as_of) else ""
    seen = f"Seen {clock(row.met_at)}" if row.is_seen and row.met_at else "With somebody"
    sheets.text(x, y, width, f"Due {day_clock(due, as_of)}{late}" if due else seen, 4.0, bold=True)
    word = f"{row.word} {clock(row.visit_at)}" if row.visit_status and row.visit_at else row.word
    sheets.text(x, y + 5.0, width, f"{word}: {row.practitioner}" if row.practitioner else word, 3.2)
    sheets.text(x, y + 9.0, width, f"{row.number}, in {day_clock(row.received_at, as_of)}", 3.2)
    sheets.text(x, y + 12.8, width, _warnings(row), 3.2, bold=True)


def _warnings(row: ReferralRow) -> str:
    told = (
        (row.asks_ambulance, f"999 {row.ambulance_reference or ''}".rstrip()),
        (row.worse_at is not None, "WORSE"),
        (row.failed_contact_at is not None and not is_met(row), "NOT REACHED: a clinician decides"),
        (row.acknowledgement_owed, "CAME BACK"),
        (row.markers > 0, "MARKER: ask"),
        (row.gp_needed, "GP NEEDED"),
        (bool(row.flags), flags_told(row.flags)),
    )
    return " · ".join(words for is_so, words in told if is_so)


def _queue(sheets: Sheets, pack: PackContents, hub: HubRow) -> None:
    rows = pack.queue_of(hub)
    hours = _hours(hub, pack.as_of)
    sheets.page(f"{hub.name}: queue of {len(rows)}", f"{hours} In the order of the queue." if rows else hours)
    if not rows:
        sheets.text(LEFT, sheets.y, ACROSS, "Nobody was in the queue of this hub.", 4.2)
    for row in rows:
        _entry(sheets, row, pack)


def _hours(hub: HubRow, as_of: dt.datetime) -> str:
    """When the hub is open today, or that it is closed; and where it sends those who come."""
    hours = "Closed today."
    if hub.opens_at is not None and hub.closes_at is not None and not hub.is_closed_down:
        hours = f"Open {clock(hub.opens_at)} to {clock(hub.closes_at)}."
    where = diverting(hub, as_of)
    return f"{hours} Diverting {where}." if where else hours


def _entry(sheets: Sheets, row: QueueRow, pack: PackContents) -> None:
    # Who is still at home is rung where they are: a late start, or a hub that cannot see them.
    is_to_ring = row.status is QueueStatus.BOOKED
    height, as_of = 18.5 if is_to_ring else 14.0, pack.as_of
    sheets.need(height + _STRIP + 1.5)
    y = sheets.y
    sheets.box(LEFT, y, ACROSS, height + _STRIP, 0.35)
    _priority(sheets, LEFT, y, height, row.priority)
    _identity(sheets, LEFT + 15, y + 0.8, 76, row, as_of)
    sheets.text(LEFT + 15, y + 9.4, 96, row.problem, 3.4, bold=True)
    x = LEFT + 113
    stream = f" · {row.stream.label}" if row.stream else ""
    sheets.text(x, y + 0.8, ACROSS - 114, f"{row.status.label}{stream}", 3.6, bold=True)
    by = f" by {row.practitioner}" if row.practitioner else ""
    sheets.text(x, y + 5.2, ACROSS - 114, f"{_since(row, as_of)}{by}", 3.2)
    # What must not be missed is the referral's: such as 999, or a marker.
    referral = pack.referral_of(row)
    told = _warnings(referral) if referral else "WORSE" if row.worse_at else ""
    sheets.text(x, y + 9.4, ACROSS - 114, " · ".join(filter(None, (row.referral_number, told))), 3.0)
    if is_to_ring:
        sheets.text(
            x, y + 13.6, ACROSS - 114, f"Tel. {_phone(referral.phone if referral else None)}", 3.5, bold=True
        )
    _strip(sheets, y + height, _STRIP, _QUEUE_WRITE)
    sheets.y = y + height + _STRIP + 1.5


def _since(row: QueueRow, as_of: dt.datetime) -> str:
    if row.status is QueueStatus.BOOKED and row.booked_for_at is not None:
        return f"Booked for {day_clock(row.booked_for_at, as_of)}"
    if row.arrived_at is None:
        return ""
    waited = duration((as_of - row.arrived_at).total_seconds())
    return f"Arrived {day_clock(row.arrived_at, as_of)}, {waited} before"


def _strip(sheets: Sheets, y: float, height: float, parts: Sequence[tuple[str, float]]) -> None:
    """Boxes to write the next steps into, right under the patient."""
    x = LEFT
    for words, width in parts:
        sheets.asked(x, y, width, height, words)
        x += width


Cell = str
Columns = tuple[tuple[str, float], ...]


def _people(sheets: Sheets, pack: PackContents) -> None:
    columns = (("Initials", 15.0), ("Name", 40.0), ("As", 28.0), ("Hub, until", 40.0), ("Doing", 63.0))
    sheets.page("Who is on duty", "Initials are what one types when the paper is entered afterwards.")
    rows = [
        _person(row, pack)
        for row in pack.practitioners
        if row.shift_id is not None or row.unanswered_since is not None
    ]
    _table(sheets, columns, rows, "Nobody was on a shift.")


def _person(row: PractitionerRow, pack: PackContents) -> tuple[Cell, ...]:
    until = f" until {day_clock(row.shift_ends_at, pack.as_of)}" if row.shift_ends_at else ""
    is_to_come = row.shift_id is not None and row.on_at is None
    doing = "Not on duty yet" if is_to_come else row.availability.label
    if row.unanswered_since is not None:
        doing = f"NO ANSWER since {day_clock(row.unanswered_since, pack.as_of)}: find them. {doing}"
    where = f", {row.referral_number}" if row.referral_number else ""
    clear = f", clear {clock(row.expected_clear_at)}" if row.expected_clear_at else ""
    clear += f", {row.visits_behind} more waiting" if row.visits_behind else ""
    as_what = row.placement.label if row.placement else row.profession.label
    return initials(row.name), row.name, as_what, f"{row.hub or ''}{until}", f"{doing}{where}{clear}"


def _tasks(sheets: Sheets, pack: PackContents) -> None:
    columns = (("By", 16.0), ("What", 46.0), ("About", 88.0), ("Asked of", 36.0))
    sheets.page("What was asked of somebody", "Nothing is asked by itself now: go through this list by hand.")
    rows = [_asked(row, pack.as_of) for row in pack.tasks]
    _table(sheets, columns, rows, "Nothing was asked of anybody.")


def _asked(row: TaskRow, as_of: dt.datetime) -> tuple[Cell, ...]:
    of = row.accepted_by or row.role.label
    return day_clock(row.due_at, as_of), row.title, row.words, f"{of}, {row.hub}"


def _phones(sheets: Sheets, pack: PackContents) -> None:
    sheets.page("Telephone numbers", "No internet and no database is needed to ring.")
    hubs = [(hub.name, _phone(hub.phone)) for hub in pack.hubs]
    _table(sheets, (("Hub", 128.0), ("Telephone", 58.0)), hubs, "")
    for title, lines in (("Practitioner", pack.phones.practitioners), ("Practice", pack.phones.practices)):
        columns = ((title, 74.0), ("", 54.0), ("Telephone", 58.0))
        sheets.y += 4
        none = "The list could not be read before the board stood still."
        _table(sheets, columns, [_line(one) for one in lines], none)


def _line(one: PhoneLine) -> tuple[Cell, ...]:
    return one.name, one.about, _phone(one.phone)


def _table(sheets: Sheets, columns: Columns, rows: Sequence[tuple[Cell, ...]], none: str) -> None:
    """A list with a head that comes again on each page; every second line is shaded for the tired eye."""
    sheets.need(20)
    _head(sheets, columns)
    if not rows and none:
        sheets.text(LEFT, sheets.y + 1, ACROSS, none, 3.6)
        sheets.y += 6
    for place, row in enumerate(rows):
        cells = [(words, width - 1.6) for words, (_, width) in zip(row, columns, strict=True)]
        height = 2.0 + max(sheets.height(words, width, 3.4, lines=2) for words, width in cells)
        if sheets.need(height):
            _head(sheets, columns)
        if place % 2:
            sheets.fill(LEFT, sheets.y, ACROSS, height)
        x = LEFT + 0.8
        for words, width in cells:
            sheets.text(x, sheets.y + 0.9, width, words, 3.4, lines=2)
            x += width + 1.6
        sheets.y += height


def _head(sheets: Sheets, columns: Columns) -> None:
    x = LEFT
    for words, width in columns:
        sheets.text(x + 0.8, sheets.y, width - 1.6, words, 3.2, bold=True)
        x += width
    sheets.y += 5
    sheets.line(LEFT, sheets.y, RIGHT, sheets.y, 0.4)


def _phone(number: str | None) -> str:
    if not number:
        return "not known"
    return format_phone(number)


def _number(number: str | None, *, is_verified: bool) -> str:
    if not number:
        return "NHS number not known"
    return f"NHS {format_nhs_number(number)}{'' if is_verified else ' (not verified)'}"
