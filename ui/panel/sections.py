"""What the side panel says about one referral, section by section."""

import datetime as dt
from collections.abc import Iterator

from PySide6.QtWidgets import QWidget

from console.domain.clinical_words import DueClock
from console.domain.identifiers import format_phone
from console.domain.places import in_one_line
from console.domain.referral import UNREACHED
from console.domain.rows import MarkerRow, ReferralRecord, ReportRow, StepRow, TaskRow
from console.domain.visit_address import is_for_control, is_for_practitioner, is_same, reasons_not_to_go_on
from console.domain.words import PracticeLink, ReportStatus, Role, TaskKind
from ui.boards.referral_cells import due_at, flags_told, is_met
from ui.boards.report_words import author_words, unsigned_words
from ui.boards.task_cells import asked_of
from ui.panel.parts import facts, section, timed, warning, words
from ui.time_text import age, clock, day, day_clock, due_text, is_late

_ENTERED_LATER = dt.timedelta(minutes=1)


def sections(record: ReferralRecord, now: dt.datetime) -> Iterator[QWidget]:
    """All sections that have something to say, the gravest first."""
    yield from warnings(record, now)
    yield words(record.row.problem or "No problem is written down.", "heading")
    if record.narrative:
        yield words(record.narrative)
    found = (
        section("Who called", [facts(_callers(record))]),
        section("Where", [facts(_places(record))]),
        section("Key safe", _key_safe(record, now)),
        section("Practice and GP record", [facts(_practice(record))]),
        section("Clocks", [facts(_clocks(record, now))]),
        section("Asked of somebody", [_task(task, now) for task in record.tasks]),
        section("Outcome report", list(_reports(record, now))),
        section("Contacts", _contacts(record, now)),
        section("Timeline", [_step(step, now) for step in reversed(record.timeline)]),
    )
    yield from (one for one in found if one is not None)


def warnings(record: ReferralRecord, now: dt.datetime) -> Iterator[QWidget]:
    """What must not be missed before anybody is sent or rung."""
    yield from _now(record, now)
    row = record.row
    if not row.address and row.queue_status is None and row.status.is_open:
        yield warning("house", "No address for the visit. Ask for it and enter it with Alt+F.", "bad")
    if row.gp_needed:
        yield warning("stethoscope", "A GP is needed: only a GP may be sent.", "info")
    for marker in record.markers:
        yield _marker(marker, now)
    if row.flags:
        yield warning("flag", f"{flags_told(row.flags)}.", "warn")
    if not row.nhs_number_verified:
        said = "not verified" if row.nhs_number else "not known"
        yield warning("user", f"The NHS number is {said}: ask for two identifiers.", "warn")
    for issue in record.issues:
        yield warning("info", issue, "warn")


def _now(record: ReferralRecord, now: dt.datetime) -> Iterator[QWidget]:
    """What somebody must do at once; of a referral that has ended nothing is."""
    row = record.row
    if not row.status.is_open:
        return
    if row.asks_ambulance:
        yield warning("siren", _ambulance(record), "bad")
    if row.worse_at is not None:
        worse = f"Worse since {day_clock(row.worse_at, now)}. A clinician is needed now."
        yield warning("triangle-alert", worse, "bad")
    if row.failed_contact_at is not None and not is_met(row):
        yield warning("phone", _nobody_reached(record, now), "bad")
    if row.expected_clear_at is not None and is_late(row.expected_clear_at, now):
        since = f"{clock(row.expected_clear_at)}, {age(row.expected_clear_at, now)}"
        yield warning("clock", f"{row.practitioner} was to be clear at {since}. Ring them.", "bad")
    if any(is_for_control(task.subject) for task in record.tasks):
        yield warning("house", "Ambulance control does not know the corrected address: tell them.", "bad")
    if any(is_for_practitioner(task.subject) for task in record.tasks):
        (untold,) = reasons_not_to_go_on(row.practitioner or "The practitioner", (), is_untold=True)
        yield warning("house", untold, "bad")
    if row.acknowledgement_owed:
        yield warning(
            "undo-2", "The practitioner was taken away and the visit came back. Acknowledge it.", "bad"
        )


def _ambulance(record: ReferralRecord) -> str:
    reference = record.row.ambulance_reference
    if reference:
        return f"999 is asked for, reference {reference}. Record when the crew takes over."
    return "999 is asked for. Ring ambulance control and record the reference and who accepted it."


def _nobody_reached(record: ReferralRecord, now: dt.datetime) -> str:
    asked = [task for task in record.tasks if task.kind in UNREACHED]
    decides = next((task.accepted_by for task in asked if task.accepted_by), None) or "A clinician"
    at_the_door = any(task.kind is TaskKind.NO_REPLY_CONCERN for task in asked)
    why = (
        "Nobody answered the door, and there is concern"
        if at_the_door
        else "The patient left, or nobody reaches them"
    )
    since = day_clock(record.row.failed_contact_at, now) if record.row.failed_contact_at else ""
    return f"{why}. {decides} decides what happens, asked {since}."


def _marker(marker: MarkerRow, now: dt.datetime) -> QWidget:
    of = "this address" if marker.on_place else "the patient"
    read = "Not acknowledged for this referral yet."
    if marker.acknowledged_at is not None:
        read = f"Acknowledged by {marker.acknowledged_by} at {day_clock(marker.acknowledged_at, now)}."
    below = f"About {of}, kept by {marker.owner}, to be reviewed on {day(marker.review_on)}. {read}"
    tone = "bad" if marker.acknowledged_at is None else "warn"
    return warning("shield-alert", f"{marker.kind.label}: {marker.words}", tone, below)


def _callers(record: ReferralRecord) -> Iterator[tuple[str, str]]:
    yield "Source", record.row.source.label
    yield "Caller", record.caller
    yield "Their phone", format_phone(record.caller_phone or "")
    yield "Phones", "\n".join(map(format_phone, record.phones)) or "No number is known."


def _places(record: ReferralRecord) -> Iterator[tuple[str, str]]:
    row, patient = record.row, record.patient
    visit = in_one_line(row.address, row.postcode)
    home = in_one_line(patient.home_address, patient.home_postcode)
    yield "Visit", visit or "No address for the visit."
    both = (row.address, row.postcode), (patient.home_address, patient.home_postcode)
    yield "Home", "The same" if home and is_same(*both) else home or "Not known"
    yield "Area", row.area
    yield "Hub", row.hub


def _key_safe(record: ReferralRecord, now: dt.datetime) -> Iterator[QWidget]:
    """That there is a code, and how one comes to it; never the code."""
    if (kept := record.key_safe) is not None:
        entered = f"A code is kept, entered by {kept.changed_by} at {day_clock(kept.changed_at, now)}."
        yield words(f"{entered} Alt+V shows it to whoever says why.")


def _practice(record: ReferralRecord) -> Iterator[tuple[str, str]]:
    row = record.row
    if row.practice:
        yield "Own practice", f"{row.practice} ({row.practice_code})"
    else:
        why = row.practice_link.label if row.practice_link is not PracticeLink.KNOWN else "Not known yet"
        yield "Own practice", f"{why}: a named person owns the report."
    yield "GP record", row.record_access.label.removeprefix("GP record: ").capitalize()


def _clocks(record: ReferralRecord, now: dt.datetime) -> Iterator[tuple[str, str]]:
    row = record.row
    yield "Received", day_clock(row.received_at, now)
    if record.closed_at is not None:
        ended = day_clock(record.closed_at, now)
        yield "Ended", ": ".join(part for part in (ended, record.closed_because) if part)
    if row.triage_due_at is not None and row.status.is_open:
        yield "Triage", due_text(row.triage_due_at, now)
    due = due_at(row)
    if due is not None:
        name = DueClock(row.due_clock).label if row.due_clock in list(DueClock) else row.due_clock
        yield "Due", f"{due_text(due, now)} ({day_clock(due, now)}, by the clock of {name.lower()})"
    if row.disposition:
        yield "111 code", row.disposition
    if row.visit_status is not None and row.visit_at is not None:
        yield row.visit_status.label, f"{day_clock(row.visit_at, now)}, {row.practitioner or 'nobody named'}"
    if row.expected_clear_at is not None:
        expected = row.expected_clear_at
        yield "Clear expected", f"{day_clock(expected, now)} ({due_text(expected, now)})"


def _task(task: TaskRow, now: dt.datetime) -> QWidget:
    taken = f"accepted by {task.accepted_by}" if task.accepted_by else f"for a {asked_of(task)}"
    return timed(task.due_at, now, f"{task.title}. {task.words}", taken)


def _reports(record: ReferralRecord, now: dt.datetime) -> Iterator[QWidget]:
    """Each report; of the newest alone, on which the key works here, that it may be written anew."""
    for report in record.reports:
        is_newest = report is record.reports[-1]
        again = is_newest and report.status is ReportStatus.ACCEPTED
        yield _report(report, now, "Ctrl+R writes a new version" if again else "")


def _report(report: ReportRow, now: dt.datetime, again: str) -> QWidget:
    by = f"signed by {report.signed_by}" if report.signed_by else unsigned_words(report, now)
    sent = f"sent {day_clock(report.sent_at, now)}" if report.sent_at else due_text(report.due_at, now)
    return timed(
        report.owed_at,
        now,
        f"{report.outcome_kind.label}: {report.standing.lower()}",
        by or author_words(report),
        sent,
        again,
    )


def _contacts(record: ReferralRecord, now: dt.datetime) -> list[QWidget]:
    return [
        timed(
            one.happened_at,
            now,
            f"{one.contact_with}: {one.result.lower()}" + (f". {one.said}" if one.said else ""),
            one.by,
            one.channel.label.lower(),
            format_phone(one.number or ""),
        )
        for one in reversed(record.contacts)
    ]


def _step(step: StepRow, now: dt.datetime) -> QWidget:
    behalf = ""
    if step.on_behalf_of:
        how = f" by {step.channel.label.lower()}" if step.channel else ""
        behalf = f"for {step.on_behalf_of}{how}"
    said = f"“{step.said}”" if step.said else ""
    later = step.entered_at - step.happened_at >= _ENTERED_LATER
    how = "entered from paper" if step.from_paper else "entered"
    undone = "undone since" if step.is_undone else ""
    entered = f"{how} {day_clock(step.entered_at, now)}" if later or step.from_paper else ""
    by = step.by if step.role is Role.SYSTEM else f"{step.by}, {step.role.label.lower()}"
    return timed(step.happened_at, now, step.words, by, behalf, said, entered, undone)
