"""What stands over the window while it is locked: who locked it, and how they come back."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from console.domain.refusals import Away, Refused
from console.domain.sign_in import Proof
from ui.background import FAULT, Background, Failure
from ui.sign_in import SignIn
from ui.time_text import clock
from ui.tries import Tries
from ui.widgets.busy_bar import BusyBar
from ui.widgets.looks import Card, column, label, line
from ui.widgets.messages import announce
from ui.widgets.password_field import PasswordField
from ui.widgets.ringed import RingedButton

if TYPE_CHECKING:
    from console.domain.rows import Person
    from console.domain.words import Role
    from ui.session import Session

_BEHIND = "The board goes on behind this, alarms are heard, and what you typed is kept."
_LOGIN = (
    "Your login comes in here without a password. Unlock asks the server once more whether it may; whoever"
    " sits at this account can do that, so lock the computer itself too."
)
_CHOICE = (
    "No password is asked here: whoever sits here can choose any name. Choose yours to go on, another to hand"
    " the desk over."
)


class LockPage(QWidget):
    """Nothing of the board is on it."""

    proved = Signal()
    somebody_else = Signal(object, object)  # a Person and their Role where one chooses, else None and None

    def __init__(self, session: "Session", people: "list[Person]", parent: QWidget | None = None) -> None:
        """Locked now, by whoever is signed in."""
        super().__init__(parent)
        self._session = session
        self._background = Background(self, workers=1)  # a database that does not answer holds up nobody else
        self.password = PasswordField()
        self.password.setAccessibleName("Password")
        self.password.setPlaceholderText("Password")
        self.error = label("", "error", wraps=True)
        self.error.hide()
        self._progress = BusyBar("Asking the server")
        self._progress.hide()
        self.unlock = RingedButton("Unlock")
        self.unlock.setProperty("look", "primary")
        self.unlock.clicked.connect(self._unlock)
        self.password.returnPressed.connect(self._unlock)
        self.other = QPushButton("Somebody else")
        self.other.clicked.connect(self._left)
        for button in (self.unlock, self.other):
            button.setAutoDefault(True)
        self._tries = Tries(self.unlock)
        self.sign_in: SignIn | None = None
        self.card = self._card()
        self._fill(people)

    def _card(self) -> Card:
        session = self._session
        card = Card("Locked", margin=24)
        card.setFixedWidth(520)
        who = f"{session.actor.name}, {session.actor.role.label.lower()}"
        card.add((label(f"{who}, since {clock(session.now())}.", "label", wraps=True),))
        card.add((label(_BEHIND, "mute", wraps=True),))
        return card

    def _fill(self, people: "list[Person]") -> None:
        proof = self._session.parts.proof
        whole = column(self, gap=12)
        whole.addStretch(2)
        across = line(gap=0)
        across.addStretch(1)
        across.addWidget(self.card)
        across.addStretch(1)
        whole.addLayout(across)
        if proof is Proof.CHOICE:
            self.card.add((label(_CHOICE, "mute", wraps=True),))
            self.sign_in = SignIn(people)
            self.sign_in.chosen.connect(self._chosen)
            below = line(gap=0)
            below.addStretch(1)
            below.addWidget(self.sign_in)
            below.addStretch(1)
            whole.addLayout(below)
        else:
            if proof is Proof.LOGIN:
                self.card.add((label(_LOGIN, "mute", wraps=True),))
            self.password.setVisible(proof is Proof.PASSWORD)
            self.card.add((self.password, self.error, self._progress))
            foot = line(gap=8)
            foot.addWidget(self.unlock)
            foot.addWidget(self.other)
            foot.addStretch(1)
            self.card.body.addLayout(foot)
        whole.addStretch(3)

    def begin(self) -> None:
        """Give the keyboard to what proves who is here."""
        if self.sign_in is not None:
            self.sign_in.name.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.password.isVisibleTo(self):
            self.password.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.unlock.setFocus(Qt.FocusReason.OtherFocusReason)

    def stop(self) -> None:
        """Wait for no answer any more."""
        self._background.stop()

    @property
    def is_busy(self) -> bool:
        """Whether the server is being asked."""
        return not self._progress.isHidden()

    def _unlock(self) -> None:
        if self.is_busy or self._tries.is_waiting:
            return
        password = self.password.text()
        if self._session.parts.proof is Proof.PASSWORD and not password:
            self._say("Type your password.")
            return
        prove = self._session.parts.prove
        self._set_busy(busy=True)
        self._background.run(
            lambda: prove(password),
            lambda _: self.proved.emit(),
            self._failed,
            refused=self._refused,
            owner=self,
        )

    def _refused(self, refusal: Refused) -> None:
        self._set_busy(busy=False)
        self._say(self._tries.told(refusal.reasons, counts=not isinstance(refusal, Away)))
        self.password.selectAll()
        self.begin()

    def _failed(self, _: Failure) -> None:
        self._set_busy(busy=False)
        self._say(FAULT)

    def _set_busy(self, *, busy: bool) -> None:
        self._progress.setVisible(busy)
        for part in (self.password, self.unlock, self.other):
            part.setEnabled(not busy)

    def _say(self, sentence: str) -> None:
        self.error.setText(sentence)
        self.error.show()
        announce(self.error, sentence, urgent=True)

    def _chosen(self, person: "Person", role: "Role") -> None:
        """Oneself again in the same role goes on; any other choice hands the desk over."""
        session = self._session
        if person.id == session.person.id and role is session.actor.role:
            self.proved.emit()
        else:
            self.somebody_else.emit(person, role)

    def _left(self) -> None:
        self.somebody_else.emit(None, None)
