"""The command bar over the window: one types, sees what fits at once, and Enter goes there."""

from functools import partial

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from console.domain.found_rows import Found, PlaceFound
from console.domain.refusals import Refused
from ui import theme
from ui.bar import found, on_board
from ui.bar.field import BarField
from ui.bar.hit_list import HitList
from ui.bar.hits import Candidate, Hit, Typed, best, without
from ui.session import Session
from ui.widgets.elided import ElidedLabel
from ui.widgets.looks import IconLabel, column, label, line, restyle, rule
from ui.widgets.messages import EmptyState, announce

# Whoever types goes on within this time; the services are asked when the hand rests.
_ASKS_AFTER_MS = 110
_WIDE, _HIGH, _TOP, _EDGE = 720, 580, 56, 24
_AROUND, _EMPTY = 98, 210  # line and foot; and what stands there while nothing is found
_PAGE = 6
_HINT = "Find a command, patient, practitioner, place or report"
_KEYS = (("Up Down", "choose"), ("Tab", "next kind"), ("Enter", "go there"), ("Esc", "close"))
_NOTHING = "Nothing here matches. Type a part of a name, an NHS number, a birth date or a postcode."
_GONE = "What was chosen is no longer here. Choose with Up and Down."


class CommandBar(QWidget):
    """A veil over the page with the bar on it; `opened` and `closed` as it comes and goes."""

    closed = Signal()

    def __init__(self, session: Session, over: QWidget) -> None:
        """Hidden, over this widget."""
        super().__init__(over)
        self._session, self._over = session, over
        self._index = on_board.BoardIndex(session)
        self._there: list[Candidate] = []
        self._found: tuple[str, Found] = ("", Found())
        self._towns: tuple[PlaceFound, ...] = ()
        self._typed = Typed.of("")
        self._asked = 0
        self._before: QWidget | None = None
        self._asks = QTimer(self, singleShot=True, interval=_ASKS_AFTER_MS)
        self.card = QFrame(self)
        self.card.setObjectName("CommandBar")
        self.field = BarField()
        self.list = HitList(session.countdown, lambda: self._typed.parts)
        self.empty = EmptyState("search", _NOTHING)
        self.foot = ElidedLabel(look="small")
        self._lay_out()
        self._connect()
        self.hide()

    def _lay_out(self) -> None:
        self.field.setAccessibleName(_HINT)
        self.field.setPlaceholderText(_HINT)
        self.field.setProperty("look", "bar")
        self.field.setFrame(False)
        whole = column(self.card, gap=0)
        whole.setContentsMargins(1, 1, 1, 1)
        above = line(gap=0)
        above.setContentsMargins(25, 0, 0, 0)
        above.addWidget(IconLabel("search", "mute", 20))
        above.addWidget(self.field, 1)
        whole.addLayout(above)
        whole.addWidget(rule())
        whole.addWidget(self.list, 1)
        whole.addWidget(self.empty, 1)
        whole.addWidget(rule())
        below = line(gap=6)
        below.setContentsMargins(16, 8, 14, 9)
        below.addWidget(self.foot, 1)
        for key, words in _KEYS:
            below.addWidget(label(key, "keycap"))
            below.addWidget(label(words, "small"))
        whole.addLayout(below)

    def _connect(self) -> None:
        self.field.textChanged.connect(self._changed)
        self.field.pressed.connect(self._pressed)
        self.field.left.connect(self._left)
        self.list.clicked_on.connect(self._choose)
        self.list.selectionModel().currentChanged.connect(self._tell_chosen)
        self._asks.timeout.connect(self._ask)
        self._session.live.changed.connect(self._look_again)
        self._over.installEventFilter(self)

    # Coming and going

    def open(self) -> None:
        """Come up over the page, empty, with the keyboard."""
        if self.isVisible():
            return
        self._before = QApplication.focusWidget()
        self._found = ("", Found())
        self.field.clear()
        self._gather()
        self._show()
        self.list.first()
        self._read_towns()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_bar(self) -> None:
        """Go, and give the keyboard back to what had it."""
        before, self._before = self._before, None
        self._vanish()
        if before is not None and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit()

    def _vanish(self) -> None:
        self._asks.stop()
        self._asked += 1  # an answer that is still under way is for nobody
        self.hide()

    def _left(self) -> None:
        """Something else has taken the keyboard, such as a dialog: do not stand in its way."""
        if self.isVisible():
            self._before = None
            self._vanish()

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Cover the page, however large it becomes."""
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self._fit()
        return False

    def _fit(self) -> None:
        """As high as what was found needs, as long as there is room."""
        self.setGeometry(self._over.rect())
        wide = min(_WIDE, self.width() - 2 * _EDGE)
        room = min(_HIGH, self.height() - _TOP - _EDGE)
        found = self.list.wanted_height() if self.list.isVisibleTo(self.card) else _EMPTY
        high = min(room, found + _AROUND)
        self.card.setGeometry((self.width() - wide) // 2, _TOP, wide, high)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """What lies behind is dimmed; the bar has a soft edge."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(0, 0, 0, 150 if theme.current().is_dark else 85))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for grown in range(14, 0, -2):
            painter.setBrush(QColor(0, 0, 0, 9))
            box = self.card.geometry().adjusted(-grown, -grown + 4, grown, grown + 4)
            painter.drawRoundedRect(box, 12 + grown, 12 + grown)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click beside the bar closes it."""
        if not self.card.geometry().contains(event.position().toPoint()):
            self.close_bar()

    # Finding

    def _gather(self) -> None:
        """Everything that can be found at once, in the order in which it matters."""
        self._there = [*on_board.commands(self._session), *self._index.candidates()]

    def _look_again(self) -> None:
        """The board has changed: so has what matters about what was found."""
        if self.isVisible():
            self._gather()
            self._show()

    def _changed(self, text: str) -> None:
        self._typed = Typed.of(text)
        self._asked += 1
        self._show()
        self.list.first()
        self._asks.start()

    def _ask(self) -> None:
        """Ask what has left the board and who is off duty; only the newest question is answered."""
        session, text, number = self._session, self.field.text(), self._asked
        session.background.run(
            lambda: session.desk.finding.everything(text),
            partial(self._take, number, text),
            session.failed,
            refused=partial(self._refused, number),
            owner=self,
        )

    def _take(self, number: int, text: str, answer: Found) -> None:
        if number == self._asked and self.isVisible():
            self._found = (text, answer)
            self._show()

    def _refused(self, number: int, why: Refused) -> None:
        if number == self._asked and self.isVisible():
            self._say(f"Only what is on the board is found now. {why}", "warn")

    def _read_towns(self) -> None:
        session = self._session
        session.background.run(
            session.desk.finding.towns, self._take_towns, session.failed, refused=lambda _: None, owner=self
        )

    def _take_towns(self, towns: tuple[PlaceFound, ...]) -> None:
        self._towns = towns
        if self.isVisible() and self._typed.parts:
            self._show()

    def _show(self) -> None:
        asked = [*found.candidates(self._found[1], self._session.now()), *found.places(self._towns)]
        groups = best([*self._there, *without(asked, self._there)], self._typed)
        self.list.show_groups(groups)
        self.list.setVisible(bool(groups))
        self.empty.setVisible(not groups)
        self.empty.say("search", _NOTHING if self.has_answer else "Looking.")
        more = self._found[1].cut and self.has_answer
        self._say("There are more: type more of the name." if more else "", "")
        self._tell_chosen()
        self._fit()

    @property
    def has_answer(self) -> bool:
        """Whether everything that there is to find for this text has been found."""
        return not self._typed.parts or self._found[0] == self.field.text()

    # Choosing

    def _pressed(self, key: Qt.Key) -> None:
        steps = {
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_PageUp: -_PAGE,
            Qt.Key.Key_PageDown: _PAGE,
        }
        if key in steps:
            self.list.step(steps[key])
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self.list.next_kind(1 if key is Qt.Key.Key_Tab else -1)
        elif key is Qt.Key.Key_Escape:
            self.close_bar()
        elif (hit := self.list.chosen()) is not None:
            self._choose(hit)
        elif self.list.hits.lines:
            self._warn(_GONE)

    def _choose(self, hit: Hit) -> None:
        """Go there; what cannot be done now says why, and the bar stays."""
        if hit.why_not:
            self._warn(hit.why_not)
            return
        self.close_bar()
        hit.go(self._session)

    def _tell_chosen(self) -> None:
        """A screen reader hears on what Enter would act."""
        hit = self.list.chosen()
        spoken = "" if hit is None else self.list.hits.spoken(hit)
        if spoken != self.field.accessibleDescription():
            self.field.setAccessibleDescription(spoken)
            if spoken and self.isVisible():
                announce(self.field, spoken)

    def _warn(self, sentence: str) -> None:
        self._say(sentence, "warn")
        announce(self.field, sentence, urgent=True)

    def _say(self, sentence: str, tone: str) -> None:
        self.foot.setText(sentence)
        restyle(self.foot, tone=tone)
