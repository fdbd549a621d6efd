"""The steps of a visit, from acknowledged to clear, entered for the practitioner who reports them."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from console.domain.acting import Happened
from console.domain.rows import ReferralRow
from console.domain.words import OutcomeDisposition, OutcomeKind, VisitStatus
from ui.dialogs.decision import ReferralDecision, about_visit
from ui.dialogs.on_behalf import Told
from ui.dialogs.outcome import OutcomeFields
from ui.session import Session
from ui.widgets.fields import TimeField

_TITLES = {
    VisitStatus.ACKNOWLEDGED: ("Acknowledged", "Read the address and the markers back before you save."),
    VisitStatus.EN_ROUTE: ("En route", "Ask when they expect to be clear, and ring when that time passes."),
    VisitStatus.ON_SCENE: ("On scene", "The response clock stops at the time that you enter."),
    VisitStatus.CLEAR: ("Clear", "The report to the patient's own practice is owed from this time."),
}
_DID = {
    VisitStatus.ACKNOWLEDGED: "has acknowledged",
    VisitStatus.EN_ROUTE: "is on the way to",
    VisitStatus.ON_SCENE: "is with",
    VisitStatus.CLEAR: "is clear of",
}


class StepDialog(ReferralDecision):
    """One step of the visit that is under way."""

    def __init__(
        self, session: Session, row: ReferralRow, to: VisitStatus, parent: QWidget | None = None
    ) -> None:
        """Ask for the step `to`."""
        title, sentence = _TITLES[to]
        by = row.practitioner or "The practitioner"
        super().__init__(session, row, f"{title}: {by}", sentence, f"Save: {title.lower()}", parent=parent)
        self.to = to
        self.show_row(row)
        self.outcome: OutcomeFields | None = None
        self.expected: TimeField | None = None
        if to is VisitStatus.CLEAR:
            kinds = (OutcomeKind.VISIT, OutcomeKind.DEATH)
            self.outcome = OutcomeFields(self.form, kinds, died=OutcomeDisposition.DIED)
        if to in (VisitStatus.EN_ROUTE, VisitStatus.ON_SCENE):
            self.expected = TimeField(session.now, ahead=True)
            hint = "When they expect to be clear, such as +45 or 15:30."
            if to is VisitStatus.ON_SCENE:
                hint += " Empty: what was said before, else the usual time."
            self.form.add("expected", "Expected clear", self.expected, hint=hint)
        self.told = Told(session, self.form, row.practitioner_id, row.practitioner)

    def show_row(self, row: ReferralRow) -> None:
        """Say where: the address is read out, and may have been corrected."""
        self.about.setText(about_visit(row))

    def submit(self) -> None:
        if self.form.read() is None:
            return
        if (visit := self.visit_in_hand()) is None:
            return
        did = f"{self.row.practitioner} {_DID[self.to]} {self.who}."
        self.carry_out(self._work(*visit, self.told.happened()), did)

    def _work(self, visit_id: int, version: int, happened: Happened) -> Callable[[], object]:
        visits = self.session.desk.visits
        if self.to is VisitStatus.ACKNOWLEDGED:
            return lambda: visits.acknowledge(visit_id, version, happened)
        if self.outcome is not None:
            came = self.outcome.read()
            return lambda: visits.clear(
                visit_id,
                version,
                disposition=came.disposition,
                admission_prevented=came.admission_prevented,
                prevented_because=came.prevented_because,
                kind=came.kind,
                happened=happened,
            )
        expected = self.expected.read() if self.expected else None
        step = visits.en_route if self.to is VisitStatus.EN_ROUTE else visits.on_scene
        return lambda: step(visit_id, version, expected, happened)
