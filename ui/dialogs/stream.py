"""Streaming: a clinician says which care a patient at a hub waits for, and how urgently."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from console.domain.acting import Happened
from console.domain.merging import Conflict
from console.domain.rows import QueueRow
from console.domain.words import PRIORITY_LABELS, QueueStatus, Stream
from ui.dialogs.queue_decision import QueueDecision
from ui.session import Session
from ui.widgets.fields import ChoiceField, NotesField, TickField, TimeField

PRIORITIES = [(number, f"P{number} {words}") for number, words in PRIORITY_LABELS.items()]
# 999 is asked for by its own command, so that the call and the crew's take-over are recorded.
STREAMS = [(one, one.label) for one in Stream if one is not Stream.AMBULANCE]
AT_HOME = [(Stream.HOME_VISIT, Stream.HOME_VISIT.label)]


class StreamDialog(QueueDecision):
    """The first decision about an arrival, or another one when the stream turns out wrong."""

    def __init__(self, session: Session, row: QueueRow, parent: QWidget | None = None) -> None:
        """Ask for stream and priority; what was decided before is offered again."""
        sentence = (
            f"The {session.clocks.hub_arrival}-minute clock of the arrival stops here."
            " For 999, leave this and press Ctrl+9."
        )
        if row.status is not QueueStatus.ARRIVED:
            sentence = "The patient goes to the new stream; the response clock runs on."
        is_booked = row.status is QueueStatus.BOOKED
        if is_booked:
            sentence = (
                "The patient gives up the time at the hub and waits for a visit; the response clock runs on."
            )
        super().__init__(session, row, "Stream", sentence, "Stream", parent=parent)
        self.stream: ChoiceField[Stream] = ChoiceField(AT_HOME if is_booked else STREAMS)
        self.priority: ChoiceField[int] = ChoiceField(PRIORITIES)
        self.gp_needed = TickField()
        self.reason = NotesField(2)
        self.at = TimeField(session.now)
        if is_booked:
            self.stream.put(Stream.HOME_VISIT)
        elif row.stream is not None:
            self.stream.put(row.stream)
        if row.priority is not None:
            self.priority.put(row.priority)
        self.gp_needed.setChecked(row.gp_needed)
        self.form.add_row(
            ("stream", "Stream", self.stream, "Choose the care that the patient waits for."),
            (
                "priority",
                "Priority",
                self.priority,
                "Choose a priority: emergency, acute, urgent or routine.",
            ),
        )
        self.form.add("gp_needed", "A GP is needed, nobody else will do", self.gp_needed)
        self.form.add("reason", "Why", self.reason, needed="Say why this stream is the right one.")
        self.form.add("at", "When you decided", self.at, hint="Empty means now.")
        self.stream.currentIndexChanged.connect(self._need_gp)
        self._need_gp(0)

    def submit(self) -> None:
        if self.form.read() is None:
            return
        row, desk = self.row, self.session.desk
        stream, priority = self.stream.read() or Stream.GP_NEEDED, self.priority.read() or 0
        gp_needed, reason = self.gp_needed.read(), self.reason.read() or ""
        happened = Happened(at=self.at.read())
        self.carry_out(
            lambda: desk.hub_queue.stream(
                row.id,
                row.version,
                stream,
                priority,
                gp_needed,
                reason,
                happened,
                seen_referral=row.referral_version,
            ),
            f"{self.who} waits for: {stream.label}, {PRIORITY_LABELS[priority].lower()}.",
        )

    def resolve(self, conflict: Conflict, theirs: frozenset[str]) -> None:
        """The patient is put in a stream in any case, with what was chosen."""
        chosen = conflict.chosen(theirs)
        self.stream.put(chosen["stream"])
        self.priority.put(chosen["priority"])
        self.gp_needed.setChecked(chosen["gp_needed"])
        self.seen_version = conflict.version
        self.show_error()
        self.submit()

    @Slot(int)
    def _need_gp(self, _: int) -> None:
        """A stream that needs a GP says so in the box as well, and the box cannot contradict it."""
        is_gp = self.stream.value() is Stream.GP_NEEDED
        if is_gp:
            self.gp_needed.setChecked(True)
        self.gp_needed.setEnabled(not is_gp)
