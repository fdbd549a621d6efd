"""Allocate: who goes to this patient; markers are read and acknowledged by name first."""

import datetime as dt
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from console.domain.acting import Happened
from console.domain.opening_reasons import ALLOCATING
from console.domain.refusals import ChangedElsewhere, Refused
from console.domain.rows import CandidateRow, MarkerRow, ReferralRow
from console.planning.near import why_not_first
from ui.background import FAULT, Failure
from ui.dialogs.candidates import CandidateList, Candidates, said_of
from ui.dialogs.decision import ReferralDecision, about_visit
from ui.dialogs.marker_list import MarkerList
from ui.session import Session
from ui.widgets.asked import focus_in
from ui.widgets.fields import TextField, TimeField
from ui.widgets.looks import label

_NOBODY = "Choose who goes: type a part of the name, or press Down."
_OF_THEN = "Those who were on duty at that time are listed now: look who goes, and allocate once more."
_LOOKING = "Looking who can be sent."
_WAIT = "Those who can be sent are still being read: wait for them, then allocate."


class AllocateDialog(ReferralDecision):
    """First the markers, if any are unread; then the candidates, the refused ones with their reasons."""

    TITLE, VERB = "Allocate a visit", "Allocate"
    BECAUSE, NEEDED = "Why this one (the first needs none)", ""
    WHEN = "Allocated at (empty: now)"

    def __init__(
        self,
        session: Session,
        row: ReferralRow,
        offered_id: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Ask in the background who could be sent; `offered_id` is who is chosen to begin with."""
        super().__init__(session, row, self.TITLE, _LOOKING, self.TITLE.split()[0], parent=parent)
        self.setMinimumWidth(640)
        self.show_row(row)
        self.markers = MarkerList()
        self.search, self.because, self.at = TextField(), TextField(), TimeField(session.now)
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
        self.reason_form.add_row(
            ("because", self.BECAUSE, self.because, self.NEEDED),
            ("at", self.WHEN, self.at, ""),
            shares=(3, 2),
        )
        self.body.addWidget(self.reason_form)
        self.search.textChanged.connect(self._narrow)
        self._asked_for: dt.datetime | None = None
        self._asked = 0  # how often; only the newest answer counts
        self._is_answered = False
        self._is_reading = False
        self._early_steps: list[Callable[[], None]] = []  # in the order in which they were done
        self._offered_id = offered_id
        self.at.editingFinished.connect(self._ask_for_then)
        self.list.selectionModel().currentChanged.connect(self._name_on_button)
        self.markers.hide()

    def show_row(self, row: ReferralRow) -> None:
        """Say where: the address may have been corrected."""
        self.about.setText(about_visit(row))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            self._load()

    def submit(self) -> None:
        if self.markers.is_unread:
            self._acknowledge()
            return
        chosen = self.list.chosen
        if not self._is_answered:
            if not self._is_reading:
                self._load()
            self.show_error(_WAIT)
        elif chosen is None and self.at.value() != self._asked_for:
            self._ask_for_then()
            self.show_error(_OF_THEN)
        elif chosen is None:
            self.show_error(_NOBODY)
            self.search.setFocus()
        elif not chosen.is_allowed:
            self.show_error(*chosen.reasons)
        elif self.reason_form.read() is not None and self._is_explained(chosen):
            self.send(chosen)

    def _is_explained(self, chosen: CandidateRow) -> bool:
        """Whoever sends another one than the first says why."""
        missing = "" if self.because.read() else self._why_not_first(chosen)
        if missing:
            self.reason_form.say_hint("because", "")  # the same words stand there as what is wrong now
            self.reason_form.show_errors({"because": missing})
        return not missing

    def _why_not_first(self, chosen: CandidateRow) -> str:
        # Where a reason is needed anyway, it is asked once.
        return "" if self.NEEDED else why_not_first(self.candidates.everybody, chosen)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and Down walk through the list while one types."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and watched is self.search:
            steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 5, Qt.Key.Key_PageUp: -5}
            if by := steps.get(Qt.Key(event.key())):
                self._step(by)
                return True
        return super().eventFilter(watched, event)

    def _step(self, by: int) -> None:
        if self._is_answered:
            self.list.step(by)
        else:
            # Whoever is quicker than the list means those who will stand there.
            self._early_steps.append(partial(self.list.step, by))

    # What the desk answers

    @property
    def takes_keys(self) -> bool:
        """Where there are markers, nobody is chosen before they are read: what is typed meanwhile waits."""
        return self._is_answered or not self._opened_with.markers

    def _load(self) -> None:
        desk, row, taken_from, at = self.session.desk, self.row, self.taken_from, self._asked_for
        has_markers = row.markers > 0
        self._asked += 1
        self._is_reading = True

        def read() -> tuple[tuple[MarkerRow, ...], tuple[CandidateRow, ...]]:
            markers = desk.records.open(row.id, ALLOCATING).markers if has_markers else ()
            return markers, desk.visits.candidates(row.id, taken_from, at)

        show = partial(self._show, self._asked)
        self.session.background.run(read, show, self._failed_to_load, refused=self._not_loaded, owner=self)

    @Slot()
    def _ask_for_then(self) -> None:
        """Who decided it on paper chose among those who were on duty at that time."""
        at = self.at.value()
        if at != self._asked_for:
            self._asked_for = at
            self._load()

    def _show(self, asked: int, found: tuple[tuple[MarkerRow, ...], tuple[CandidateRow, ...]]) -> None:
        if asked != self._asked:
            return  # they are asked for another time by now, and that answer may have come first
        markers, candidates = found
        self.markers.show_markers(markers)
        chosen = self.list.chosen
        self.candidates.take(candidates)
        self.list.choose(chosen.practitioner.id if chosen else self._offered())
        is_unread, was_unread = self.markers.is_unread, self.list.isHidden()
        for part in (self.form, self.list, self.count, self.reason_form):
            part.setVisible(not is_unread)
        if is_unread:
            self.sentence.setText("Read these markers first. Your name is kept with them.")
            self.primary.say("I have read them")
            self.hold_keys(self.markers)
            self.markers.setFocus()
        else:
            self.sentence.setText(said_of(candidates, is_on_map=self.row.lat is not None))
            self._say_count()
            self._name_on_button()
            if self._is_answered and self.search.text().strip():
                self._narrow(self.search.text())
            if was_unread or focus_in(self) in (None, self._early):
                self.search.setFocus()
            self._go_on()

    def _go_on(self) -> None:
        """Let the person choose, and what they did before there was anybody to choose count."""
        self._is_answered = True
        for step in self._early_steps:
            step()
        self._early_steps.clear()
        if self.error.text() == _WAIT:
            self.show_error()
        self.give_keys(self.search)

    def _offered(self) -> int | None:
        """Who was offered when this opened, once, and only if they may still be sent."""
        offered, self._offered_id = self._offered_id, self._offered_id if self.markers.is_unread else None
        may_go = any(one.practitioner.id == offered and one.is_allowed for one in self.candidates.shown)
        return offered if may_go else None

    def _acknowledge(self) -> None:
        desk, row_id, ids = self.session.desk, self.row.id, self.markers.unread_ids
        self.set_busy(busy=True)
        self._await_name()
        self.session.background.run(
            lambda: desk.markers.acknowledge(row_id, ids),
            self._acknowledged,
            self._failed,
            refused=self._refused,
            owner=self,
        )

    def _await_name(self) -> None:
        """The name of whoever goes is typed at once, also by whoever has just pressed the button."""
        if self._early is not None:
            self._early.setFocus()

    def _acknowledged(self, _: None) -> None:
        self.set_busy(busy=False)
        self._await_name()
        self._load()

    @property
    def taken_from(self) -> int | None:
        """The visit that is taken from somebody for this: none."""
        return None

    def happened(self) -> Happened:
        """When it was decided."""
        return Happened(at=self.at.read())

    def send(self, chosen: CandidateRow) -> None:
        """Send the chosen practitioner."""
        visits, row, because = self.session.desk.visits, self.row, self.because.read() or ""
        who, happened = chosen.practitioner, self.happened()
        self.carry_out(
            partial(visits.allocate, row.id, who.id, row.version, because, happened, chosen.in_hand),
            f"{self.who} is allocated to {who.name}. Tell {who.name}, and record the acknowledgement.",
        )

    def _refused(self, refusal: Refused) -> None:
        super()._refused(refusal)
        if isinstance(refusal, ChangedElsewhere):
            self._load()

    def _not_loaded(self, refusal: Refused) -> None:
        self._wait_for_nobody()
        self._refused(refusal)

    def _wait_for_nobody(self) -> None:
        """It is read again by the next Ctrl+Enter; till then the keyboard goes through what is there."""
        self._is_reading = False
        is_waiting = focus_in(self) is self._early
        if not self.markers.is_unread:
            self.wait_no_more()
        if is_waiting:
            (self.markers if self.markers.is_unread else self.search).setFocus()

    def _failed_to_load(self, failure: Failure) -> None:
        self._wait_for_nobody()
        self.show_error(FAULT)
        self.error.setToolTip(failure.details)

    # The list follows what is typed

    @Slot(str)
    def _narrow(self, text: str) -> None:
        if not self._is_answered:
            self._early_steps.append(partial(self._narrow, text))
            return
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
        verb = self.VERB if chosen and is_possible else self.TITLE.split()[0]
        self.primary.say(f"{verb} {chosen.practitioner.name}" if chosen and is_possible else verb)
        self.reason_form.say_hint("because", self._why_not_first(chosen) if chosen and is_possible else "")
