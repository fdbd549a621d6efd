"""Says what is wrong with a picture: words cut, covered or hard to read, and what is out of the window."""

from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QToolButton,
    QWidget,
)

from tests.support import cut_text
from tests.support.painted_text import Painted, contrast_of, painted
from ui.widgets.asked import screen_of

LEAST_CONTRAST = 4.5
_SLACK = 1.5
# Letters reach a little beyond the room of a line that is tight, and are still whole.
_RISES = 3
_CONTROLS = (QPushButton, QToolButton, QLineEdit, QComboBox, QPlainTextEdit)


class Found(NamedTuple):
    """What is wrong, in sentences; and the words that end in dots because there is no room for the rest."""

    faults: list[str]
    shortened: list[str]


def look(top: QWidget, picture: QImage) -> Found:
    """Look at what there is to see; `picture` is this widget, grabbed."""
    texts = painted(top)
    wrong = [*cut_text.faults(top), *_too_large(top), *_outside(top), *_cut(texts), *_overlapping(texts)]
    return Found([*wrong, *_pale(texts, picture)], [text.words for text in texts if text.words.endswith("…")])


def _pale(texts: Sequence[Painted], picture: QImage) -> Iterator[str]:
    for text in texts:
        if text.is_scrolled and not text.seen.contains(text.box.center()):
            continue  # of what is scrolled nearly out of sight a rim is seen, which nobody reads
        found = LEAST_CONTRAST if text.is_dimmed else contrast_of(text, picture)
        if found < LEAST_CONTRAST:
            yield f"'{text.words[:60]}' stands out by {found:.2f} only ({text.ink.name()})"


def _too_large(top: QWidget) -> Iterator[str]:
    room = screen_of(top).availableSize()
    if top.width() > room.width() or top.height() > room.height():
        yield f"{type(top).__name__} of {top.width()}x{top.height()} is larger than the screen"


def _outside(top: QWidget) -> Iterator[str]:
    """Controls that no hand can come to, because they are beyond the edge of what holds them."""
    for kind in _CONTROLS:
        for widget in top.findChildren(kind):
            if widget.isVisible() and not _may_scroll(widget, top):
                place = QRect(widget.mapTo(top, QPoint(0, 0)), widget.size())
                if not top.rect().adjusted(-1, -1, 1, 1).contains(place):
                    said = widget.accessibleName() or type(widget).__name__
                    yield f"'{said}' is outside of the window"


def _may_scroll(widget: QWidget, top: QWidget) -> bool:
    around = widget.parentWidget()
    while around is not None and around is not top:
        if isinstance(around.parentWidget(), QScrollArea):
            return True
        around = around.parentWidget()
    return False


def _cut(texts: Sequence[Painted]) -> Iterator[str]:
    """Words that are painted beyond the edge of their widget."""
    for text in texts:
        box, seen = text.box, text.seen
        if text.is_scrolled and not text.owner.rect().isEmpty():
            beyond = box.right() > seen.right() + _SLACK and seen.width() >= text.owner.width() - 1
        else:
            beyond = box.right() > seen.right() + _SLACK or box.left() < seen.left() - _SLACK
            beyond = beyond or box.top() < seen.top() - _RISES or box.bottom() > seen.bottom() + _RISES
        if beyond:
            yield f"'{text.words[:60]}' is cut by the edge of its {type(text.owner).__name__}"


def _overlapping(texts: Sequence[Painted]) -> Iterator[str]:
    below = sorted(texts, key=lambda text: text.box.top())
    for place, one in enumerate(below):
        for other in takewhile(lambda text: text.box.top() < one.box.bottom(), below[place + 1 :]):  # noqa: B023
            shared = one.box & other.box & one.seen & other.seen
            # What is dimmed lies behind what waits for an answer, and is no neighbour of its words.
            is_beside = one.is_dimmed is other.is_dimmed
            if is_beside and shared.width() > _SLACK and shared.height() > _SLACK:
                yield f"'{one.words[:40]}' and '{other.words[:40]}' lie over each other"
