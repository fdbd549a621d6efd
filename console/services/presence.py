"""Who has which referral open: this console's lease, renewed while it is open, and those of the others."""

import threading
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from console.domain import presence as rules
from console.domain.presence import Opened
from console.services.basis import Basis, refuse
from db.connect import server_time
from db.queries import presence


@dataclass(frozen=True, slots=True)
class HasOpen:
    """What a console has open: a referral, and whether it is being edited in a form."""

    referral_id: int
    is_editing: bool = False


class Presence:
    """No deed of care: nothing here is on the timeline, in the audit or in the feed, and nothing blocks.

    `console` is a name that one sitting at one window makes up for itself.
    """

    def __init__(self, basis: Basis) -> None:
        self._basis = basis

    def look(self, hub_ids: Collection[int]) -> tuple[Opened, ...]:
        """Give what consoles have open of the referrals of these hubs."""
        with self._basis.database.read() as session:
            return presence.opened(session, hub_ids)

    def renew(self, console: str, has_open: HasOpen, hub_ids: Collection[int]) -> tuple[Opened, ...]:
        """Say what this console has open, and give what all of them have: one short transaction for both."""
        actor = self._basis.actor
        values: dict[str, Any] = {
            "console": console,
            "staff_id": actor.staff_id,
            "role": actor.role.value,
            "device": actor.device,
            "referral_id": has_open.referral_id,
            "is_editing": has_open.is_editing,
        }
        with self._basis.database.work(actor, self._basis.now()) as work:
            now = server_time(work.session.connection())
            presence.renew(work.session, values, now)
            presence.forget(work.session, now)
            return presence.opened(work.session, hub_ids)

    def give_back(self, console: str) -> None:
        """Say that this console has nothing open any more."""
        with self._basis.database.work(self._basis.actor, self._basis.now()) as work:
            presence.give_back(work.session, console)

    def take_over(self, console: str) -> None:
        """Go on in the place of somebody whose console is heard no more; it is told when it comes back."""
        with self._basis.database.work(self._basis.actor, self._basis.now()) as work:
            now = server_time(work.session.connection())
            found = presence.of_console(work.session, console)
            if found is None:
                return  # it is closed there: there is nothing to take over
            refuse(rules.reasons_not_to_take_over(found, now))
            if not presence.take_over(work.session, console, found.renewed_at, work.actor.staff_id, now):
                refuse((f"{found.name} is back just now: you can both work on it.",))


class Lease:
    """The lease of one sitting, from whatever thread: what is given back at its end never comes back."""

    def __init__(self, service: Presence, console: str, hub_ids: Collection[int]) -> None:
        self.console = console
        self._service, self._hub_ids = service, tuple(hub_ids)
        self._one_at_a_time = threading.Lock()
        self._is_written = self._is_over = False

    def beat(self, has_open: HasOpen | None) -> tuple[Opened, ...]:
        """Renew what is open, or give it back, and give what all have open; without news only read."""
        with self._one_at_a_time:
            if self._is_over:
                return ()
            if has_open is not None:
                self._is_written = True  # also when the answer is lost
                return self._service.renew(self.console, has_open, self._hub_ids)
            if self._is_written:
                self._service.give_back(self.console)
                self._is_written = False
            return self._service.look(self._hub_ids)

    def end(self) -> None:
        """Give back what is open; no beat that comes later renews it."""
        with self._one_at_a_time:
            self._is_over = True
            if self._is_written:
                self._service.give_back(self.console)
