"""Two people edited the same: both values of each field, and the choice between them before it is saved."""

import datetime as dt
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QLabel, QRadioButton, QWidget

from console.domain.merging import Conflict, Difference
from ui.dialogs.base import DecisionDialog
from ui.dialogs.conflict_words import LABELS, text
from ui.time_text import day_clock
from ui.widgets.action_bar import KeyButton
from ui.widgets.asked import screen_of
from ui.widgets.looks import Card, column, label, line

MINE, THEIRS = 0, 1
_SENTENCE = "Nothing is lost and nothing is saved yet. Choose for each field which value stays."
_READ = "What you did not touch is taken over into your form. Read it there, then go on."
_UNCHOSEN = "Choose for every field: the arrow keys choose, Tab goes on."
_WIDTH = 760


class ConflictDialog(DecisionDialog):
    """Opened over the form; Escape leads back to it with everything that was typed."""

    chosen = Signal(frozenset)  # the names of the fields in which the others' value stays

    def __init__(self, parent: QWidget, conflict: Conflict, now: dt.datetime) -> None:
        """One block for each field that must be chosen, and what was taken over below."""
        names = _names((*conflict.asked, *conflict.taken))
        title = f"{names} changed this too" if names else "Changed meanwhile"
        sentence, primary = (_SENTENCE, "Save my choice") if conflict.asked else (_READ, "Take over")
        super().__init__(parent, title, sentence, primary)
        self.setMinimumWidth(min(_WIDTH, screen_of(self).availableGeometry().width() - 40))
        self.cancel.say("Back to my form")
        self._now = now
        self.choices: dict[str, Choice] = {}
        if len(conflict.asked) > 1:
            self.body.addLayout(self._all_at_once())
        for one in conflict.asked:
            self.choices[one.name] = choice = Choice(one, now)
            self.body.addWidget(choice)
        if conflict.taken:
            self.body.addWidget(self._taken(conflict.taken, is_alone=not conflict.asked))

    def submit(self) -> None:
        for choice in self.choices.values():
            if choice.value is None:
                self.show_error(_UNCHOSEN)
                choice.mine.setFocus(Qt.FocusReason.TabFocusReason)
                return
        self.accept()
        theirs = (name for name, choice in self.choices.items() if choice.value == THEIRS)
        self.chosen.emit(frozenset(theirs))

    def _choose_all(self, value: int, *_: object) -> None:
        """Choose the same for every field; single ones can be chosen otherwise then."""
        for choice in self.choices.values():
            choice.choose(value)

    def _all_at_once(self) -> QHBoxLayout:
        row = line(gap=8)
        for value, words, key in ((MINE, "Mine for all", "Alt+1"), (THEIRS, "Theirs for all", "Alt+2")):
            button = KeyButton(words, key)
            button.setAutoDefault(False)
            button.clicked.connect(partial(self._choose_all, value))
            QShortcut(QKeySequence(key), self).activated.connect(partial(self._choose_all, value))
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _taken(self, taken: Sequence[Difference], *, is_alone: bool) -> QWidget:
        card = Card("Changed meanwhile" if is_alone else "Also changed meanwhile", margin=12)
        for one in taken:
            by = f"{one.by}, {day_clock(one.at, self._now)}"
            words = f"{LABELS[one.name]}: {text(one.name, one.theirs, self._now)} ({by})"
            card.body.addWidget(label(words, wraps=True))
        return card


class Choice(Card):
    """One field: what it was, and the two values side by side."""

    def __init__(self, one: Difference, now: dt.datetime) -> None:
        """Nothing is chosen: neither value is safe to take unasked."""
        super().__init__(LABELS[one.name], margin=12)
        self.setAccessibleName(LABELS[one.name])
        was = text(one.name, one.before, now)
        self.body.addWidget(label(f"It was: {was}", "small", wraps=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        self._group = QButtonGroup(self)
        self.mine = self._side(grid, MINE, "Mine", text(one.name, one.mine, now))
        said = f"{one.by}, {day_clock(one.at, now)}"
        self.theirs = self._side(grid, THEIRS, said, text(one.name, one.theirs, now))
        self.body.addLayout(grid)

    def _side(self, grid: QGridLayout, place: int, who: str, value: str) -> QRadioButton:
        button, words = QRadioButton(who), _value(value)
        button.setAccessibleName(f"{who}: {value}")
        words.setBuddy(button)
        self._group.addButton(button, place)
        side = QWidget()
        stack = column(side, gap=4)
        stack.addWidget(button)
        stack.addWidget(words)
        stack.addStretch(1)
        grid.addWidget(side, 0, place)
        grid.setColumnStretch(place, 1)
        return button

    @property
    def value(self) -> int | None:
        """Which of both is chosen."""
        chosen = self._group.checkedId()
        return None if chosen < 0 else chosen

    def choose(self, value: int) -> None:
        """Choose one of both."""
        self._group.button(value).setChecked(True)


def _value(words: str) -> QLabel:
    made = label(words, wraps=True)
    made.setIndent(24)
    return made


def _names(differences: Sequence[Difference]) -> str:
    names = list(dict.fromkeys(one.by for one in differences))
    return " and ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else "".join(names)
