"""Duress: a practitioner is in danger, and supervisor, coordinator and clinician are called at once."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from console.domain.acting import Happened
from console.domain.rows import PractitionerRow
from console.domain.words import Role
from ui.commands.conditions import the_visit_s_referral
from ui.dialogs.decision import Decision, where
from ui.session import Session
from ui.widgets.fields import ChoiceField, NotesField, TextField, TimeField, fill_in

_SENTENCE = (
    "Supervisor, coordinator and duty clinician are called on every console now. Doorstep rings nobody: "
    "where life is in danger, ring 999 first."
)


class DuressDialog(Decision):
    """Who and where stand there already as far as they are known: help must not wait for typing."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Begin with whoever is chosen, else with whoever is on the chosen visit, else with oneself."""
        super().__init__(
            session, "Duress: help now", _SENTENCE, "Call for help", look="danger", parent=parent
        )
        self.setMinimumWidth(560)
        people = sorted(session.live.practitioners.by_id.values(), key=lambda one: one.name)
        self.who: ChoiceField[int] = ChoiceField([(one.id, one.name) for one in people])
        self.where, self.words, self.at = TextField(), NotesField(2), TimeField(session.now)
        self.form.add("who", "Who is in danger", self.who, needed="Say who is in danger.")
        self.form.add("where", "Where", self.where, hint="The address of the visit in hand, if there is one.")
        self.form.add("words", "What happens, as it was said", self.words)
        self.form.add("at", "When it was said", self.at, hint="Empty means now.")
        first = self._begin_with()
        if first is not None:
            self.who.put(first.id)
        self._who_id: int | None = None
        self._referral_id: int | None = None
        self._fill_where()
        self.who.currentIndexChanged.connect(self._fill_where)
        session.live.changed.connect(self._follow)

    def submit(self) -> None:
        if self.form.read() is None:
            return
        desk, key, name = self.session.desk, self.who.read() or 0, self.who.currentText()
        where_, words = self.where.read() or "", self.words.read() or ""
        happened = Happened(at=self.at.read())
        self.carry_out(
            lambda: desk.welfare.duress(key, where_, words, happened), f"Help is called for {name}."
        )

    def _begin_with(self) -> PractitionerRow | None:
        session, people = self.session, self.session.live.practitioners.by_id
        if session.practitioner is not None:
            return session.practitioner
        referral = the_visit_s_referral(session)
        if referral is not None and referral.practitioner_id is not None:
            return people.get(referral.practitioner_id)
        own = session.actor.name if session.actor.role is Role.PRACTITIONER else None
        return next((one for one in people.values() if one.name == own), None)

    @Slot()
    def _fill_where(self) -> None:
        """The address of the visit in hand, unless somebody has typed where it is."""
        self._who_id = self.who.value()
        self._referral_id = self._in_hand()
        if not self._follow():
            self._say_where("")

    @Slot()
    def _follow(self) -> bool:
        """The address may be corrected meanwhile; gives whether one is known.

        Where a visit ends meanwhile its address stays: nobody is at the next one yet.
        """
        if self._referral_id is None:
            self._referral_id = self._in_hand()
        referral = self.session.live.referrals.by_id.get(self._referral_id or 0)
        if referral is not None:
            self._say_where(where(referral))
        return referral is not None

    def _say_where(self, text: str) -> None:
        if not self.where.isModified() and self.where.text() != text:
            fill_in(self.where, text)

    def _in_hand(self) -> int | None:
        row = self.session.live.practitioners.by_id.get(self._who_id or 0)
        return None if row is None else row.referral_id
