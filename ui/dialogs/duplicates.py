"""The warning that a patient may be known already, and what the person makes of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from console.domain.identifiers import format_nhs_number
from console.domain.rows import PossibleDuplicate
from ui.boards.referral_cells import name_of
from ui.time_text import day
from ui.widgets.fields import TextField
from ui.widgets.form import Form
from ui.widgets.looks import Card, IconLabel, column, empty_layout, label, line

_MOST = 4
_KEYS = 10  # Alt+1 to Alt+9, then Alt+0


@dataclass(frozen=True, slots=True)
class Decided:
    """What was said: that open referral is tracked, it is this patient, or it is somebody else, and why."""

    track_referral_id: int | None = None
    patient_id: int | None = None
    somebody_else: str = ""


class DuplicateWarning(Card):
    """Hidden until somebody may be the same; then one of its answers is needed before anything is saved."""

    answered = Signal()

    def __init__(self, track: str, parent: QWidget | None = None) -> None:
        """`track` is what is done with an open referral instead, such as "Open {number} instead"."""
        super().__init__(margin=12, parent=parent)
        self._track = track
        self._found: tuple[PossibleDuplicate, ...] = ()
        self._answers: list[Decided] = []
        self._group = QButtonGroup(self)
        self._group.idToggled.connect(self._toggled)
        head = line(gap=8)
        head.addWidget(IconLabel("triangle-alert", "warn", 18))
        head.addWidget(label("This may be a patient who is known", "label", tone="warn"), 1)
        self.body.addLayout(head)
        self._choices = column(gap=2)
        self.body.addLayout(self._choices)
        self.reason = TextField()
        self._form = Form()
        self._form.add(
            "reason",
            "How you know that it is somebody else",
            self.reason,
            needed="Say how you know that it is somebody else, such as another address.",
        )
        self._form.hide()
        self.body.addWidget(self._form)
        self.error = label("", "error", wraps=True)
        self.error.hide()
        self.body.addWidget(self.error)
        self.hide()

    def show_found(self, found: Sequence[PossibleDuplicate]) -> None:
        """Show whom it may be; the same people found again keep their answer."""
        is_same = [_key(one) for one in found] == [_key(one) for one in self._found]
        self._found = tuple(found)
        if is_same:
            return
        for button in self._group.buttons():
            self._group.removeButton(button)
        empty_layout(self._choices)
        self._answers.clear()
        people = _by_patient(found)
        for referrals in people[:_MOST]:
            self._offer_one(referrals)
        if len(people) > _MOST:
            more = len(people) - _MOST
            self._choices.addWidget(label(f"and {more} more: find the patient on the board", "small"))
        self._offer("Somebody else", Decided(somebody_else="?"))
        self._order_tabs()
        self._form.hide()
        self.error.hide()
        self.setVisible(bool(found))

    def decided(self) -> Decided | None:
        """What was said; None when an answer is owed, which is then said here."""
        if not self._found:
            return Decided()
        place = self._group.checkedId()
        if place < 0:
            self.error.setText("Choose whether this is the same patient.")
            self.error.show()
            self._group.buttons()[0].setFocus()
            return None
        answer = self._answers[place]
        if not answer.somebody_else:
            return answer
        if self._form.read() is None:
            return None
        return Decided(somebody_else=self.reason.read() or "")

    @property
    def tracks(self) -> int | None:
        """The open referral that is to be worked instead of a new one, if that is what was said."""
        place = self._group.checkedId()
        return self._answers[place].track_referral_id if place >= 0 else None

    @property
    def same(self) -> PossibleDuplicate | None:
        """Who it is of whom a new referral is taken in, if that is what was said."""
        place = self._group.checkedId()
        patient_id = self._answers[place].patient_id if place >= 0 else None
        return next((one for one in self._found if one.patient_id == patient_id), None)

    def may_be(self, patient_id: int) -> bool:
        """Whether it is this patient for all that was said: they are the answer, or may still become it."""
        if self._group.checkedId() < 0:
            return any(one.patient_id == patient_id for one in self._found)
        return self.same is not None and self.same.patient_id == patient_id

    def put_below(self, offer: QWidget) -> None:
        """Put what an answer brings below the answers."""
        self.body.addWidget(offer)

    @property
    def names(self) -> str:
        """Whom it was taken for, in a few words."""
        return "; ".join(name_of(one) for one, *_ in _by_patient(self._found)[:_MOST])

    def _order_tabs(self) -> None:
        """The answers are asked where they stand, not after the last field of the whole form."""
        before: QWidget = self.reason  # Qt orders after what takes the keyboard only, and that is no label
        for button in self._group.buttons():
            QWidget.setTabOrder(before, button)
            before = button
        QWidget.setTabOrder(before, self.reason)

    def _offer_one(self, referrals: Sequence[PossibleDuplicate]) -> None:
        """Offer one patient: each of their open referrals, and a new one."""
        person = referrals[0]
        self._choices.addWidget(label(_person(person), wraps=True))
        for one in referrals:
            if one.open_referral_id is not None:
                track = self._track.format(number=one.open_referral_number)
                self._offer(track, Decided(track_referral_id=one.open_referral_id))
        self._offer("The same patient, with a new referral", Decided(patient_id=person.patient_id))

    def _offer(self, words: str, answer: Decided) -> None:
        place = len(self._answers) + 1
        button = QRadioButton(words.replace("&", "&&"))
        if place <= _KEYS:  # there is no key for two digits; Tab and the arrows reach every answer
            button.setText(f"{button.text()} (Alt+{place % _KEYS})")
            button.setShortcut(f"Alt+{place % _KEYS}")
        self._group.addButton(button, len(self._answers))
        self._answers.append(answer)
        self._choices.addWidget(button)

    @Slot(int, bool)
    def _toggled(self, place: int, on: bool) -> None:
        if on:
            self.error.hide()
            self._form.setVisible(bool(self._answers[place].somebody_else))
            self.answered.emit()


def _by_patient(found: Sequence[PossibleDuplicate]) -> list[list[PossibleDuplicate]]:
    """What was found of each patient, in the order in which they were found."""
    people: dict[int, list[PossibleDuplicate]] = {}
    for one in found:
        people.setdefault(one.patient_id, []).append(one)
    return list(people.values())


def _key(one: PossibleDuplicate) -> tuple[int, int | None]:
    """Why somebody was found changes while one types on; who they are does not."""
    return one.patient_id, one.open_referral_id


def _person(one: PossibleDuplicate) -> str:
    born = f", born {day(one.birth_date)}" if one.birth_date else ""
    number = f", {format_nhs_number(one.nhs_number)}" if one.nhs_number else ""
    return f"{name_of(one)}{born}{number}. {one.because}."
