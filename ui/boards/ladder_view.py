"""The ladder of one report: every step with what became of it, and those that are still to come."""

import datetime as dt
from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from console.domain.rows import ReportLadder
from ui.boards.ladder_words import StepWords, step_words
from ui.widgets.looks import IconLabel, column, label, line

_TIMES = 78


def ladder_parts(ladder: ReportLadder, now: dt.datetime) -> Iterator[QWidget]:
    """A heading and one line for each step."""
    yield label("Ladder", "heading")
    steps = list(step_words(ladder, now))
    if not steps:
        yield label("Nothing chases this report, and nothing is to come.", "mute", wraps=True)
        return
    if not any(step.is_past for step in steps):
        yield label("Nothing has come due yet.", "mute")
    was_past = True
    for step in steps:
        if was_past and not step.is_past:
            yield label("To come, as things stand now", "capitals")
        was_past = step.is_past
        yield _line(step)


def _line(step: StepWords) -> QWidget:
    made = QWidget()
    made.setAccessibleName(f"{step.at}, {step.what}: {step.below}")
    across = line(made, gap=8)
    at = label(step.at, "count", tone="" if step.is_past else "mute")
    at.setFixedWidth(_TIMES)
    across.addWidget(IconLabel(step.icon, step.tone, 16), 0, Qt.AlignmentFlag.AlignTop)
    across.addWidget(at, 0, Qt.AlignmentFlag.AlignTop)
    words = column(gap=1)
    words.addWidget(label(step.what, "label" if step.is_past else "", wraps=True))
    words.addWidget(label(step.below, "small", wraps=True))
    across.addLayout(words, 1)
    return made
