"""Closing a hub for the day, once everybody is seen, taken over, rebooked or the supervisor's."""

import datetime as dt

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from console.domain.acting import Happened
from console.domain.calendar import local, local_day
from console.domain.rows import HubRow
from ui.background import carried
from ui.boards.referral_cells import name_of
from ui.dialogs.decision import Decision
from ui.session import Session
from ui.widgets.action_bar import KeyButton
from ui.widgets.looks import label

_SAFE = (
    "Everybody is seen, taken over by a named service, has a time, or is the supervisor's for the night."
    " Nobody is left at the hub."
)


class CloseHubDialog(Decision):
    """Says who still stands in the way, and closes when nobody does."""

    def __init__(self, session: Session, hub_id: int | None, parent: QWidget | None = None) -> None:
        """Ask the database, not the board, who is still open."""
        self.hub = _hub(session, hub_id)
        name = self.hub.name if self.hub else "hub"
        super().__init__(session, f"Close {name}", "", f"Close {name}", look="danger", parent=parent)
        self.setMinimumWidth(600)
        self.at = self.ask_when("When it closed")
        self.open_ones = label("Looking who is still here.", wraps=True)
        self.open_ones.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByKeyboard)
        self.hand_over = KeyButton("Hand open visits to the supervisor for the night")
        self.hand_over.clicked.connect(self._hand_over)
        self.hand_over.hide()
        self.body.insertWidget(0, self.open_ones)
        self.body.insertWidget(0, self.hand_over)
        self.body.addStretch(1)
        self.form.hide()
        self.primary.setEnabled(False)
        self._look()

    def submit(self) -> None:
        hub = self.hub
        if hub is None or not self.primary.isEnabled() or self.form.read() is None:
            return
        hubs, happened = self.session.desk.hubs, Happened(at=self.at.read())
        self.carry_out(
            lambda: hubs.close(hub.id, hub.version, happened),
            f"{hub.name} is closed {_for_day(hub, happened.at or self.session.now(), self.session.now())}.",
        )

    def _look(self) -> None:
        hub, desk = self.hub, self.session.desk
        if hub is None:
            self.show_error("Choose a hub first: Alt+1 or Alt+2 in the Hub workspace.")
            return
        self.session.background.run(
            lambda: desk.hubs.what_is_open(hub.id),
            self._tell,
            self._failed,
            refused=self._refused,
            owner=self,
        )

    def _tell(self, still_open: tuple[str, ...]) -> None:
        self.hub = _hub(self.session, self.hub.id if self.hub else None)
        self.open_ones.setText("\n\n".join(map(self._named, still_open)) or _SAFE)
        self.hand_over.setVisible(any("hand it to the supervisor" in one for one in still_open))
        self.primary.setEnabled(not still_open)
        self.form.setVisible(not still_open)
        if not still_open:
            self.form.focus_first()
        count = len(still_open)
        some = "1 patient stands" if count == 1 else f"{count} patients stand"
        self.sentence.setText(f"{some} in the way of closing:" if count else self._can_be_closed())
        self.sentence.show()
        self._fit()

    def _can_be_closed(self) -> str:
        """In the night it is said for which day: the evening that nobody closed, or the one that begins."""
        hub, now = self.hub, self.session.now()
        if hub is None or hub.opens_at is None or now >= hub.opens_at:
            return "The hub can be closed."
        day = hub.day_that_closes(now)
        is_evening = local_day(day) < local_day(now)
        stays = "Its hours of today stay." if is_evening else "It will not open today."
        return f"The hub can be closed for {local(day):%A}. {stays}"

    def _named(self, sentence: str) -> str:
        """The sentence with the patient's name before the number, as far as the board has it."""
        number = sentence.partition(" ")[0]
        rows = self.session.live.referrals.by_id.values()
        name = next((name_of(row) for row in rows if row.number == number), "")
        return f"{name}, {sentence}" if name else sentence

    def _hand_over(self) -> None:
        hub, session = self.hub, self.session
        if hub is None:
            return

        def told(count: int) -> None:
            session.say(f"{count} handed to the supervisor, who accepts each by name.", "ok")
            self._look()

        session.background.run(
            carried(lambda: session.desk.hubs.hand_all_overnight(hub.id)),
            told,
            self._failed,
            refused=self._refused,
            owner=self,
        )


def _for_day(hub: HubRow, at: dt.datetime, now: dt.datetime) -> str:
    day = hub.day_that_closes(at)
    return f"for {local(day):%A}" if local_day(day) < local_day(now) else "for the day"


def _hub(session: Session, hub_id: int | None) -> HubRow | None:
    return None if hub_id is None else session.live.hubs.by_id.get(hub_id)
