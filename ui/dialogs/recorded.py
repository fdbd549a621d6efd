"""What is recorded of a patient who is known, offered for the new referral: read back, and then changed."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from console.domain.identifiers import format_phone
from console.domain.opening_reasons import ELSEWHERE
from console.domain.permissions import Deed
from console.domain.places import in_one_line
from console.domain.refusals import Refused
from console.domain.rows import KnownDetails, PossibleDuplicate
from ui.background import Failure, carried
from ui.dialogs.practice_field import practice_words
from ui.dialogs.recorded_line import Left, RecordedLine
from ui.dialogs.referral_form import ReferralForm
from ui.session import Session
from ui.widgets.action_bar import KeyButton
from ui.widgets.looks import column, label, line, rule
from ui.widgets.messages import announce
from ui.widgets.scrolled import bring_into_sight

_KEY = "Alt+R"
_WHAT = "Address, telephone and practice, where you typed nothing. That you open the record is kept."
_READ_BACK = "Read it back to the caller, and change in the form what is no longer so."
_STAYS = "What is recorded stays recorded: once the referral is taken in, Alt+I corrects it."
_READING = "What is recorded is being read. Read it back to the caller, then take the patient in."
_GONE = "Out of the form again, because that record is not said to be this patient's: {}."
_CHANGED = (
    "Taken from that record and changed since, so still in the form: {}. Check that it is this patient's."
)
_FAILED = "What is recorded could not be read. Try again, or ask the caller."


class RecordedOffer(QWidget):
    """Hidden until it is said that the patient is known; nothing is read before the key is pressed.

    Whoever turns out to be somebody else takes along what was taken from their record.
    """

    taken = Signal()

    def __init__(self, session: Session, fields: ReferralForm, parent: QWidget | None = None) -> None:
        """`fields` are those of the new referral."""
        super().__init__(parent)
        self._session = session
        self._person: PossibleDuplicate | None = None
        self._taken_of: int | None = None  # whose record was put into the form
        self._reading: object | None = None  # an answer to anything else comes too late
        whole = column(self, gap=8)
        whole.addWidget(rule())
        self.take = KeyButton("Take what is recorded", _KEY)
        self.take.setShortcut(_KEY)
        self.take.setAutoDefault(False)
        self.take.clicked.connect(self._read)
        beside = line(gap=0)
        beside.addWidget(self.take)
        beside.addStretch(1)
        whole.addLayout(beside)
        self.said = label("", "small", wraps=True)
        whole.addWidget(self.said)
        self.phone = RecordedLine("Telephone", "Alt+T", fields.left, ("phone",))
        self.home = RecordedLine("Home address", "Alt+H", fields.right, ("home", "home_postcode"))
        self.practice = RecordedLine("Own practice", "Alt+P", fields.right, ("practice", "no_practice"))
        self._lines = (self.phone, self.home, self.practice)
        for one in self._lines:
            whole.addWidget(one)
        self.stays = label(_STAYS, "small", wraps=True)
        whole.addWidget(self.stays)
        self.hide()

    def order_tabs(self, after: QWidget) -> None:
        """Come after this by Tab; asked for once all are in one window."""
        for button in (self.take, *(one.button for one in self._lines)):
            QWidget.setTabOrder(after, button)
            after = button

    @property
    def is_reading(self) -> bool:
        """Whether somebody has asked for what is recorded and not seen it yet."""
        # A button is pressed a tenth of a second after its key.
        return self._reading is not None or self.take.isDown()

    def say_reading(self) -> None:
        """Say that what was asked for is to be read back first."""
        self._say(_READING)
        announce(self, _READING, urgent=True)

    def follow(self, person: PossibleDuplicate | None, may_be: Callable[[int], bool]) -> tuple[str, ...]:
        """Offer what is recorded of this patient, or of nobody; what was taken of another one goes.

        `may_be` tells of whom it is not said yet that it is somebody else. Gives what is to be said of it.
        """
        if not self._session.may(Deed.RECEIVE):
            return ()
        said: tuple[str, ...] = ()
        if self._taken_of is not None and not may_be(self._taken_of):
            said = self._forget()
        before, self._person = self._person, person
        if _id(person) != _id(before):
            self._reading = None
            self.setVisible(person is not None)
            if person is not None:
                self._ask(person)
        return said

    def _forget(self) -> tuple[str, ...]:
        self._taken_of = None
        became = [(one.words, one.forget()) for one in self._lines]
        gone, changed = (
            ", ".join(words for words, left in became if left is which) for which in (Left.GONE, Left.CHANGED)
        )
        return tuple(words.format(what) for words, what in ((_GONE, gone), (_CHANGED, changed)) if what)

    def kept(self) -> dict[str, Any]:
        """Whose record stands in the form, and what stood there before: the answer itself is asked anew."""
        if self._taken_of is None:
            return {}
        return {"of": self._taken_of, "lines": [one.kept() for one in self._lines]}

    def put_back(self, kept: dict[str, Any]) -> None:
        """Know again whose record stands in the form."""
        self._taken_of = kept.get("of")
        for line_, taken in zip(self._lines, kept.get("lines", ()), strict=False):
            line_.put_back(taken)

    def _ask(self, person: PossibleDuplicate) -> None:
        self._show_lines(are_there=False)
        self.take.setVisible(not person.is_elsewhere)
        self._say(ELSEWHERE if person.is_elsewhere else _WHAT)

    @Slot()
    def _read(self) -> None:
        person = self._person
        if person is None or self._reading is not None:
            return
        asked, patient_id, records = object(), person.patient_id, self._session.desk.records
        self._reading = asked
        self._session.background.run(
            carried(lambda: (asked, records.open_known(patient_id))),
            self._show,
            partial(self._not_read, asked),
            refused=partial(self._refused, asked),
            owner=self,
        )

    def _show(self, answer: tuple[object, KnownDetails]) -> None:
        asked, known = answer
        if asked is not self._reading or self._person is None:
            return
        self._reading, self._taken_of = None, self._person.patient_id
        numbers = [format_phone(one) for one in (known.phone, *known.other_phones) if one]
        others = ", ".join(numbers[1:])
        self.phone.offer("; also ".join((*numbers[:1], *([others] if others else []))), numbers[:1])
        home, postcode = known.home_address, known.home_postcode
        self.home.offer(in_one_line(home, postcode), [home, postcode or ""])
        self._offer_practice(known)
        self.take.hide()
        self._show_lines(are_there=True)
        self._say(_READ_BACK)
        announce(self, " ".join((*(one.says.text() for one in self._lines), _READ_BACK)))
        self.taken.emit()

    def _offer_practice(self, known: KnownDetails) -> None:
        practice = known.practice
        words = "" if practice is None else practice_words(practice)
        if practice is None or not known.is_practice_open:
            self.practice.offer(f"{words} has closed: ask for the one of now" if words else "", [])
            return
        values: list[Any] = [{"text": words, "id": practice.id}, ""]
        self.practice.offer(words, values)

    def _show_lines(self, *, are_there: bool) -> None:
        for one in (*self._lines, self.stays):
            one.setVisible(are_there)

    def _say(self, words: str) -> None:
        self.said.setText(words)
        QTimer.singleShot(0, self, partial(bring_into_sight, self))  # once it has its height

    def _refused(self, asked: object, refusal: Refused) -> None:
        if asked is not self._reading:
            return
        self._reading = None
        self._say(" ".join(refusal.reasons))
        announce(self, self.said.text(), urgent=True)

    def _not_read(self, asked: object, _: Failure) -> None:
        self._refused(asked, Refused(_FAILED))


def _id(person: PossibleDuplicate | None) -> int | None:
    return None if person is None else person.patient_id
