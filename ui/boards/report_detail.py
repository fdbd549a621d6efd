"""One report beside the table: its clocks, its practice, what was done about it, and its newest version."""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from console.domain.chase_words import Subject
from console.domain.identifiers import format_phone
from console.domain.opening_reasons import REPORTING
from console.domain.permissions import Deed
from console.domain.report_content import ReportContent
from console.domain.rows import ReferralRecord, ReportLadder, ReportRow, StepRow
from console.domain.words import UNSENT_REPORT, ContactWith
from ui.background import FAULT, Failure
from ui.boards.ladder_view import ladder_parts
from ui.boards.referral_cells import name_of
from ui.boards.report_cells import is_over, status
from ui.boards.report_words import paragraphs, released_words, unsigned_words
from ui.boards.snooze_words import snoozed_words
from ui.session import Session
from ui.time_text import day_clock, due_text
from ui.widgets.looks import Card, Pill, column, empty_layout, label, line, restyle, rule
from ui.widgets.messages import EmptyState

_REST_MS = 300


class Read(NamedTuple):
    """What was read of a report, away from the window's thread."""

    content: ReportContent
    missing: tuple[str, ...]
    ladder: ReportLadder
    record: ReferralRecord | None


class ReportDetail(Card):
    """Shows the chosen report once the hand rests on it; every reading of a record is kept in the audit."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Nothing is chosen yet."""
        super().__init__(" ", margin=14, parent=parent)
        self.setMinimumWidth(300)
        self._session = session
        self._row: ReportRow | None = None
        self._opened: int | None = None  # the report whose record was opened already
        self._asked: frozenset[tuple[int, int]] = frozenset()
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._read)
        self.pill = Pill()
        self.head.addWidget(self.pill)
        self.clocks = label("", "mute", wraps=True)
        self.due = label("", "percent")
        self.unsigned = label("", "label", tone="warn", wraps=True)
        self.rests = label("", "label", tone="warn", wraps=True)
        self.practice = label("", wraps=True)
        self.practice.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByKeyboard | Qt.TextInteractionFlag.TextSelectableByMouse
        )
        self.empty = EmptyState("file-text", "Choose a report to see its clocks, history and content.")
        self._lay_out()
        session.countdown.ticked.connect(self._tick)
        self.show_row(None)

    def _lay_out(self) -> None:
        inside = QWidget()
        self._told = column(inside, gap=8)
        self._told.setContentsMargins(2, 2, 10, 2)
        self._told.addStretch(1)
        self.words = QScrollArea()
        self.words.setWidgetResizable(True)
        self.words.setFrameShape(QFrame.Shape.NoFrame)
        self.words.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.words.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.words.setAccessibleName("History and content of the report")
        self.words.setWidget(inside)
        self.chosen = QWidget()
        whole = column(self.chosen, gap=8)
        for part in (self.due, self.clocks, self.unsigned, self.rests, self.practice, rule()):
            whole.addWidget(part)
        whole.addWidget(self.words, 1)
        self.body.addWidget(self.chosen, 1)
        self.body.addWidget(self.empty, 1)

    def show_row(self, row: ReportRow | None) -> None:
        """Show a report, or its newer state; its words follow when the hand rests."""
        before, self._row = self._row, row
        self.chosen.setVisible(row is not None)
        self.pill.setVisible(row is not None)
        self.empty.setVisible(row is None)
        self.title.setText("" if row is None else name_of(row))
        self.setAccessibleName("Report" if row is None else f"Report about {name_of(row)}")
        if row is None:
            self._rest.stop()
            self._opened = None
            return
        self.pill.say(*status(row, self._session.now())[:2])
        self._tell_practice(row)
        self._tick()
        if before is None or before.id != row.id:
            self._opened = None
            self._fill(iter((label("One moment: the report is being read.", "mute", wraps=True),)))
        asked_before, self._asked = self._asked, self._what_is_asked(row)
        if before is None or _what_is_read(before) != _what_is_read(row) or asked_before != self._asked:
            self._rest.start()

    def _what_is_asked(self, row: ReportRow) -> frozenset[tuple[int, int]]:
        """The open tasks of its ladder and its practice's call list: the ladder tells who accepted them."""
        about = {f"{Subject.REPORT}:{row.id}", f"{Subject.PRACTICE}:{row.practice_id}"}
        tasks = self._session.live.tasks.by_id.values()
        return frozenset((one.id, one.version) for one in tasks if one.subject in about)

    def _tell_practice(self, row: ReportRow) -> None:
        if row.practice is None:
            self.practice.setText("No practice is known: whoever accepted the task owns this report.")
            return
        phone = format_phone(row.practice_phone) if row.practice_phone else "no telephone number"
        code = f" ({row.practice_code})" if row.practice_code else ""
        self.practice.setText(f"{row.practice}{code}\nTelephone {phone}")

    def _tick(self) -> None:
        """Count down."""
        row = self._row
        if row is None:
            return
        now = self._session.now()
        owed = row.status in UNSENT_REPORT or row.sent_at is None
        said = due_text(row.due_at, now) if owed else row.standing
        self.due.setText(said[:1].upper() + said[1:])
        restyle(self.due, tone="bad" if is_over(row, now) else "")
        self.clocks.setText(" · ".join(_clocks(row, now)))
        unsigned = released_words(row, now)
        self.unsigned.setText(unsigned)
        self.unsigned.setVisible(bool(unsigned))
        snooze = row.snoozed(now)
        self.rests.setText("" if snooze is None else f"{snoozed_words(snooze, now)}.")
        self.rests.setVisible(snooze is not None)

    # What is read

    def _read(self) -> None:
        row, session = self._row, self._session
        if row is None:
            return
        desk, again = session.desk, self._opened == row.id
        may_open = session.may(Deed.OPEN_RECORD)
        self._opened = row.id

        def work() -> tuple[int, Read]:
            content = desk.reports.content(row.id)
            unsigned = row.signed_at is None
            missing = desk.reports.what_is_missing(row.id, content) if unsigned else ()
            ladder = desk.chases.of_report(row.id)
            record = None
            if may_open:
                read_again, opened = desk.records.read_again, desk.records.open
                record = read_again(row.referral_id) if again else opened(row.referral_id, REPORTING)
            return row.id, Read(content, missing, ladder, record)

        session.background.run(work, self._tell, self._fault, refused=session.refused, owner=self)

    def _tell(self, answer: tuple[int, Read]) -> None:
        report_id, read = answer
        row = self._row
        if row is not None and row.id == report_id:
            self._fill(self._parts(row, read))

    def _fault(self, failure: Failure) -> None:
        self._fill(iter((label(FAULT, "error", wraps=True),)))
        self._session.failed(failure)

    def _fill(self, parts: Iterator[QWidget]) -> None:
        empty_layout(self._told)
        for part in parts:
            self._told.addWidget(part)
        self._told.addStretch(1)

    def _parts(self, row: ReportRow, read: Read) -> Iterator[QWidget]:
        now = self._session.now()
        if row.is_released:  # here, where there is room for a long reason on a low screen too
            yield label(f"Released because: {row.released_because}", "label", tone="warn", wraps=True)
        yield from ladder_parts(read.ladder, now)
        yield rule()
        yield label("What was done", "heading")
        done = list(_history(read.record, now))
        for when, what in done:
            yield _line(when, what)
        if not done:
            yield label("Nothing yet: the report is owed.", "mute")
        version = f"Version {row.content_version}" if row.content_version else "Not written yet"
        yield rule()
        yield label(version, "heading")
        if read.missing:
            yield label(f"{len(read.missing)} missing before it can be signed:", "label", tone="warn")
            yield label("\n".join(f"• {one}" for one in read.missing), "small", wraps=True)
        for heading, text in paragraphs(read.content, now, unsigned_words(row, now)):
            yield _paragraph(heading, text)


def _what_is_read(row: ReportRow) -> tuple[object, ...]:
    """What moves when there is something else to read."""
    return row.id, row.version, row.ladder_version, row.snooze, row.called_at


def _paragraph(heading: str, text: str) -> QWidget:
    made = QWidget()
    whole = column(made, gap=1)
    whole.addWidget(label(heading, "capitals"))
    whole.addWidget(label(text, wraps=True))
    return made


def _line(when: str, what: str) -> QWidget:
    made = QWidget()
    across = line(made, gap=10)
    at = label(when, "count")
    at.setFixedWidth(66)
    across.addWidget(at, 0, Qt.AlignmentFlag.AlignTop)
    across.addWidget(label(what, wraps=True), 1)
    return made


def _clocks(row: ReportRow, now: dt.datetime) -> Iterator[str]:
    yield f"owed since {day_clock(row.owed_at, now)}"
    yield f"due {day_clock(row.due_at, now)}"
    yield f"at the latest {day_clock(row.latest_at, now)}"
    if row.signed_at is not None:
        yield f"signed {day_clock(row.signed_at, now)} by {row.signed_by or 'a clinician'}"
    if row.sent_at is not None:
        by = f" by {row.sent_by_channel.label.lower()}" if row.sent_by_channel else ""
        yield f"sent {day_clock(row.sent_at, now)}{by}"


def _history(record: ReferralRecord | None, now: dt.datetime) -> Iterator[tuple[str, str]]:
    """Every step about the report and every word with the practice, the newest first."""
    if record is None:
        return
    steps = [(one.happened_at, _told(one)) for one in record.timeline if one.kind.startswith("report.")]
    talks = [
        (one.happened_at, f"{one.channel.label} with the practice: {one.said or one.result} — {one.by}")
        for one in record.contacts
        if one.contact_with in (ContactWith.PRACTICE.value, ContactWith.PRACTICE.label)
    ]
    in_order = sorted((*steps, *talks), key=lambda one: one[0])  # what happened at the same minute stays so
    for at, words in reversed(in_order):
        yield day_clock(at, now), words


def _told(step: StepRow) -> str:
    """One step with who did it and what was said, and that it does not count any more where it was undone."""
    said = f": {step.said}" if step.said else ""
    return f"{step.words} — {step.by}{said}{' (undone since)' if step.is_undone else ''}"
