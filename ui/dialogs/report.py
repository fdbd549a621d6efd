"""The outcome report: written section by section, what is still missing always in sight, then signed."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QListWidget, QStackedWidget, QWidget

from console.domain.merging import Conflict
from console.domain.opening_reasons import REPORTING
from console.domain.permissions import Deed
from console.domain.refusals import ChangedElsewhere
from console.domain.report import what_is_missing
from console.domain.report_content import ReportContent
from console.domain.rows import PatientBanner, ReportRow
from ui.boards.report_cells import is_owed
from ui.dialogs.conflict_words import LABELS
from ui.dialogs.decision import Decision
from ui.dialogs.report_missing import MissingCard
from ui.dialogs.report_sections import Care, Contact, Plan, Safety, Section
from ui.dialogs.report_sent import about
from ui.dialogs.report_vitals import Vitals
from ui.session import Session
from ui.time_text import age_in_years, day_clock, due_text
from ui.widgets.action_bar import KeyButton
from ui.widgets.asked import screen_of
from ui.widgets.looks import column, label, line
from ui.widgets.patient_banner import PatientBannerBar
from ui.widgets.reader_choice import ReaderChoice

if TYPE_CHECKING:
    from console.services.desk import Desk
    from console.services.report_merge import Drafted

_PAUSE_MS = 200
_WIDTH, _SIDE, _WITH_SIDE = 1080, 230, 820
_WRITTEN_ANEW = "Somebody wrote another version just now. Open the report again."


@dataclass(frozen=True, slots=True)
class _Opened:
    content: ReportContent
    patient: PatientBanner


class ReportDialog(Decision):
    """Saves a whole new version as a draft; Alt+1 to Alt+5 go to the sections."""

    TITLE, PRIMARY = "Write report", "Save draft"

    def __init__(self, session: Session, row: ReportRow, parent: QWidget | None = None) -> None:
        """The content is read in the background; nothing can be typed before it is there."""
        now = session.now()
        sent = day_clock(row.sent_at, now) if row.sent_at is not None and not is_owed(row) else ""
        due = f"sent {sent}" if sent else due_text(row.due_at, now)
        again = " What you change goes to the practice again, whole, once it is signed." if sent else ""
        sentence = f"{about(row)}.{again} Alt and a figure go to a section."
        super().__init__(session, f"{self.TITLE}: {due}", sentence, self.PRIMARY, parent=parent)
        self.setMinimumWidth(min(_WIDTH, screen_of(self).availableGeometry().width() - 40))
        self._row = row
        self._content: ReportContent | None = None  # what the fields were filled with
        self._stored: ReportContent | None = None  # what the database holds, as this person has seen it
        self._age: int | None = None
        self._is_signing = False
        self.sections: list[Section] = []
        self.banner = PatientBannerBar()
        self.banner.hide()
        self._whole.insertWidget(1, self.banner)
        self.form.hide()
        may_sign = session.may(Deed.SIGN_REPORT) and not session.why_anothers(row)
        if may_sign and type(self) is ReportDialog:
            self.signs = KeyButton("Save and sign", "Ctrl+Shift+Return")
            self.signs.setAutoDefault(False)
            self.signs.clicked.connect(self.save_and_sign)
            self.add_button(self.signs)
            QShortcut(QKeySequence("Ctrl+Shift+Return"), self).activated.connect(self.save_and_sign)
        self.titles, self.stack = QListWidget(), QStackedWidget()
        self.titles.setAccessibleName("Sections of the report")
        self.titles.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        ReaderChoice(self.titles)
        self.titles.currentRowChanged.connect(self._show_section)
        self.missing = MissingCard()
        self._lay_out()
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._say_missing)
        self.loading = label("Reading what is known already.", "mute")
        self.body.addWidget(self.loading)

    def _lay_out(self) -> None:
        self._sheet = QWidget()
        is_wide = self.minimumWidth() >= _WITH_SIDE
        sheet = line(self._sheet, gap=20) if is_wide else column(self._sheet, gap=12)
        side = column(gap=12)
        side.addWidget(self.titles)
        if is_wide:
            for part in (self.titles, self.missing):
                part.setFixedWidth(_SIDE)
        side.addWidget(self.missing, 1)
        # On a small screen what one types comes first, and the rest below it.
        sheet.addLayout(side)
        sheet.insertWidget(1 if is_wide else 0, self.stack, 1)
        self._sheet.hide()
        self.body.addWidget(self._sheet, 1)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous() and self._content is None:
            desk, row, about_id = self.session.desk, self._row, self._row.referral_id
            self.primary.setEnabled(False)
            self.session.background.run(
                lambda: _Opened(desk.reports.content(row.id), desk.records.open(about_id, REPORTING).patient),
                self._fill,
                self._failed,
                refused=self.show_refusal,
                owner=self,
            )

    def submit(self) -> None:
        self._is_signing = False
        if (content := self.read()) is not None:
            self.save(content)

    def save(self, content: ReportContent) -> None:
        """Write a whole new version."""
        reports, row = self.session.desk.reports, self._row
        owed = len(self._owed(content))
        rest = f"Still missing before it can be signed: {owed}." if owed else "It can be signed."
        said = f"Report of {row.referral_number} saved as a draft. {rest}"

        def finished(written: "Drafted") -> None:
            self.session.done(f"{said}{_with_whom(written)}")

        self.perform(self.session.background, lambda: reports.draft(row.id, row.version, content), finished)

    @Slot()
    def save_and_sign(self) -> None:
        """Sign what stands here, saved first when it was changed; refused while something is missing."""
        if self.is_busy:
            return
        self._is_signing = True
        self.show_error()
        if (content := self.read()) is None:
            return
        if owed := self._owed(content):
            self.show_error("It cannot be signed yet. See what is still missing.")
            self.missing.say(owed)
            return
        desk, row, stored = self.session.desk, self._row, self._stored
        self.carry_out(
            lambda: _sign(desk, row, content, is_changed=content != stored or not row.content_version),
            f"Report of {row.referral_number} is signed: send it to the practice.",
        )

    def _owed(self, content: ReportContent) -> tuple[str, ...]:
        return what_is_missing(content, age_years=self._age)

    def read(self) -> ReportContent | None:
        """The whole content; None when a field cannot be read, which is then said below it."""
        if self._content is None:
            return None
        content = self._content
        for place, section in enumerate(self.sections):
            is_right = section.form.read() is not None
            if isinstance(section, Vitals) and (wrong := section.wrong()):
                section.form.show_errors(wrong)
                is_right = False
            if not is_right:
                self.titles.setCurrentRow(place)
                self.show_error(f"Something cannot be read in: {section.TITLE}.")
                return None
            content = section.read(content)
        return content

    # What is known comes in

    def _fill(self, opened: _Opened) -> None:
        self._stored = opened.content
        self._age = age_in_years(opened.patient.birth_date, self.session.now())
        self.banner.show_patient(opened.patient, self._age)
        self.banner.show()
        self._show(opened.content)
        for place in range(len(self.sections)):
            self._key(place)
        self.titles.setFixedHeight(len(self.sections) * self.titles.sizeHintForRow(0) + 12)
        self.loading.hide()
        self._sheet.show()
        self.primary.setEnabled(True)
        self._say_missing()
        self.go_to(0)
        self.filled.emit()

    def _show(self, content: ReportContent) -> None:
        """Fill the sections, new ones each time: their lists come and go with what stands in them."""
        self._content = content
        for section in self.sections:
            self.stack.removeWidget(section)
            section.deleteLater()
        self.titles.clear()
        self.sections = [Contact(self.session), Vitals(self._age), Care(), Plan(), Safety()]
        for place, section in enumerate(self.sections):
            section.fill(content)
            section.settle_at_top()
            section.changed.connect(self._pause.start)
            self.stack.addWidget(section)
            self.titles.addItem(f"{place + 1}  {section.TITLE}")

    def resolve(self, conflict: Conflict, theirs: frozenset[str]) -> None:
        """Put what was chosen into the fields; a draft is saved with it, what is signed is read first."""
        content, stored = ReportContent(**conflict.chosen(theirs)), self._stored
        place = max(self.titles.currentRow(), 0)
        known = {one.name: one.theirs for one in (*conflict.asked, *conflict.taken)}
        self._row = replace(self._row, version=conflict.version)
        self._stored = replace(stored, **known) if stored is not None else None
        self._show(content)
        self._say_missing()
        self.go_to(place)
        self.show_error()
        if self._is_signing:
            self.show_error("Your form holds both now: read it through, then sign.")
        elif content == self._stored:
            self.accept()
            self.session.say(f"Report of {self._row.referral_number}: it stays as it was saved.")
        else:
            self.save(content)

    @property
    def is_filled(self) -> bool:
        return self._content is not None

    def _key(self, place: int) -> None:
        shortcut = QShortcut(QKeySequence(f"Alt+{place + 1}"), self)
        shortcut.activated.connect(lambda: self.go_to(place))

    def go_to(self, place: int) -> None:
        """Show a section and begin in its first field."""
        self.titles.setCurrentRow(place)
        self.sections[place].form.focus_first()

    @Slot(int)
    def _show_section(self, place: int) -> None:
        self.stack.setCurrentIndex(place)

    @Slot()
    def _say_missing(self) -> None:
        if self._content is None:
            return
        content = self._content
        for section in self.sections:
            try:
                content = section.read(content)
            except ValueError:
                continue
        self.missing.say(self._owed(content))


class SignReportDialog(ReportDialog):
    """The same sheet before the eyes of the clinician who signs it."""

    TITLE, PRIMARY = "Sign report", "Sign"

    def submit(self) -> None:
        self.save_and_sign()


def _with_whom(written: "Drafted") -> str:
    """What others wrote meanwhile and went into it."""
    if not written.taken:
        return ""
    names = " and ".join(dict.fromkeys(one.by for one in written.taken))
    fields = ", ".join(LABELS[one.name].lower() for one in written.taken)
    return f" It holds what {names} wrote meanwhile: {fields}."


def _sign(desk: "Desk", row: ReportRow, content: ReportContent, *, is_changed: bool) -> None:
    """Sign exactly what was on the screen: when somebody wrote in between, say so instead."""
    version = row.version
    if is_changed:
        fresh = _fresh(desk, row)
        # When the database went away between the two, it stands there: then only the signature is owed.
        if not fresh.content_version or desk.reports.content(row.id) != content:
            number = desk.reports.draft(row.id, row.version, content, is_alone=True).number
            fresh = _fresh(desk, row)
            if fresh.content_version != number:
                raise ChangedElsewhere(_WRITTEN_ANEW)
        version = fresh.version
    desk.reports.sign(row.id, version)


def _fresh(desk: "Desk", row: ReportRow) -> ReportRow:
    """The report as it stands in the database."""
    for fresh in desk.records.read_again(row.referral_id).reports:
        if fresh.id == row.id:
            return fresh
    raise ChangedElsewhere(_WRITTEN_ANEW)
