"""The line that offers what somebody had half typed when their window went: never entered by itself."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from ui.commands.opening import reopen
from ui.session import Session
from ui.time_text import day_clock
from ui.widgets.looks import IconLabel, label, line
from ui.widgets.messages import announce
from ui.widgets.ringed import RingedButton

if TYPE_CHECKING:
    from console.services.kept_forms import KeptForm


class KeptBar(QFrame):
    """Offers the oldest form first; Continue opens its dialog, Throw away asks once more."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Hidden while nothing waits."""
        super().__init__(parent)
        self.setObjectName("Warning")
        self.setProperty("tone", "info")
        self._session = session
        self._is_asking = False
        whole = line(self, gap=10)
        whole.setContentsMargins(12, 3, 4, 3)
        self.sentence = label("", wraps=True)
        self.more = label("", "small")
        self.go_on, self.throw_away = RingedButton("Continue"), QPushButton("Throw away")
        self.go_on.setProperty("look", "primary")
        whole.addWidget(IconLabel("file-text", "info", 18))
        whole.addWidget(self.sentence, 1)
        whole.addWidget(self.more)
        for button in (self.go_on, self.throw_away):
            button.setAutoDefault(True)
            whole.addWidget(button)
        self.go_on.clicked.connect(self._continue)
        self.throw_away.clicked.connect(self._throw_away)
        session.kept.changed.connect(self.tell)
        self.hide()

    @property
    def form(self) -> "KeptForm | None":
        """The form that is offered."""
        waiting = self._session.kept.waiting
        return waiting[0] if waiting else None

    def tell(self) -> None:
        """Offer what waits."""
        self._is_asking = False
        form, more = self.form, len(self._session.kept.waiting) - 1
        self.setVisible(form is not None)
        if form is None:
            return
        what = f"{form.title} ({form.about})," if form.about else f"{form.title},"
        when = day_clock(form.typed_at, self._session.now())
        if form.is_saving:
            self._say(f"{what} which was being saved at {when}, was kept. Look on the board if it is there.")
        else:
            self._say(f"{what} which you were entering at {when}, was kept. It is not saved yet.")
        self.more.setText(f"and {more} more")
        self.more.setVisible(more > 0)

    def _say(self, sentence: str) -> None:
        asks = self._is_asking
        self.go_on.setText("Keep it" if asks else "Continue")
        self.throw_away.setText("Throw away for good" if asks else "Throw away")
        self.sentence.setText(sentence)
        self.setAccessibleName(sentence)
        announce(self, sentence)

    def _continue(self) -> None:
        if self._is_asking:
            self.tell()
            return
        session, form = self._session, self.form
        if form is None:
            return
        if session.live.as_of is None:
            session.say("The board is still being read. Try again in a moment.")
        elif form.opens.get("rows") == "calls" and not session.calls:
            session.go_to("reports")  # where the call list is made out of the board
            session.say("Here is the call list. Press Continue once more.")
        elif not reopen(session, form):
            from ui.dialogs.kept_text import KeptTextDialog

            KeptTextDialog(session, form, session.window).open()

    def _throw_away(self) -> None:
        form = self.form
        if form is None:
            return
        if self._is_asking:
            self._session.kept.throw_away(form)
            return
        self._is_asking = True
        self._say("What you had typed cannot be brought back then. Throw it away?")
        self.go_on.setFocus()
