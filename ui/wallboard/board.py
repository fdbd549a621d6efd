"""The wallboard: over the whole screen, without a hand, and never true for longer than the board is."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QScreen
from PySide6.QtWidgets import QWidget

from ui import theme
from ui.boards.tally import ReferralCounts
from ui.session import Session
from ui.time_text import clock
from ui.wallboard.facts import Said, Wall, wall
from ui.wallboard.ink import Ink
from ui.wallboard.parts import (
    HEAD,
    ROW,
    paint_band,
    paint_figures,
    paint_hub,
    paint_rows,
    paint_state,
)
from ui.widgets.messages import announce

SHEET_WIDTH, SHEET_HEIGHT = 1920, 1080
TURNS_AFTER_S = 12
_COUNT_EVERY_S = 5
_MARGIN, _GAP, _TOP, _BAND = 24, 16, 92, 84
_SIDE = 500
_STATE = 190


class Wallboard(QWidget):
    """Painted anew each second from the live rows; Escape closes it."""

    def __init__(self, session: Session, counts: ReferralCounts) -> None:
        """Over nothing yet: `cover` shows it."""
        super().__init__(session.window, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Wallboard")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.BlankCursor)
        self._session = session
        self._counts = counts
        self._since = session.countdown.steady()
        self._seconds = 0
        self.turn = 0  # which page of rows and of hubs, where there are more than fit
        self._was_called: tuple[str, ...] = ()
        self.shown: Wall = self._read()
        session.countdown.ticked.connect(self._tick)
        session.live.changed.connect(self.look)
        self.look()

    def cover(self, screen: QScreen) -> None:
        """Cover a screen."""
        self.setGeometry(screen.geometry())
        self.showFullScreen()
        self.activateWindow()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _read(self) -> Wall:
        session = self._session
        waited = session.countdown.steady() - self._since
        return wall(session, self._counts, with_names=session.looking.shows_names, waited_s=waited)

    def look(self) -> None:
        """Show what holds now."""
        self.shown = self._read()
        figures = ", ".join(f"{one.words} {one.value}" for one in self.shown.figures)
        self.setAccessibleName(f"Wallboard: {figures}")
        called = tuple(one.words.partition(" · not accepted")[0] for one in self.shown.calls)
        if called and set(called) - set(self._was_called):
            announce(self, self.shown.calls[0].words, urgent=True)
        self._was_called = called
        self.update()

    def _tick(self) -> None:
        """Times move on; figures that depend on the time are counted anew now and then."""
        self._seconds += 1
        if self._seconds % TURNS_AFTER_S == 0:
            self.turn += 1
        if self._seconds % _COUNT_EVERY_S == 0:
            self._counts.recount()
        if self.isVisible():
            self.look()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leads back to the console."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
            return
        super().keyPressEvent(event)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), theme.current().colour("bg"))
        scale = min(self.width() / SHEET_WIDTH, self.height() / SHEET_HEIGHT)
        painter.scale(scale, scale)
        sheet = QRectF(0, 0, self.width() / scale, self.height() / scale)
        ink = Ink(painter)
        self._paint_head(painter, ink, sheet)
        body = sheet.adjusted(_MARGIN, _TOP + _GAP, -_MARGIN, -_MARGIN)
        if not self.shown.is_true:
            old = Said(f"This is not true now: {_as_of(self.shown)}", "bad")
            body = self._paint_band(ink, body, old, 0)
        elif self.shown.calls:
            body = self._paint_band(ink, body, self.shown.calls[0], len(self.shown.calls) - 1)
        # What is old is seen to be old from where nobody can read the band.
        painter.setOpacity(1.0 if self.shown.is_true else 0.35)
        self._paint_body(ink, body)
        painter.setOpacity(1.0)
        side = QRectF(body.right() - _SIDE, body.bottom() - _STATE, _SIDE, _STATE)
        paint_state(ink, side, (self.shown.board, self.shown.chaser))
        painter.end()

    def _paint_head(self, painter: QPainter, ink: Ink, sheet: QRectF) -> None:
        parts, look = self._session.parts, theme.current()
        head = QRectF(0, 0, sheet.width(), _TOP)
        painter.fillRect(head, look.colour("head"))
        middle = _TOP / 2
        ink.write((_MARGIN + 8, middle), 900, parts.service_name, 40, weight=700, ink="on_head")
        said = clock(self.shown.now)
        wide = ink.width_of(said, 64, 700, tabular=True)
        left = sheet.width() - _MARGIN - 8 - wide
        ink.write((left, middle), wide, said, 64, weight=700, ink="on_head", tabular=True)
        if parts.is_training:
            words = "Training data"
            wide = ink.width_of(words, 32, 700) + 48
            box = QRectF(left - wide - 36, middle - 28, wide, 56)
            ink.box(box, "band")
            ink.write((box.left() + 24, middle), wide - 48, words, 32, weight=700, ink="on_band")

    def _paint_band(self, ink: Ink, body: QRectF, said: Said, more: int) -> QRectF:
        paint_band(ink, QRectF(body.left(), body.top(), body.width(), _BAND), said, more)
        return body.adjusted(0, _BAND + _GAP, 0, 0)

    def _paint_body(self, ink: Ink, body: QRectF) -> None:
        wide = body.width() - _SIDE - _GAP
        high = 340.0 if body.height() > 900 else 316.0
        paint_figures(ink, QRectF(body.left(), body.top(), wide, high), self.shown.figures)
        top = body.top() + high + _GAP
        self._paint_rows(ink, QRectF(body.left(), top, wide, body.bottom() - top))
        hubs = QRectF(body.right() - _SIDE, body.top(), _SIDE, body.height() - _STATE - _GAP)
        self._paint_hubs(ink, hubs)

    def _paint_rows(self, ink: Ink, box: QRectF) -> None:
        room = max(int((box.height() - HEAD - 8) // ROW), 1)
        rows = self.shown.rows
        pages = max(-(-len(rows) // room), 1)
        first = self.turn % pages * room
        shown = rows[first : first + room]
        told = f"{len(rows)}" if pages == 1 else f"{first + 1} to {first + len(shown)} of {len(rows)}"
        paint_rows(ink, box, shown, told if rows else "", self.shown.now)

    def _paint_hubs(self, ink: Ink, box: QRectF) -> None:
        hubs = self.shown.hubs
        room = max(int((box.height() + _GAP) // (290 + _GAP)), 1)
        pages = max(-(-len(hubs) // room), 1)
        first = self.turn % pages * room
        shown = hubs[first : first + room]
        high = min((box.height() - _GAP * (room - 1)) / room, 340.0)
        for place, load in enumerate(shown):
            paint_hub(ink, QRectF(box.left(), box.top() + place * (high + _GAP), box.width(), high), load)


def _as_of(shown: Wall) -> str:
    return f"it was at {shown.as_of}" if shown.as_of else "nothing has been read yet"
