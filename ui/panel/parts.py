"""The building stones of the side panel: sections, facts, warnings, and lines with a time."""

import datetime as dt
from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from ui.time_text import day_clock
from ui.widgets.looks import IconLabel, column, label, line, rule


def words(text: str, look: str = "", *, tone: str = "") -> QLabel:
    """Text that wraps and can be copied."""
    made = label(text, look, tone=tone, wraps=True)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


def section(title: str, widgets: Iterable[QWidget]) -> QWidget | None:
    """A heading in capitals over what belongs to it; None when there is nothing."""
    inside = list(widgets)
    if not inside:
        return None
    made = QWidget()
    made.setAccessibleName(title)
    whole = column(made, gap=6)
    whole.addWidget(rule())
    whole.addSpacing(4)
    whole.addWidget(label(title.upper(), "capitals"))
    for widget in inside:
        whole.addWidget(widget)
    return made


NAMES_WIDE = 82  # pixels: sheets of facts below each other begin their values at one line


def facts(pairs: Iterable[tuple[str, str]]) -> QWidget:
    """Names on the left, values on the right; a value that is empty is left out."""
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(5)
    grid.setColumnMinimumWidth(0, NAMES_WIDE)
    grid.setColumnStretch(1, 1)
    told = [(name, value) for name, value in pairs if value]
    for number, (name, value) in enumerate(told):
        grid.addWidget(label(name, "small"), number, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(words(value), number, 1)
    return made


def warning(icon: str, sentence: str, tone: str, below: str = "") -> QWidget:
    """One thing that must not be missed, on its ground, with an icon and words."""
    made = QFrame()
    made.setObjectName("Warning")
    made.setProperty("tone", tone)
    across = line(made, gap=10)
    across.setContentsMargins(10, 7, 10, 7)
    across.addWidget(IconLabel(icon, tone, 18), 0, Qt.AlignmentFlag.AlignTop)
    text = column(gap=2)
    text.addWidget(words(sentence, "label"))
    if below:
        text.addWidget(words(below, "small"))
    across.addLayout(text, 1)
    made.setAccessibleName(f"{sentence} {below}".strip())
    return made


def timed(at: dt.datetime, now: dt.datetime, sentence: str, *asides: str) -> QWidget:
    """What happened, with its time on the left and who and how below."""
    made = QWidget()
    across = line(made, gap=10)
    time = label(day_clock(at, now), "label")
    time.setFixedWidth(78)
    across.addWidget(time, 0, Qt.AlignmentFlag.AlignTop)
    text = column(gap=1)
    text.addWidget(words(sentence))
    aside = " · ".join(one for one in asides if one)
    if aside:
        text.addWidget(words(aside, "small"))
    across.addLayout(text, 1)
    return made
