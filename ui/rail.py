"""The bar on the left edge: one button for each workspace, and the help."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QToolButton, QWidget

from ui import theme
from ui.actions import CommandTable
from ui.session import Session
from ui.widgets.looks import column, restyle

WIDTH = 72


@dataclass(frozen=True, slots=True)
class _Form:
    """How the buttons look: as large as the height of the window allows, in the end without words."""

    width: int
    high: int
    gap: int
    icon: int
    has_words: bool = True


_FORMS = (_Form(WIDTH, 54, 4, 20), _Form(WIDTH, 42, 2, 18), _Form(48, 28, 1, 18, has_words=False))
_MARGINS = 16


class Rail(QFrame):
    """Shows the workspaces that there are; the one in front is marked by ground, bar and weight."""

    def __init__(
        self, commands: CommandTable[Session], workspaces: Sequence[str], parent: QWidget | None = None
    ) -> None:
        """A button for each command `window.<workspace>`, and those of the window at the foot."""
        super().__init__(parent)
        self.setObjectName("Rail")
        self._form = _FORMS[0]
        self._actions = {name: commands.action(f"window.{name}") for name in workspaces}
        self._whole = whole = column(self)
        whole.setContentsMargins(0, _MARGINS // 2, 0, _MARGINS // 2)
        self._front = ""
        self._commands = commands
        for name, action in self._actions.items():
            action.setCheckable(True)
            action.setProperty("workspace", name)
            action.toggled.connect(self._turned)
        self.buttons = {name: self._button(commands, f"window.{name}") for name in workspaces}
        for button in self.buttons.values():
            whole.addWidget(button)
        whole.addStretch(1)
        self.sound = self._sound_button(commands)
        whole.addWidget(self.sound)
        of_window = [self._button(commands, one) for one in ("window.bar", "window.theme", "window.help")]
        for button in of_window:
            whole.addWidget(button)
        self._all = [*self.buttons.values(), self.sound, *of_window]
        self._put_on(self._form)
        self.show_sound(is_on=True)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._form.width, self._height_in(_FORMS[-1]))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low window the buttons are lower, and in a very low one they have no words."""
        super().resizeEvent(event)
        form = next((one for one in _FORMS if self._height_in(one) <= self.height()), _FORMS[-1])
        if form is not self._form:
            self._put_on(form)

    def _height_in(self, form: _Form) -> int:
        return _MARGINS + len(self._all) * (form.high + form.gap)

    def _put_on(self, form: _Form) -> None:
        self._form = form
        self._whole.setSpacing(form.gap)
        self.setFixedWidth(form.width)
        style = Qt.ToolButtonStyle
        for button in self._all:
            button.setIconSize(QSize(form.icon, form.icon))
            button.setFixedSize(form.width, form.high)
            button.setToolButtonStyle(
                style.ToolButtonTextUnderIcon if form.has_words else style.ToolButtonIconOnly
            )

    def mark(self, workspace: str) -> None:
        """Mark the workspace that is in front."""
        self._front = workspace
        for name, action in self._actions.items():
            action.setChecked(name == workspace)

    def _turned(self, is_on: bool) -> None:
        """A screen reader turns a button over instead of pressing it: that goes there too."""
        name = str(self.sender().property("workspace"))
        if is_on and name != self._front:
            self._commands.run(f"window.{name}")
        elif not is_on and name == self._front:
            self._actions[name].setChecked(True)

    def show_sound(self, *, is_on: bool) -> None:
        """Say whether alarms are heard; that they are not is seen wherever one works."""
        self.sound.setIcon(theme.icon("bell" if is_on else "bell-off", "text" if is_on else "warn"))
        self.sound.setText("Sound on" if is_on else "Sound off")
        self.sound.setAccessibleName("The sound is on" if is_on else "The sound is off: turn it on")
        restyle(self.sound, tone="" if is_on else "warn")

    def _sound_button(self, commands: CommandTable[Session]) -> QToolButton:
        """Its words say how it stands; the action behind it says what can be done."""
        action = commands.action("window.sound")
        button = QToolButton()
        button.clicked.connect(action.trigger)
        button.setToolTip(action.toolTip())
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _button(self, commands: CommandTable[Session], command_id: str) -> QToolButton:
        button, action = QToolButton(), commands.action(command_id)
        # What the button takes over anew whenever the action changes; a text of its own would be lost then.
        action.setIconText(_SHORT.get(command_id, action.text()))
        button.setDefaultAction(action)
        button.setAccessibleName(commands[command_id].text)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button


_SHORT = {
    "window.administration": "People",
    "window.bar": "Find",
    "window.theme": "Theme",
    "window.help": "Keys",
}
