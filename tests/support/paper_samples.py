"""Back-entry as it looks: empty, and in the middle of a visit."""

from PySide6.QtTest import QTest

from tests.services.team import Team
from tests.support.dialog_samples import Sample
from ui.dialogs.base import DecisionDialog
from ui.dialogs.paper import Line, PaperDialog


def _triaged(team: Team) -> int:
    key = team.triaged()
    team.clock.pass_minutes(90)
    return key


def _half_typed(dialog: DecisionDialog) -> None:
    assert isinstance(dialog, PaperDialog)
    for said in ("14:05   MARSH, Ivy   Worse", "14:09   MARSH, Ivy   Call", "14:12   MARSH, Ivy   Triaged"):
        dialog._list(Line(said))
    fields = dialog.fields
    for field, words in ((fields.at, "1420"), (fields.step.lineEdit(), "ask")):
        assert field is not None
        QTest.keyClicks(field, words)
    fields.patient.setCurrentIndex(0)
    line = fields.practitioner.lineEdit()
    assert line is not None
    QTest.keyClicks(line, "sh")


PAPER_SAMPLES: dict[str, Sample] = {
    "paper": Sample("ann", _triaged, lambda seat, _: PaperDialog(seat.session, seat.window)),
    "paper_half_typed": Sample(
        "ann", _triaged, lambda seat, _: PaperDialog(seat.session, seat.window), _half_typed
    ),
}
