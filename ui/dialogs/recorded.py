"""What is recorded of a patient who is known, offered for the new referral: read back, and then changed."""

from functools import partial
from typing import Any

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QWidget

from console.domain.identifiers import format_phone
from console.domain.opening_reasons import ELSEWHERE
from console.domain.permissions import Deed
from console.domain.places import in_one_line
from console.domain.refusals import Refused
from console.domain.rows import KnownDetails, PossibleDuplicate
from ui.background import Failure, carried
from ui.dialogs.practice_field import practice_words
from ui.dialogs.recorded_line import RecordedLine
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
_FAILED = "What is recorded could not be read. Try again, or ask the caller."


class RecordedOffer(QWidget):
    """Hidden until it is said that the patient is known; nothing is read before the key is pressed.

    Whoever turns out to be somebody else takes along what was taken from their record.
    """

    def __init__(self, session: Session, fields: ReferralForm, parent: QWidget | None = None) -> None:
        """`fields` are those of the new referral."""
        super().__init__(parent)
        self._session = session
        self._person: PossibleDuplicate | None = None
        self._reading: int | None = None  # of which patient
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

    def follow(self, person: PossibleDuplicate | None) -> None:
        """Offer what is recorded of this patient, or of nobody; what was taken of another one goes."""
        if not self._session.may(Deed.RECEIVE):
            return
        before, self._person = self._person, person
        if _id(person) == _id(before):
            return
        for one in self._lines:
            one.forget()
        self.setVisible(person is not None)
        if person is not None:
            self._ask(person)

    def _ask(self, person: PossibleDuplicate) -> None:
        self._show_lines(are_there=False)
        self.take.setVisible(not person.is_elsewhere)
        self._say(ELSEWHERE if person.is_elsewhere else _WHAT)

    @Slot()
    def _read(self) -> None:
        person = self._person
        if person is None or self._reading == person.patient_id:
            return
        self._reading, records = person.patient_id, self._session.desk.records
        self._session.background.run(
            carried(lambda: (person.patient_id, records.open_known(person.patient_id))),
            self._show,
            self._not_read,
            refused=self._refused,
            owner=self,
        )

    def _show(self, answer: tuple[int, KnownDetails]) -> None:
        patient_id, known = answer
        self._reading = None
        if patient_id != _id(self._person):
            return
        phone, others = known.phone or "", ", ".join(format_phone(one) for one in known.other_phones)
        self.phone.offer(
            "; also ".join(part for part in (format_phone(phone), others) if part), [format_phone(phone)]
        )
        home, postcode = known.home_address, known.home_postcode
        self.home.offer(in_one_line(home, postcode), [home, postcode or ""])
        self._offer_practice(known)
        self.take.hide()
        self._show_lines(are_there=True)
        self._say(_READ_BACK)
        announce(self, " ".join((*(one.says.text() for one in self._lines), _READ_BACK)))

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

    def _refused(self, refusal: Refused) -> None:
        self._reading = None
        self._say(" ".join(refusal.reasons))
        announce(self, self.said.text(), urgent=True)

    def _not_read(self, _: Failure) -> None:
        self._refused(Refused(_FAILED))


def _id(person: PossibleDuplicate | None) -> int | None:
    return None if person is None else person.patient_id
