"""The ways out of a hub's queue other than being seen; none of them lets a patient go silently."""

from collections.abc import Callable

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from console.domain.acting import Happened
from console.domain.permissions import Deed
from console.domain.rows import QueueRow
from console.domain.words import QueueStatus
from ui.boards.hub_load import load_of
from ui.boards.hub_opening import safe_arrival
from ui.dialogs.queue_decision import QueueDecision
from ui.session import Session
from ui.widgets.fields import ChoiceField, NotesField, TextField, TimeField


class LeftDialog(QueueDecision):
    """The patient left before being seen, or a booked one did not come."""

    def __init__(self, session: Session, row: QueueRow, parent: QWidget | None = None) -> None:
        """The status says which of the two it is."""
        self.is_booked = row.status is QueueStatus.BOOKED
        title = "Did not attend" if self.is_booked else "Left before being seen"
        sentence = "The referral stays on the board, and a clinician is asked to ring the patient."
        super().__init__(
            session, row, title, sentence, f"Save: {title.lower()}", look="danger", parent=parent
        )
        self.words = NotesField(2)
        self.at = TimeField(session.now)
        self.form.add("words", "What is known (may stay empty)", self.words)
        self.form.add("at", "When it happened", self.at, hint="Empty means now.")

    def submit(self) -> None:
        if self.form.read() is None:
            return
        row, queue = self.row, self.session.desk.hub_queue
        words, happened = self.words.read() or "", Happened(at=self.at.read())
        step = queue.did_not_attend if self.is_booked else queue.left
        said = "did not attend" if self.is_booked else "left before being seen"
        self.carry_out(
            lambda: step(row.id, row.version, words, happened),
            f"{self.who} {said}: a clinician is asked to ring.",
        )


class MoveDialog(QueueDecision):
    """The patient goes to the other hub; the clocks run on."""

    def __init__(self, session: Session, row: QueueRow, parent: QWidget | None = None) -> None:
        """Offer the other hubs, each with how it stands."""
        sentence = "Waiting times and due times stay as they are."
        super().__init__(session, row, "Move to the other hub", sentence, "Move", parent=parent)
        others = [hub for hub in session.live.hubs.by_id.values() if hub.id != row.hub_id]
        self.hub: ChoiceField[int] = ChoiceField(
            [(hub.id, f"{hub.name} · {_stands(session, hub.id)}") for hub in others]
        )
        if len(others) == 1:
            self.hub.put(others[0].id)
        self.chosen_already = (self.hub,)
        self.reason = NotesField(2)
        self.form.add("hub", "To", self.hub, needed="Choose the hub.")
        self.form.add("reason", "Why", self.reason, needed="Say why the patient moves.")
        self.at = self.ask_when("When it was decided")

    def submit(self) -> None:
        if self.form.read() is None:
            return
        row, desk = self.row, self.session.desk
        hub_id, reason = self.hub.read() or 0, self.reason.read() or ""
        name = self.hub.currentText().partition(" · ")[0]
        happened = Happened(at=self.at.read())
        self.carry_out(
            lambda: desk.hub_queue.move(row.id, row.version, hub_id, reason, happened),
            f"{self.who} moves to {name}.",
        )


class ElsewhereDialog(QueueDecision):
    """A named service takes the patient over, or a clinician gives another day's time."""

    def __init__(self, session: Session, row: QueueRow, parent: QWidget | None = None) -> None:
        """Another day is offered to clinicians only, and not while the patient is being seen."""
        ways = [("over", "A named service takes the patient over")]
        title, or_a_time = "Taken over by a named service", ""
        if session.may(Deed.GIVE_TOMORROW) and row.status is not QueueStatus.BEING_SEEN:
            ways.append(("day", "A time on a later day"))
            title, or_a_time = "Taken over, or another day's time", " or has a time"
        sentence = f"The hub may close once the patient is with a named service{or_a_time}."
        super().__init__(session, row, title, sentence, "Save", parent=parent)
        self.way: ChoiceField[str] = ChoiceField(ways)
        self.service, self.reference = TextField(), TextField()
        self.time, self.reason = TimeField(session.now, ahead=True), NotesField(2)
        self.time.setPlaceholderText("tomorrow 09:00")
        self.at = TimeField(session.now)
        self.form.add("way", "What happens", self.way, needed="Choose what happens.")
        self.form.add("service", "Service that takes over", self.service, needed="Name the service.")
        self.form.add("reference", "Its reference, or who accepted", self.reference)
        self.form.add("time", "Time", self.time, needed="Give a time on a later day.")
        why = "Say why the patient can safely wait until then."
        self.form.add("reason", "Why the patient can wait safely", self.reason, needed=why)
        self.form.add("at", "When it was decided", self.at, hint="Empty means now.")
        self.way.currentIndexChanged.connect(self._ask_what_fits)
        self.way.put("over")
        self.chosen_already = (self.way,)
        self.form.ask("way", wanted=len(ways) > 1)
        self._ask_what_fits(0)

    def submit(self) -> None:
        if self.form.read() is not None:
            is_over = self.way.read() == "over"
            self.carry_out(self._over() if is_over else self._later(), self._said(is_over=is_over))

    def _over(self) -> Callable[[], None]:
        row, queue = self.row, self.session.desk.hub_queue
        service, reference = self.service.read() or "", self.reference.read() or ""
        happened = Happened(at=self.at.read())
        return lambda: queue.taken_over(row.id, row.version, service, reference, happened)

    def _later(self) -> Callable[[], None]:
        row, queue = self.row, self.session.desk.hub_queue
        at, reason = self.time.read() or self.session.now(), self.reason.read() or ""
        happened = Happened(at=self.at.read())
        return lambda: queue.tomorrow(row.id, row.version, at, reason, happened)

    def _said(self, *, is_over: bool) -> str:
        if is_over:
            return f"{self.who} is taken over by {self.service.read()}."
        return f"{self.who} has a time on a later day."

    @Slot(int)
    def _ask_what_fits(self, _: int) -> None:
        is_over = self.way.value() != "day"
        for name in ("service", "reference"):
            self.form.ask(name, wanted=is_over)
        for name in ("time", "reason"):
            self.form.ask(name, wanted=not is_over)


def _stands(session: Session, hub_id: int) -> str:
    """How the hub stands, in a few words."""
    load = load_of(session.live, session.live.hubs.by_id[hub_id], session.now(), session.clocks)
    if not load.is_open:
        return "closed now"
    diverts = f", diverts to {load.hub.diverts_to}" if load.is_diverting else ""
    return f"{len(load.here)} waiting, {safe_arrival(load)}{diverts}"
