"""Covers the window of who has gone away, and uncovers it for them: nothing behind it stops meanwhile."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QDialog, QStackedWidget, QToolTip, QWidget

from ui.lock_page import LockPage
from ui.widgets.asked import focus_in
from ui.widgets.messages import COVERED, announce

if TYPE_CHECKING:
    from console.domain.rows import Person
    from ui.desk_page import DeskPage

_SAID = "The window is locked."


class Lock(QObject):
    """Of one session; dialogs go with the board behind the cover and come back as they were."""

    changed = Signal()
    somebody_else = Signal(object, object)  # a Person and their Role where one chooses, else None and None

    def __init__(
        self, page: "DeskPage", pages: QStackedWidget, people: "Sequence[Person]", parent: QWidget
    ) -> None:
        """Open; it watches how long nobody has used key or pointer."""
        super().__init__(parent)
        self._desk, self._pages, self._window, self._people = page, pages, parent, list(people)
        self._session = page.session
        self.page: LockPage | None = None
        self._hidden: list[tuple[QWidget, QWidget | None, bool]] = []
        self._focused: QWidget | None = None
        self._actions: list[QAction] = []
        self._has_left = False
        self._session.countdown.ticked.connect(self._tick)
        page.wallboard.closed.connect(self._wallboard_closed)

    @property
    def is_on(self) -> bool:
        """Whether the window is covered."""
        return self.page is not None

    def _tick(self) -> None:
        """A wallboard has no hand before it: it stays."""
        if self.is_on or self._desk.wallboard.board is not None:
            return
        looking = self._session.looking
        if looking.quiet_s() >= looking.lock_after.total_seconds():
            self.cover()

    def _wallboard_closed(self, shown_s: float) -> None:
        """Who just came by closes it with a key: the desk behind it is somebody else's."""
        if shown_s >= self._session.looking.lock_after.total_seconds():
            self.cover()

    def cover(self) -> None:
        """Cover everything at once."""
        app = QApplication.instance()
        if self.is_on or self._has_left or app is None:
            return
        session = self._session
        self._focused = focus_in(self._window)
        QToolTip.hideText()
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        for shown in QApplication.topLevelWidgets():
            if shown.isVisible() and shown not in (self._window, self._desk.wallboard.board):
                self._put_behind(shown)
        for covered in (self._desk, *(one for one, _, _ in self._hidden)):
            covered.setProperty(COVERED, True)
        self._actions = session.commands.actions()
        for action in self._actions:
            self._window.removeAction(action)
        session.is_covered = True
        self.page = LockPage(session, self._people)
        self.page.proved.connect(self.uncover)
        self.page.somebody_else.connect(self.somebody_else)
        self._pages.addWidget(self.page)
        self._pages.setCurrentWidget(self.page)
        app.installEventFilter(self)
        self._window.activateWindow()
        self.page.begin()
        announce(self.page, _SAID, urgent=True)
        self.changed.emit()

    def _put_behind(self, shown: QWidget) -> None:
        focused = focus_in(shown)
        is_modal = isinstance(shown, QDialog) and shown.isModal()
        shown.hide()
        self._hidden.append((shown, focused, is_modal))
        if isinstance(shown, QDialog):
            shown.finished.connect(self._finished)

    def _finished(self) -> None:
        """A step that was on its way has ended its dialog behind the cover: that does not come back."""
        ended = self.sender()
        self._hidden = [one for one in self._hidden if one[0] is not ended]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What comes up meanwhile, such as the answer to a step, is behind the cover too."""
        unseen = Qt.WidgetAttribute.WA_DontShowOnScreen
        if event.type() is not QEvent.Type.Show or not isinstance(watched, QWidget):
            return False
        if watched.isWindow() and watched is not self._window and not watched.testAttribute(unseen):
            # Told before it is mapped: not for a moment is it on the screen.
            watched.setAttribute(unseen)
            watched.setProperty(COVERED, True)
            QTimer.singleShot(0, watched, lambda: self._came_late(watched))
        return False

    def _came_late(self, shown: QWidget) -> None:
        if shown.isVisible():
            self._put_behind(shown)
        shown.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen, False)
        if not self.is_on:  # uncovered in this very moment
            self._bring_back()

    def uncover(self) -> None:
        """Who came back finds everything as it was, newer only."""
        page = self._take_off()
        if page is None:
            return
        self._pages.setCurrentWidget(self._desk)
        self._pages.removeWidget(page)
        page.deleteLater()
        self._window.addActions(self._actions)
        self._desk.setProperty(COVERED, False)
        _focus(self._focused)
        self._bring_back()
        self._session.commands.refresh()
        self._session.looking.acted()
        self.changed.emit()

    def _bring_back(self) -> None:
        """Show what was behind the cover, what stands over something else after it."""
        hidden, self._hidden = [one for one in self._hidden if shiboken6.isValid(one[0])], []
        for shown, focused, is_modal in sorted(hidden, key=lambda one: _depth(one[0])):
            shown.setProperty(COVERED, False)
            if isinstance(shown, QDialog):
                shown.finished.disconnect(self._finished)
            if isinstance(shown, QDialog) and is_modal:
                shown.open()
            else:
                shown.show()
            _focus(focused)

    def _take_off(self) -> LockPage | None:
        app = QApplication.instance()
        page, self.page = self.page, None
        if page is not None and app is not None:
            app.removeEventFilter(self)
            page.stop()
            self._session.is_covered = False
        return page

    def leave(self) -> None:
        """The person goes for good: what is half typed is kept for them, as after a crash."""
        self._has_left = True
        self._session.countdown.ticked.disconnect(self._tick)
        page = self._take_off()
        if page is not None:
            self._pages.removeWidget(page)
            page.deleteLater()
        for shown, _, _ in (one for one in self._hidden if shiboken6.isValid(one[0])):
            self._session.kept.keep_now(shown)
            shown.deleteLater()
        self._hidden = []
        self.deleteLater()


def _depth(shown: QWidget) -> int:
    """How many things a window stands over."""
    over = shown.parentWidget()
    return 0 if over is None else 1 + _depth(over)


def _focus(widget: QWidget | None) -> None:
    """Give the keyboard back, where what had it is still there."""
    if widget is not None and shiboken6.isValid(widget):
        widget.setFocus(Qt.FocusReason.OtherFocusReason)
