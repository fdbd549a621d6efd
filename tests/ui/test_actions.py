"""The table of commands: one key each, enabled by what is chosen, listed for help."""

from dataclasses import dataclass, field, replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.actions import Command, CommandTable, HelpLine
from ui.widgets.action_bar import ActionBar, KeyButton

pytestmark = pytest.mark.usefixtures("qapp")


@dataclass
class Desk:
    """A context: what is chosen, and what was done."""

    chosen: bool = False
    done: list[str] = field(default_factory=list)


def command(command_id: str, shortcut: str) -> Command[Desk]:
    """A command that needs something chosen."""
    return Command(
        command_id,
        command_id.title(),
        shortcut,
        "send",
        lambda desk: "" if desk.chosen else "Choose a referral first.",
        lambda desk: desk.done.append(command_id),
    )


def test_that_a_key_runs_its_command_only_when_it_is_enabled(qtbot: QtBot) -> None:
    desk, window = Desk(), QWidget()
    qtbot.addWidget(window)
    table = CommandTable([command("allocate", "F3")], lambda: desk, window)
    window.addActions(table.actions())
    table.refresh()
    table.action("allocate").trigger()
    assert not table.action("allocate").isEnabled()
    desk.chosen = True
    table.refresh()
    table.action("allocate").trigger()
    assert desk.done == ["allocate"]


def test_that_a_command_is_asked_again_at_the_moment_it_is_run(qtbot: QtBot) -> None:
    desk = Desk(chosen=True)
    table = CommandTable([command("allocate", "F3")], lambda: desk)
    table.refresh()
    desk.chosen = False
    with qtbot.waitSignal(table.refused) as refused:
        assert not table.run("allocate")
    assert refused.args == ["Choose a referral first."]
    assert desk.done == []


def test_that_a_key_says_why_it_cannot_be_used_and_its_button_says_the_same(qtbot: QtBot) -> None:
    desk, window = Desk(), QWidget()
    qtbot.addWidget(window)
    table = CommandTable([command("allocate", "F3")], lambda: desk, window)
    window.addActions(table.actions())
    table.refresh()
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    with qtbot.waitSignal(table.refused) as refused:
        QTest.keyClick(window, Qt.Key.Key_F3)
    assert refused.args == ["Choose a referral first."]
    assert table.action("allocate").toolTip() == "Allocate (F3)\nChoose a referral first."
    desk.chosen = True
    table.refresh()
    with qtbot.assertNotEmitted(table.refused):
        QTest.keyClick(window, Qt.Key.Key_F3)
    assert desk.done == ["allocate"]
    assert table.action("allocate").toolTip() == table.hint("allocate") == "Allocate (F3)"


def test_that_one_key_for_two_commands_is_refused_however_it_is_written() -> None:
    with pytest.raises(ValueError, match="key of both allocate and divert"):
        CommandTable([command("allocate", "Ctrl+Shift+D"), command("divert", "shift+ctrl+d")], Desk)


def test_that_one_id_for_two_commands_is_refused() -> None:
    with pytest.raises(ValueError, match="declared twice"):
        CommandTable([command("allocate", "F3"), command("allocate", "F4")], Desk)


def test_that_what_is_no_key_is_refused() -> None:
    with pytest.raises(ValueError, match="is no key"):
        CommandTable([command("allocate", "Foo+Bar")], Desk)


def test_that_help_lists_every_command_with_its_key() -> None:
    table = CommandTable([command("allocate", "Ctrl+Return"), command("divert", "")], Desk)
    assert table.help() == [HelpLine("General", "Allocate", "Ctrl+Enter"), HelpLine("General", "Divert", "")]


def test_that_of_the_commands_of_a_row_one_alone_stands_out_as_the_next_step(qtbot: QtBot) -> None:
    looks = {"sent": "primary", "write": "primary", "worse": "danger", "undo": "danger"}
    keys = zip(looks, ("F3", "F4", "F5", "F6"), strict=True)
    commands = [replace(command(name, key), look=looks[name]) for name, key in keys]
    bar = ActionBar(CommandTable(commands, Desk))
    qtbot.addWidget(bar)
    bar.show_commands("MARSH, Ivy", tuple(looks))
    shown = [button.property("look") for button in bar.findChildren(KeyButton)]
    assert shown == ["primary", "", "danger", "danger"]
