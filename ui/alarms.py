"""Listens for what is new and urgent: one sound for a burst, and word of it to whoever shows it."""

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from console.domain.alarms import AGAIN_EVERY, BURST, Alarm, Sound, of_patients, of_tasks
from ui.session import Session
from ui.sounds import play

_LOOK_EVERY_S = 5


class Alarms(QObject):
    """What calls for this person now; `came` brings what is new, `sounded` says what was heard of it."""

    came = Signal(list)  # of Alarm, the gravest first
    sounded = Signal(Sound)

    def __init__(
        self, session: Session, parent: QObject | None = None, sound: Callable[[Sound], None] = play
    ) -> None:
        """What is there at sign-in is seen, and not heard: nothing of it is new."""
        super().__init__(parent)
        self._session, self._sound = session, sound
        self.is_muted = False
        self.now: dict[tuple[str, int], Alarm] = {}
        self._has_looked = False
        self._heard: tuple[Sound, dt.datetime] | None = None
        self._seconds = 0
        session.live.changed.connect(self.look)
        session.countdown.ticked.connect(self._tick)

    def mute(self, *, is_muted: bool) -> None:
        """Make no sound, or make it again; the picture stays."""
        self.is_muted = is_muted

    def look(self) -> None:
        """Tell what has come since the last look."""
        if self._session.live.as_of is None:
            return
        found = {(one.what, one.row_id): one for one in self._alarms()}
        new = [one for key, one in found.items() if key not in self.now]
        self.now = found
        if not self._has_looked:
            self._has_looked = True
        elif new:
            new.sort(key=lambda one: (one.sound.gravity, one.at))
            self.came.emit(new)
            self._call(new[0].sound)

    def _alarms(self) -> list[Alarm]:
        session = self._session
        tasks, patients = session.live.tasks.by_id.values(), session.live.referrals.by_id.values()
        mine = of_tasks(tasks, session.actor, session.person.practitioner_id)
        return [*mine, *of_patients(patients, session.actor.role, session.now())]

    def _call(self, sound: Sound) -> None:
        """Be heard, unless the same or something graver was heard a moment ago."""
        now = self._session.countdown.now()
        if self._heard is not None:
            before, at = self._heard
            if now - at < BURST and before.gravity <= sound.gravity:
                return
        self._heard = sound, now
        QApplication.alert(self._session.window)  # the taskbar shows that something is there, and never what
        if not self.is_muted:
            self._sound(sound)
            self.sounded.emit(sound)

    def _tick(self) -> None:
        """Some alarms come with the time alone; a call for help is heard again until somebody accepts it."""
        self._seconds = (self._seconds + 1) % _LOOK_EVERY_S
        if self._seconds == 0:
            self.look()
        again = {one.sound for one in self.now.values()} & AGAIN_EVERY.keys()
        for sound in again:
            now = self._session.countdown.now()
            if self._heard is None or now - self._heard[1] >= AGAIN_EVERY[sound]:
                self._call(sound)
