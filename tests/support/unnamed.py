"""Finds what a screen reader could only call "button" or "text": every control must say what it is."""

from collections.abc import Iterator

from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QWidget

_Role = QAccessible.Role
# What must have a name whether or not the keyboard comes to it; besides, whatever the keyboard comes to.
_CONTROLS = frozenset(
    {
        _Role.Button,
        _Role.CheckBox,
        _Role.RadioButton,
        _Role.ComboBox,
        _Role.EditableText,
        _Role.SpinBox,
        _Role.Slider,
        _Role.MenuItem,
        _Role.PageTab,
        _Role.Link,
        _Role.List,
        _Role.ListItem,
        _Role.Table,
        _Role.Cell,
        _Role.ColumnHeader,
        _Role.Dialog,
        _Role.Window,
    }
)
# A long table says the same of its thousandth row as of its hundredth.
_MOST_CHILDREN = 300


def unnamed(top: QWidget) -> Iterator[str]:
    """Say of each control below this widget that has no name what it is and where it stands."""
    interface = QAccessible.queryAccessibleInterface(top)
    assert interface is not None
    yield from _below(interface, "")


def _below(interface: QAccessibleInterface, where: str) -> Iterator[str]:
    if not interface.isValid() or interface.state().invisible:
        return
    name = interface.text(QAccessible.Text.Name).strip()
    role = interface.role()
    if not name and (role in _CONTROLS or interface.state().focusable):
        thing = type(interface.object()).__name__ if interface.object() is not None else "part"
        yield f"{role.name} without a name: a {thing} in {where or 'the window'}"
    for number in range(min(interface.childCount(), _MOST_CHILDREN)):
        child = interface.child(number)
        if child is not None:
            yield from _below(child, name or where)
