"""Opens the console behind the window, and lets people in at it and out again."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QClipboard, QGuiApplication

from console.domain.refusals import AsksWho, Away, Refused
from ui.background import FAULT, Background, Failure
from ui.start_page import StartPage, newest_pack

if TYPE_CHECKING:  # what a session needs is loaded beside the database, after the first paint
    from console.domain.rows import Person
    from console.domain.sign_in import Connection, Entry
    from ui.parts import ConsoleParts, Door, OpenConsole

_AGAIN_WITHIN_MS = 1000
_BY_ITSELF = "It is tried again by itself, about every second."
Opened = tuple["ConsoleParts", "list[Person]"]


class Entrance(QObject):
    """Asks on the start page who is working here; a database with logins is asked by each person anew."""

    opened = Signal(object)  # the ConsoleParts
    settled = Signal()  # what was being opened is open, or is not

    def __init__(
        self,
        open_console: "OpenConsole",
        door: "Door | None",
        start: StartPage,
        background: Background,
        writing: Background,
        parent: QObject,
    ) -> None:
        """Nothing is opened yet."""
        super().__init__(parent)
        self._open_console, self._door, self._start = open_console, door, start
        self._background, self._writing = background, writing
        self.parts: ConsoleParts | None = None
        self.people: list[Person] = []
        self.is_opening = False
        self._connections: list[Connection] = []
        self._entry: Entry | None = None
        self._again = QTimer(self, singleShot=True)
        self._again.timeout.connect(self._try)
        start.entered.connect(self._enter)
        start.added.connect(self._add)
        start.left.connect(self.leave)

    # Opening

    def begin(self) -> None:
        """Open what the settings name, by what is known of who asks."""
        self._start.say_opening()
        self._try()

    def _try(self) -> None:
        self._again.stop()
        _load()
        self._run(self._open, self._not_opened)

    def _run(self, work: Callable[[], Opened], refused: Callable[[Refused], None]) -> None:
        self.is_opening = True

        def failed(why: Failure) -> None:
            self._settle()
            self._start.say_failed(FAULT, details=why.details)

        def not_opened(why: Refused) -> None:
            self._settle()
            refused(why)

        self._background.run(work, self._opened, failed, refused=not_opened, owner=self)

    def _settle(self) -> None:
        self.is_opening = False
        self.settled.emit()

    def _open(self) -> Opened:
        """On another thread: this is where the database is loaded."""
        if self.parts is None:
            try:
                # Kept at once, so that it is closed even if the window goes before the answer arrives.
                self.parts = self._open_console()
            except AsksWho:
                if self._door is not None:
                    self._connections = self._door.connections()
                raise
        return self._with_people()

    def _with_people(self) -> Opened:
        parts = self.parts
        assert parts is not None  # noqa: S101 - set just before, on this thread
        if parts.has_logins and self._door is not None and not self._connections:
            self._connections = self._door.connections()
        try:
            return parts, parts.people()
        except AsksWho:
            self.parts = None
            parts.close()
            raise

    def _opened(self, opened: Opened) -> None:
        parts, self.people = opened
        self._settle()
        if self.parts is None:
            return  # the window is closing
        self.opened.emit(parts)
        if parts.has_logins:
            self._keep_login()
            choice = self._start.ask_role(self.people[0])
            if self._start.role_choice is choice and len(choice.roles) == 1:
                self._start.signed_in.emit(self.people[0], choice.roles[0])
        else:
            self._start.ask_who(self.people)

    def _not_opened(self, why: Refused) -> None:
        if isinstance(why, AsksWho) and self._door is not None:
            from console.domain.sign_in import SIGN_IN

            self._ask(*(one for one in why.reasons if one != SIGN_IN))  # where nothing was wrong yet
        elif isinstance(why, Away):
            import random  # not loaded before the first paint

            # Nobody has to do anything: who comes in the morning finds a console that is open.
            self._start.say_failed(*why.reasons, _BY_ITSELF)
            self._offer_pack()
            self._again.start(round(random.uniform(0.5, 1.0) * _AGAIN_WITHIN_MS))  # noqa: S311 - spreads consoles
        else:
            self._start.say_failed(*why.reasons)

    def _offer_pack(self) -> None:
        self._background.run(newest_pack, self._start.offer_pack, refused=lambda _: None, owner=self)

    # Signing in

    def _ask(self, *reasons: str, is_new: bool = False) -> None:
        """Ask who it is; a new person finds nothing of the one before."""
        from ui.preferences import Preferences

        kept = "" if is_new else Preferences().text("login")
        card = self._start.ask_way_in(self._connections, login=kept, keeps=bool(kept))
        if reasons:
            card.say(*reasons)

    def _enter(self, entry: "Entry") -> None:
        door = self._door
        if door is None:
            return
        self._entry = entry

        def work() -> Opened:
            self.parts = door.enter(entry)
            return self._with_people()

        self._run(work, self._not_let_in)

    def _not_let_in(self, why: Refused) -> None:
        self._entry = None
        card = self._start.way_in
        if card is not None:
            card.refuse(*why.reasons, counts=not isinstance(why, Away))
            if isinstance(why, Away):
                self._offer_pack()

    def _keep_login(self) -> None:
        """Whose password is kept here is offered the next time; nobody else's name is."""
        from ui.preferences import Preferences

        entry, self._entry = self._entry, None
        if entry is not None:
            Preferences().keep("login", entry.login if entry.keeps else "")

    def _add(self, connection: "Connection") -> None:
        door, card = self._door, self._start.way_in
        if door is None or card is None:
            return

        def added(found: "list[Connection]") -> None:
            self._connections = found
            card.offer(found, connection.name)
            card.begin()

        self._background.run(
            lambda: door.add(connection),
            added,
            refused=lambda why: card.new.say_wrong(str(why)),
            failed=lambda _: card.new.say_wrong(FAULT),
            owner=card,
        )

    def note(self) -> str:
        """What there is to say to who has just come in."""
        return "" if self.parts is None else self.parts.note

    # Leaving

    def leave(self) -> None:
        """Let somebody else in: at a database with logins everything that was open as this one is closed."""
        forget_clipboard()
        parts = self.parts
        if parts is None or not parts.has_logins:
            self._start.ask_who(self.people)
            return
        self.parts, self.people = None, []
        # Behind what the person who leaves has still to write.
        self._writing.run(parts.close)
        if self._door is None:
            self.begin()
        else:
            self._ask(is_new=True)

    def stop(self) -> None:
        """Try no more."""
        self._again.stop()

    def close(self) -> None:
        """Close what is open."""
        parts, self.parts = self.parts, None
        if parts is not None:
            parts.close()


def _load() -> None:
    """Load what a session needs, on the thread of the window: no class of Qt's may be made on another one.

    Before Python 3.12 PySide keeps what it knows of classes in one table, and Qt looks there while it paints,
    without Python's lock. Classes that were made meanwhile beside the window crashed it now and then.
    """
    import ui.desk_page
    import ui.live_updates
    import ui.sign_in
    import ui.way_in  # noqa: F401


def forget_clipboard() -> None:
    """Leave nothing that was copied to who comes next."""
    board = QGuiApplication.clipboard()
    board.clear()
    if board.supportsSelection():
        board.clear(QClipboard.Mode.Selection)
