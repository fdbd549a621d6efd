"""Until when this person has seen each workspace, and what others changed while they looked elsewhere.

Somebody looks as long as they use keys or pointer. Once they come back after some minutes without, or come to
a workspace after some minutes in others, they are told what changed since, until they say that they saw it.
"""

import datetime as dt
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QGuiApplication, QWindow

from console.domain.since import SHOWN_IN, Mark, Since, SinceRow

if TYPE_CHECKING:
    from console.services.looks import KeptLooks
    from ui.background import Failure
    from ui.session import Session

_AWAY_AFTER, _LOCK_AFTER = dt.timedelta(minutes=5), dt.timedelta(minutes=10)  # until the service's are known
_KEEP_EVERY_S = 60.0
_ASK_AGAIN_S = 5.0  # a fault of ours is no reason to ask, and to log it, with every beat of the feed
_ACTS = frozenset(
    {QEvent.Type.MouseMove, QEvent.Type.MouseButtonPress, QEvent.Type.KeyPress, QEvent.Type.Wheel}
)


class Looking(QObject):
    """Follows the hand, keeps the marks, and asks what changed since the one that counts."""

    told = Signal(Since)  # what changed in the workspace in front, when there is anything
    read_on = Signal(str)  # of this workspace less is unread than before

    def __init__(self, session: "Session") -> None:
        """Nobody is known to have seen anything yet."""
        super().__init__(session)
        self._session = session
        self.away_after, self.lock_after = _AWAY_AFTER, _LOCK_AFTER
        self.shows_names = False  # on the wallboard
        self.marks: dict[str, Mark] = {}
        self.unread: dict[str, Since] = {}
        self._read: dict[str, set[int]] = {}
        self._asking: set[str] = set()
        self._unanswered: set[str] = set()  # asked in vain: the mark stays until there is an answer
        self.is_known = self._is_asking_kept = False
        self._front = ""
        self._acted_at = self._kept_at = self._asked_at = session.countdown.steady()
        self._owed: set[str] = set()
        self._watched: list[QWindow] = []

    # From sign-in to leaving

    def begin(self) -> None:
        """Ask what is kept of this person, and follow their hand."""
        session = self._session
        session.chosen.connect(self._fronted)
        session.live.state_changed.connect(self._heard)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._watch)
            self._watch(app.focusWindow())
        self._front = session.selection.front
        self._acted_at = self._kept_at = session.countdown.steady()
        self._ask_what_is_kept()

    def _ask_what_is_kept(self) -> None:
        session, self._is_asking_kept = self._session, True
        self._asked_at = session.countdown.steady()
        session.background.run(
            session.desk.looks.kept, self._take, self._failed, refused=self._let_be, owner=self
        )

    def _take(self, kept: "KeptLooks") -> None:
        self.away_after, self.lock_after = kept.away_after, kept.lock_after
        self.shows_names = kept.shows_names
        self.marks = dict(kept.marks) | self.marks
        self.is_known, self._is_asking_kept = True, False
        self._session.arrangement.recall(kept.arranged)
        self._look_again()

    def _let_be(self, _: object) -> None:
        """The database is away: the board says so, and once it is back this is asked again."""
        self._is_asking_kept = False

    def _failed(self, failure: "Failure") -> None:
        self._let_be(failure)
        self._session.failed(failure)

    def stop(self) -> None:
        """The person leaves: keep until where they have seen."""
        for window in filter(shiboken6.isValid, self._watched):
            window.removeEventFilter(self)
        self._watched.clear()
        self._keep()

    # The hand

    def _watch(self, window: QWindow | None) -> None:
        """Dialogs are windows of their own: whoever works in one looks as well."""
        self._watched = [one for one in self._watched if shiboken6.isValid(one)]
        if window is not None and window not in self._watched:
            window.installEventFilter(self)
            self._watched.append(window)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice that somebody is there."""
        if event.type() in _ACTS:
            self.acted()
        return False

    def acted(self) -> None:
        """Somebody used a key or the pointer: they look, or they have come back.

        Before a covered window nobody has come back yet.
        """
        if self._session.is_covered:
            return
        now = self._session.countdown.steady()
        away, self._acted_at = now - self._acted_at, now
        if away >= self.away_after.total_seconds():
            self._ask(self._front)
        self._see()
        if now - self._kept_at >= _KEEP_EVERY_S:
            self._keep()

    def quiet_s(self) -> float:
        """For how many seconds nobody has used key or pointer."""
        return self._session.countdown.steady() - self._acted_at

    def _fronted(self) -> None:
        if self._session.selection.front != self._front:
            self._front = self._session.selection.front
            self._look_again()

    def _heard(self) -> None:
        """With each proof that the board is true, ask what was asked in vain; the first one sets a mark."""
        if not self.is_known:
            is_time = self._session.countdown.steady() - self._asked_at >= _ASK_AGAIN_S
            if self._is_true and is_time and not self._is_asking_kept:
                self._ask_what_is_kept()
        elif self._front in self._unanswered:
            if self._is_true and self._session.countdown.steady() - self._asked_at >= _ASK_AGAIN_S:
                self._ask(self._front)
        elif self._front not in self.marks:
            self._see()

    def _look_again(self) -> None:
        """Ask about a workspace that was last seen some time ago; one never seen begins now."""
        mark = self.marks.get(self._front)
        is_old = mark is not None and self._server() - mark.seen_at >= self.away_after
        if is_old or self._front in self._unanswered:
            self._ask(self._front)
        elif self._front in self.unread:
            self._tell(self.unread[self._front])
        self._see()

    # What is seen, and what is unread

    def _server(self) -> dt.datetime:
        parts = self._session.parts
        return (parts.server or parts.now)()

    @property
    def _is_true(self) -> bool:
        state = self._session.live.state
        return state is not None and state.is_live and bool(state.mark)

    def _see(self) -> None:
        """What stands on the screen now is seen, unless something older is unread, or not known yet."""
        state, front = self._session.live.state, self._front
        if not self.is_known or not front or not self._is_true or self._session.is_covered:
            return
        if front in self.unread or front in self._asking or front in self._unanswered:
            return
        if state is not None:
            self.marks[front] = Mark(state.mark, self._server())
            self._owed.add(front)

    def _keep(self) -> None:
        """Write the marks that moved; what cannot be written now is written with the next ones."""
        self._kept_at = self._session.countdown.steady()
        owed, self._owed = self._owed, set()
        marks = {name: self.marks[name] for name in owed}
        see = self._session.desk.looks.see

        def again(_: object) -> None:
            self._owed |= owed

        if marks:
            self._session.writing.run(lambda: see(marks), failed=again, refused=again, owner=self)

    def ask(self) -> None:
        """By a key: what changed since the mark; with nothing unread, what was told last."""
        front = self._front
        if front in self.unread:
            self._tell(self.unread[front])
        else:
            self._ask(front, by_key=True)

    def _ask(self, workspace: str, *, by_key: bool = False) -> None:
        mark = self.marks.get(workspace)
        if mark is None or workspace in self._asking or workspace not in SHOWN_IN:
            return
        self._asking.add(workspace)
        self._asked_at = self._session.countdown.steady()
        session, hub_ids = self._session, self._session.person.hub_ids
        looks = session.desk.looks

        def answered(found: Since) -> None:
            self._asking.discard(workspace)
            self._unanswered.discard(workspace)
            self._take_news(found, by_key=by_key)

        def failed(_: object) -> None:
            self._asking.discard(workspace)
            self._unanswered.add(workspace)

        session.background.run(
            lambda: looks.since(workspace, mark, hub_ids), answered, failed, refused=failed, owner=self
        )

    def _take_news(self, found: Since, *, by_key: bool) -> None:
        if found.rows:
            self.unread[found.workspace] = found
            self._read[found.workspace] = set()
            if found.workspace == self._front:
                self._tell(found)
        elif by_key:
            self._session.say("Nobody else has changed anything here since you looked.")
        self._see()

    def _tell(self, found: Since) -> None:
        self.told.emit(found)

    def left(self, workspace: str) -> list[SinceRow]:
        """What is still unread there, the newest first."""
        found, read = self.unread.get(workspace), self._read.get(workspace, set())
        return [] if found is None else [row for row in found.rows if row.id not in read]

    def read(self, workspace: str, row_id: int) -> None:
        """One row was looked at; with the last one all is seen."""
        seen = {row.id for row in self.left(workspace) if row.row_id == row_id and row.news.is_there}
        if seen:
            self._read[workspace] |= seen
            if not self.left(workspace):
                self.seen(workspace)
            else:
                self.read_on.emit(workspace)

    def seen(self, workspace: str) -> None:
        """All of it was looked at: from here on it counts anew."""
        if self.unread.pop(workspace, None) is not None:
            self._read.pop(workspace, None)
            self._see()
            self._keep()
            self.read_on.emit(workspace)
