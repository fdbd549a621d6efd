"""The figures on top of the board, only those that somebody can act on; each leads to what it counts."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ui.boards.tally import ALL, Tally
from ui.session import Session
from ui.widgets.action_bar import KeyButton
from ui.widgets.feed_age import PaneAge
from ui.widgets.load_tile import LoadTile
from ui.widgets.looks import Card, line, rule

# Which figures ask for action as soon as they are above 0, and how gravely.
_TONES = {"triage": "bad", "overdue": "bad", "soon": "warn", "silent": "warn", "ambulance": "bad"}
_WORDS = {"triage": "Needs triage", "waiting": "Waiting", "overdue": "Overdue"}
_WITH_KEYS, _WITH_BUTTONS = 1240, 1120
_MARGIN, _GAP, _IN_FIRST_ROW = 4, 2, 5
_REFERRALS = ("triage", "overdue", "soon", "waiting", "silent", "ambulance")


class LoadStrip(Card):
    """Nine figures, and the two buttons that take somebody in."""

    filter_wanted = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Dashes until the board has been read."""
        super().__init__(margin=_MARGIN, parent=parent)
        self.setAccessibleName("Load")
        self._session = session
        self.age = PaneAge(self, session.countdown, says=False)
        self.tiles = {name: LoadTile(_WORDS.get(name, ALL[name][0])) for name in _REFERRALS}
        self.tiles["free"] = LoadTile("Free to send")
        self.tiles["reports"] = LoadTile("Reports overdue")
        self.tiles["tasks"] = LoadTile("For you")
        self._across, self._below = line(gap=_GAP), line(gap=_GAP)
        for name, tile in self.tiles.items():
            tile.setProperty("figure", name)
            tile.clicked.connect(self._clicked)
            self._across.addWidget(tile)
        self._rule = rule(upright=True)
        self._across.insertWidget(len(_REFERRALS), self._rule)
        self._across.addStretch(1)
        self._below.addStretch(1)
        self._is_split = False
        there = {command.id for command in session.commands}
        self._buttons = [
            command_button(session, command_id)
            for command_id in ("referral.new", "hub.arrive")
            if command_id in there
        ]
        for button in self._buttons:
            self._across.addWidget(button)
            self._across.addSpacing(6)
        self.body.addLayout(self._across)
        self.body.addLayout(self._below)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow the figures come before the keys of the buttons, and before the buttons."""
        super().resizeEvent(event)
        for button in self._buttons:
            button.show_key(is_shown=self.width() >= _WITH_KEYS)
            button.setVisible(self.width() >= _WITH_BUTTONS)
        self._fit()

    def _fit(self) -> None:
        """Where it is very narrow the figures stand closer, and in the end in two rows: none is cut."""
        room = self.width() - 2 * _MARGIN - len(self.tiles) * _GAP
        needed = sum(tile.wide() for tile in self.tiles.values())
        is_tight = needed > room
        for tile in self.tiles.values():
            tile.be_tight(is_tight=is_tight)
        is_split = is_tight and sum(tile.wide(is_tight=True) for tile in self.tiles.values()) > room
        if is_split is not self._is_split:
            self._is_split = is_split
            for place, tile in enumerate(self.tiles.values()):
                if place >= _IN_FIRST_ROW:
                    into = self._below if is_split else self._across
                    # In one row the rule stands before those that are no referrals.
                    into.insertWidget(
                        place - _IN_FIRST_ROW if is_split else place + (place >= len(_REFERRALS)), tile
                    )
            self._rule.setVisible(not is_split)

    def minimumSizeHint(self) -> QSize:
        """The figures alone: the buttons give way."""
        return QSize(0, super().minimumSizeHint().height())

    def show_tally(self, tally: Tally) -> None:
        """Show the figures of this moment."""
        for name in _REFERRALS:
            figure = tally.referrals[name]
            self.tiles[name].show_figure(figure, _TONES.get(name, "plain") if figure else "plain")
        people = f"{tally.free} of {tally.on_duty} on duty could go to a home visit now"
        nobody = tally.free == 0 and tally.referrals["waiting"] > 0
        self.tiles["free"].show_figure(tally.free, "warn" if nobody else "plain", people)
        owed = f"{tally.reports_late} overdue of {tally.reports_owed} that practices wait for"
        self.tiles["reports"].show_figure(tally.reports_late, "bad" if tally.reports_late else "plain", owed)

    def show_tasks(self, asked: int, urgent: int) -> None:
        """Show how much is asked of this person's role, and how gravely."""
        tone = "bad" if urgent else "plain"
        tasks = "1 task" if asked == 1 else f"{asked} tasks"
        self.tiles["tasks"].show_figure(asked, tone, f"{tasks} for your role, {urgent} urgent")

    def _clicked(self) -> None:
        name = self.sender().property("figure")
        if name == "reports" and "reports" in self._session.workspaces:
            self._session.go_to("reports", "overdue")
        else:
            self.filter_wanted.emit(name)


def command_button(session: Session, command_id: str, words: str = "") -> KeyButton:
    """A button for one command, with its key; where there is little room, with short words and no key."""
    command, action = session.commands[command_id], session.commands.action(command_id)
    button = KeyButton(words or command.text, "" if words else command.shortcut, command.look)
    button.setAccessibleName(command.text)
    button.follow(action)
    return button
