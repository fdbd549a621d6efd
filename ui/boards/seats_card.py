"""Who sees whom at a hub: everyone on duty there, with the patient they are with."""

import datetime as dt
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from console.domain.rows import PractitionerRow, QueueRow
from console.domain.words import Availability, QueueStatus
from ui.boards.calm import Calm
from ui.boards.cells import Column, Kind, PillText, TwoLines
from ui.boards.delegates import RowDelegate
from ui.boards.hub_load import HubLoad, is_shift_over
from ui.boards.keyed_table import KeyedTableModel
from ui.boards.live_view import LiveView
from ui.boards.load_strip import command_button
from ui.boards.referral_cells import name_of
from ui.session import Session
from ui.time_text import clock, duration
from ui.widgets.looks import Card


@dataclass(frozen=True, slots=True)
class Seat:
    """One who sees patients here, and the patient who is with them."""

    who: PractitionerRow
    patient: QueueRow | None

    @property
    def id(self) -> int:
        """The practitioner's id."""
        return self.who.id


def who(seat: Seat) -> TwoLines:
    """Name and profession."""
    return TwoLines(seat.who.name, "", seat.who.profession.label)


def doing(seat: Seat, now: dt.datetime) -> TwoLines:
    """The patient and for how long, or until when the seat is there."""
    if seat.patient is not None:
        since = seat.patient.being_seen_at or now
        return TwoLines(name_of(seat.patient), "", f"for {duration((now - since).total_seconds())}")
    ends = seat.who.shift_ends_at
    if ends is None:
        return TwoLines("", "", "")
    return TwoLines(
        "", "", f"shift ended {clock(ends)}" if is_shift_over(seat.who, now) else f"until {clock(ends)}"
    )


def state(seat: Seat, now: dt.datetime) -> PillText:
    """Free, or what they do; nobody whose shift is over is free."""
    doing_now = seat.who.availability
    if doing_now is Availability.FREE and is_shift_over(seat.who, now):
        return PillText("Ended", "plain")
    word = "Busy" if doing_now is Availability.AT_HUB else doing_now.label
    return PillText(word, "ok" if doing_now is Availability.FREE else "info")


class SeatsCard(Card):
    """Everyone who sees patients here; choosing one with a patient chooses the patient."""

    chose = Signal(object, object)  # practitioner id, queue entry id

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Empty until the board has been read."""
        super().__init__("Who sees whom", margin=12, parent=parent)
        columns = (
            Column[Seat]("who", "Practitioner", Kind.TWO_LINES, who, 158, stretches=1),
            Column[Seat]("state", "Now", Kind.PILL, lambda seat: state(seat, session.now()), 84),
            Column[Seat](
                "patient",
                "Patient",
                Kind.TWO_LINES,
                lambda seat: doing(seat, session.now()),
                122,
                stretches=1,
            ),
        )
        self.model: KeyedTableModel[Seat] = KeyedTableModel(
            columns,
            key=lambda seat: seat.id,
            order=lambda seat: (seat.patient is None, seat.who.name),
            now=session.now,
            parent=self,
        )
        self.view: LiveView[Seat] = LiveView(self.model, RowDelegate(self.model), session.countdown)
        self.view.setAccessibleName("Who sees whom")
        self.view.horizontalHeader().hide()
        self.empty = Calm()
        self.empty.hide()
        self.body.addWidget(self.view, 1)
        self.body.addWidget(self.empty, 1)
        if any(command.id == "practitioner.shift" for command in session.commands):
            shift = command_button(session, "practitioner.shift", "Shift")
            self.head.addWidget(shift)
        self.view.selected.connect(self._choose)

    def show_load(self, load: HubLoad) -> None:
        """Show the seats of this hub."""
        seen = {row.practitioner_id: row for row in load.entries if row.status is QueueStatus.BEING_SEEN}
        self.model.reset(Seat(one, seen.get(one.id)) for one in load.seats)
        self.say_aside(f"{load.free_seats} free of {len(load.working)}" if load.working else "")
        self.view.setVisible(bool(load.seats))
        self.empty.setVisible(not load.seats)
        self.empty.say("users", "Nobody on duty sees patients here. Record a shift at this hub.")

    def _choose(self, practitioner_id: int | None) -> None:
        seat = None if practitioner_id is None else self.model.row(practitioner_id)
        self.chose.emit(practitioner_id, seat.patient.id if seat and seat.patient else None)
