"""What a command is, and the one table that turns commands into actions, keys and help."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup, QKeySequence

from ui import theme

Context = TypeVar("Context")
LOCK_KEY = "Alt+Q"
"""Locks the window; dialogs, which keep all other keys of the window from it, answer it too."""


@dataclass(frozen=True)
class Command(Generic[Context]):
    """One thing a person can do; `text` is a verb phrase, `shortcut` as written on the key.

    `why_not` gives why it cannot be used now, in a sentence that says what to do; nothing when it can.
    """

    id: str
    text: str
    shortcut: str
    icon: str
    why_not: Callable[[Context], str]
    run: Callable[[Context], None]
    group: str = "General"
    look: str = ""  # primary or danger, for its button
    short: str = ""  # for its button, where the whole text would push others out

    @property
    def words(self) -> str:
        """What its button says."""
        return self.short or self.text


@dataclass(frozen=True, slots=True)
class HelpLine:
    """One command as the help lists it."""

    group: str
    text: str
    key: str


class CommandTable(QObject, Generic[Context]):
    """Every command of a window, with its action; an id or a key that is given twice is refused."""

    refused = Signal(str)  # why the command that somebody asked for cannot be used now

    def __init__(
        self,
        commands: Iterable[Command[Context]],
        context: Callable[[], Context],
        parent: QObject | None = None,
    ) -> None:
        """Build the actions once; `context` is asked anew whenever a command is run or refreshed."""
        super().__init__(parent)
        self._context = context
        self._commands = {command.id: command for command in self._checked(commands)}
        self._group = QActionGroup(self)
        self._group.setExclusionPolicy(QActionGroup.ExclusionPolicy.None_)
        self._group.triggered.connect(self._triggered)
        self._actions = {command.id: self._built(command) for command in self._commands.values()}
        # Qt takes the key from an action that is disabled. Each has a double that is enabled whenever it is
        # not and answers the same key: with the reason.
        self._doubles = {command.id: self._double(command) for command in self if command.shortcut}

    def __iter__(self) -> Iterator[Command[Context]]:
        """The commands in the order in which they were declared."""
        return iter(self._commands.values())

    def __getitem__(self, command_id: str) -> Command[Context]:
        """The command of that id."""
        return self._commands[command_id]

    def action(self, command_id: str) -> QAction:
        """The action of a command, for a menu or a button: its icon is drawn now, as few of them are seen."""
        action, icon = self._actions[command_id], self._commands[command_id].icon
        if icon and action.icon().isNull():
            action.setIcon(theme.icon(icon))
        return action

    def actions(self) -> list[QAction]:
        """All actions, to be added to the window so that their keys work or say why they do not."""
        return [*self._actions.values(), *self._doubles.values()]

    def why_not(self, command_id: str) -> str:
        """Why the command cannot be used now; nothing when it can."""
        return self._commands[command_id].why_not(self._context())

    def is_enabled(self, command_id: str) -> bool:
        """Whether the command can be run now."""
        return not self.why_not(command_id)

    def hint(self, command_id: str) -> str:
        """What a button tells of its command: text, key and, where it cannot be used now, why."""
        return _hint(self._commands[command_id], self.why_not(command_id))

    def run(self, command_id: str) -> bool:
        """Run a command, or say why not; asked at this moment, not when its button was last painted."""
        command, context = self._commands[command_id], self._context()
        if reason := command.why_not(context):
            self.refused.emit(reason)
            return False
        command.run(context)
        return True

    def refresh(self) -> None:
        """Enable and disable every action for the present context."""
        context = self._context()
        for command in self:
            self._allow(command, command.why_not(context))

    def help(self) -> list[HelpLine]:
        """Every command with its key, in order of declaration."""
        return help_lines(self)

    def retint(self) -> None:
        """Draw the icons anew after the theme has changed."""
        for command in self:
            if not self._actions[command.id].icon().isNull():
                self._actions[command.id].setIcon(theme.icon(command.icon))

    @Slot(QAction)
    def _triggered(self, action: QAction) -> None:
        self.run(action.data())

    def _allow(self, command: Command[Context], reason: str) -> None:
        """Enable the action, or its double; a tooltip says what the key would."""
        action = self._actions[command.id]
        action.setEnabled(not reason)
        action.setToolTip(_hint(command, reason))
        if command.id in self._doubles:
            self._doubles[command.id].setEnabled(bool(reason))

    def _double(self, command: Command[Context]) -> QAction:
        double = self._keyed(command)
        double.setEnabled(False)
        double.setAutoRepeat(False)  # said once, however long the key is held
        return double

    def _keyed(self, command: Command[Context]) -> QAction:
        action = QAction(command.text, self._group)
        action.setData(command.id)
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        if command.shortcut:
            action.setShortcut(QKeySequence(command.shortcut))
        return action

    def _built(self, command: Command[Context]) -> QAction:
        action = self._keyed(command)
        action.setToolTip(_hint(command))
        return action

    @staticmethod
    def _checked(commands: Iterable[Command[Context]]) -> list[Command[Context]]:
        by_id: dict[str, str] = {}
        by_key: dict[str, str] = {}
        listed = list(commands)
        for command in listed:
            key = key_text(command.shortcut)
            if command.id in by_id:
                raise ValueError(f"The command {command.id} is declared twice.")
            if command.shortcut and not key:
                raise ValueError(f"{command.shortcut} of {command.id} is no key.")
            if key and key in by_key:
                raise ValueError(f"{key} is the key of both {by_key[key]} and {command.id}.")
            by_id[command.id] = key
            by_key[key] = command.id
        return listed


def help_lines(commands: Iterable[Command[Any]]) -> list[HelpLine]:
    """Commands as the help and the key card list them."""
    return [HelpLine(command.group, command.text, key_text(command.shortcut)) for command in commands]


def _hint(command: Command[Context], reason: str = "") -> str:
    named = f"{command.text} ({key_text(command.shortcut)})" if command.shortcut else command.text
    return f"{named}\n{reason}" if reason else named


@lru_cache(maxsize=512)
def key_text(shortcut: str) -> str:
    """The key as it is written on a key cap; Enter and Return are told apart by Qt but not by people."""
    written = QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.PortableText)
    return written.replace("Return", "Enter")
