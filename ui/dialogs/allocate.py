"""Allocate: who goes to this patient; markers are read and acknowledged by name first."""

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from console.domain.refusals import ChangedElsewhere, Refused
from console.domain.rows import CandidateRow, MarkerRow, ReferralRow
from ui.background import FAULT, Failure
from ui.dialogs.candidates import CandidateList, Candidates
from ui.dialogs.decision import ReferralDecision, where
from ui.dialogs.marker_list import MarkerList
from ui.session import Session
from ui.widgets.fields import TextField
from ui.widgets.looks import label

_NOBODY = "Choose who goes: type a part of the name, or press Down."
_LOOKING = "Looking who can be sent."


class AllocateDialog(ReferralDecision):
    """First the markers, if any are unread; then the candidates, the refused ones with their reasons."""

    def __init__(self, session: Session, row: ReferralRow, parent: QWidget | None = None) -> None:
        """Ask in the background who could be sent."""
        super().__init__(session, row, "Allocate a visit", _LOOKING, "Allocate", parent=parent)
        self.setMinimumWidth(640)
        self.about.setText(f"{row.number} · {row.problem} · {where(row)}")
        self.markers = MarkerList()
        self.search, self.because = TextField(), TextField()
        self.search.setPlaceholderText("Name, profession or hub")
        self.search.installEventFilter(self)
        self.candidates = Candidates(session.now(), self)
        self.list = CandidateList(self.candidates)
        self.count = label("", "small")
        self.body.insertWidget(0, self.markers)
        self.form.add("search", "Who goes", self.search)
        self.body.addWidget(self.list, 1)
        self.body.addWidget(self.count)
        self.reason_form = type(self.form)()
        self.reason_form.add("because", "Why this one (may stay empty)", self.because)
        self.body.addWidget(self.reason_form)
        self.search.textChanged.connect(self._narrow)
        self.list.selectionModel().currentChanged.connect(self._name_on_button)
        self.markers.hide()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            self._load()

    def submit(self) -> None:
        if self.markers.is_unread:
            self._acknowledge()
            return
        chosen = self.list.chosen
        if chosen is None:
            self.show_error(_NOBODY)
            self.search.setFocus()
        elif not chosen.is_allowed:
            self.show_error(*chosen.reasons)
        else:
            self._allocate(chosen)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and Down walk through the list while one types."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and watched is self.search:
            steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 5, Qt.Key.Key_PageUp: -5}
            if by := steps.get(Qt.Key(event.key())):
                self.list.step(by)
                return True
        return super().eventFilter(watched, event)

    # What the desk answers

    def _load(self) -> None:
        desk, row = self.session.desk, self.row
        has_markers = row.markers > 0

        def read() -> tuple[tuple[MarkerRow, ...], tuple[CandidateRow, ...]]:
            markers = desk.records.open(row.id).markers if has_markers else ()
            return markers, desk.visits.candidates(row.id)

        self.session.background.run(read, self._show, self._failed_to_load, refused=self._refused, owner=self)

    def _show(self, found: tuple[tuple[MarkerRow, ...], tuple[CandidateRow, ...]]) -> None:
        markers, candidates = found
        self.markers.show_markers(markers)
        chosen = self.list.chosen
        self.candidates.take(candidates)
        self.list.choose(chosen.practitioner.id if chosen else None)
        is_unread = self.markers.is_unread
        for part in (self.form, self.list, self.count, self.reason_form):
            part.setVisible(not is_unread)
        if is_unread:
            self.sentence.setText("Read these markers first. Your name is kept with them.")
            self.primary.say("I have read them")
            self.markers.setFocus()
        else:
            free = sum(one.is_allowed for one in candidates)
            words = "practitioner can" if free == 1 else "practitioners can"
            said = f"{free} {words} be sent." if free else "Nobody can be sent now: the reasons are below."
            self.sentence.setText(said)
            self._say_count()
            self._name_on_button()
            self.search.setFocus()

    def _acknowledge(self) -> None:
        desk, row_id, ids = self.session.desk, self.row.id, self.markers.unread_ids
        self.set_busy(busy=True)
        self.session.background.run(
            lambda: desk.markers.acknowledge(row_id, ids),
            self._acknowledged,
            self._failed,
            refused=self._refused,
            owner=self,
        )

    def _acknowledged(self, _: None) -> None:
        self.set_busy(busy=False)
        self._load()

    def _allocate(self, chosen: CandidateRow) -> None:
        desk, row, because = self.session.desk, self.row, self.because.read() or ""
        who = chosen.practitioner
        self.carry_out(
            partial(desk.visits.allocate, row.id, who.id, row.version, because, seen_in_hand=chosen.in_hand),
            f"{self.who} is allocated to {who.name}. Tell {who.name}, and record the acknowledgement.",
        )

    def _refused(self, refusal: Refused) -> None:
        super()._refused(refusal)
        if isinstance(refusal, ChangedElsewhere):
            self._load()

    def _failed_to_load(self, failure: Failure) -> None:
        self.show_error(FAULT)
        self.error.setToolTip(failure.details)

    # The list follows what is typed

    @Slot(str)
    def _narrow(self, text: str) -> None:
        chosen = self.list.chosen
        self.candidates.narrow(text)
        self.list.choose(chosen.practitioner.id if chosen else None)
        # Typing means somebody: the first who may be sent. An empty field means nobody, so that keys which
        # are pressed twice send no one.
        if text.strip() and (self.list.chosen is None or not self.list.chosen.is_allowed):
            first = next((one for one in self.candidates.shown if one.is_allowed), None)
            self.list.choose(first.practitioner.id if first else None)
        elif not text.strip():
            self.list.choose(None)
        self._say_count()
        self._name_on_button()

    def _say_count(self) -> None:
        hidden = self.candidates.hidden
        self.count.setText(f"{len(self.candidates.shown)} shown, {hidden} hidden" if hidden else "")
        self.count.setVisible(bool(hidden))

    @Slot()
    def _name_on_button(self) -> None:
        chosen = self.list.chosen
        is_possible = chosen is not None and chosen.is_allowed
        self.primary.say(f"Allocate {chosen.practitioner.name}" if chosen and is_possible else "Allocate")
