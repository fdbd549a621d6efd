"""The welfare call: what the practitioner answered, and what follows when nobody does."""

import enum
from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from console.domain.acting import Happened
from console.domain.identifiers import format_phone
from console.domain.rows import ReferralRow
from console.domain.visit import has_it_now
from console.domain.words import Channel
from ui.dialogs.decision import Decision, where
from ui.session import Session
from ui.time_text import day_clock
from ui.widgets.fields import ChoiceField, TextField, TimeField


class Answer(enum.Enum):
    """What came of the call."""

    WELL = "Spoke: well"
    NO_REPLY = "No reply"
    HELP = "Needs help"


_CHANNELS = (Channel.TELEPHONE, Channel.RADIO, Channel.MESSAGE, Channel.IN_PERSON)
_PRIMARY = {
    Answer.WELL: "Save: well",
    Answer.NO_REPLY: "Save: ask the supervisor",
    Answer.HELP: "Call for help",
}


class WelfareDialog(Decision):
    """Well gives a new time of being clear; no reply brings the supervisor; help brings everybody."""

    def __init__(self, session: Session, row: ReferralRow, parent: QWidget | None = None) -> None:
        """The visit is the one that the practitioner has in hand."""
        self._row = row
        self._name = row.practitioner or "The practitioner"
        super().__init__(session, f"Welfare call: {self._name}", self._about(session), "Save", parent=parent)
        self.setMinimumWidth(560)
        self.answer: ChoiceField[Answer] = ChoiceField([(one, one.value) for one in Answer])
        self.said, self.clear = TextField(), TimeField(session.now, ahead=True)
        self.channel: ChoiceField[Channel] = ChoiceField([(one, one.label) for one in _CHANNELS])
        self.channel.put(Channel.TELEPHONE)
        self.at = TimeField(session.now)
        needed = "Write down what was said: never take silence for well."
        self.form.add("answer", "What came of it", self.answer, needed="Choose what came of the call.")
        self.form.add("said", f"What {self._name} said", self.said, needed=needed)
        self.form.add("clear", "Clear at", self.clear, needed="Ask when they will be clear.")
        self.form.add_row(
            ("channel", "How", self.channel, "Choose how."), ("at", "When (empty: now)", self.at, "")
        )
        self.answer.currentIndexChanged.connect(self._ask_what_fits)
        self._ask_what_fits()

    def submit(self) -> None:
        if self.form.read() is None:
            return
        answer, newest = self.answer.read() or Answer.NO_REPLY, self._newest()
        # Help is called for whoever was rung, also when somebody else has the visit by now.
        if answer is not Answer.HELP and newest.practitioner_id != self._row.practitioner_id:
            self.show_error(has_it_now(newest.practitioner, self._row.practitioner))
            return
        self.carry_out(self._work(answer), self._done(answer))

    def _work(self, answer: Answer) -> Callable[[], None]:
        row, welfare = self._newest(), self.session.desk.welfare
        visit, version, person = row.visit_id or 0, row.visit_version or 0, self._row.practitioner_id or 0
        happened = Happened(at=self.at.read(), channel=self.channel.read())
        said, clear_at = self.said.read() or "", self.clear.read() or self.session.now()
        if answer is Answer.WELL:
            return lambda: welfare.well(visit, version, said, clear_at, happened)
        if answer is Answer.HELP:
            return lambda: welfare.duress(person, where(row), said, happened)
        phone = self._phone(self.session)
        return lambda: welfare.no_reply(visit, version, phone, happened)

    def _done(self, answer: Answer) -> str:
        if answer is Answer.WELL and (clear_at := self.clear.read()) is not None:
            return f"{self._name} is well, clear at {day_clock(clear_at, self.session.now())}."
        if answer is Answer.HELP:
            return f"Help is called for {self._name}."
        return f"{self._name} did not answer: the supervisor is asked. Ring again."

    def _newest(self) -> ReferralRow:
        return self.session.live.referrals.by_id.get(self._row.id, self._row)

    def _phone(self, session: Session) -> str | None:
        person = session.live.practitioners.by_id.get(self._row.practitioner_id or 0)
        return None if person is None else person.phone

    def _about(self, session: Session) -> str:
        phone = self._phone(session)
        ring = f"Ring {format_phone(phone)}" if phone else "No telephone number is known: use the radio"
        expected = self._row.expected_clear_at
        due = f", expected clear {day_clock(expected, session.now())}" if expected else ""
        return f"{ring}. {self._row.number}, {where(self._row)}{due}."

    def _ask_what_fits(self) -> None:
        answer = self.answer.value()
        self.form.ask("said", wanted=answer in (Answer.WELL, Answer.HELP))
        self.form.ask("clear", wanted=answer is Answer.WELL)
        self.primary.say(_PRIMARY[answer] if answer else "Save")
