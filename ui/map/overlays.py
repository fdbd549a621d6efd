"""What lies over the map: zoom buttons, the key to the marks, thanks to the publishers, the cross."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from ui import theme
from ui.boards.painting import face
from ui.map import inks
from ui.map.marks import KEY, Form, Mark
from ui.map.view import MapView
from ui.widgets.looks import column, restyle

_AROUND = 8
_LOW = 260  # below that the key would hide a third of the map; the list says in words what the marks are
_GAP = 12


class Over(QObject):
    """Keeps what lies over the view in its corner, and lets the view know how it is worked."""

    def __init__(self, view: MapView, parent: QWidget) -> None:
        """Lay everything over the view; `parent` is what the view lies in."""
        super().__init__(parent)
        self._view = view
        self.zooms = ZoomButtons(parent)
        self.key = MarkKey(parent)
        self.thanks = Thanks(parent)
        self.cross = Cross(parent)
        self.zooms.nearer.clicked.connect(self._nearer)
        self.zooms.further.clicked.connect(self._further)
        self.thanks.turned.connect(self.arrange)
        self.key.refitted.connect(self.arrange)
        view.moved.connect(self.arrange)
        view.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.FocusIn, QEvent.Type.FocusOut, QEvent.Type.Move):
            self.arrange()
        return super().eventFilter(watched, event)

    def arrange(self) -> None:
        """Put everything into its corner; what has no room gives way."""
        view = self._view.geometry()
        self.key.fit(view.width() - 2 * _AROUND)
        is_low = view.height() < _LOW
        self.key.setVisible(not is_low)
        self.key.move(view.left() + _AROUND, view.top() + _AROUND)
        self.thanks.fit(view.width() - 2 * _AROUND, is_low=is_low)
        self.thanks.move(
            view.right() - self.thanks.width() - _AROUND + 1,
            view.bottom() - self.thanks.height() - _AROUND + 1,
        )
        above = view.bottom() if self.thanks.isHidden() else self.thanks.geometry().top()
        size = self.zooms.sizeHint()
        self.zooms.move(view.right() - size.width() - _AROUND, above - size.height() - _AROUND)
        shown = [one for one in (self.zooms, self.key, self.thanks) if not one.isHidden()]
        self._view.cover([one.geometry().translated(-view.topLeft()) for one in shown])
        self.cross.setVisible(self._view.hasFocus() and self._view.is_by_keys)
        self.cross.move(view.center() - self.cross.rect().center())

    def _nearer(self) -> None:
        self._view.zoom(1)

    def _further(self) -> None:
        self._view.zoom(-1)


class ZoomButtons(QFrame):
    """Nearer and further."""

    def __init__(self, parent: QWidget) -> None:
        """Two square buttons, one over the other."""
        super().__init__(parent)
        whole = column(self, gap=6)
        self.nearer, self.further = QPushButton("+"), QPushButton("\N{MINUS SIGN}")
        for button, words in ((self.nearer, "Zoom in (+)"), (self.further, "Zoom out (-)")):
            restyle(button, look="onmap")
            button.setAccessibleName(words.partition(" (")[0])
            button.setToolTip(words)
            whole.addWidget(button)
        self.adjustSize()


class MarkKey(QWidget):
    """Which shape means what, with how many there are; painted, since it is only read."""

    refitted = Signal()

    def __init__(self, parent: QWidget) -> None:
        """Nothing is counted yet."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._counts: dict[Form, int] = {}
        self._room = 0
        self.setAccessibleName("Key to the marks")

    def count(self, marks: Sequence[Mark]) -> None:
        """Count the marks of each form."""
        forms = [mark.form for mark in marks]
        counts = {form: forms.count(form) for form in KEY}
        if counts != self._counts:
            self._counts = counts
            said = ", ".join(f"{form.words} {counts[form]}" for form in KEY)
            self.setAccessibleName(f"Key to the marks: {said}")
            self.update()
            self.refitted.emit()

    def _shown(self) -> list[Form]:
        """Those that are there; of what has no room nothing is shown, since half of a key misleads."""
        return [one for one in KEY if self._counts.get(one)]

    def _wide(self, words: str) -> float:
        return inks.SYMBOL * 0.75 + 4 + face(12, 600).metrics.horizontalAdvance(words)

    def _said(self, one: Form) -> str:
        return f"{one.words} {self._counts[one]}"

    def fit(self, room: int) -> None:
        """Take one line, or more where it is narrow."""
        self._room = room
        rows = self._rows()
        wide = max((sum(self._wide(self._said(one)) + _GAP for one in row) for row in rows), default=0)
        self.resize(QSize(round(wide + _GAP), 8 + 24 * len(rows)))
        self.setVisible(bool(rows) and room > 120)

    def _rows(self) -> list[list[Form]]:
        rows: list[list[Form]] = []
        left = 0.0
        for one in self._shown():
            wide = self._wide(self._said(one)) + _GAP
            if not rows or left + wide > self._room - _GAP:
                rows.append([])
                left = 0.0
            rows[-1].append(one)
            left += wide
        return rows

    def paintEvent(self, event: QPaintEvent) -> None:
        look, used = theme.current(), face(12, 600)
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        _plate(painter, self.rect())
        painter.setFont(used.font)
        painter.setPen(look.colour("text"))
        size = inks.SYMBOL * 0.75
        for n, row in enumerate(self._rows()):
            left, middle = float(_GAP), 4 + 24 * n + 12
            for one in row:
                drawn = inks.symbol(one.shape, one.tone, one.letter, self.devicePixelRatioF())
                painter.drawPixmap(QRectF(left, middle - size / 2, size, size), drawn, QRectF(drawn.rect()))
                said = self._said(one)
                painter.drawText(QPointF(left + size + 4, middle + used.metrics.capHeight() / 2), said)
                left += self._wide(said) + _GAP
        painter.end()


def _plate(painter: QPainter, box: QRect) -> None:
    look = theme.current()
    ground = QColor(look.colour("card"))
    ground.setAlphaF(0.93)
    painter.setPen(QPen(look.colour("line"), 1))
    painter.setBrush(ground)
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)


class Thanks(QPushButton):
    """Whom the map is from, in one line; pressed, in full."""

    turned = Signal()

    def __init__(self, parent: QWidget) -> None:
        """Nobody to thank yet."""
        super().__init__(parent)
        self._whole = ""
        self.lines: list[str] = []  # as they are painted: smaller than the text of a button
        self.is_open = False
        restyle(self, look="thanks")
        self.clicked.connect(self._turn)
        self.hide()

    def say(self, attribution: Sequence[str], note: str = "") -> None:
        """Show these thanks."""
        self._whole = ". ".join([*(one.rstrip(".") for one in attribution), *([note] if note else [])])
        self.setAccessibleName(f"Sources of the map: {self._whole}")
        self.setToolTip("Sources of the map")
        self.setVisible(bool(self._whole))
        self.turned.emit()

    def fit(self, room: int, *, is_low: bool) -> None:
        """Take what room there is: a word on a low map, else a line; when open as many as are needed."""
        used = face(10, 400).metrics
        inner = max(room - 14, 60)
        if self.is_open:
            lines = _wrapped(self._whole, inner, used.horizontalAdvance)
        else:
            said = f"\N{COPYRIGHT SIGN} {'Sources' if is_low else self._whole}"
            lines = [used.elidedText(said, Qt.TextElideMode.ElideRight, inner)]
        wide = max((used.horizontalAdvance(one) for one in lines), default=0)
        self.lines = lines
        self.update()
        self.resize(round(wide) + 14, round(used.height() * len(lines)) + 6)

    def _turn(self) -> None:
        self.is_open = not self.is_open
        self.turned.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _plate(painter, self.rect())
        if self.hasFocus():
            painter.setPen(QPen(look.colour("focus"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)
        painter.setFont(face(10, 400).font)
        painter.setPen(look.colour("text"))
        painter.drawText(
            self.rect().adjusted(7, 3, -7, -3), Qt.AlignmentFlag.AlignVCenter, "\n".join(self.lines)
        )
        painter.end()


def _wrapped(text: str, room: float, measure: Callable[[str], float]) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and measure(longer) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


class Cross(QWidget):
    """Where Enter looks for a mark, while the map is worked by keys."""

    def __init__(self, parent: QWidget) -> None:
        """Unseen until keys are used."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFixedSize(25, 25)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        look = theme.current()
        for colour, wide in ((look.colour("card"), 4), (look.colour("text"), 1.5)):
            painter.setPen(QPen(colour, wide))
            for one, other in (((12.5, 1), (12.5, 9)), ((12.5, 16), (12.5, 24))):
                painter.drawLine(QPointF(*one), QPointF(*other))
                painter.drawLine(QPointF(*one[::-1]), QPointF(*other[::-1]))
        painter.end()
