"""The practitioners who could be sent, as a list: who is allowed first, the others greyed with the reason."""

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from console.domain.identifiers import format_phone
from console.domain.rows import CandidateRow, PractitionerRow
from console.domain.words import Availability
from ui import theme
from ui.boards import painting
from ui.boards.cells import PillText
from ui.boards.delegates import focus_ring
from ui.boards.painting import face
from ui.time_text import age, clock
from ui.widgets.reader_choice import ReaderChoice

_TONES = {Availability.FREE: "ok", Availability.OFF_DUTY: "plain"}
_LINE, _PAD, _PILL_ROOM = 18, 12, 140
Index = QModelIndex | QPersistentModelIndex


class Candidates(QAbstractListModel):
    """Candidates in the order of the rule; `narrow` keeps those in whom every typed word occurs."""

    def __init__(self, now: dt.datetime, parent: QWidget) -> None:
        """Empty; `now` is when positions are aged."""
        super().__init__(parent)
        self.now = now
        self.everybody: tuple[CandidateRow, ...] = ()
        self.shown: tuple[CandidateRow, ...] = ()
        self._words: list[str] = []

    def take(self, rows: Sequence[CandidateRow]) -> None:
        """Show these."""
        self.everybody = tuple(rows)
        self._select()

    def narrow(self, text: str) -> None:
        """Show only those whom the text means."""
        self._words = text.lower().split()
        self._select()

    @property
    def hidden(self) -> int:
        """How many the text leaves out."""
        return len(self.everybody) - len(self.shown)

    def _select(self) -> None:
        self.beginResetModel()
        self.shown = tuple(one for one in self.everybody if all(word in _spoken(one) for word in self._words))
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        one = self.shown[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return one.practitioner.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(one, self.now)
        return None


def about(row: PractitionerRow, now: dt.datetime) -> str:
    """Where from, until when, how old the position is, and the number to ring."""
    parts = [
        row.hub or "",
        f"until {clock(row.shift_ends_at)}" if row.shift_ends_at else "",
        f"position {age(row.position_at, now)}" if row.position_at else "no position",
        format_phone(row.phone) if row.phone else "",
    ]
    return " · ".join(part for part in parts if part)


def spoken(one: CandidateRow, now: dt.datetime) -> str:
    """The candidate as one would say it; whether they can be sent comes first."""
    row = one.practitioner
    can = row.availability.label.lower() if one.is_allowed else "cannot be sent"
    told = (words for words, _ in below(one))
    said = (row.name, can, row.profession.label, about(row, now), *told)
    return ", ".join(part.replace(" · ", ", ").rstrip(".") for part in said)


def below(one: CandidateRow) -> tuple[tuple[str, str], ...]:
    """Why not; for somebody who may be sent, how near they are and what to know; each with its tone."""
    if one.reasons:
        return tuple((reason, "bad") for reason in one.reasons)
    return (*_nearness(one), *((note, "warn") for note in one.notes))


def _nearness(one: CandidateRow) -> tuple[tuple[str, str], ...]:
    near = one.near
    if near is None:
        return ()
    place = "" if near.rank is None else f"{near.rank}. "
    return ((place + " · ".join(near.words), "mute" if near.rank is None else "text"),)


def _spoken(one: CandidateRow) -> str:
    row = one.practitioner
    return f"{row.name} {row.profession.label} {row.employer.label} {row.hub or ''}".lower()


class _Paints(QStyledItemDelegate):
    """Name and profession, then where and until when, then each reason or note on a line of its own."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, 2 * _LINE + len(below(_at(index))) * _LINE + 14)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        one, look, box = _at(index), theme.current(), QRect(option.rect)
        state: QStyle.StateFlag = option.state
        is_chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(box, look.colour("selection" if is_chosen else "card"))
        painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), look.colour("line"))
        if is_chosen:
            painter.fillRect(QRect(box.left(), box.top(), 4, box.height()), look.colour("brand"))
        self._write(painter, box.adjusted(_PAD, 6, -_PAD, -7), one, index)
        if is_chosen and state & QStyle.StateFlag.State_HasFocus:
            focus_ring(painter, box)
        painter.restore()

    def _write(self, painter: QPainter, box: QRect, one: CandidateRow, index: Index) -> None:
        look, row, allowed = theme.current(), one.practitioner, one.is_allowed
        ink, mute = look.colour("text" if allowed else "mute"), look.colour("mute")
        left, wide, middle = box.left(), box.width() - _PILL_ROOM, box.top() + _LINE // 2
        taken = round(painting.write(painter, left, middle, wide, row.name, ink=ink, used=face(13, 600))) + 8
        what = f"{row.profession.label} · {row.employer.label}"
        painting.write(painter, left + taken, middle, wide - taken, what, ink=mute, used=face(12))
        words = PillText(row.availability.label, _TONES.get(row.availability, "info") if allowed else "plain")
        long = round(painting.laid(words.text, _PILL_ROOM - 18, face(12, 600)).width) + 18
        ground = f"{words.tone}_ground"
        painting.pill(painter, box.right() - long, middle, _PILL_ROOM, words, ground=ground)
        middle += _LINE
        model = index.model()
        now = model.now if isinstance(model, Candidates) else dt.datetime.now(dt.UTC)
        painting.write(painter, left, middle, wide, about(row, now), ink=mute, used=face(12))
        for sentence, tone in below(one):
            middle += _LINE
            shown = face(12, 600) if tone == "text" else face(12)
            painting.write(painter, left, middle, box.width(), sentence, ink=look.colour(tone), used=shown)


def _at(index: Index) -> CandidateRow:
    model = index.model()
    assert isinstance(model, Candidates)  # noqa: S101 - the delegate is used by this list alone
    return model.shown[index.row()]


class CandidateList(QListView):
    """The list itself; `chosen` is whom the selection means."""

    def __init__(self, model: Candidates) -> None:
        """Show the model; nobody is chosen until a person chooses."""
        super().__init__()
        self.setObjectName("Candidates")
        self._candidates = model
        self.setModel(model)
        self._paints = _Paints(self)
        self.setItemDelegate(self._paints)
        ReaderChoice(self)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName("Who could be sent")
        self.setMinimumHeight(232)  # three with how near they are; a small screen has room for no more

    @property
    def chosen(self) -> CandidateRow | None:
        """The chosen one, who may be one that the rule refuses."""
        index = self.currentIndex()
        return self._candidates.shown[index.row()] if index.isValid() else None

    def step(self, by: int) -> None:
        """Go up or down; from nowhere to the first."""
        index, count = self.currentIndex(), len(self._candidates.shown)
        if count:
            place = min(max(index.row() + by, 0), count - 1) if index.isValid() else 0
            self.setCurrentIndex(self._candidates.index(place))

    def choose(self, practitioner_id: int | None) -> None:
        """Choose somebody who is shown, or nobody."""
        for place, one in enumerate(self._candidates.shown):
            if one.practitioner.id == practitioner_id:
                self.setCurrentIndex(self._candidates.index(place))
                return
        self.setCurrentIndex(QModelIndex())


def said_of(candidates: Sequence[CandidateRow], *, is_on_map: bool) -> str:
    """How many can be sent, and by what they are ordered."""
    free = [one for one in candidates if one.is_allowed]
    if not free:
        return "Nobody can be sent now: the reasons are below."
    count = f"{len(free)} {'practitioner' if len(free) == 1 else 'practitioners'} can be sent"
    if any(one.near is not None and one.near.rank is not None for one in free):
        return f"{count}, the nearest first. Ways and times are estimates."
    if not is_on_map:
        return f"{count}. The address has no place on the map, so nobody is ranked."
    return f"{count}. No position is known that is recent enough to rank anybody by."
