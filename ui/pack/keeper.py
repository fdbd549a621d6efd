"""Writes the downtime pack by itself: every quarter of an hour, and at once when the board stands still."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from console.domain.phone_list import PhoneList
from console.domain.refusals import Refused
from ui.background import Background, Failure
from ui.pack.contents import PackContents, contents_of
from ui.session import Session
from ui.time_text import duration

PAPER_AFTER_S = 300.0
FIRST_AFTER_S, AGAIN_AFTER_S, AWAY_AFTER_S = 20.0, 60.0, 2.0
FAULT = "The downtime pack could not be drawn because of a fault in the program. Tell your administrator."


class PackKeeper(QObject):
    """The packs of one session; whatever goes wrong is told, and tried again after a minute."""

    written = Signal(object)  # the Path of the pack
    failed = Signal(str)  # why not, in a sentence

    def __init__(self, session: Session) -> None:
        """Nothing is written before the board has stood for a while."""
        super().__init__(session)
        self._session = session
        # Of its own: what somebody is doing must not wait until a pack is drawn.
        self._background = Background(self, workers=1)
        self._phones = PhoneList()
        self._begun_at = self._tried_at = session.countdown.steady()
        self._every_s: float | None = None
        self._is_busy = self._has_failed = False
        self._away_since: float | None = None
        self._written: PackContents | None = None
        self.newest: Path | None = None
        session.countdown.ticked.connect(self.look)

    def stop(self) -> None:
        """Finish what is being written, and write no more."""
        self._session.countdown.ticked.disconnect(self.look)
        self._background.stop()

    @Slot()
    def look(self) -> None:
        """Write a pack when it is time to."""
        now, state = self._session.countdown.steady(), self._session.live.state
        is_live = state is not None and state.is_live
        if is_live:
            self._say_back(now)
            self._away_since = None
        elif self._away_since is None:
            self._away_since = now
        if not self._is_busy and self._is_new() and self._is_time(now):
            self.write()

    def _say_back(self, now: float) -> None:
        """After an outage in which somebody may have written on paper, say where it is entered."""
        away = 0.0 if self._away_since is None else now - self._away_since
        if away >= PAPER_AFTER_S:
            said = f"The board is live again after {duration(away)}. What is on paper is entered with Alt+B."
            self._session.say(said, "warn")

    def _is_new(self) -> bool:
        """Whether the board is another one than that of the newest pack."""
        as_of = self._session.live.as_of
        return as_of is not None and (self._written is None or self._written.as_of < as_of)

    def _is_time(self, now: float) -> bool:
        if self._has_failed:
            return now - self._tried_at >= AGAIN_AFTER_S
        if self._away_since is not None and now - self._away_since >= AWAY_AFTER_S:
            return (
                True  # the last true board goes on paper as it was, not as it was a quarter of an hour before
            )
        if self._written is None:
            return now - self._begun_at >= FIRST_AFTER_S
        return now - self._tried_at >= self._every()

    def _every(self) -> float:
        if self._every_s is None:
            from console.services.pack_files import minutes_between

            try:
                self._every_s = minutes_between() * 60.0
            except Refused as refusal:
                self._every_s = 15 * 60.0
                self.failed.emit(str(refusal))
        return self._every_s

    def contents(self) -> PackContents | None:
        """Give the board as it was last true, with the telephone numbers that are known."""
        session = self._session
        return contents_of(
            session.live,
            self._phones,
            service=session.parts.service_name,
            person=session.actor.name,
            role=session.actor.role.label,
            is_training=session.parts.is_training,
        )

    def write(self) -> None:
        """Write a pack of the board as it stands now."""
        pack = self.contents()
        if pack is None:
            return
        session = self._session
        self._is_busy, self._tried_at = True, session.countdown.steady()
        state, login = session.live.state, session.person.login
        phones = session.desk.phones if state is not None and state.is_live else None
        known = self._phones

        def work() -> tuple[PackContents, PhoneList, Path]:
            from dataclasses import replace

            from console.services.pack_files import pack_folder
            from ui.pack.beside import drawn

            numbers = known
            if phones is not None:
                try:
                    numbers = phones.all()
                except Refused:
                    numbers = known  # the board goes on paper with the numbers of before
            complete = replace(pack, phones=numbers)
            file = pack_folder().write(drawn(complete), pack.as_of, login, is_training=pack.is_training)
            return complete, numbers, file

        self._background.run(work, self._done, self._fault, refused=self._refused, owner=self)

    def _done(self, done: tuple[PackContents, PhoneList, Path]) -> None:
        self._is_busy = self._has_failed = False
        self._written, self._phones, self.newest = done
        self.written.emit(self.newest)

    def _refused(self, refusal: Refused) -> None:
        self._is_busy, self._has_failed = False, True
        self.failed.emit(str(refusal))

    def _fault(self, _: Failure) -> None:
        self._is_busy, self._has_failed = False, True
        self.failed.emit(FAULT)

    # On paper, by one key

    def print_now(self) -> None:
        """Print the board as it was last true; without a printer, open the pack where it can be printed."""
        pack = self.contents()
        if pack is None:
            self._session.say("No board has been read yet: there is nothing to print.", "warn")
            return
        login = self._session.person.login

        def work() -> tuple[str, Path | None]:
            from console.services.pack_files import pack_folder
            from ui.pack.beside import printed

            said, drawn = printed(pack)
            if said:
                return said, None
            return "", pack_folder().write(drawn, pack.as_of, login, is_training=pack.is_training)

        session = self._session
        self._background.run(work, self._on_paper, session.failed, refused=session.refused, owner=self)
        session.say("The downtime pack is on its way to the printer.")

    def _on_paper(self, done: tuple[str, Path | None]) -> None:
        said, file = done
        if file is None:
            self._session.say(said, "ok")
            return
        from ui.pack.printing import open_file

        if open_file(file):
            self._session.say("There is no printer here: the downtime pack is opened instead.", "info")
        else:
            self._session.say(f"There is no printer here. The downtime pack lies in {file.parent}.", "warn")
