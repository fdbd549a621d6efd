"""The code of a patient's key safe: shown for half a minute to who says why, entered without being shown."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from console.domain.rows import ReferralRow
from console.services.key_safes import KeySafe
from ui.background import carried
from ui.dialogs.decision import ReferralDecision
from ui.session import Session
from ui.widgets.fields import ChoiceField, NotesField, TickField
from ui.widgets.looks import Card, label
from ui.widgets.messages import announce
from ui.widgets.unkept_field import UnkeptField

SHOWN_S = 30
_OTHER = ""
_REASONS = (
    "Reading it to the practitioner at the door",
    "Nobody comes to the door",
    "Reading it to the ambulance crew",
)


class KeySafeDialog(ReferralDecision):
    """Why, then the code; who saw it is kept before it is shown."""

    def __init__(self, session: Session, row: ReferralRow, parent: QWidget | None = None) -> None:
        """Nothing is read from the database until a reason is given."""
        sentence = f"Who saw it, when and why is kept for ever. It is shown for {SHOWN_S} seconds."
        super().__init__(session, row, "Key-safe code", sentence, "Show the code", parent=parent)
        self._left = 0
        self.why: ChoiceField[str] = ChoiceField(
            [*((one, one) for one in _REASONS), (_OTHER, "Another reason")]
        )
        self.words = NotesField(2)
        self.form.add("why", "Why you need it", self.why, needed="Say why you need the code.")
        self.form.add("words", "Which reason", self.words, needed="Say in a few words why you need the code.")
        self.why.currentIndexChanged.connect(self._ask_which)
        self.card = Card(margin=14)
        self.code = label("", "figure")
        self.place, self.told = label("", wraps=True), label("", "small")
        for part in (self.code, self.place, self.told):
            part.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
            self.card.body.addWidget(part)
        self.card.hide()
        self.body.addWidget(self.card)
        session.countdown.ticked.connect(self._tick)
        self.finished.connect(self._cover)
        self._ask_which()

    @Slot()
    def _ask_which(self) -> None:
        self.form.ask("words", wanted=self.why.value() == _OTHER)

    def submit(self) -> None:
        if self.form.read() is None:
            return
        desk, row_id = self.session.desk, self.row.id
        reason = self.why.value() or self.words.read() or ""
        self.set_busy(busy=True)
        self.session.background.run(
            carried(lambda: desk.key_safes.show(row_id, reason)),
            self._show,
            self._failed,
            refused=self._refused,
            owner=self,
        )

    def _show(self, found: KeySafe) -> None:
        self.set_busy(busy=False)
        self.show_error()
        self.words.document().setModified(False)  # it is entered: leaving throws nothing away
        self.form.setEnabled(False)
        self.primary.setEnabled(False)
        self.cancel.setText("Close")
        self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)
        self.code.setText(found.code)
        self.code.setAccessibleName("Code: " + " ".join(found.code))
        self.place.setText(found.place or "Where it hangs is not written down.")
        self._left = SHOWN_S + 1
        self._tick()
        self.card.show()
        announce(self, self.code.accessibleName(), urgent=True)

    @Slot()
    def _tick(self) -> None:
        if self._left > 0:
            self._left -= 1
            self.told.setText(f"Covered again in {self._left} s.")
            if self._left == 0:
                self._cover()

    @Slot()
    def _cover(self) -> None:
        """Take the code off the screen; it is asked for anew, with a reason."""
        if not self.code.text():
            return
        self._left = 0
        for part in (self.code, self.place, self.told):
            part.clear()
        self.code.setAccessibleName("")
        self.card.hide()
        self.form.setEnabled(True)
        self.primary.setEnabled(True)
        self.sentence.setText("The code is covered again. Say why you need it once more.")
        self.why.setFocus(Qt.FocusReason.OtherFocusReason)


class KeepKeySafeDialog(ReferralDecision):
    """A new code over the one before, which nobody is shown by entering another."""

    def __init__(self, session: Session, row: ReferralRow, parent: QWidget | None = None) -> None:
        """Empty fields, whatever is kept."""
        sentence = "It belongs to the patient's home. A new code takes the place of the one before, unseen."
        super().__init__(session, row, "Enter a key-safe code", sentence, "Save", parent=parent)
        self.code, self.place = UnkeptField(is_secret=True), UnkeptField()
        self.none = TickField()
        self.form.add("code", "Code", self.code, needed="Enter the code as it was said.")
        self.form.add("place", "Where the key safe is", self.place, hint="Such as: left of the back door.")
        self.form.add("none", "There is no key safe any more", self.none)
        self.none.toggled.connect(self._fit)

    @Slot()
    def _fit(self) -> None:
        for name in ("code", "place"):
            self.form.ask(name, wanted=not self.none.isChecked())

    def submit(self) -> None:
        if self.form.read() is None:
            return
        desk, row_id, is_gone = self.session.desk, self.row.id, self.none.isChecked()
        code, place = ("", "") if is_gone else (self.code.read() or "", self.place.read() or "")
        done = "has no key safe any more" if is_gone else "has a new key-safe code"
        self.carry_out(lambda: desk.key_safes.keep(row_id, code, place), f"{self.who} {done}.")
