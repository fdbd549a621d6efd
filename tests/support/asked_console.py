"""A real console that does what it is asked on standard input, a line each, and says what its window shows.

python -m tests.support.asked_console LOGIN URL REFERRAL

It says `live` once it follows the board, and from then on `here WORDS` whenever what others have open of that
referral is told otherwise. It is asked to `open` and `shut` the referral, to `leave`, to `type N` a new
priority into its form, to `submit` the form, and to `choose mine` or `theirs`; it says `opened`, `left`,
`typed`, `asks MINE | THEIRS`, `saved` and `stays`.
"""

import sys
import threading

from PySide6.QtCore import QObject, Qt, QTimer, Signal

import main
from tests.support.driven_console import SOON_MS, say
from ui.commands.opening import Opens
from ui.desk_page import DeskPage
from ui.dialogs.conflict import MINE, THEIRS, ConflictDialog
from ui.dialogs.priority import PriorityDialog
from ui.main_window import MainWindow

OFTEN_MS = 300


class Asked(QObject):
    """Follows the board, and does one thing after the other."""

    asked = Signal(str)

    def __init__(self, window: MainWindow, login: str, referral_id: int) -> None:
        super().__init__(window)
        self._window, self._login, self._key = window, login, referral_id
        self._looks = QTimer(self, interval=SOON_MS)
        self._looks.timeout.connect(self._look)
        window.start.asked.connect(self._sign_in)
        window.faulted.connect(lambda where: say(f"fault {where}"))
        self.asked.connect(self._do, Qt.ConnectionType.QueuedConnection)

    @property
    def page(self) -> DeskPage:
        """The page of who is signed in."""
        assert self._window.page is not None
        return self._window.page

    def _sign_in(self) -> None:
        person = next(one for one in self._window.people if one.login == self._login)
        self._window.sign_in(person, person.roles[0])
        self._looks.start()

    def _look(self) -> None:
        session = self.page.session
        if session.live.state is not None and self._key in session.live.referrals.by_id:
            self._looks.stop()
            session.presence._every.setInterval(OFTEN_MS)  # the test need not wait as long as people do
            session.presence.changed.connect(self._say_here)
            session.done_with.connect(lambda *_: say("saved"))
            session.said.connect(lambda sentence, _: say(f"stays {sentence}"))
            say("live")
            threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        for line in sys.stdin:
            self.asked.emit(line.strip())

    def _say_here(self) -> None:
        here = self.page.session.presence.here(self._key)
        say(f"here {here.words if here else 'nobody'}")

    def _do(self, words: str) -> None:
        what, _, more = words.partition(" ")
        if what == "open":
            self.page.open_record(self._key)
            say("opened")
        elif what == "shut":
            self.page.close_record()
        elif what == "leave":
            self._window.sign_out()
            say("left")
        elif what == "type":
            self._type(int(more))
        elif what == "submit":
            self.form.submit()
            self._wait_for_question()
        elif what == "choose":
            self._choose(MINE if more == "mine" else THEIRS)

    @property
    def form(self) -> PriorityDialog:
        """The form that is open."""
        return next(one for one in self._window.findChildren(PriorityDialog) if one.isVisible())

    def _type(self, priority: int) -> None:
        row = self.page.session.live.referrals.by_id[self._key]
        Opens("priority", "PriorityDialog", lambda _: row)(self.page.session)
        self.form.priority.put(priority)
        self.form.reason.setPlainText("In pain")
        say("typed")

    def _wait_for_question(self) -> None:
        found = [one for one in self._window.findChildren(ConflictDialog) if one.isVisible()]
        if found:
            choice = found[-1].choices["priority"]
            say(f"asks {choice.mine.accessibleName()} | {choice.theirs.accessibleName()}")
        elif any(one.isVisible() for one in self._window.findChildren(PriorityDialog)):
            QTimer.singleShot(SOON_MS, self._wait_for_question)

    def _choose(self, value: int) -> None:
        question = next(one for one in self._window.findChildren(ConflictDialog) if one.isVisible())
        question.choices["priority"].choose(value)
        question.submit()


if __name__ == "__main__":
    login, url, referral = sys.argv[1:]
    asked = main.read(["open", "--database", url])
    sys.exit(main.show(asked, lambda window: setattr(window, "driver", Asked(window, login, int(referral)))))
