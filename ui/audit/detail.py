"""One line of the audit: the sentence, who and where, and each value before and after."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QWidget

from console.domain import audit_values, audit_words
from console.domain.audit_rows import AuditLine, Compared, Names
from ui.audit import cells
from ui.panel.parts import NAMES_WIDE, facts, words
from ui.time_text import local
from ui.widgets.looks import Card, Pill, column, label, rule
from ui.widgets.messages import EmptyState


class AuditDetail(Card):
    """Shows the chosen line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Nothing is chosen yet."""
        super().__init__(" ", margin=14, parent=parent)
        self.setMinimumWidth(330)
        self.setAccessibleName("Chosen line of the audit")
        self.pill = Pill()
        self.head.addWidget(self.pill)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setAccessibleName("What the line holds")
        self.empty = EmptyState("history", "Choose a line to see what was there before, and what since.")
        self.body.addWidget(self.area, 1)
        self.body.addWidget(self.empty, 1)
        self.show_line(None, Names(), 0)

    def show_line(self, line: AuditLine | None, names: Names, sealed_through: int) -> None:
        """Show a line, with what its numbers stand for."""
        self.area.setVisible(line is not None)
        self.pill.setVisible(line is not None)
        self.empty.setVisible(line is None)
        self.title.setText("" if line is None else f"Line {line.id:,}")
        if line is None:
            return
        self.pill.say(*cells.kind(line)[:2])
        sheet = QWidget()
        whole = column(sheet, gap=10)
        whole.setContentsMargins(0, 0, 10, 0)
        for part in _parts(line, names, sealed_through):
            whole.addWidget(part)
        whole.addStretch(1)
        self.area.setWidget(sheet)


def _parts(line: AuditLine, names: Names, sealed_through: int) -> Iterator[QWidget]:
    yield words(audit_words.sentence(line), "heading")
    if why := audit_words.reason(line):
        yield words(f"\N{LEFT DOUBLE QUOTATION MARK}{why}\N{RIGHT DOUBLE QUOTATION MARK}")
    there = local(line.at)
    login = line.login if line.login != line.who else ""
    yield facts(
        (
            ("Patient", line.patient or ""),
            ("Referral", line.referral_number or ""),
            ("Who", line.who),
            ("Role", cells.who(line).what),
            ("Login", login),
            ("When", f"{there.day} {there:%B %Y}, {there:%H:%M:%S}"),
            ("By", "" if line.made_by in (None, "console") else f"{line.made_by}, by itself"),
            ("In database", f"{line.tbl} {line.row_id}" if line.row_id else ""),  # some are about no row
            ("Chain", "Sealed" if line.id <= sealed_through else "Not sealed yet"),
        )
    )
    values = list(audit_values.values(line, names))
    if values:
        yield rule()
        yield _compared(values)
    for op, table, _, held in audit_values.changes(line, names):
        yield rule()
        yield words(audit_words.did(op, table))
        if held:
            yield _compared(held)


def _compared(values: list[Compared]) -> QWidget:
    """What each value was and is; what did not exist before has no column for it."""
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(6)
    grid.setColumnMinimumWidth(0, NAMES_WIDE)
    is_change = any(was != audit_values.NOTHING for _, was, _ in values)
    is_left = any(now != audit_values.NOTHING for *_, now in values)
    heads = ["Value", *(["Before"] if is_change else []), *(["After"] if is_left else [])]
    for place, head in enumerate(heads):
        grid.addWidget(label(head.upper(), "capitals"), 0, place)
        grid.setColumnStretch(place, 0 if place == 0 else 1)
    for row, (name, was, now) in enumerate(values, 1):
        grid.addWidget(label(name, "small", wraps=True), row, 0, Qt.AlignmentFlag.AlignTop)
        shown = [*([was] if is_change else []), *([now] if is_left else [])]
        for place, text in enumerate(shown, 1):
            grid.addWidget(words(text), row, place, Qt.AlignmentFlag.AlignTop)
    return made
