"""Finds text that has less room than it needs, and texts that lie over each other."""

from collections.abc import Iterator
from itertools import combinations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QToolButton,
    QWidget,
)

from ui.boards.keyed_table import KeyedTableModel
from ui.widgets.action_bar import KeyButton
from ui.widgets.elided import ElidedLabel
from ui.widgets.scrolled import Scrolled

# Letters are measured in fractions of a pixel, and rooms in whole ones.
_SLACK = 1
_BUTTONS = (QPushButton, QToolButton, QCheckBox, QRadioButton)


def faults(top: QWidget) -> Iterator[str]:
    """Say of each visible text below this widget that is cut, or covered, what is wrong with it."""
    for widget in (top, *top.findChildren(QWidget)):
        if not widget.isVisible():
            continue
        wanted = _too_small(widget)
        if wanted:
            yield f"{_name(widget)} {wanted}"
        elif _has_text(widget) and (hidden := _hidden_by(widget, top)):
            yield f"{_name(widget)} is cut off by {type(hidden).__name__}"
    yield from _overlapping(top)
    for scrolled in top.findChildren(Scrolled):
        beyond = scrolled.horizontalScrollBar().maximum()
        if scrolled.isVisible() and beyond:
            yield f"{type(scrolled.widget()).__name__} must be scrolled across by {beyond}"


def _has_text(widget: QWidget) -> bool:
    return isinstance(widget, (QLabel, QAbstractButton, QLineEdit)) and bool(_words(widget).strip())


def _words(widget: QWidget) -> str:
    if isinstance(widget, QLineEdit):
        return widget.text() or widget.placeholderText()
    if isinstance(widget, KeyButton) or _is_icon(widget):  # its words are labels, or not shown
        return ""
    return widget.text() if isinstance(widget, (QLabel, QAbstractButton)) else ""


def _is_icon(widget: QWidget) -> bool:
    only = Qt.ToolButtonStyle.ToolButtonIconOnly
    return isinstance(widget, QToolButton) and widget.toolButtonStyle() is only and not widget.icon().isNull()


def _name(widget: QWidget) -> str:
    return f"{type(widget).__name__} {_words(widget)[:60]!r}"


def _too_small(widget: QWidget) -> str:
    """What room is missing, in words; empty when there is enough."""
    if isinstance(widget, ElidedLabel):  # says the rest in a tooltip
        return ""
    if isinstance(widget, QLabel):
        return _label(widget) if widget.text() else ""
    if isinstance(widget, _BUTTONS) and widget.text() and not _is_icon(widget):
        return _missing(widget, widget.sizeHint().width(), widget.sizeHint().height())
    if isinstance(widget, QHeaderView):
        return _head(widget)
    if isinstance(widget, QLineEdit) and not widget.text():
        wanted = widget.fontMetrics().horizontalAdvance(widget.placeholderText())
        return _missing(widget, wanted + widget.width() - _inner(widget), 0)
    return ""


def _inner(field: QLineEdit) -> int:
    """How wide the text of a field may be: without padding, icons and the drop-down of a choice."""
    margins = field.textMargins()
    around = 0 if isinstance(field.parent(), QComboBox) else 20
    actions = 22 * len([one for one in field.actions() if one.isVisible()])
    return field.width() - around - actions - margins.left() - margins.right()


def _label(label: QLabel) -> str:
    if not label.wordWrap():
        return _missing(label, label.sizeHint().width(), label.sizeHint().height())
    longest = max(label.fontMetrics().horizontalAdvance(word) for word in label.text().split() or [""])
    return _missing(label, longest, label.heightForWidth(label.width()))


def _head(head: QHeaderView) -> str:
    if head.orientation() is not Qt.Orientation.Horizontal or not isinstance(head.model(), KeyedTableModel):
        return ""
    for place in range(head.count()):
        text = str(head.model().headerData(place, Qt.Orientation.Horizontal) or "")
        wanted = head.fontMetrics().horizontalAdvance(text) + 12
        if not head.isSectionHidden(place) and text and wanted > head.sectionSize(place) + _SLACK:
            return f"needs {wanted} for {text!r}, has {head.sectionSize(place)}"
    return ""


def _missing(widget: QWidget, width: int, height: int) -> str:
    if width > widget.width() + _SLACK:
        return f"needs a width of {width}, has {widget.width()}"
    if height > widget.height() + _SLACK:
        return f"needs a height of {height}, has {widget.height()}"
    return ""


def _hidden_by(widget: QWidget, top: QWidget) -> QWidget | None:
    """The first around it that does not hold it whole; what scrolls may hide what it likes."""
    around = widget.parentWidget()
    while around is not None and widget is not top:
        if isinstance(around.parentWidget(), QScrollArea):
            return None
        place = QRect(widget.mapTo(around, QPoint(0, 0)), widget.size())
        if not around.rect().adjusted(-_SLACK, -_SLACK, _SLACK, _SLACK).contains(place):
            return around
        if around is top or around.isWindow():
            return None
        around = around.parentWidget()
    return None


def _overlapping(top: QWidget) -> Iterator[str]:
    """Texts that stand beside each other in one widget and share pixels."""
    for around in (top, *top.findChildren(QWidget)):
        beside = [
            child
            for child in around.children()
            if isinstance(child, QWidget) and child.isVisible() and _has_text(child) and not child.isWindow()
        ]
        for one, other in combinations(beside, 2):
            shared = one.geometry() & other.geometry()
            if shared.width() > _SLACK and shared.height() > _SLACK:
                yield f"{_name(one)} lies over {_name(other)}"
