"""The side panel: one referral, opened and followed; who it is about stands fixed on top."""

from collections.abc import Collection
from functools import partial

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QWidget

from console.domain.refusals import NeedsReason, Refused
from console.domain.rows import ReferralRecord, ReferralRow, ReportRow, TaskRow
from ui import theme
from ui.background import FAULT, Failure
from ui.boards.cells import priority_words
from ui.boards.referral_cells import name_of, status
from ui.panel.reason import ReasonBox
from ui.panel.sections import sections
from ui.session import Session
from ui.time_text import age_in_years
from ui.widgets.elided import ElidedLabel
from ui.widgets.feed_age import PaneAge
from ui.widgets.looks import Card, Pill, column, label, line
from ui.widgets.messages import EmptyState
from ui.widgets.patient_banner import PatientBannerBar
from ui.widgets.presence_line import PresenceLine

# Arrow keys pass rows quickly; every opening of a record is kept for ever, so only a row one rests on opens.
_REST_MS = 300
# Times left and over are told in words here: they are told anew this often.
_RETELL_S = 20


class RecordPanel(Card):
    """Shows the opened referral beside the workspace, and follows the choice made there."""

    closed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Closed, with nothing in it."""
        super().__init__(margin=12, parent=parent)
        self._session = session
        self.opened: int | None = None
        self.record: ReferralRecord | None = None
        self._seconds = 0
        self.banner = PatientBannerBar(narrow=True)
        self.presence = PresenceLine(session)
        self._number = label("", "heading")
        self._state = Pill()
        self._priority = ElidedLabel(look="small")  # gives way: where it stands is never cut
        self.close_button = QPushButton()
        self.message = EmptyState("refresh-cw", "")
        self.reason = ReasonBox()
        self.area = QScrollArea()
        self._resting = QTimer(self, singleShot=True, interval=_REST_MS)
        self._again = QTimer(self, singleShot=True, interval=0)
        self._lay_out()
        self._again.timeout.connect(self._read_again)
        self._resting.timeout.connect(self._open_chosen)
        self.close_button.clicked.connect(self.closed)
        self.reason.given.connect(self._open_because)
        session.chosen.connect(self._chosen)
        session.live.referrals.listen(self._heard)
        session.live.tasks.listen(self._heard_tasks)
        session.live.reports.listen(self._heard_reports)
        session.live.changed.connect(self._heard_any)
        session.live.state_changed.connect(self._heard_any)
        session.countdown.ticked.connect(self._tick)

    def _lay_out(self) -> None:
        self.setMinimumWidth(390)
        self.setAccessibleName("Opened referral")
        self.close_button.setIcon(theme.icon("x", "mute", 18))
        self.close_button.setProperty("look", "quiet")
        self.close_button.setToolTip("Close (Esc)")
        self.close_button.setAccessibleName("Close the referral")
        head = line(gap=8)
        for part in (self._number, self._state):
            head.addWidget(part)
        head.addWidget(self._priority, 1)
        head.addWidget(self.close_button)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setAccessibleName("Record")
        self.age = PaneAge(self, self._session.countdown)
        self.body.addLayout(head)
        self.body.addWidget(self.banner)
        self.body.addWidget(self.presence)
        self.body.addWidget(self.area, 1)
        self.body.addWidget(self.message, 1)
        self.body.addWidget(self.reason, 1)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self.close_button.setIcon(theme.icon("x", "mute", 18))

    def open(self, referral_id: int) -> None:
        """Open a referral; that it was opened, by whom and why is kept."""
        self._resting.stop()
        if referral_id == self.opened and self.record is not None:
            return
        self.opened, self.record = referral_id, None
        row = self._session.live.referrals.by_id.get(referral_id)
        self._say("refresh-cw", f"Opening {name_of(row) if row else 'the referral'}.")
        self._read(self._session.desk.records.open)

    def shut(self) -> None:
        """Forget what was opened."""
        self._resting.stop()
        self.opened = self.record = None
        self._session.reading.show(None)
        self._tell_presence()
        self.hide()

    def leave(self) -> None:
        """Let go of the session."""
        self.shut()

    # Reading

    def _read(self, how: object) -> None:
        referral_id = self.opened
        self._tell_presence()
        if referral_id is None or not callable(how):
            return
        self._session.background.run(
            partial(how, referral_id), self._show, self._failed, refused=self._failed, owner=self
        )

    def _tell_presence(self) -> None:
        """What is open here is told to the others, and who of them has it open is said here."""
        self._session.presence.reads(self.opened)
        self.presence.show_referral(self.opened)

    def _heard(self, upserts: Collection[ReferralRow], gone: Collection[int]) -> None:
        """The opened referral has changed, or has left the board: read it again."""
        if self.opened in gone or any(row.id == self.opened for row in upserts):
            self._again.start()

    def _heard_tasks(self, upserts: Collection[TaskRow], gone: Collection[int]) -> None:
        """Something is asked about the opened referral, or is done: of that its own row shows nothing."""
        if self.record is not None and (
            any(task.referral_id == self.opened for task in upserts)
            or any(task.id in gone for task in self.record.tasks)
        ):
            self._again.start()

    def _heard_reports(self, upserts: Collection[ReportRow], gone: Collection[int]) -> None:
        """A report of the opened referral goes on, also when the referral itself has left the board."""
        if self.record is not None and (
            any(report.referral_id == self.opened for report in upserts)
            or any(report.id in gone for report in self.record.reports)
        ):
            self._again.start()

    def _read_again(self) -> None:
        """Once, however many of its parts one delta has changed."""
        if self.record is not None:
            self._read(self._session.desk.records.read_again)

    def _heard_any(self) -> None:
        live = self._session.live
        if live.as_of is not None:
            self.age.heard(live.as_of, live.heard_at)

    def _tick(self) -> None:
        """Time alone makes somebody late."""
        self._seconds = (self._seconds + 1) % _RETELL_S
        if self._seconds == 0 and self.record is not None and self.isVisible():
            self._show(self.record)

    def _chosen(self) -> None:
        """Another row is chosen: what the keys act on and what is read here must be the same patient."""
        wanted = self._session.referral_id
        if self.isVisible() and wanted is not None and wanted != self.opened:
            self.opened, self.record = wanted, None
            row = self._session.live.referrals.by_id.get(wanted)
            self._say("refresh-cw", f"Opening {name_of(row) if row else 'the referral'}.")
            self._resting.start()

    def _open_chosen(self) -> None:
        if self.opened is not None:
            self._read(self._session.desk.records.open)

    # Showing

    def _open_because(self, words: str) -> None:
        """Open what is asked about, for the reason that was given in words."""
        self._say("refresh-cw", "Opening the referral.")
        self._read(partial(self._session.desk.records.open, reason=words))

    def _say(self, icon: str, sentence: str) -> None:
        for part in (self.banner, self.area, self._number, self._state, self._priority, self.reason):
            part.hide()
        self._session.reading.show(None)
        self.message.say(icon, sentence)
        self.message.show()

    def _failed(self, why: Refused | Failure) -> None:
        if isinstance(why, NeedsReason):
            self._say("eye", "")
            self.message.hide()
            self.reason.ask(str(why))
            return
        self._say("circle-alert", str(why) if isinstance(why, Refused) else FAULT)

    def _show(self, record: ReferralRecord) -> None:
        if record.row.id != self.opened:
            return  # the answer for a patient that is not chosen any more
        same = self.record is not None
        self.record = record
        self._session.reading.show(record)
        now = self._session.now()
        self.banner.show_patient(record.patient, age_in_years(record.patient.birth_date, now))
        self._number.setText(record.row.number)
        shown = status(record.row)
        is_open, priority = record.row.status.is_open, record.row.priority
        self._state.say(shown.text if is_open else record.end, shown.tone if is_open else "plain")
        judged = priority_words(priority) if is_open or priority is not None else ""
        self._priority.setText("" if judged == shown.text else judged)  # "Needs triage" is both
        place = self.area.verticalScrollBar().value() if same else 0
        self._fill(record)
        for part in (self.banner, self.area, self._number, self._state, self._priority):
            part.show()
        self.message.hide()
        self.reason.hide()
        QTimer.singleShot(0, self, partial(self.area.verticalScrollBar().setValue, place))

    def _fill(self, record: ReferralRecord) -> None:
        sheet = QWidget()
        whole = column(sheet, gap=10)
        whole.setContentsMargins(0, 0, 10, 0)
        for part in sections(record, self._session.now()):
            whole.addWidget(part)
        whole.addStretch(1)
        self.area.setWidget(sheet)
