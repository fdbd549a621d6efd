"""Markers as they must be read: kind, words, whose they are, and who has read them for this referral."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from console.domain.rows import MarkerRow
from ui.time_text import clock, day
from ui.widgets.looks import Card, IconLabel, column, empty_layout, label, line


class MarkerList(QFrame):
    """Every marker with all of its words, never elided."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty."""
        super().__init__(parent)
        self._markers: tuple[MarkerRow, ...] = ()
        self._rows = column(self, gap=10)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Markers")

    def show_markers(self, markers: Sequence[MarkerRow]) -> None:
        """Show these."""
        self._markers = tuple(markers)
        empty_layout(self._rows)
        for marker in markers:
            self._rows.addWidget(_line(marker))
        self._rows.addStretch(1)
        self.setVisible(bool(markers))
        self.setAccessibleDescription(". ".join(f"{one.kind.label}: {one.words}" for one in markers))

    @property
    def is_unread(self) -> bool:
        """Whether somebody has still to acknowledge one."""
        return bool(self.unread_ids)

    @property
    def unread_ids(self) -> tuple[int, ...]:
        """The ids of those that nobody has acknowledged for this referral."""
        return tuple(one.id for one in self._markers if one.acknowledged_by is None)


def _line(marker: MarkerRow) -> Card:
    is_unread = marker.acknowledged_by is None
    card = Card(margin=12)
    row = line(gap=12)
    row.addWidget(IconLabel("shield-alert", "warn", 20), 0, Qt.AlignmentFlag.AlignTop)
    words = column(gap=2)
    about = "about the place" if marker.on_place else "about the patient"
    words.addWidget(label(f"{marker.kind.label}, {about}", "label", tone="warn"))
    words.addWidget(label(marker.words, wraps=True))
    read = "Nobody has acknowledged it for this referral."
    if not is_unread and marker.acknowledged_at is not None:
        read = f"Read by {marker.acknowledged_by} at {clock(marker.acknowledged_at)}."
    whose = f"Added by {marker.owner}, to be reviewed on {day(marker.review_on)}. {read}"
    words.addWidget(label(whose, "small", wraps=True))
    words.addStretch(1)
    row.addLayout(words, 1)
    card.body.addLayout(row)
    return card
