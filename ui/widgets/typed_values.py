"""What stands in the fields of a dialog, as plain values that can be kept and put back."""

import datetime as dt
from collections.abc import Iterator
from typing import Any, Protocol, TypeGuard

from PySide6.QtWidgets import QAbstractButton, QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QWidget

from ui.widgets.fields import ChoiceField, TimeField
from ui.widgets.form import Form


class KeepsItself(Protocol):
    """A part of a dialog that says itself what stands in it, because its fields come and go or mean more."""

    def kept(self) -> Any:
        """What stands in it."""

    def put_back(self, kept: Any) -> None:
        """Show what was kept."""


def typed_values(inside: QWidget) -> list[dict[str, Any]]:
    """Give every field in order: a key that the next dialog of the kind has too, its words, its value."""
    return [
        {"key": key, "words": field.accessibleName(), "value": value_of(field)}
        for key, field in _fields(inside).items()
    ]


def put_values(inside: QWidget, values: list[dict[str, Any]]) -> None:
    """Put values into the fields of the same keys; what stands there already is not touched."""
    for kept in values:
        field = _fields(inside).get(kept["key"])  # anew: a value may bring fields
        if field is not None and value_of(field) != kept["value"]:
            put_value(field, kept["value"])


def text_of(value: Any) -> str:
    """The value as a person reads it."""
    if isinstance(value, dict):
        return str(value.get("text", ""))
    if isinstance(value, list):
        return "; ".join(", ".join(str(part) for part in entry if part) for entry in value)
    if isinstance(value, bool):
        return "Yes" if value else ""
    return str(value)


def _fields(inside: QWidget) -> dict[str, QWidget]:
    found: dict[str, QWidget] = {}
    named: dict[QWidget, str] = {}
    for place, form in enumerate(inside.findChildren(Form)):
        named |= {form.field(name): f"{place}.{name}" for name in form.names()}
    counts: dict[str, int] = {}
    for field in _outermost(inside):
        kind = type(field).__name__
        counts[kind] = counts.get(kind, 0) + 1
        found[named.get(field) or f"{kind}.{counts[kind]}"] = field
    return found


_KINDS = (QLineEdit, QPlainTextEdit, QCheckBox, QComboBox)


def _outermost(part: QWidget) -> Iterator[QWidget]:
    """Every field, and nothing of what it is made of."""
    for child in part.children():
        if not isinstance(child, QWidget) or child.isWindow():
            continue
        is_field = isinstance(child, _KINDS) or _keeps_itself(child)
        if is_field:
            yield child
        else:
            yield from _outermost(child)


def _keeps_itself(field: QWidget) -> TypeGuard[KeepsItself]:
    # Asked of every part of a form at every look: a protocol that is checked as it runs takes far longer.
    return hasattr(type(field), "kept") and hasattr(type(field), "put_back")


def value_of(field: QWidget) -> Any:
    """What stands in a field; None of what is no field."""
    if _keeps_itself(field):
        return field.kept()
    if isinstance(field, TimeField):
        # "-10" means another time tomorrow: what it means now is kept.
        at = field.value()
        minute = None if at is None else at.replace(second=0, microsecond=0).isoformat()
        return {"text": field.text(), "at": minute}
    if isinstance(field, QComboBox):
        return field.currentText()
    if isinstance(field, QPlainTextEdit):
        return field.toPlainText()
    if isinstance(field, QAbstractButton):
        return field.isChecked()
    return field.text() if isinstance(field, QLineEdit) else None


def put_value(field: QWidget, value: Any) -> None:
    """Put a value into a field as if a person had typed it."""
    if _keeps_itself(field):
        field.put_back(value)
    elif isinstance(field, TimeField):
        if value["at"] is None:
            field.setText(value["text"])
        else:
            field.put(dt.datetime.fromisoformat(value["at"]))
        field.setModified(True)
    elif isinstance(field, ChoiceField):
        field.setEditText(value)
        if (meant := field.value()) is not None:
            field.put(meant)
    elif isinstance(field, QPlainTextEdit):
        field.setPlainText(value)
        field.document().setModified(True)
    elif isinstance(field, QAbstractButton):
        field.setChecked(value)
    elif isinstance(field, QLineEdit):
        field.setText(value)
        field.setModified(True)
