"""The side panel: one referral, opened and followed."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.session import Session
from ui.widgets.looks import Card


class RecordPanel(Card):
    """Shows the opened referral beside the workspace."""

    closed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Closed."""
        super().__init__(margin=0, parent=parent)
        self._session = session
        self.setFixedWidth(420)

    def open(self, referral_id: int) -> None:
        """Open a referral."""

    def leave(self) -> None:
        """Let go of the session."""
