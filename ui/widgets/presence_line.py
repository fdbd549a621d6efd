"""Who else has this referral open, said in the side panel and in dialogs; who may have gone is taken over."""

from PySide6.QtWidgets import QPushButton, QWidget

from console.domain.presence import Opened
from ui.session import Session
from ui.widgets.looks import IconLabel, label, line
from ui.widgets.messages import announce


class PresenceLine(QWidget):
    """Hidden while nobody else has it open; it informs and stands in nobody's way."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """About no referral yet."""
        super().__init__(parent)
        self._session, self._presence = session, session.presence
        self._referral_id: int | None = None
        self._gone: Opened | None = None
        whole = line(self, gap=8)
        self.icon = IconLabel("users", "info", 18)
        self.words = label("", "small", wraps=True)
        self.take_over = QPushButton("Take over")
        self.take_over.setAutoDefault(False)
        self.take_over.clicked.connect(self._take_over)
        whole.addWidget(self.icon)
        whole.addWidget(self.words, 1)
        whole.addWidget(self.take_over)
        self.hide()
        session.presence.changed.connect(self.tell)

    def show_referral(self, referral_id: int | None) -> None:
        """Tell about this referral from now on."""
        self._referral_id = referral_id
        self.tell()

    def tell(self) -> None:
        """Say who has it open now."""
        others = self._presence.others(self._referral_id)
        self._gone = next((one for one in others if self._presence.is_stale(one)), None)
        is_there = any(not self._presence.is_stale(one) for one in others)
        said = " ".join(self._presence.sentence(one) for one in others)
        is_news = said != self.words.text() and bool(said)
        self.words.setText(said)
        self.setAccessibleName(said)
        self.icon.show_icon("users" if is_there else "wifi-off", "info" if is_there else "mute")
        self.take_over.setVisible(self._gone is not None)
        if self._gone is not None:
            self.take_over.setAccessibleName(f"Take over from {self._gone.name}")
            self.take_over.setToolTip("Their row stops saying so; they are told when they come back.")
        self.setVisible(bool(others))
        if is_news and self.isVisible():
            announce(self, said)

    def _take_over(self) -> None:
        if self._gone is not None:
            self._presence.take_over(self._gone)
