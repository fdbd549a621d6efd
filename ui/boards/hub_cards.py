"""A card for each hub: what waits in which stream, who is next, what is unsafe, until when it opens."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.domain.words import QueueStatus, Stream
from ui.boards.hub_load import HubLoad, is_over, load_of, next_to_call, runs_out_at
from ui.boards.hub_opening import safe_arrival, standing
from ui.boards.referral_cells import name_of
from ui.session import Session
from ui.time_text import due_text, duration
from ui.widgets.elided import ElidedLabel
from ui.widgets.feed_age import PaneAge
from ui.widgets.looks import Pill, column, empty_layout, label, line, restyle
from ui.widgets.press_area import PressArea

_SHORT = {
    Stream.PARAMEDIC_PRACTITIONER: "Practitioner",
    Stream.GP_NEEDED: "GP",
    Stream.TELEPHONE: "Telephone",
    Stream.COMMUNITY_NURSING: "Nursing",
    Stream.EMERGENCY_DEPARTMENT: "ED / SDEC",
}


class HubCards(QWidget):
    """The cards side by side, one for each hub of this person; `looked_at` names the one with keys."""

    looked_at = Signal(int)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Empty until the board has been read."""
        super().__init__(parent)
        self._session = session
        self._line = line(self, gap=10)
        self.age = PaneAge(self, session.countdown, says=False)
        self.cards: dict[int, HubCard] = {}

    def tell(self) -> None:
        """Show every hub as it is now."""
        live = self._session.live
        hubs = sorted(live.hubs.by_id.values(), key=lambda hub: hub.id)
        if [hub.id for hub in hubs] != list(self.cards):
            empty_layout(self._line)
            self.cards = {hub.id: HubCard() for hub in hubs}
            for hub_id, card in self.cards.items():
                card.setProperty("hub", hub_id)
                card.clicked.connect(self._open)
                card.entered.connect(self._look)
                self._line.addWidget(card, 1)
        for hub in hubs:
            self.cards[hub.id].show_load(load_of(live, hub, self._session.now(), self._session.clocks))

    def choose(self, hub_id: int | None) -> None:
        """Mark the card of the hub that was pointed at on the map."""
        for card_id, card in self.cards.items():
            restyle(card, chosen=card_id == hub_id)

    def _look(self) -> None:
        self.looked_at.emit(self.sender().property("hub"))

    def _open(self) -> None:
        card = self.sender()
        if "hub" in self._session.workspaces:
            self._session.show_row("hub", "hub", card.property("hub"))


class HubCard(PressArea):
    """One hub; a press goes to it."""

    entered = Signal()  # by the keyboard

    def __init__(self, parent: QWidget | None = None) -> None:
        """Nothing is known yet."""
        super().__init__(parent)
        # A button is never narrower than it wishes; here long sentences give way.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        whole = column(self, gap=10, margin=10)
        self._name = label("", "heading")
        self._state = Pill()
        self._until = label("", "small")
        head = line(gap=10)
        head.addWidget(self._name)
        head.addStretch(1)
        head.addWidget(self._until)
        head.addWidget(self._state)
        whole.addLayout(head)
        self._waiting = ElidedLabel()
        self._next = ElidedLabel()
        self._streams = line(gap=6)
        inner = column(gap=5)
        counts = line(gap=10)
        counts.addWidget(self._waiting, 1)
        counts.addLayout(self._streams)
        inner.addLayout(counts)
        inner.addWidget(self._next)
        whole.addLayout(inner)
        self.shown_streams: tuple[tuple[str, str], ...] = ()

    def show_load(self, load: HubLoad) -> None:
        """Show the hub at this moment."""
        self._name.setText(load.hub.name)
        self._show_opening(load)
        self._show_waiting(load)
        self._show_streams(load)
        self._show_next(load)
        words = (
            load.hub.name,
            self._state.text(),
            self._until.text(),
            self._waiting.text(),
            self._next.text(),
        )
        self.setAccessibleName(", ".join(word for word in words if word))

    def _show_opening(self, load: HubLoad) -> None:
        word, tone, until = standing(load)
        if word in ("Open", "Full"):
            until = f"{until} · {safe_arrival(load)}"
        self._state.say(word, tone)
        self._until.setText(until)

    def _show_waiting(self, load: HubLoad) -> None:
        here, wait = load.here, load.longest_wait
        seen = sum(row.status is QueueStatus.BEING_SEEN for row in load.entries)
        booked = sum(row.status is QueueStatus.BOOKED for row in load.entries)
        over = sum(is_over(row, load.now) for row in here)
        parts = [f"{len(here)} waiting" if here else "Nobody waiting"]
        if over:
            parts.append(f"{over} over time")
        if wait is not None:
            parts.append(f"longest {duration(wait.total_seconds())}")
        parts += [
            f"{number} {words}" for number, words in ((seen, "being seen"), (booked, "booked")) if number
        ]
        self._waiting.setText(" · ".join(parts))
        restyle(self._waiting, look="label" if here else "mute", tone="bad" if over else "")

    def _show_streams(self, load: HubLoad) -> None:
        # Who came at a time that was given has a stream from before, and is streamed anew all the same.
        streamed = [row for row in load.here if row.status is not QueueStatus.ARRIVED]
        counts = {stream: sum(row.stream is stream for row in streamed) for stream in Stream}
        unstreamed = len(load.unstreamed)
        shown = [(f"Not streamed {unstreamed}", "bad")] if unstreamed else []
        shown += [
            (f"{_SHORT.get(one, one.label)} {number}", "plain") for one, number in counts.items() if number
        ]
        if tuple(shown) == self.shown_streams:
            return
        self.shown_streams = tuple(shown)
        empty_layout(self._streams)
        for words, tone in shown[:4]:
            self._streams.addWidget(Pill(words, tone))
        if len(shown) > 4:
            self._streams.addWidget(label(f"+{len(shown) - 4}", "small"))

    def _show_next(self, load: HubLoad) -> None:
        """Who is streamed or called next; who is called already is on the way in."""
        row = next(iter(load.unstreamed), None) or next_to_call(load, None)
        if row is None:
            self._next.setText("")
            return
        due = runs_out_at(row)
        is_new = row.status is QueueStatus.ARRIVED
        doing = "to be streamed" if is_new or row.stream is None else row.stream.label
        self._next.setText(
            f"Next: {name_of(row)} · {doing}" + (f" · {due_text(due, load.now)}" if due else "")
        )

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()
