"""What came of a contact: its kind, what became of the patient, and whether an admission was prevented."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Slot

from console.domain.words import OutcomeDisposition, OutcomeKind
from ui.widgets.fields import ChoiceField, TextField
from ui.widgets.form import Form

_SAYS_ALL = frozenset({OutcomeKind.DEATH, OutcomeKind.REFUSAL})
_NOT_FOR_A_CONTACT = frozenset({OutcomeDisposition.NOT_SEEN, OutcomeDisposition.DIED})


@dataclass(frozen=True, slots=True)
class CameOfIt:
    """What was entered."""

    kind: OutcomeKind
    disposition: OutcomeDisposition | None
    admission_prevented: bool | None
    prevented_because: str


class OutcomeFields(QObject):
    """Adds the fields to a form; a death and a refusal ask no more than that."""

    def __init__(self, form: Form, kinds: Sequence[OutcomeKind], died: OutcomeDisposition | None) -> None:
        """Offer these kinds; with one kind alone it is not asked."""
        super().__init__(form)
        self._form, self._died = form, died
        self.kind: ChoiceField[OutcomeKind] = ChoiceField([(one, one.label) for one in kinds])
        self.kind.put(kinds[0])
        self.disposition: ChoiceField[OutcomeDisposition] = ChoiceField(
            [(one, one.label) for one in OutcomeDisposition if one not in _NOT_FOR_A_CONTACT]
        )
        self.prevented: ChoiceField[bool] = ChoiceField([(True, "Yes"), (False, "No")])
        self.because = TextField()
        form.add("kind", "What it was", self.kind, needed="Choose what it was.")
        form.ask("kind", wanted=len(kinds) > 1)
        form.add(
            "disposition",
            "What became of the patient",
            self.disposition,
            needed="Choose what became of the patient.",
        )
        form.add_row(
            (
                "prevented",
                "Admission prevented, as the clinician judges",
                self.prevented,
                "Ask the clinician, and choose yes or no.",
            ),
            ("because", "Why they judge so", self.because, ""),
        )
        self.kind.currentIndexChanged.connect(self._ask_what_fits)

    def read(self) -> CameOfIt:
        """What was entered; call it after the form was read without errors."""
        kind = self.kind.read() or OutcomeKind.VISIT
        if kind in _SAYS_ALL:
            died = self._died if kind is OutcomeKind.DEATH else OutcomeDisposition.NOT_SEEN
            return CameOfIt(kind, died, None, "")
        return CameOfIt(kind, self.disposition.read(), self.prevented.read(), self.because.read() or "")

    @Slot(int)
    def _ask_what_fits(self, _: int) -> None:
        for name in ("disposition", "prevented", "because"):
            self._form.ask(name, wanted=self.kind.value() not in _SAYS_ALL)
