"""The practitioners beside the board: who is free, what the others do, and how old their position is."""

import datetime as dt

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from console.domain.permissions import Deed
from console.domain.rows import PractitionerRow, ReferralRow
from console.domain.words import Availability
from ui.boards.cells import Column, Kind, PillText, TwoLines
from ui.boards.delegates import RowDelegate
from ui.boards.following import follow
from ui.boards.keyed_table import KeyedTableModel
from ui.boards.live_view import LiveView
from ui.boards.load_strip import command_button
from ui.boards.referrals import HEAD
from ui.session import Session
from ui.time_text import clock, duration
from ui.widgets.feed_age import PaneAge
from ui.widgets.looks import Card, line
from ui.widgets.messages import EmptyState

_TONES = {
    Availability.FREE: "ok",
    Availability.ALLOCATED: "warn",
    Availability.ACKNOWLEDGED: "info",
    Availability.EN_ROUTE: "info",
    Availability.ON_SCENE: "info",
    Availability.AT_HUB: "info",
}
_SHORT = {Availability.AT_HUB: "With patient"}
_ORDER = {one: place for place, one in enumerate(Availability)}
_COMMANDS = {
    "practitioner.shift": ("Shift on or off", Deed.RECORD_SHIFT),
    "practitioner.position": ("Position", Deed.RECORD_POSITION),
    "practitioner.divert": ("Divert", Deed.DIVERT_PRACTITIONER),
}
_FAR = dt.datetime.max.replace(tzinfo=dt.UTC)


def order(row: PractitionerRow) -> tuple[int, int, dt.datetime]:
    """Free first; then by what they do, by how much waits for them, by who ends last."""
    return _ORDER[row.availability], row.waiting_visits, row.shift_ends_at or _FAR


def doing(row: PractitionerRow, referral: ReferralRow | None) -> PillText:
    """What they do, for whom, and how many more wait for them."""
    below = row.placement.label if row.placement else ""
    if row.referral_number is not None:
        more = f" +{row.waiting_visits}" if row.waiting_visits else ""
        below = f"{referral.family_name.upper() if referral else row.referral_number}{more}"
    return PillText(
        _SHORT.get(row.availability, row.availability.label), _TONES.get(row.availability, "plain"), below
    )


def who(row: PractitionerRow) -> TwoLines:
    """Their name, profession, and from where they work."""
    place = "remote" if row.is_remote else row.hub or "no hub"
    profession = row.profession.label.replace("practitioner", "pract.")
    return TwoLines(row.name, "", f"{profession} · {place}")


def times(row: PractitionerRow, now: dt.datetime) -> TwoLines:
    """Until when they work, and how old their position is."""
    position = "no position" if row.position_at is None else _ago(row.position_at, now)
    if row.on_at is None and row.shift_starts_at is not None and row.shift_starts_at > now:
        return TwoLines(f"from {clock(row.shift_starts_at)}", "", position)
    return TwoLines(f"until {clock(row.shift_ends_at)}" if row.shift_ends_at else "no shift", "", position)


def _ago(at: dt.datetime, now: dt.datetime) -> str:
    seconds = (now - at).total_seconds()
    return "just now" if seconds < 60 else f"{duration(seconds)} ago"


def columns(session: Session) -> tuple[Column[PractitionerRow], ...]:
    """Who, what, and times."""

    def what(row: PractitionerRow) -> PillText:
        about = row.referral_id
        return doing(row, None if about is None else session.live.referrals.by_id.get(about))

    def until(row: PractitionerRow) -> TwoLines:
        return times(row, session.now())

    return (
        Column("who", "Practitioner", Kind.TWO_LINES, who, 150, stretches=True),
        Column("doing", "Now", Kind.PILL, what, 130),
        Column("times", "Until · seen", Kind.TWO_LINES, until, 108),
    )


class PractitionersPane(Card):
    """Everyone who works now or soon."""

    chose = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Empty until the board has been read."""
        super().__init__("Practitioners", margin=12, parent=parent)
        self.setMinimumWidth(380)
        self.title.setMinimumHeight(HEAD)
        self._session = session
        self.model: KeyedTableModel[PractitionerRow] = KeyedTableModel(
            columns(session), key=lambda row: row.id, order=order, now=session.now, parent=self
        )
        delegate: RowDelegate[PractitionerRow] = RowDelegate(self.model)
        self.view: LiveView[PractitionerRow] = LiveView(self.model, delegate, session.countdown)
        self.view.setAccessibleName("Practitioners")
        self.age = PaneAge(self.view, session.countdown)
        self.empty = EmptyState("users", "Nobody is on shift. Record a shift to be able to send somebody.")
        self.empty.hide()
        self.body.addWidget(self.view, 1)
        self.body.addWidget(self.empty, 1)
        foot = line(gap=8)
        foot.addStretch(1)
        there = {command.id for command in session.commands}
        for command_id, (words, deed) in _COMMANDS.items():
            if command_id in there and session.may(deed):
                foot.addWidget(command_button(session, command_id, words))
        self.body.addLayout(foot)
        self.view.selected.connect(self.chose)
        follow(session.live.practitioners, self.model)

    def tell(self) -> None:
        """Say how many are free."""
        rows = self.model.rows()
        free = sum(row.availability is Availability.FREE for row in rows)
        self.say_aside(f"{free} free of {len(rows)}" if rows else "")
        self.view.setVisible(bool(rows))
        self.empty.setVisible(not rows and self._session.live.as_of is not None)
