"""Closing a hub for the day, once everybody is seen, taken over, rebooked or the supervisor's."""

import datetime as dt

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from console.domain.acting import Happened
from console.domain.calendar import local, local_day
from console.domain.rows import HubRow
from ui.background import carried
from ui.boards.referral_cells import name_of
from ui.dialogs.decision import Decision
from ui.session import Session
from ui.widgets.action_bar import KeyButton
from ui.widgets.asked import focus_in
from ui.widgets.fields import ChoiceField
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
        self.day = self._ask_for_which_day()
        # What is said of the evening holds, also when the two hours before the opening begin meanwhile.
        self._is_of_evening = self.day is None and bool(self.hub and self.hub.left_open_at)
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
        self._is_told = False
        self._look()

    @property
    def is_filled(self) -> bool:
        return self._is_told or self.hub is None

    def _ask_for_which_day(self) -> ChoiceField[bool] | None:
        """Shortly before it opens one may mean the evening that nobody closed, or the day that begins."""
        hub, now = self.hub, self.session.now()
        if hub is None or hub.left_open_at is None or hub.day_that_closes(now) == hub.left_open_at:
            return None
        evening = f"{local(hub.left_open_at):%A}, which nobody closed"
        day = ChoiceField(((True, evening), (False, f"{local(now):%A}: it will not open today")))
        day.put(True)
        self.form.add("day", "For which day", day, needed="Choose the day.")
        day.currentIndexChanged.connect(self._look)
        return day

    @property
    def _of_evening(self) -> bool | None:
        """Which of the two was chosen, or the evening where only that is meant; None while it is open."""
        if self.day is None:
            return True if self._is_of_evening else None
        return self.day.value()

    def submit(self) -> None:
        hub = self.hub
        if hub is None or not self.primary.isEnabled() or self.form.read() is None:
            return
        hubs, happened, of_evening = self.session.desk.hubs, Happened(at=self.at.read()), self._of_evening
        self.carry_out(
            lambda: hubs.close(hub.id, hub.version, happened, of_evening=of_evening),
            f"{hub.name} is closed {self._for_day(happened.at or self.session.now())}.",
        )

    @Slot()
    def _look(self) -> None:
        hub, desk, of_evening = self.hub, self.session.desk, self._of_evening
        self.primary.setEnabled(False)
        if hub is None:
            self.show_error("Choose a hub first: Alt+1 or Alt+2 in the Hub workspace.")
            return

        def told(still_open: tuple[str, ...]) -> None:
            if self._of_evening == of_evening:  # else the other day was chosen meanwhile
                self._tell(still_open)

        self.session.background.run(
            lambda: desk.hubs.what_is_open(hub.id, of_evening=of_evening),
            told,
            self._failed,
            refused=self._refused,
            owner=self,
        )

    def _tell(self, still_open: tuple[str, ...]) -> None:
        self.hub = _hub(self.session, self.hub.id if self.hub else None)
        self.open_ones.setText("\n\n".join(map(self._named, still_open)) or _SAFE)
        self.hand_over.setVisible(any("hand it to the supervisor" in one for one in still_open))
        self.primary.setEnabled(not still_open)
        self.form.ask("at", wanted=not still_open)
        self.form.setVisible(not still_open or self.day is not None)
        is_choosing = self.day is not None and focus_in(self) is self.day
        if self.form.isVisible() and not is_choosing:
            self.form.focus_first()
        elif focus_in(self) in (None, self._early):
            self.open_ones.setFocus()  # to be read; a space typed for a time must press no button
        count = len(still_open)
        some = "1 patient stands" if count == 1 else f"{count} patients stand"
        self.sentence.setText(f"{some} in the way of closing:" if count else self._can_be_closed())
        self.sentence.show()
        self._fit()
        self._is_told = True
        self.filled.emit()

    def _can_be_closed(self) -> str:
        """In the night it is said for which day: the evening that nobody closed, or the one that begins."""
        hub, now = self.hub, self.session.now()
        if hub is None or hub.opens_at is None or now >= hub.opens_at:
            return "The hub can be closed."
        day = self._day(now)
        is_evening = local_day(day) < local_day(now)
        stays = "Its hours of today stay." if is_evening else "It will not open today."
        return f"The hub can be closed for {local(day):%A}. {stays}"

    def _day(self, at: dt.datetime) -> dt.datetime:
        """A moment of the day for which it is closed: the one that was chosen, else by the clock."""
        hub, of_evening = self.hub, self._of_evening
        if hub is None or of_evening is False:
            return at
        return hub.left_open_at or at if of_evening else hub.day_that_closes(at)

    def _for_day(self, at: dt.datetime) -> str:
        day = self._day(at)
        return f"for {local(day):%A}" if local_day(day) < local_day(self.session.now()) else "for the day"

    def _named(self, sentence: str) -> str:
        """The sentence with the patient's name before the number, as far as the board has it."""
        number = sentence.partition(" ")[0]
        rows = self.session.live.referrals.by_id.values()
        name = next((name_of(row) for row in rows if row.number == number), "")
        return f"{name}, {sentence}" if name else sentence

    def _hand_over(self) -> None:
        hub, session, of_evening = self.hub, self.session, self._of_evening
        if hub is None:
            return

        def told(count: int) -> None:
            session.say(f"{count} handed to the supervisor, who accepts each by name.", "ok")
            self._look()

        session.background.run(
            carried(lambda: session.desk.hubs.hand_all_overnight(hub.id, of_evening=of_evening)),
            told,
            self._failed,
            refused=self._refused,
            owner=self,
        )


def _hub(session: Session, hub_id: int | None) -> HubRow | None:
    return None if hub_id is None else session.live.hubs.by_id.get(hub_id)
