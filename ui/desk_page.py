"""The window while somebody works: rail, workspace in front, side panel, notices."""

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QStackedWidget, QWidget

from ui.alarms import Alarms
from ui.alert_bar import AlertBar
from ui.away_bar import AwayBar
from ui.chaser_bar import ChaserBar
from ui.kept_bar import KeptBar
from ui.notice_bar import NoticeBar
from ui.pack.bar import PackBar
from ui.panel.record_panel import RecordPanel
from ui.panes import enter
from ui.preferences import Preferences
from ui.rail import Rail
from ui.selection import Kind
from ui.session import Ask, Session
from ui.since_bar import SinceBar
from ui.wallboard.cover import Cover
from ui.widgets.looks import column, line
from ui.widgets.scrolled import Scrolled
from ui.widgets.splitter import Splitter
from ui.workspaces import for_role

if TYPE_CHECKING:
    from ui.bar.command_bar import CommandBar

_COUNTS, _COUNTS_NOT = QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored


class DeskPage(QWidget):
    """Everything of one session; it goes when the person leaves."""

    asked = Signal(Ask)  # what only the window can do

    def __init__(self, session: Session, front: str = "board", parent: QWidget | None = None) -> None:
        """Build the rail and the workspace in front; the others come when they are wanted."""
        super().__init__(parent)
        self.session = session
        self._workspaces = {one.name: one for one in for_role(session.actor.role)}
        session.workspaces = tuple(self._workspaces)
        self._made: dict[str, QWidget] = {}
        self.preferences: Preferences | None = None
        self.wallboard = Cover(session, self)
        self.rail = Rail(session.commands, session.workspaces)
        self.stack = QStackedWidget()
        self.panel = RecordPanel(session)
        self.panel.hide()
        self.notices = NoticeBar()
        self.away = AwayBar(session.live, session.countdown)
        self.chaser = ChaserBar(session)
        self.alarms = Alarms(session, self)
        self.alert = AlertBar(session, self.alarms)
        self.kept = KeptBar(session)
        self.pack = PackBar(session)
        self._bar: CommandBar | None = None  # made when it is first wanted
        self.since = SinceBar(session, lambda: self.front)
        self._lay_out()
        self._connect()
        session.arrangement.attach_splitter("desk", self.halves)
        self.go_to(front if front in self._workspaces else session.workspaces[0])

    def _lay_out(self) -> None:
        """From the outside inwards: a splitter styles what it is given, and anew each time it is moved."""
        whole = line(self, gap=0)
        whole.addWidget(self.rail)
        inner = column(gap=8)
        inner.setContentsMargins(10, 10, 10, 10)
        whole.addLayout(inner, 1)
        self.halves = Splitter("halves")
        inner.addWidget(self.away)
        inner.addWidget(self.chaser)
        inner.addWidget(self.alert)
        inner.addWidget(self.kept)
        inner.addWidget(self.pack)
        inner.addWidget(Scrolled(self.halves, self), 1)
        self.halves.addWidget(self.stack)
        self.halves.addWidget(self.panel)
        self.halves.setStretchFactor(0, 1)
        self.halves.setStretchFactor(1, 0)
        inner.addWidget(self.since)
        inner.addWidget(self.notices)

    def _connect(self) -> None:
        session = self.session
        self.notices.attend(session)
        session.workspace_wanted.connect(self.go_to)
        session.row_wanted.connect(self.show_row)
        session.place_wanted.connect(self._make_room)
        session.record_wanted.connect(self.open_record)
        session.asked.connect(self._do)
        session.chosen.connect(session.commands.refresh)
        session.live.changed.connect(session.commands.refresh)
        self.panel.closed.connect(self.close_record)

    def begin(self) -> None:
        """Give the keyboard to the workspace in front, and to its table when the first rows come."""
        self._focus_first()
        self.session.live.changed.connect(self._first_rows)
        self.session.countdown.ticked.connect(self._first_tick)

    def _first_tick(self) -> None:
        """What was half typed is looked for when the board has had its turn."""
        self.session.countdown.ticked.disconnect(self._first_tick)
        self.session.kept.look()
        self.session.presence.begin()

    def _first_rows(self) -> None:
        self.session.live.changed.disconnect(self._first_rows)
        focused = QApplication.focusWidget()
        if focused is self or not isinstance(focused, QWidget):
            self._focus_first()

    def leave(self) -> None:
        """Let go of the session."""
        self.wallboard.take_off()
        self.session.looking.stop()
        self.session.arrangement.flush()
        self.notices.leave()
        self.panel.leave()
        self.pack.keeper.stop()
        self.session.presence.end()
        self.session.kept.stop()

    def recall(self, kept: Preferences) -> None:
        """Let the page sound as it did on this computer, and look as this person left it anywhere."""
        self.preferences = kept
        self.session.looking.begin()
        self._mute(is_muted=kept.text("sounds") == "off")

    def retint(self) -> None:
        """Draw the icons anew after the theme has changed."""
        self.session.commands.retint()
        self.rail.show_sound(is_on=not self.alarms.is_muted)

    def _mute(self, *, is_muted: bool) -> None:
        """Make no sound, or make it again; the rail says which as long as it lasts."""
        self.alarms.mute(is_muted=is_muted)
        self.rail.show_sound(is_on=not is_muted)

    def _turn_sound(self) -> None:
        self._mute(is_muted=not self.alarms.is_muted)
        if self.preferences is not None:
            self.preferences.keep("sounds", "off" if self.alarms.is_muted else "on")
        said = "off on this computer: what is urgent is still shown" if self.alarms.is_muted else "on"
        self.session.say(f"The sound is {said}.")

    @property
    def front(self) -> QWidget:
        """The workspace in front."""
        return cast("QWidget", self.stack.currentWidget())

    def go_to(self, name: str) -> None:
        """Bring a workspace to the front."""
        if self.panel.isVisible() and name != self.session.selection.front:
            self.close_record()
        if name not in self._made:
            made = self._workspaces[name].make(self.session, self.stack)
            self._made[name] = made
            self.stack.addWidget(made)
            self.session.arrangement.attach(name, made)
        for made in self._made.values():  # only the one in front says how much room is needed
            kind = _COUNTS if made is self._made[name] else _COUNTS_NOT
            made.setSizePolicy(kind, kind)
        self.stack.setCurrentWidget(self._made[name])
        self.rail.mark(name)
        self.session.come_to_front(name)
        self.session.commands.refresh()
        self._focus_first()

    def show_row(self, workspace: str, kind: Kind, row_id: int) -> None:
        """Bring a workspace to the front with this row of it chosen, and give it the keyboard."""
        if kind == "practitioner":
            self._make_room()
        self.go_to(workspace)
        show_row = getattr(self.front, "show_row", None)
        if show_row is not None:
            show_row(kind, row_id)

    def _make_room(self) -> None:
        """The side panel stands where people and map are."""
        if self.panel.isVisible():
            self.close_record()

    @property
    def bar(self) -> "CommandBar":
        """The command bar over this page."""
        if self._bar is None:
            from ui.bar.command_bar import CommandBar  # not loaded while the window comes up

            self._bar = CommandBar(self.session, self)
        return self._bar

    def open_record(self, referral_id: int) -> None:
        """Open a referral beside the workspace; the keys then act on the patient who is read there."""
        if referral_id != self.session.referral_id and "board" in self._workspaces:
            self.go_to("board")
            choose = getattr(self.front, "choose_referral", None)
            if choose is not None:
                choose(referral_id)
        self.panel.open(referral_id)
        if not self.panel.isVisible():
            self._panel_place().addWidget(self.panel)
            self.panel.show()
            set_narrow = getattr(self.front, "set_narrow", None)
            if set_narrow is not None:
                set_narrow(True)
            self.session.arrangement.restore(self._panel_place())
        self.panel.area.setFocus(Qt.FocusReason.OtherFocusReason)

    def _panel_place(self) -> Splitter:
        """Beside the whole workspace, unless it has a better place."""
        place = getattr(self.front, "panel_place", None)
        return place if isinstance(place, Splitter) else self.halves

    def close_record(self) -> None:
        """Close the side panel and give the keys back to the workspace."""
        self.panel.shut()
        for made in self._made.values():
            set_narrow = getattr(made, "set_narrow", None)
            if set_narrow is not None:
                set_narrow(False)
        self.session.arrangement.restore(self._panel_place())
        self._focus_first()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape, when nothing in the window has a use for it, closes the side panel."""
        if event.key() == Qt.Key.Key_Escape and self.panel.isVisible():
            self.close_record()
            return
        super().keyPressEvent(event)

    def _do(self, what: Ask) -> None:
        doing: dict[Ask, Callable[[], object]] = {
            Ask.FIND: self._find,
            Ask.BAR: self._open_bar,
            Ask.NEXT_PANE: self._next_pane,
            Ask.TASKS: self._show_tasks,
            Ask.SINCE: self.since.show_or_ask,
            Ask.COLUMNS: lambda: self.session.arrangement.choose_columns(self.front),
            Ask.WALLBOARD: self.wallboard.show,
            Ask.SOUND: self._turn_sound,
            Ask.UNDO: self.notices.take_back,
            Ask.PACK: self.pack.keeper.print_now,
        }
        if what in doing:
            doing[what]()
        else:
            self.asked.emit(what)

    def _open_bar(self) -> None:
        self.bar.open()

    def _find(self) -> None:
        if not hasattr(self.front, "focus_search"):
            self.go_to("board")
        focus_search = getattr(self.front, "focus_search", None)
        if focus_search is not None:
            focus_search()

    def _show_tasks(self) -> None:
        """Go to what is asked of this person's role, wherever they are."""
        self._make_room()
        self.go_to("board")
        enter_tasks = getattr(self.front, "enter_tasks", None)
        if enter_tasks is None or not enter_tasks():
            self.session.say("Nothing is asked of your role now. What comes appears here by itself.")

    def panes(self) -> list[QWidget]:
        """What F6 goes through, in reading order."""
        of_front = getattr(self.front, "panes", None)
        panes = of_front() if of_front is not None else [self.front]
        return [pane for pane in (*panes, self.panel, self.kept, self.rail) if pane.isVisible()]

    def _next_pane(self) -> None:
        panes = self.panes()
        here = QApplication.focusWidget()
        at = next(
            (n for n, pane in enumerate(panes) if here is pane or (here and pane.isAncestorOf(here))), -1
        )
        for pane in (*panes[at + 1 :], *panes[: at + 1]):
            if enter(pane):
                return

    def _focus_first(self) -> None:
        of_front = getattr(self.front, "panes", None)
        panes = of_front() if of_front is not None else [self.front]
        for pane in panes:
            if pane.isVisibleTo(self) and pane.focusPolicy() is not Qt.FocusPolicy.NoFocus:
                pane.setFocus(Qt.FocusReason.TabFocusReason)
                return
        # Never nowhere: without a focus no key reaches a command.
        self.setFocus(Qt.FocusReason.OtherFocusReason)
