"""The line above the tables: a first-priority patient waits while somebody is free. It sends nobody."""

from PySide6.QtWidgets import QFrame, QWidget

from console.domain.permissions import Deed
from console.domain.rows import ReferralRow
from console.planning.near import due_words
from console.planning.offers import Offer
from ui.boards.cells import priority_words
from ui.boards.referral_cells import name_of
from ui.session import Session
from ui.time_text import clock
from ui.widgets.action_bar import KeyButton
from ui.widgets.looks import IconLabel, label, line
from ui.widgets.messages import announce

COMMAND = "visit.send_now"


class SendNowBar(QFrame):
    """Names the most urgent patient, or the chosen one, with who could go; one key opens the decision."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Hidden while nobody waits whom somebody could go to."""
        super().__init__(parent)
        self.setObjectName("Warning")
        self.setProperty("tone", "warn")
        self._session = session
        self._announced: set[int] = set()
        whole = line(self, gap=10)
        whole.setContentsMargins(12, 3, 4, 3)
        self.sentence = label("", "label", wraps=True)
        self.more = label("", "small")
        self.button = KeyButton("Send now", session.commands[COMMAND].shortcut, "primary")
        self.button.follow(session.commands.action(COMMAND))
        whole.addWidget(IconLabel("user-plus", "warn", 18))
        whole.addWidget(self.sentence, 1)
        whole.addWidget(self.more)
        whole.addWidget(self.button)
        self.hide()
        session.offers.changed.connect(self.tell)
        session.chosen.connect(self.tell)

    def tell(self) -> None:
        """Show the offer of this moment, and announce a patient who is new among them."""
        session = self._session
        offers = session.offers.now if session.may(Deed.ALLOCATE) else ()
        best = session.offers.best if offers else None
        row = None if best is None else session.live.referrals.by_id.get(best.referral_id)
        self.setVisible(best is not None and row is not None)
        if best is None or row is None:
            self._announced.clear()
            return
        said = f"Send now: {spoken(row, best)}"
        self.sentence.setText(said)
        self.setAccessibleName(said)
        others = len(offers) - 1
        self.more.setText(f"and {others} more" if others else "")
        self.more.setVisible(bool(others))
        self._announce(said, {one.referral_id for one in offers})

    def _announce(self, said: str, waiting: set[int]) -> None:
        if waiting - self._announced:
            announce(self, said)
        self._announced = waiting


def spoken(row: ReferralRow, offer: Offer) -> str:
    """Who waits where, who is free, about how long they take, and by when it must be."""
    parts = [f"{priority_words(row.priority)} {name_of(row)}", row.area]
    if offer.minutes is not None and offer.there_at is not None:
        way = f"{offer.name} is free, about {offer.minutes} min"
        return " · ".join(filter(None, (*parts, way, due_words(offer.there_at, row.due_at))))
    if offer.practitioner_id is not None:
        parts.append(f"{offer.name} is free, their place is not known")
    else:
        parts.append(f"{offer.free} could go, where they are is not known")
    if row.due_at is not None:
        parts.append(f"due {clock(row.due_at)}")
    return " · ".join(part for part in parts if part)


def badge(offer: Offer) -> str:
    """The offer in the few words that a row has room for."""
    if offer.practitioner_id is None:
        return f"{offer.free} are free"
    return (
        f"{offer.name}, about {offer.minutes} min" if offer.minutes is not None else f"{offer.name} is free"
    )
