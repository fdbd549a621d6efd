"""The line above every workspace: somebody needs an answer from this person, and nobody has accepted it."""

import datetime as dt
from functools import partial

from PySide6.QtWidgets import QFrame, QWidget

from console.domain.alarms import OUR_PEOPLE, Alarm, sound_of
from console.domain.rows import TaskRow
from ui.alarms import Alarms
from ui.announcer import Announcer, Say
from ui.boards.referral_cells import name_of
from ui.boards.task_cells import about, to_answer
from ui.session import Session
from ui.time_text import age
from ui.widgets.action_bar import KeyButton
from ui.widgets.looks import IconLabel, label, line
from ui.widgets.messages import announce

# News about a patient that asks nothing of anybody by name; the board keeps showing it afterwards.
_PATIENTS = {
    "ambulance": "999 is asked for and has no reference",
    "triage": "Triage is overdue",
    "overdue": "The patient is overdue and nobody is with them",
}
_NEWS_STAYS = dt.timedelta(seconds=60)


class AlertBar(QFrame):
    """Stays until somebody accepts; whoever looks at another workspace sees it too."""

    def __init__(
        self, session: Session, alarms: Alarms, parent: QWidget | None = None, say: Say = announce
    ) -> None:
        """Hidden until something urgent is asked; `say` reads aloud."""
        super().__init__(parent)
        self.setObjectName("Warning")
        self.setProperty("tone", "bad")
        self._session, self._alarms = session, alarms
        self._known: set[int] | None = None
        self._aloud, self._read = Announcer(self, say), say
        self._tasks: list[TaskRow] = []
        self._news: list[Alarm] = []
        self._news_at: dt.datetime | None = None
        whole = line(self, gap=10)
        whole.setContentsMargins(12, 3, 4, 3)
        self.sentence = label("", "label", wraps=True)  # what is urgent is never cut
        self.more = label("", "small")
        self.show_button = KeyButton("Show", session.commands["window.tasks"].shortcut)
        self.show_button.setAccessibleName("Show what is asked of you")
        self.show_button.clicked.connect(self._show)
        whole.addWidget(IconLabel("siren", "bad", 18))
        whole.addWidget(self.sentence, 1)
        whole.addWidget(self.more)
        whole.addWidget(self.show_button)
        self.hide()
        session.live.changed.connect(self.tell)
        session.countdown.ticked.connect(self._tick)
        alarms.came.connect(self._hear)

    def tell(self) -> None:
        """Show what is owed an answer now, and announce what has come."""
        session = self._session
        self._tasks = to_answer(
            session.live.tasks.by_id.values(), session.actor, session.person.practitioner_id
        )
        known = self._known
        if session.live.as_of is not None:
            self._known = {row.id for row in self._tasks}
            if known is None:
                self._greet()
            else:
                self._read_new([row for row in self._tasks if row.id not in known])
        self._say()

    def _greet(self) -> None:
        """What is there at sign-in is said once, in the turn of what is being said."""
        count = len(self._tasks)
        if count:
            whose = "1 task waits" if count == 1 else f"{count} tasks wait"
            self._read(self, f"{whose} for your answer. {self._words(self._tasks[0])}")

    def _read_new(self, come: list[TaskRow]) -> None:
        for row in come:
            about = ("referral", row.referral_id) if row.referral_id else ("task", row.id)
            sound = sound_of(row.kind, row.subject)
            if sound is not None:
                self._aloud.add(about, sound, partial(self._words, row))

    def _hear(self, new: list[Alarm]) -> None:
        """Keep the news about patients for a while: they ask nothing of anybody that could be accepted."""
        about_patients = [one for one in new if one.what in _PATIENTS]
        if about_patients:
            self._news, self._news_at = about_patients, self._session.countdown.now()
            for one in about_patients:
                self._aloud.add(("referral", one.row_id), one.sound, partial(self._news_of, one))
            self._say()

    def _tick(self) -> None:
        if self._news_at is not None and self._session.countdown.now() - self._news_at >= _NEWS_STAYS:
            self._news, self._news_at = [], None
        self._say()

    def _say(self) -> None:
        """A task first; news about patients where no task is in the way."""
        standing = self._alarms.now
        self._news = [one for one in self._news if (one.what, one.row_id) in standing]
        count = len(self._tasks) or len(self._news)
        if self._tasks:
            asked = age(self._tasks[0].created_at, self._session.now())
            said = f"{self._words(self._tasks[0])} Asked {asked}."
        else:
            said = self._news_words()
        self.more.setText(f"and {count - 1} more" if count > 1 else "")
        self.more.setVisible(count > 1)
        self.sentence.setText(said)
        self.setAccessibleName(said)
        self.show_button.show_key(is_shown=bool(self._tasks))
        self.setVisible(count > 0)

    def _words(self, row: TaskRow) -> str:
        if row.kind in OUR_PEOPLE or row.referral_id is None:
            said = f"{row.title} · {row.words}"
            return said if said.endswith(("?", "!")) else said.rstrip(".") + "."
        whom = about(row, self._session.live.referrals.by_id).who
        return f"{row.title} · {whom} · nobody has accepted it."

    def _news_words(self) -> str:
        return self._news_of(self._news[0]) if self._news else ""

    def _news_of(self, one: Alarm) -> str:
        row = self._session.live.referrals.by_id.get(one.row_id)
        return f"{_PATIENTS[one.what]}: {name_of(row)}" if row is not None else f"{_PATIENTS[one.what]}."

    def _show(self) -> None:
        if self._tasks or not self._news:
            self._session.commands.action("window.tasks").trigger()
            return
        self._session.go_to("board", self._news[0].what)
        self._news, self._news_at = [], None
        self._say()
