"""Triage: a clinician says how soon, by what kind of care, and whether it must be a doctor."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from console.domain.acting import Happened
from console.domain.dispositions import disposition
from console.domain.rows import ReferralRow
from console.domain.words import PRIORITY_LABELS, Stream
from ui.dialogs.decision import ReferralDecision
from ui.session import Session
from ui.widgets.fields import ChoiceField, NotesField, TickField, TimeField

PRIORITIES = [(number, f"P{number} {words}") for number, words in PRIORITY_LABELS.items()]
# 999 is never a stream that is only chosen: it is asked for, with its reference, by its own command.
STREAMS = [(one, one.label) for one in Stream if one is not Stream.AMBULANCE]


class TriageDialog(ReferralDecision):
    """The first decision about a referral; the response clock starts with it."""

    def __init__(self, session: Session, row: ReferralRow, parent: QWidget | None = None) -> None:
        """Ask for priority and stream."""
        sentence = "The response clock starts with your decision. For 999, leave this and press Ctrl+9."
        super().__init__(session, row, "Triage", sentence, "Triage", parent=parent)
        self.about.setText(" · ".join(_known(row)))
        self.priority: ChoiceField[int] = ChoiceField(PRIORITIES)
        self.stream: ChoiceField[Stream] = ChoiceField(STREAMS)
        self.stream.put(row.stream or Stream.HOME_VISIT)
        self.gp_needed = TickField()
        self.gp_needed.setChecked(row.gp_needed)
        self.reason = NotesField(2)
        self.at = TimeField(session.now)
        self.form.add_row(
            (
                "priority",
                "Priority",
                self.priority,
                "Choose a priority: emergency, acute, urgent or routine.",
            ),
            ("stream", "Kind of care", self.stream, "Choose the kind of care."),
        )
        self.form.add("gp_needed", "A GP is needed, nobody else will do", self.gp_needed)
        self.form.add("reason", "Why, for whoever goes (may stay empty)", self.reason)
        self.form.add("at", "When you decided", self.at, hint="Empty means now.")
        self.stream.currentIndexChanged.connect(self._need_gp)

    def submit(self) -> None:
        if self.form.read() is None:
            return
        row, desk = self.row, self.session.desk
        priority, stream = self.priority.read() or 0, self.stream.read() or Stream.HOME_VISIT
        gp_needed, reason = self.gp_needed.read(), self.reason.read() or ""
        happened = Happened(at=self.at.read())
        self.carry_out(
            lambda: desk.triage.triage(row.id, row.version, priority, stream, gp_needed, reason, happened),
            f"{self.who} is triaged: {PRIORITY_LABELS[priority].lower()}, {stream.label}.",
        )

    @Slot(int)
    def _need_gp(self, _: int) -> None:
        """A stream that needs a GP says so in the box as well, and the box cannot contradict it."""
        is_gp = self.stream.value() is Stream.GP_NEEDED
        if is_gp:
            self.gp_needed.setChecked(True)
        self.gp_needed.setEnabled(not is_gp)


def _known(row: ReferralRow) -> list[str]:
    """What the board knows, in one line: number, sender, disposition, problem, flags."""
    parts = [row.number, row.source.label]
    if row.disposition:
        asked = disposition(row.disposition)
        parts.append(f"{asked.code} {asked.text}")
    return [*parts, row.problem, *row.flags]
