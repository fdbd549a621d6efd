"""A real console that drives itself and says on standard output what it has done; somebody kills it.

python -m tests.support.driven_console write|type|look URL NAME

It signs the first coordinator in and says `live N`. `write` takes in referrals of this family NAME, two at a
time, each with a call, and says `saved ID` once the database has said so. `type` types NAME into a new
referral and says `typed`. `look` says what is offered; a line on standard input then continues it, and it
says what stands there.
"""

import sys
import threading
from functools import partial
from itertools import count

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

import main
from console.domain.words import Channel, ContactResult, ContactWith, PracticeLink, Role, Source
from console.services.forms import NewReferral
from ui.desk_page import DeskPage
from ui.dialogs.new_referral import NewReferralDialog
from ui.main_window import MainWindow

SOON_MS = 20


def say(words: str) -> None:
    """Say it at once: the next moment may be the last."""
    sys.stdout.write(f"{words}\n")  # in one piece: two threads speak
    sys.stdout.flush()


class Driver(QObject):
    """Waits for the board, then does what it was asked to do."""

    _asked = Signal()

    def __init__(self, window: MainWindow, what: str, name: str) -> None:
        super().__init__(window)
        self._window, self._what, self._name = window, what, name
        self._numbers = count(1)
        self._looks = QTimer(self, interval=SOON_MS)
        self._looks.timeout.connect(self._look)
        window.start.asked.connect(self._sign_in)
        window.start.failed.connect(partial(print, "failed", flush=True))
        window.faulted.connect(lambda where: say(f"fault {where}"))

    def _sign_in(self) -> None:
        person = next(one for one in self._window.people if Role.COORDINATOR in one.roles)
        self._window.sign_in(person, Role.COORDINATOR)
        self._looks.start()

    @property
    def page(self) -> DeskPage:
        """The page of who is signed in."""
        page = self._window.page
        assert page is not None
        return page

    def _look(self) -> None:
        state = self.page.session.live.state
        if state is None or not state.is_live:
            return
        self._looks.stop()
        say(f"live {len(self.page.session.live.referrals.by_id)}")
        {"write": self._write, "type": self._type, "look": self._offer}[self._what]()

    # write

    def _write(self) -> None:
        for _ in range(2):
            self._take_in()

    def _take_in(self) -> None:
        session, number = self.page.session, next(self._numbers)
        desk = session.desk
        form = NewReferral(
            source=Source.GP_PRACTICE,
            family_name=self._name,
            given_name=f"Number {number}",
            problem="Fall, cannot get up alone",
            home_address=f"{number} Sea Road, Hythe",
            home_postcode="CT21 5AA",
            practice_link=PracticeLink.UNKNOWN,
        )

        def work() -> int:
            referral_id = desk.referrals.receive(form)
            say(f"saved {referral_id}")
            desk.contacts.record(
                referral_id, ContactWith.PATIENT, Channel.TELEPHONE, None, ContactResult.NO_REPLY
            )
            say(f"called {referral_id}")
            return referral_id

        session.background.run(work, lambda _: self._take_in(), session.failed, owner=self)

    # type

    def _type(self) -> None:
        self.page.session.commands.run("referral.new")
        dialog = self._window.findChildren(NewReferralDialog)[0]
        QTest.keyClicks(dialog.fields.family, self._name)
        QTest.keyClicks(dialog.fields.problem, "Fall, cannot get up alone")
        say("typed")

    # look

    def _offer(self) -> None:
        self._asked.connect(self._continue, Qt.ConnectionType.QueuedConnection)
        self.page.session.kept.changed.connect(self._say_offer, Qt.ConnectionType.QueuedConnection)
        self.page.session.kept.look()  # the page's own look may have been answered before this
        threading.Thread(target=self._listen, daemon=True).start()

    def _say_offer(self) -> None:
        bar = self.page.kept
        say(f"offers {bar.sentence.text()}" if bar.isVisible() else "offers nothing")

    def _listen(self) -> None:
        sys.stdin.readline()
        self._asked.emit()

    def _continue(self) -> None:
        self.page.kept.go_on.click()
        dialog = self._window.findChildren(NewReferralDialog)[0]
        QApplication.processEvents()
        say(f"stands {dialog.fields.family.text()}: {dialog.fields.problem.text()}")


if __name__ == "__main__":
    what, url, name = sys.argv[1:]
    asked = main.read(["open", "--database", url])
    sys.exit(main.show(asked, lambda window: setattr(window, "driver", Driver(window, what, name))))
