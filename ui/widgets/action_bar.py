"""Buttons that show the keys of their commands."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QWidget

from ui.actions import CommandTable, key_text
from ui.widgets.elided import ElidedLabel
from ui.widgets.looks import empty_layout, label, line
from ui.widgets.ringed import RingedButton

_GAP = 8
# Of the name, so much stays whatever buttons there are; only the first ones may cut it to that: those of the
# next step, of "worse" and of 999.
_LEAST = 150
_MUST_FIT = 3


class KeyButton(RingedButton):
    """A button with the key of its command in a small cap; look is primary, danger or nothing."""

    def __init__(self, text: str, shortcut: str = "", look: str = "", parent: QWidget | None = None) -> None:
        """The key is only shown here; the action or dialog listens to it."""
        super().__init__(parent)
        self.setProperty("look", look)
        self._inside = line(self, gap=9)
        self._inside.setContentsMargins(14, 0, 10 if shortcut else 14, 0)
        self._words = label(text)
        self._cap = label(key_text(shortcut), "keycap")
        self._inside.addStretch(1)
        for part in (self._words, self._cap):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            self._inside.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        self._inside.addStretch(1)
        if not shortcut:
            self._cap.hide()
        self._action: QAction | None = None
        self.setAccessibleName(text)
        self.setAccessibleDescription(key_text(shortcut))

    def say(self, text: str, shortcut: str = "") -> None:
        """Show other words, and another key when one is given."""
        self._words.setText(text)
        self.setAccessibleName(text)
        if shortcut:
            self._cap.setText(key_text(shortcut))
            self.setAccessibleDescription(key_text(shortcut))
        self.updateGeometry()

    def follow(self, action: QAction) -> None:
        """Do what the action does, and be usable when it is."""
        self._action = action
        self.clicked.connect(action.trigger)
        action.changed.connect(self._as_action)
        self._as_action()

    def allow(self, hint: str, *, is_allowed: bool) -> None:
        """Be usable or not; the tooltip and a screen reader say what the hint says."""
        self.setEnabled(is_allowed)
        self.setToolTip(hint)
        self.setAccessibleDescription(hint)

    def _as_action(self) -> None:
        if self._action is not None:
            self.allow(self._action.toolTip(), is_allowed=self._action.isEnabled())

    def show_key(self, *, is_shown: bool) -> None:
        """Leave the key out where there is no room for it; it works all the same."""
        self._cap.setVisible(is_shown and bool(self._cap.text()))
        self._inside.setContentsMargins(14, 0, 14 if self._cap.isHidden() else 10, 0)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        inside = self._inside.sizeHint()
        return QSize(inside.width(), max(inside.height() + 8, 34))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class ActionBar(QWidget):
    """The commands that fit what is chosen, each with its key, and in words what is chosen.

    Buttons for which there is no room are left out from the last on; their keys work all the same. Where it
    `shows_all`, the buttons do without their keys first.
    """

    def __init__(
        self,
        table: CommandTable[Any],
        after: QWidget | None = None,
        parent: QWidget | None = None,
        *,
        shows_all: bool = False,
    ) -> None:
        """Empty until commands are shown; Tab comes to them after the widget `after`."""
        super().__init__(parent)
        self._shows_all = shows_all
        self._table, self._after = table, after
        self._shown: tuple[str, ...] = ()
        whole = line(self, gap=12)
        self._chosen = ElidedLabel(look="heading")
        whole.addWidget(self._chosen, 1)
        self._buttons = line(gap=_GAP)
        whole.addLayout(self._buttons)

    def show_commands(self, chosen: str, command_ids: Sequence[str]) -> None:
        """Say what is chosen and show the buttons of these commands, in this order."""
        self._chosen.setText(chosen)
        if tuple(command_ids) != self._shown:
            self._shown = tuple(command_ids)
            empty_layout(self._buttons)
            before = self._after
            looks = [self._table[command_id].look for command_id in command_ids]
            for place, command_id in enumerate(command_ids):
                # One step is the next one: a second of its look would make neither stand out.
                look = "" if looks[place] == "primary" in looks[:place] else looks[place]
                button = self._button(command_id, look)
                self._buttons.addWidget(button)
                if before is not None:
                    # New buttons would be the last that Tab comes to in the whole window.
                    QWidget.setTabOrder(before, button)
                before = button
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(_LEAST, 34)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many buttons as there is room for."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        items = (self._buttons.itemAt(place) for place in range(self._buttons.count()))
        buttons = [one for item in items if item and isinstance(one := item.widget(), KeyButton)]
        name, taken = self._chosen.sizeHint().width(), 0
        if self._shows_all:
            for button in buttons:
                button.show_key(is_shown=True)
            all_of_them = sum(button.sizeHint().width() + _GAP for button in buttons)
            has_room = self.width() - all_of_them >= min(name, _LEAST)
            for button in buttons:
                button.show_key(is_shown=has_room)
        must_fit = len(buttons) if self._shows_all else _MUST_FIT
        for place, button in enumerate(buttons):
            taken += button.sizeHint().width() + _GAP
            left = self.width() - taken
            button.setVisible(place == 0 or left >= (min(name, _LEAST) if place < must_fit else name))

    def _button(self, command_id: str, look: str) -> KeyButton:
        command, action = self._table[command_id], self._table.action(command_id)
        button = KeyButton(command.words, command.shortcut, look)
        button.setAccessibleName(command.text)
        button.follow(action)
        return button
