"""Being seen: which of those on duty at the hub sees the patient from now on."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from console.domain.acting import Happened
from console.domain.hub_queue import reasons_not_to_see
from console.domain.rows import PractitionerRow, QueueRow
from console.domain.words import Availability, Role
from ui.boards.hub_load import entry, load_of
from ui.dialogs.queue_decision import QueueDecision
from ui.session import Session
from ui.widgets.fields import ChoiceField, TimeField
from ui.widgets.looks import label

_NOBODY = (
    "Nobody who may see this patient is free at {hub}. Finish a consultation, record a shift (Ctrl+Shift+S), "
    "or move the patient (Ctrl+Shift+B)."
)


class BeginDialog(QueueDecision):
    """Names who sees the patient; oneself is offered first."""

    def __init__(self, session: Session, row: QueueRow, parent: QWidget | None = None) -> None:
        """Offer those who may, and say why the others may not."""
        sentence = "The response clock stops when the patient is being seen."
        super().__init__(session, row, "Being seen", sentence, "Begin", parent=parent)
        able, reasons = _sorted(session, row)
        self.who_sees: ChoiceField[int] = ChoiceField(
            [(one.id, f"{one.name} · {one.profession.label}") for one in able]
        )
        if (first := _offered_first(session, able)) is not None:
            self.who_sees.put(first)
        self.at = TimeField(session.now)
        nobody = _NOBODY.format(hub=row.hub)
        self.form.add(
            "who", "Seen by", self.who_sees, needed="Choose who sees the patient." if able else nobody
        )
        self.form.add("at", "Since when", self.at, hint="Empty means now.")
        if reasons:
            self.body.addWidget(label("\n".join(("Not offered:", *reasons)), "small", wraps=True))
        if not able:
            self.show_error(nobody)

    def submit(self) -> None:
        if self.form.read() is None:
            return
        row, desk = self.row, self.session.desk
        practitioner_id, happened = self.who_sees.read() or 0, Happened(at=self.at.read())
        name = self.who_sees.currentText().partition(" · ")[0]
        self.carry_out(
            lambda: desk.hub_queue.begin(row.id, row.version, practitioner_id, happened),
            f"{name} sees {self.who}.",
        )


def _sorted(session: Session, row: QueueRow) -> tuple[list[PractitionerRow], list[str]]:
    """Who may see the patient now, and a line for each of the others on duty here."""
    hub = session.live.hubs.by_id.get(row.hub_id)
    seats = load_of(session.live, hub, session.now(), session.clocks).seats if hub else ()
    able, reasons = [], []
    for one in seats:
        against = list(reasons_not_to_see(one.profession, entry(row)))
        if session.actor.role is Role.PRACTITIONER and one.id != session.person.practitioner_id:
            against.append("says themselves whom they see.")
        if one.availability not in (Availability.FREE, Availability.ALLOCATED):
            busy = f" with {one.referral_number}" if one.referral_number else ""
            against.append(f"is busy{busy}.")
        if against:
            reasons.append(f"{one.name}: {' '.join(against)}")
        else:
            able.append(one)
    return able, reasons


def _offered_first(session: Session, able: Sequence[PractitionerRow]) -> int | None:
    """Oneself, or the only one."""
    ids = [one.id for one in able]
    own = session.person.practitioner_id
    return own if own in ids else ids[0] if len(ids) == 1 else None
