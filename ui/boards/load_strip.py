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
_REFERRALS = ("triage", "overdue", "soon", "waiting", "silent", "ambulance")


class LoadStrip(Card):
    """Nine figures, and the two buttons that take somebody in."""

    filter_wanted = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Dashes until the board has been read."""
        super().__init__(margin=4, parent=parent)
        self.setAccessibleName("Load")
        self._session = session
        self.age = PaneAge(self, session.countdown, says=False)
        self.tiles = {name: LoadTile(_WORDS.get(name, ALL[name][0])) for name in _REFERRALS}
        self.tiles["free"] = LoadTile("Free to send")
        self.tiles["reports"] = LoadTile("Reports overdue")
        self.tiles["tasks"] = LoadTile("For you")
        across = line(gap=2)
        for name, tile in self.tiles.items():
            if name == "free":
                across.addWidget(rule(upright=True))
            tile.setProperty("figure", name)
            tile.clicked.connect(self._clicked)
            across.addWidget(tile)
        across.addStretch(1)
        there = {command.id for command in session.commands}
        self._buttons = [
            command_button(session, command_id)
            for command_id in ("referral.new", "hub.arrive")
            if command_id in there
        ]
        for button in self._buttons:
            across.addWidget(button)
            across.addSpacing(6)
        self.body.addLayout(across)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow the figures come before the keys of the buttons, and before the buttons."""
        super().resizeEvent(event)
        for button in self._buttons:
            button.show_key(is_shown=self.width() >= _WITH_KEYS)
            button.setVisible(self.width() >= _WITH_BUTTONS)

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
        self.tiles["tasks"].show_figure(asked, tone, f"{asked} tasks for your role, {urgent} of them urgent")

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
