"""Who has which referral open: this window tells what it has open, and rows show what others have."""

import datetime as dt
import os
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QDialog

from console.domain import presence as rules
from console.domain.initials import initials
from console.domain.presence import RENEWED_EVERY, Opened
from ui.time_text import day_clock

if TYPE_CHECKING:
    from console.domain.refusals import Refused
    from console.services.presence import HasOpen, Lease
    from ui.background import Failure
    from ui.session import Session

_EVERY_MS = int(RENEWED_EVERY.total_seconds() * 1000)
# Arrow keys pass rows quickly, and a dialog follows the panel: what is open for a moment only is not told.
_SOON_MS = 250


class Here(NamedTuple):
    """What a row says of who has it open: letters, a few words, the whole sentence; faded when unsure."""

    letters: str
    short: str
    words: str
    is_stale: bool


class Presence(QObject):
    """Renews what this window has open every few seconds, and learns with it what the others have.

    Nothing rings for it: a change is seen by all others within a renewal, and no board is read for it.
    """

    changed = Signal()  # what is to be told of others
    taken_over = Signal(str)  # what this person had open, in a sentence: somebody went on with it

    def __init__(self, session: "Session") -> None:
        """Nothing is told or asked before `begin`."""
        super().__init__(session)
        self._session = session
        self._console = os.urandom(8).hex()
        self._lease: Lease | None = None
        self._in_panel: int | None = None
        self._in_dialogs: dict[int, int] = {}
        self._found: tuple[Opened, ...] = ()
        self._told: dict[int, tuple[Opened, ...]] = {}
        self._stale: frozenset[str] = frozenset()
        self._warned_at: dt.datetime | None = None
        self._is_asking = False
        self._every = QTimer(self, interval=_EVERY_MS)
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._every.timeout.connect(self._beat)
        self._soon.timeout.connect(self._beat)
        session.countdown.ticked.connect(self._sort)

    # What is open here

    def begin(self) -> None:
        """Tell and ask from now on."""
        from console.services.presence import Lease

        session = self._session
        self._lease = Lease(session.desk.presence, self._console, session.person.hub_ids)
        self._every.start()
        self._beat()

    def end(self) -> None:
        """Give back what is open; beside this thread, and whatever is still on its way."""
        self._every.stop()
        self._soon.stop()
        lease, self._lease = self._lease, None
        if lease is not None and self._is_live:
            self._session.background.run(lease.end, refused=_let_be)

    def reads(self, referral_id: int | None) -> None:
        """The side panel shows this referral, or none."""
        if referral_id != self._in_panel:
            self._in_panel = referral_id
            self._soon.start()

    def attend(self, dialog: QDialog, referral_id: int) -> None:
        """A dialog about this referral is open until it is finished."""
        key = id(dialog)
        self._in_dialogs[key] = referral_id
        self._soon.start()

        def close() -> None:
            self._in_dialogs.pop(key, None)
            self._soon.start()

        dialog.finished.connect(close)

    @property
    def has_open(self) -> "HasOpen | None":
        """The referral of the dialog in front, else that of the side panel."""
        from console.services.presence import HasOpen

        if self._in_dialogs:
            return HasOpen(list(self._in_dialogs.values())[-1], is_editing=True)
        return None if self._in_panel is None else HasOpen(self._in_panel)

    # What others have open

    @property
    def _is_live(self) -> bool:
        state = self._session.live.state
        return state is None or state.is_live

    @Slot()
    def _beat(self) -> None:
        """One at a time, and none while the database is away: what was told grows old by itself."""
        if self._lease is None or not self._is_live:
            return
        if self._is_asking:
            self._soon.start()
            return
        self._is_asking = True
        lease, has_open = self._lease, self.has_open
        self._session.background.run(
            lambda: lease.beat(has_open), self.take, self._failed, refused=self._failed, owner=self
        )

    def _failed(self, _: "Refused | Failure") -> None:
        self._is_asking = False  # it is tried again; the header says whether the database is away

    def take(self, found: tuple[Opened, ...]) -> None:
        """Take what all consoles have open, as it was read just now."""
        self._is_asking = False
        self._found = found
        self._sort()
        self._warn(next((one for one in found if one.console == self._console), None))

    def _warn(self, own: Opened | None) -> None:
        """Say once that somebody went on while this window was not heard."""
        if own is None or own.taken_at is None or own.taken_at == self._warned_at:
            return
        self._warned_at = own.taken_at
        at = self._as_shown(own.taken_at)
        self.taken_over.emit(
            f"{own.taken_by} took over what you had open, at {at}, while this window was not connected."
            " Look at what was done since before you go on."
        )

    @Slot()
    def _sort(self) -> None:
        """Others by referral; with the time alone they fade and go."""
        now = self.server_now()
        others = rules.shown((one for one in self._found if one.console != self._console), now)
        told: dict[int, tuple[Opened, ...]] = {}
        for one in others:
            told[one.referral_id] = (*told.get(one.referral_id, ()), one)
        stale = frozenset(one.console for one in others if rules.is_stale(one, now))
        is_news = _as_told(told) != _as_told(self._told) or stale != self._stale
        self._told, self._stale = told, stale
        if is_news:
            self.changed.emit()

    def others(self, referral_id: int | None) -> tuple[Opened, ...]:
        """Who else has this referral open, whoever is there first."""
        return () if referral_id is None else self._told.get(referral_id, ())

    def is_stale(self, one: Opened) -> bool:
        """Whether that console is not heard any more."""
        return one.console in self._stale

    def here(self, referral_id: int | None) -> Here | None:
        """What a row says; None when nobody else has it open."""
        others = self.others(referral_id)
        if not others:
            return None
        first, more = others[0], len(others) - 1
        name = "You have" if self._is_own(first) else f"{first.name.split()[0]} has"
        letters = (initials(first.name) or "?") + (f" +{more}" if more else "")
        since = self._as_shown(first.since)
        words = " ".join(self.sentence(one) for one in others)
        besides = f", +{more}" if more else ""
        return Here(letters, f"{name} this{besides} · {since}", words, self.is_stale(first))

    def sentence(self, one: Opened) -> str:
        """Jo Bell (hub coordinator) has this open since 14:02."""
        role = one.role.label[0].lower() + one.role.label[1:]
        is_own = self._is_own(one)
        where = f" at {one.device}" if is_own and one.device else ""
        since = f"{where} since {self._as_shown(one.since)}"
        if self.is_stale(one):
            who = "You" if is_own else f"{one.name} ({role})"
            heard = self._as_shown(one.renewed_at)
            return f"{who} had this open{since}; that window has not been heard since {heard}."
        who = "You have" if is_own else f"{one.name} ({role}) has"
        return f"{who} this {'in a form' if one.is_editing else 'open'}{since}."

    def take_over(self, one: Opened) -> None:
        """Go on in the place of somebody who is heard no more."""
        desk, console = self._session.desk, one.console
        self._session.perform(
            lambda: desk.presence.take_over(console), then=lambda _: self._beat(), owner=self
        )

    def _is_own(self, one: Opened) -> bool:
        return one.staff_id == self._session.actor.staff_id

    def server_now(self) -> dt.datetime:
        """The server's own time, by which leases grow old."""
        parts = self._session.parts
        return (parts.server or parts.now)()

    def _as_shown(self, at: dt.datetime) -> str:
        """A time of the server on the clock of this window, which in training may be another one."""
        now = self._session.now()
        return day_clock(now - self._session.parts.silence(at), now)


def _as_told(told: dict[int, tuple[Opened, ...]]) -> object:
    """What of it can be seen: renewing changes nothing on the screen."""
    return {key: [(one.console, one.is_editing, one.since) for one in opened] for key, opened in told.items()}


def _let_be(_: "Refused") -> None:
    """It ends by itself."""
