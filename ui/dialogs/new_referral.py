"""Taking somebody in: a new referral, or a patient who stands at a hub's desk."""

from typing import Any

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QWidget

from console.domain.acting import Happened
from console.domain.permissions import Deed, reasons_not_permitted
from console.domain.refusals import Refused
from console.domain.rows import PossibleDuplicate
from console.services.forms import NewReferral
from ui.background import Failure
from ui.boards.referral_cells import name_of
from ui.dialogs.base import DecisionDialog
from ui.dialogs.duplicates import Decided, DuplicateWarning
from ui.dialogs.recorded import RecordedOffer
from ui.dialogs.referral_form import ReferralForm
from ui.session import Session
from ui.widgets.asked import screen_of

_WIDE, _WIDE_FROM = 1060, 900
_PAUSE_MS = 250


class NewReferralDialog(DecisionDialog):
    """Takes in a referral; warns as soon as the patient may be known, and lets that referral be worked."""

    TITLE, PRIMARY = "New referral", "Take in"
    SENTENCE = (
        "A patient who is known already is shown as soon as the number, or name and birth date, are in."
    )
    FOR_KNOWN = SENTENCE
    """What it says to who takes nobody in: practitioners receive whoever is expected."""
    TRACK, TRACKS = "Open {number} instead", "Open the referral"
    AT_HUB = FROM_PAPER = False

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """An empty form."""
        sentence = self.SENTENCE if session.may(Deed.RECEIVE) else self.FOR_KNOWN
        super().__init__(parent, self.TITLE, sentence, self.PRIMARY)
        self.session = session
        room = screen_of(self).availableGeometry().width() - 40
        is_wide = room >= _WIDE_FROM
        self.setMinimumWidth(min(_WIDE, room) if is_wide else min(600, room))
        self.warning = DuplicateWarning(self.TRACK)
        self.fields = ReferralForm(session, self.warning, at_hub=self.AT_HUB, is_wide=is_wide)
        self.body.addWidget(self.fields)
        self.recorded = RecordedOffer(session, self.fields)
        self.recorded.taken.connect(self._is_in_again)
        self.warning.put_below(self.recorded)
        self.recorded.order_tabs(self.warning.reason)
        self._asked: tuple[object, ...] = ()
        self._answered: tuple[object, ...] = ()
        self._waits = self._took_back = False
        self._said = ""
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._look)
        for field in (self.fields.nhs_number, self.fields.family, self.fields.given, self.fields.born):
            field.textEdited.connect(self._pause.start)
            field.editingFinished.connect(self._look)
        self.warning.answered.connect(self._follow_answer)

    def submit(self) -> None:
        # Fast fingers are no way round the warning: what was typed last is looked up first.
        self._took_back = False
        self._look()
        if self._took_back:  # what stood in the form as the key was pressed stands there no more
            return
        if self._asked != self._answered:
            self._waits = True
            return
        # The warning comes before the rest: whoever tracks a known referral need not fill it in.
        decided = self.warning.decided()
        if decided is None:
            return
        if decided.track_referral_id is not None:
            self.track(decided.track_referral_id)
        elif why_not := reasons_not_permitted(self.session.actor.role, Deed.RECEIVE):
            self.show_refusal(Refused(*why_not))
        elif self.recorded.is_reading:
            self.recorded.say_reading()
        elif self.fields.is_complete() and self._says_place(decided):
            self.take_in(self.fields.read(decided, self.warning.names))

    def _says_place(self, decided: Decided) -> bool:
        """Whoever is known is visited at what stands here: what is recorded is not taken for it by itself."""
        return self.AT_HUB or decided.patient_id is None or self.fields.says_place()

    def take_in(self, form: NewReferral) -> None:
        """Save the new referral, and open it."""
        session, happened = self.session, Happened(from_paper=self.FROM_PAPER)

        def done(referral_id: int) -> None:
            session.done(f"{name_of(form)} is taken in.")
            self.taken_in(referral_id)

        self.perform(session.background, lambda: session.desk.referrals.receive(form, happened), done)

    def taken_in(self, referral_id: int) -> None:
        """Go on with the new referral."""
        self.session.open_record(referral_id)

    def track(self, referral_id: int) -> None:
        """Work the referral that stands on the board instead of a second one."""
        self.accept()
        self.taken_in(referral_id)

    def put_back(self, values: list[dict[str, Any]]) -> None:
        """Show what was kept, and whether the patient is known by now."""
        super().put_back(values)
        self._look()

    # Who may be the same patient

    @Slot()
    def _look(self) -> None:
        self._pause.stop()
        fields = self.fields
        number = fields.nhs_number.read() if fields.nhs_number.is_right() else None
        family = fields.family.read() or ""
        given = fields.given.read() or ""
        try:
            born = fields.born.read()
        except ValueError:
            born = None
        asked = (number, family, given, born)
        if asked == self._asked:
            return
        self._asked = asked
        if number is None and not (family and born):
            self._answered = asked
            self._show(())
            return
        desk = self.session.desk
        self.session.background.run(
            lambda: (asked, desk.referrals.possible_duplicates(number, family, given, born)),
            self._found,
            self._not_looked,
            refused=self._refused_to_look,
            owner=self,
        )

    def _found(self, answer: tuple[tuple[object, ...], tuple[PossibleDuplicate, ...]]) -> None:
        asked, found = answer
        if asked != self._asked:
            return
        self._answered = asked
        self._show(found)
        waited, self._waits = self._waits, False
        if waited and not self._took_back:
            self.submit()

    def _not_looked(self, _: Failure) -> None:
        # Asked again with the next try: nobody is taken in without having been looked up.
        self._asked, self._waits = self._answered, False
        self.show_error("Whether this patient is known could not be looked up. Try again in a moment.")

    def _refused_to_look(self, refusal: Refused) -> None:
        self._asked, self._waits = self._answered, False
        self.show_refusal(refusal)

    def _show(self, found: tuple[PossibleDuplicate, ...]) -> None:
        self.warning.show_found(found)
        self._follow_answer()

    @Slot()
    def _follow_answer(self) -> None:
        if said := self.recorded.follow(self.warning.same, self.warning.may_be):
            self._took_back, self._said = True, "\n".join(said)
            self.show_error(*said)
        self.primary.say(self.TRACKS if self.warning.tracks is not None else self.PRIMARY)

    @Slot()
    def _is_in_again(self) -> None:
        """What was said to be out of the form is in it, or shown beside it."""
        if self.error.text() == self._said:
            self.show_error()


class ArriveDialog(NewReferralDialog):
    """A patient has come to a hub: a new one, or one who stands on the board and is expected."""

    TITLE, PRIMARY = "Arrive at hub", "Arrived"
    SENTENCE = "The clock until streaming starts. A booked or known patient is shown while you type."
    FOR_KNOWN = "Whoever stands on the board is shown while you type. Somebody new is taken in by the desk."
    TRACK, TRACKS = "{number} has come", "Arrived"
    AT_HUB = True

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """The hub is the one that is worked in; whoever has several and works in none is asked first."""
        super().__init__(session, parent)
        if session.hub_id is not None:
            self.fields.hub.put(session.hub_id)

    def take_in(self, form: NewReferral) -> None:
        """Save the new referral with its place in the queue."""
        session, happened = self.session, Happened(from_paper=self.FROM_PAPER)

        def done(_: int) -> None:
            session.done(f"{name_of(form)} has arrived.")
            self.taken_in(0)

        self.perform(
            session.background, lambda: session.desk.hub_queue.arrive(form, form.hub_id, happened), done
        )

    def taken_in(self, referral_id: int) -> None:
        """The queue shows the patient."""

    def track(self, referral_id: int) -> None:
        """Let a patient who is on the board arrive."""
        session = self.session
        # Who is known already needs no more than the hub and the time.
        if not self.fields.says_where():
            return
        hub_id = self.fields.hub.read()
        happened = Happened(at=self.fields.received.read(), from_paper=self.FROM_PAPER)

        def done(_: int) -> None:
            session.done("The patient has arrived and waits to be streamed.")
            self.taken_in(referral_id)

        self.perform(
            session.background, lambda: session.desk.hub_queue.arrive(referral_id, hub_id, happened), done
        )
