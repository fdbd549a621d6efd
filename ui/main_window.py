"""The one window: it is painted first, then the console behind it is opened, then somebody signs in."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget

from ui import theme
from ui.background import FAULT, Background, Failure
from ui.boards.countdown import Countdown
from ui.entrance import Entrance
from ui.header import Header
from ui.start_page import StartPage
from ui.widgets.looks import column

if TYPE_CHECKING:  # what a session needs is loaded beside the database, after the first paint
    from console.domain.rows import FeedState, Person
    from console.domain.words import Role
    from ui.desk_page import DeskPage
    from ui.live_updates import LiveUpdates
    from ui.lock import Lock
    from ui.parts import ConsoleParts, Door, OpenConsole
    from ui.session import Ask

TRAINING = "Training data"


class MainWindow(QMainWindow):
    """Holds what lives as long as the window; `DeskPage` holds what lives as long as a session."""

    painted = Signal()  # once, when the shell has been painted for the first time
    signed_in = Signal()
    faulted = Signal(str)  # where a fault of ours happened

    def __init__(
        self,
        open_console: "OpenConsole",
        *,
        service_name: str = "",
        is_demo: bool = False,
        door: "Door | None" = None,
    ) -> None:
        """Only the shell: nothing here loads the database."""
        super().__init__()
        self.setWindowTitle("Doorstep")
        self._was_painted = False
        self.remembers = True  # a picture shows what it was asked for, not how somebody left the window
        self.theme_asked: str | None = None  # on the command line: nothing that was kept changes it
        self._closing = False
        self.countdown = Countdown(parent=self)
        self.background = Background(self)
        self.writing = Background(self, workers=1)  # what nobody waits for
        self.live: LiveUpdates | None = None
        self.page: DeskPage | None = None
        self.lock: Lock | None = None
        self.workspace = "board"
        self.start = StartPage()
        self.header = Header(self.countdown)
        self.header.show_service(service_name, TRAINING if is_demo else "")
        self._lay_out()
        self.entrance = Entrance(open_console, door, self.start, self.background, self.writing, self)
        self.entrance.opened.connect(self._opened)
        self.entrance.settled.connect(self._settled)
        self.start.retried.connect(self.begin)
        self.start.signed_in.connect(self.sign_in)
        self.header.person_clicked.connect(self.sign_out)

    def _lay_out(self) -> None:
        ground = QWidget()
        ground.setObjectName("Ground")
        whole = column(ground, gap=0)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.start)
        whole.addWidget(self.header)
        whole.addWidget(self._pages, 1)
        self.setCentralWidget(ground)
        self.setMinimumSize(640, 340)  # what 1366x768 at 200 % has room for, beside the bars of a desktop

    # Opening and signing in

    @property
    def parts(self) -> "ConsoleParts | None":
        """The opened console, while there is one."""
        return self.entrance.parts

    @property
    def people(self) -> "list[Person]":
        """Among whom one may choose there."""
        return self.entrance.people

    def begin(self) -> None:
        """Open the console beside this thread, then ask who is working here."""
        self.entrance.begin()

    def _settled(self) -> None:
        """What was being opened is open, or is not: whoever closed the window meanwhile has waited for it."""
        if self._closing:
            self.close()

    def _opened(self, parts: "ConsoleParts") -> None:
        self.countdown.now, self.countdown.speed = parts.now, parts.speed
        self.countdown.ticked.emit()
        self.header.show_time()
        band = TRAINING if parts.is_training else ""
        self.header.show_service(parts.service_name, band, is_dated=parts.is_training)

    def sign_in(self, person: "Person", role: "Role") -> None:
        """Let a person work in a role."""
        if self.parts is None or self.page is not None:
            return
        import platform

        from console.domain.acting import Actor
        from ui.desk_page import DeskPage
        from ui.live_updates import LiveUpdates
        from ui.lock import Lock
        from ui.session import Session
        from ui.workspaces import feed_of

        actor = Actor(person.id, person.name, role, platform.node())
        self.live = live = LiveUpdates(self)
        live.state_changed.connect(self._heard)
        live.changed.connect(self._heard_rows)
        session = Session(
            self.parts, person, actor, live, self.background, self.countdown, self, writing=self.writing
        )
        # The board is read while the page is built; it arrives when this is done.
        live.follow(feed_of(role, self.parts.feed), person.hub_ids)
        self.page = DeskPage(session, self.workspace, self._pages)
        self.page.asked.connect(self._do)
        if self.remembers:
            self._recall(self.page, person.login)
        self.addActions(session.commands.actions())
        self._pages.addWidget(self.page)
        self._pages.setCurrentWidget(self.page)
        self.header.show_person(actor)
        self.lock = Lock(self.page, self._pages, self.people, self)
        self.lock.somebody_else.connect(self._somebody_else)
        session.service_clocks.follow()
        self.page.begin()
        if note := self.entrance.note():
            session.say(note, "warn")
        self.signed_in.emit()

    def _recall(self, page: "DeskPage", login: str) -> None:
        """Arrange the window as this person left it."""
        from ui.preferences import Preferences

        kept = Preferences(login)
        page.recall(kept)
        self._theme_of(kept.text("theme"))

    def lock_now(self) -> None:
        """Cover all that is on the screen until whoever works here is back."""
        if self.lock is not None:
            self.lock.cover()

    def _somebody_else(self, person: "Person | None", role: "Role | None") -> None:
        self.sign_out()
        if person is not None and role is not None:
            self.sign_in(person, role)

    def sign_out(self) -> None:
        """Let somebody else work here."""
        page, self.page = self.page, None
        if page is None:
            return
        self._leave_lock()
        # Among people who trust each other the same work goes on; another login begins at its own beginning.
        self.workspace = "board" if page.session.parts.has_logins else page.session.selection.front
        self._stop_live()
        for action in page.session.commands.actions():
            self.removeAction(action)
        self._pages.setCurrentWidget(self.start)
        self._pages.removeWidget(page)
        page.leave()
        page.deleteLater()
        page.session.deleteLater()
        self.header.show_person(None)
        self.entrance.leave()

    def _leave_lock(self) -> None:
        lock, self.lock = self.lock, None
        if lock is not None:
            lock.leave()

    # What the page asks, and what goes wrong

    def _do(self, what: "Ask") -> None:
        from ui.session import Ask

        doing: dict[Ask, Callable[[], object]] = {
            Ask.SIGN_OUT: self.sign_out,
            Ask.LOCK: self.lock_now,
            Ask.QUIT: self.close,
            Ask.HELP: self._help,
            Ask.THEME: self._other_theme,
        }
        doing[what]()

    def _help(self) -> None:
        from ui.help import HelpDialog

        if self.page is not None:
            HelpDialog(self.page.session.commands.help(), self).open()

    def _other_theme(self) -> None:
        """Light, dark, high contrast, and round again."""
        names = list(theme.THEMES)
        self.show_theme(names[(names.index(theme.current().name) + 1) % len(names)])
        if self.page is not None and self.page.preferences is not None:
            self.page.preferences.keep("theme", theme.current().name)

    def _theme_of(self, kept: str) -> None:
        """What was asked for, else what this person chose once, else what the desktop shows."""
        wanted = self.theme_asked or (kept if kept in theme.THEMES else theme.system_theme())
        if wanted != theme.current().name:
            self.show_theme(wanted)

    def follow_system(self) -> None:
        """The desktop has turned light or dark: so does the window, unless somebody chose otherwise."""
        if self.remembers:
            kept = self.page.preferences if self.page is not None else None
            self._theme_of("" if kept is None else kept.text("theme"))

    def show_theme(self, name: str) -> None:
        """Put a theme on the whole window."""
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, name)
        if self.page is not None:
            self.page.retint()

    def tell_fault(self, failure: Failure) -> None:
        """Show a fault of ours; the console goes on."""
        self.faulted.emit(failure.details)
        if self.page is not None:
            self.page.notices.tell_fault(failure)
        elif not self.start.is_asking:
            self.start.say_failed(FAULT, details=failure.details)

    def _heard(self, state: "FeedState") -> None:
        if self.live is not None:
            self.header.show_state(state, self.live.as_of, self.live.heard_at)

    def _heard_rows(self) -> None:
        if self.live is not None and self.live.state is not None:
            self._heard(self.live.state)

    def _stop_live(self) -> None:
        live, self.live = self.live, None
        if live is not None:
            live.stop()
            live.deleteLater()

    # Where the window stands

    def recall_place(self) -> bool:
        """Stand where the window last stood on this computer; False when that is not known."""
        from ui.preferences import Preferences

        return self.remembers and self.restoreGeometry(Preferences().layout("place"))

    def _keep_place(self) -> None:
        if self.remembers and self.isVisible():
            from ui.preferences import Preferences

            Preferences().keep("place", self.saveGeometry())

    # Painting and closing

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            # Queued behind this paint, so that the shell is on the screen when somebody hears of it.
            QTimer.singleShot(0, self.painted.emit)

    def closeEvent(self, event: QCloseEvent) -> None:
        """The feed first, then the background, then the database; the windows go last."""
        if self.entrance.is_opening and not self._closing:
            # What is being opened cannot be stopped half-way, and nothing should go on unseen.
            self._closing = True
            self.start.say_closing()
            event.ignore()
            return
        self.entrance.stop()
        self._keep_place()
        self.hide()
        self._leave_lock()
        if self.page is not None:
            self.page.leave()
        self._stop_live()
        self.countdown.stop()
        self.background.stop()
        self.writing.stop(drops_waiting=False)
        self.entrance.close()
        super().closeEvent(event)
