"""Back-entry: the paper of an outage, line after line, by keys; the dialog stays until everything is in."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from console.domain.paper import DEEDS, KEYS, NEW_PATIENTS, OF_PRACTITIONERS, PaperEntry, PaperStep
from console.domain.permissions import reasons_not_permitted
from console.domain.refusals import Refused, SeemsEntered
from console.domain.rows import ReferralRow, StepRow
from console.domain.words import QueueStatus, VisitStatus
from ui.background import carried
from ui.dialogs.decision import Decision
from ui.dialogs.paper_fields import PaperFields
from ui.dialogs.paper_new import PaperArrivalDialog, PaperReferralDialog
from ui.session import Session
from ui.widgets.action_bar import KeyButton
from ui.widgets.asked import screen_of
from ui.widgets.looks import label

if TYPE_CHECKING:
    from console.services.desk import Desk

_SENTENCE = (
    "Type the time, the step and the patient of each line, oldest first. The clocks count from the time on "
    "the paper, and each line is marked as entered from paper."
)
_SHOWN, _WIDTH = 6, 780
_P = PaperStep
# What mostly stands on the next line about the same patient.
_FOLLOWS = {
    _P.ALLOCATED: _P.ACKNOWLEDGED,
    _P.ACKNOWLEDGED: _P.LEFT,
    _P.LEFT: _P.THERE,
    _P.THERE: _P.CLEAR,
    _P.TRIAGED: _P.ALLOCATED,
    _P.HANDED_BACK: _P.ALLOCATED,
    _P.ARRIVED: _P.STREAMED,
    _P.STREAMED: _P.CALLED,
    _P.CALLED: _P.BEING_SEEN,
    _P.BEING_SEEN: _P.SEEN,
    _P.ASKED_999: _P.REFERENCE_999,
    _P.REFERENCE_999: _P.TAKEN_OVER_999,
}
# After these the next line is about somebody else.
_ENDS = OF_PRACTITIONERS | {
    _P.CLEAR, _P.VISITED, _P.NO_ACCESS, _P.SEEN, _P.LEFT_UNSEEN, _P.ADVISED, _P.CANCELLED, _P.TAKEN_OVER_999,
}  # fmt: skip
_BY_VISIT = {
    VisitStatus.ALLOCATED: _P.ACKNOWLEDGED,
    VisitStatus.ACKNOWLEDGED: _P.LEFT,
    VisitStatus.EN_ROUTE: _P.THERE,
    VisitStatus.ON_SCENE: _P.CLEAR,
}
_BY_QUEUE = {
    QueueStatus.BOOKED: _P.ARRIVED,
    QueueStatus.ARRIVED: _P.STREAMED,
    QueueStatus.STREAMED: _P.CALLED,
    QueueStatus.CALLED: _P.BEING_SEEN,
    QueueStatus.BEING_SEEN: _P.SEEN,
}


@dataclass(frozen=True, slots=True)
class Line:
    """A line that was entered here, and its step: by its id, or by the referral of the new patient."""

    said: str
    step_id: int | None = None
    new_id: int | None = None

    def left(self, step: StepRow) -> bool:
        """Whether this is the step that the line has left."""
        if self.step_id is None:
            return self.new_id is not None and step.from_paper and step.referral_id == self.new_id
        return step.id == self.step_id


class PaperDialog(Decision):
    """One line at a time; what was entered stands below, and the newest of it can be taken back."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Begin with the time of the first line."""
        super().__init__(session, "Enter from paper", _SENTENCE, "Enter", parent=parent)
        self.setMinimumWidth(min(_WIDTH, screen_of(self).availableGeometry().width() - 40))
        self.fields = PaperFields(session, self.form)
        self.preview = label("", "heading", wraps=True)
        # Below what scrolls: what is about to be entered is in sight on the smallest screen.
        self._whole.insertWidget(3, self.preview)
        self.body.addWidget(label(f"Keys of the steps: {', '.join(KEYS.values())}", "small", wraps=True))
        self.done_title = label("Nothing is entered yet.", "label")
        self.done_lines = label("", "mute", wraps=True)
        self.body.addWidget(self.done_title)
        self.body.addWidget(self.done_lines)
        self.cancel.say("Done")
        self.undo = KeyButton("Take back the last", "Alt+U")
        self.undo.setShortcut("Alt+U")
        self.undo.setAutoDefault(False)
        self.undo.setEnabled(False)
        self.undo.clicked.connect(self.take_back)
        self.add_button(self.undo)
        self.entered: list[Line] = []
        self._seems: PaperEntry | None = None
        self._new_id: int | None = None
        for field in (self.fields.at, self.fields.day):
            field.textChanged.connect(self._say)
        for choice in (self.fields.step, self.fields.patient, self.fields.practitioner):
            choice.currentTextChanged.connect(self._say)
        if (line := self.fields.patient.lineEdit()) is not None:
            line.editingFinished.connect(self._predict)
        session.live.changed.connect(self._follow_board)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            self.fields.at.setFocus()
            self.session.background.run(
                lambda: list(self.session.desk.workforce.practitioners()),
                self.fields.offer_people,
                refused=self.show_refusal,
                owner=self,
            )

    # One line

    def submit(self) -> None:
        step = self.fields.step.value()
        if step in NEW_PATIENTS:
            self._open_new(step)
            return
        self.fields.offer_patients()  # whoever came a moment ago may be meant; the list comes later
        if not self.fields.is_complete():
            return
        entry = self.fields.entry()
        if self._seems == entry:
            from dataclasses import replace

            entry = replace(entry, again=True)
        said = self.fields.said()
        self._enter(entry, lambda step_id: self._entered(entry, Line(said, step_id)))

    def _enter(self, entry: PaperEntry, done: Callable[[int | None], None]) -> None:
        """As every decision is carried out, but the dialog stays."""
        self.set_busy(busy=True)
        desk = self.session.desk

        def finished(step_id: int | None) -> None:
            self.set_busy(busy=False)
            if self.keeper is not None:
                self.keeper.renew()
            done(step_id)

        def refused(refusal: Refused) -> None:
            self._seems = entry if isinstance(refusal, SeemsEntered) else None
            self._refused(refusal)

        step = carried(lambda: desk.paper.enter(entry))
        kept = step if self.keeper is None else self.keeper.saving(step)

        def work() -> int | None:
            kept()
            return _newest_id(desk)

        self.session.background.run(work, finished, self._failed, refused=refused, owner=self)

    def _entered(self, entry: PaperEntry, line: Line) -> None:
        self._seems = None
        self._list(line)
        follows, stays = self._may(_FOLLOWS.get(entry.step)), entry.step not in _ENDS
        self.fields.next_line(follows, same_patient=stays)
        self._say()

    def _list(self, line: Line) -> None:
        self.entered.append(line)
        self._tell_entered()

    def _tell_entered(self, before: str = "") -> None:
        count = len(self.entered)
        counted = f"{count} {'line' if count == 1 else 'lines'} entered, the newest first"
        self.done_title.setText(f"{before}{counted if count else 'Nothing is entered now.'}")
        self.done_lines.setText("\n".join(line.said for line in reversed(self.entered[-_SHOWN:])))
        self.undo.setEnabled(count > 0)

    # New patients

    def _open_new(self, step: PaperStep | None) -> None:
        at = self.fields.at.value()
        if at is None:
            self.form.show_errors({"at": "Give the time that stands on the paper."})
            return
        is_arrival = step is PaperStep.NEW_ARRIVAL
        dialog = (PaperArrivalDialog if is_arrival else PaperReferralDialog)(self.session, parent=self)
        dialog.fields.received.put(at)
        name = type(dialog).__name__
        opens: dict[str, Any] = {"module": "paper_new", "dialog": name, "has_row": False, "given": []}
        self.session.kept.attach(dialog, opens)
        said = self.fields.said()
        dialog.took.connect(lambda key: self._took(key, f"{said}: {dialog.fields.family.text().upper()}"))
        dialog.open()

    def _took(self, referral_id: int, said: str) -> None:
        self._list(Line(said, new_id=referral_id or None))
        if self.keeper is not None:
            self.keeper.renew()
        self._new_id = referral_id or None
        self.fields.next_line(None, same_patient=False)
        self._follow_board()

    @Slot()
    def _follow_board(self) -> None:
        """Whoever was just taken in is the patient of the next line, as soon as the board shows them."""
        patient = self.fields.patient
        is_there = self._new_id is not None and self._new_id in self.session.live.referrals.by_id
        if not is_there and (patient.hasFocus() or self.is_busy):
            return
        self.fields.offer_patients()
        if is_there and self._new_id is not None:
            patient.put(self._new_id)
            self._new_id = None
        if not self.fields.step.hasFocus():
            self._predict()

    # What mostly follows, and what will be entered

    @Slot()
    def _predict(self) -> None:
        row = self.session.live.referrals.by_id.get(self.fields.patient.value() or 0)
        if row is not None and not self.fields.step.currentText().strip():
            if (step := self._may(_next_of(row))) is not None:
                self.fields.step.put(step)
            self._say()

    def _may(self, step: PaperStep | None) -> PaperStep | None:
        return step if step is not None and self.session.may(DEEDS[step]) else None

    @Slot()
    def _say(self) -> None:
        step = self.fields.step.value()
        why = reasons_not_permitted(self.session.actor.role, DEEDS[step]) if step is not None else ()
        self.form.say_hint("step", " ".join(why))
        self.preview.setText(self.fields.said())
        self.primary.say("New patient" if step in NEW_PATIENTS else "Enter")

    # Taking back

    @Slot()
    def take_back(self) -> None:
        """Take back the newest line that was entered here, and no step that anything else has left."""
        if not self.entered:
            return
        desk, line = self.session.desk, self.entered[-1]

        def work() -> StepRow:
            step = desk.last_undoable()
            if step is None or not line.left(step):
                raise Refused("The last line cannot be taken back: enter what happened since.")
            desk.undo(step.id)
            return step

        def done(step: StepRow) -> None:
            self.set_busy(busy=False)
            self.entered.remove(line)
            self._tell_entered(f"Taken back: {step.words}. ")

        self.set_busy(busy=True)
        self.session.background.run(work, done, self._failed, refused=self._refused, owner=self)


def _newest_id(desk: "Desk") -> int | None:
    """The step that a line has just left; without an answer the line cannot be taken back here."""
    try:
        step = desk.last_undoable()
    except Refused:
        return None
    return None if step is None else step.id


def _next_of(row: ReferralRow) -> PaperStep | None:
    if row.is_untriaged:
        return PaperStep.TRIAGED
    if row.visit_status is not None:
        return _BY_VISIT.get(row.visit_status)
    if row.queue_status is not None:
        return _BY_QUEUE.get(row.queue_status)
    return PaperStep.ALLOCATED if row.is_waiting else None
