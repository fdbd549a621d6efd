"""The bar on the left edge: one button for each workspace, and the help."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QToolButton, QWidget

from ui.actions import CommandTable
from ui.session import Session
from ui.widgets.looks import column

WIDTH = 72


class Rail(QFrame):
    """Shows the workspaces that there are; the one in front is marked by ground, bar and weight."""

    def __init__(
        self, commands: CommandTable[Session], workspaces: Sequence[str], parent: QWidget | None = None
    ) -> None:
        """A button for each command `window.<workspace>`, and one for the help at the foot."""
        super().__init__(parent)
        self.setObjectName("Rail")
        self.setFixedWidth(WIDTH)
        self._actions = {name: commands.action(f"window.{name}") for name in workspaces}
        whole = column(self, gap=4)
        whole.setContentsMargins(0, 8, 0, 8)
        for action in self._actions.values():
            action.setCheckable(True)
        self.buttons = {name: self._button(commands, f"window.{name}") for name in workspaces}
        for button in self.buttons.values():
            whole.addWidget(button)
        whole.addStretch(1)
        for command_id in ("window.theme", "window.help"):
            whole.addWidget(self._button(commands, command_id))

    def mark(self, workspace: str) -> None:
        """Mark the workspace that is in front."""
        for name, action in self._actions.items():
            action.setChecked(name == workspace)

    def _button(self, commands: CommandTable[Session], command_id: str) -> QToolButton:
        button, action = QToolButton(), commands.action(command_id)
        # What the button takes over anew whenever the action changes; a text of its own would be lost then.
        action.setIconText(_SHORT.get(command_id, action.text()))
        button.setDefaultAction(action)
        button.setIconSize(QSize(20, 20))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setFixedSize(WIDTH, 54)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setAccessibleName(commands[command_id].text)
        return button


_SHORT = {"window.theme": "Theme", "window.help": "Keys"}
