"""Capacity until a hub closes: who cannot be seen, and near closing who stands in the way of closing."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.boards.calm import Calm
from ui.boards.cells import Column, Kind, TwoLines
from ui.boards.delegates import RowDelegate
from ui.boards.hub_cells import group, waited
from ui.boards.hub_load import HubLoad, InTheWay, in_the_way
from ui.boards.hub_opening import safe_arrival
from ui.boards.keyed_table import KeyedTableModel
from ui.boards.live_view import LiveView
from ui.boards.load_strip import command_button
from ui.boards.referral_cells import name_of
from ui.session import Session
from ui.time_text import clock, duration
from ui.widgets.looks import Card, Pill, label, restyle


class ClosingCard(Card):
    """What is left until closing; `chose` names the referral and, if there is one, the queue entry."""

    chose = Signal(int, object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Empty until the board has been read."""
        super().__init__("Until closing", margin=12, parent=parent)
        self._session = session
        self.pill = Pill()
        self.head.addWidget(self.pill)
        self.facts = label("", "small", wraps=True)
        self.heading = label("", "label")
        self.model: KeyedTableModel[InTheWay] = KeyedTableModel(
            (
                Column[InTheWay](
                    "who", "Patient", Kind.TWO_LINES, lambda one: TwoLines(one.name, "", one.why), 200,
                    stretches=1,
                ),
            ),
            key=lambda one: one.referral_id,
            order=lambda one: one.place,
            now=session.now,
            parent=self,
        )  # fmt: skip
        self.view: LiveView[InTheWay] = LiveView(self.model, RowDelegate(self.model), session.countdown)
        self.view.horizontalHeader().hide()
        self.view.setAccessibleName("Who stands in the way of closing")
        self.empty = Calm()
        self.body.addWidget(self.facts)
        self.body.addWidget(self.heading)
        self.body.addWidget(self.view, 1)
        self.body.addWidget(self.empty, 1)
        self.close_button = command_button(session, "hub.close")
        self.open_button = command_button(session, "hub.open")
        for button in (self.close_button, self.open_button):
            self.body.addWidget(button)
        self.view.selected.connect(self._choose)
        self.view.opened.connect(session.open_record)

    def show_load(self, load: HubLoad) -> None:
        """Show what is left of this hub's day."""
        live = self._session.live
        closing = load.is_closing
        has_day = load.closes_at is not None and not load.hub.is_closed_down
        self.title.setText("Closing" if closing else "Until closing" if has_day else "Closed")
        self._show_pill(load)
        self.facts.setText(_facts(load))
        self.facts.setVisible(has_day)  # of a hub that is closed they say nothing, and take its words' place
        if closing:
            rows = in_the_way(load, live.referrals.by_id.values(), live.tasks.by_id.values())
            heading = f"{len(rows)} in the way of closing"
            said = "Everybody is seen, taken over, has a time or is the supervisor's: the hub can be closed."
        else:
            rows = tuple(
                InTheWay(
                    n,
                    name_of(row),
                    f"{group(row, load.now)} · {waited(row, load.now)}",
                    row.referral_id,
                    row.id,
                )
                for n, row in enumerate(load.cannot_be_seen)
            )
            closes = clock(load.closes_at) if load.closes_at else "closing"
            heading = f"{len(rows)} cannot be seen before {closes}"
            said = f"Everybody who is here can be seen before {closes}."
            if load.is_yet_to_open and load.hub.opens_at is not None:
                said = f"The hub opens at {clock(load.hub.opens_at)}. Then it is known who can be seen today."
        self._show_rows(load, rows, heading, said)

    def _show_rows(self, load: HubLoad, rows: tuple[InTheWay, ...], heading: str, said: str) -> None:
        has_day = load.closes_at is not None and not load.hub.is_closed_down
        self.model.reset(rows)
        self.heading.setText(heading)
        restyle(self.heading, tone="bad" if rows else "")
        self.heading.setVisible(bool(rows) and has_day)
        self.view.setVisible(bool(rows) and has_day)
        self.empty.setVisible(not rows or not has_day)
        self.empty.say("circle-check" if has_day else "lock", said if has_day else _closed(load))
        self.close_button.setVisible(load.is_closing)
        self.open_button.setVisible(load.hub.is_closed_down)

    def _show_pill(self, load: HubLoad) -> None:
        if load.is_closing and load.closes_at is not None:
            over = load.now >= load.closes_at
            self.pill.say(
                "Past closing" if over else f"Closes {clock(load.closes_at)}", "bad" if over else "warn"
            )
        elif load.is_open and load.hub.closes_at is not None:
            left = (load.hub.closes_at - load.now).total_seconds()
            self.pill.say(f"{duration(left)} left", "plain")
        elif load.hub.is_closed_down or load.hub.closes_at is None:
            self.pill.say("For today", "plain")
        else:
            self.pill.say("Closed", "plain")

    def _choose(self, referral_id: int | None) -> None:
        one = None if referral_id is None else self.model.row(referral_id)
        if one is not None:
            self.chose.emit(one.referral_id, one.entry_id)


def _facts(load: HubLoad) -> str:
    seats = len(load.working)
    people = (
        "Nobody sees patients here"
        if seats == 0
        else f"{seats} see patients here"
        if seats > 1
        else "1 sees patients here"
    )
    parts = [people]
    if load.last_safe_arrival_at is not None:
        parts.append(safe_arrival(load))
    if load.booked_today:
        parts.append(f"{len(load.booked_today)} still booked today")
    return " · ".join(parts)


def _closed(load: HubLoad) -> str:
    if load.hub.is_closed_down:
        return "The hub is closed for the day. New arrivals go to the supervisor."
    return "The hub does not open today."
