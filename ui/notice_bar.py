"""The line at the foot of the window: what was done, refused or went wrong, and the undo."""

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton, QWidget

from console.domain.rows import StepRow
from ui.background import FAULT, Failure
from ui.session import Session
from ui.widgets.messages import Notice

_STAYS_MS = 20_000


class NoticeBar(Notice):
    """Hears what the session says; good news leaves by itself, bad news stays until it is dismissed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Hidden until somebody works here."""
        super().__init__(parent)
        self._details = ""
        self._is_of_choice = False  # says why a command cannot be used on what is chosen now
        self._leaving = QTimer(self, singleShot=True, interval=_STAYS_MS)
        self._leaving.timeout.connect(self.dismiss)
        self.undo.setText("Undo (Ctrl+Z)")
        self.copy = QPushButton("Copy details")
        self.copy.setProperty("look", "quiet")
        self.copy.clicked.connect(self._copy)
        self.copy.hide()
        whole = self.layout()
        if whole is not None:
            whole.addWidget(self.copy)
            whole.addWidget(self.close_button)
        self._session: Session | None = None
        self.step: StepRow | None = None

    def attend(self, session: Session) -> None:
        """Hear what this session says."""
        self._session = session
        session.said.connect(self.tell)
        # After the session, which says it: what is shown then is about what is chosen.
        session.commands.refused.connect(self._hold_to_choice)
        session.chosen.connect(self._choose_other)
        session.kept.said.connect(self.tell)
        session.done_with.connect(self._tell_done)
        session.fault.connect(self.tell_fault)

    def leave(self) -> None:
        """Forget the session that ends."""
        self._session = self.step = None
        self.dismiss()

    def tell(self, sentence: str, tone: str = "info") -> None:
        """Show a sentence without an undo."""
        self._show(sentence, tone, None)

    def tell_fault(self, failure: Failure) -> None:
        """Show that the program is at fault; the details can be copied for the administrator."""
        self._show(FAULT, "bad", None)
        self._details = failure.details
        self.setToolTip(failure.details)
        self.copy.show()

    def take_back(self) -> None:
        """Undo the step that the notice offers, else ask for this person's newest one."""
        session = self._session
        if session is None:
            return
        if self.step is not None:
            self._undo_step_of(session, self.step)
            return

        def found(step: StepRow | None) -> None:
            if step is None:
                session.say("There is no step of yours from the last 10 minutes that can be undone.")
            else:
                self._undo_step_of(session, step)

        session.background.run(
            session.desk.last_undoable, found, session.failed, refused=session.refused, owner=session
        )

    def dismiss(self) -> None:
        self._leaving.stop()
        self.step = None
        self._is_of_choice = False
        self.copy.hide()
        self.setToolTip("")
        super().dismiss()

    def _tell_done(self, sentence: str, step: object) -> None:
        if not isinstance(step, StepRow):
            self._show(sentence, "ok", None)
        elif self.isVisible() and self.sentence.text() == sentence:
            self.step = step
            self.offer(self.take_back)

    @Slot()
    def _hold_to_choice(self) -> None:
        self._is_of_choice = True

    @Slot()
    def _choose_other(self) -> None:
        """What a key could not do with one row says nothing of the next."""
        if self._is_of_choice:
            self.dismiss()

    def _show(self, sentence: str, tone: str, step: StepRow | None) -> None:
        self._is_of_choice = False
        self.copy.hide()
        self.setToolTip("")
        self.step = step
        self.say(sentence, tone, None if step is None else self.take_back)
        if tone in ("info", "ok"):
            self._leaving.start()
        else:
            self._leaving.stop()

    def _undo(self) -> None:
        # The notice of the kit dismisses first, and with that would forget the step.
        self.take_back()

    def _undo_step_of(self, session: Session, step: StepRow) -> None:
        self.dismiss()
        session.perform(
            lambda: session.desk.undo(step.id), then=lambda _: session.say(f"Undone: {step.words}", "ok")
        )

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._details)
