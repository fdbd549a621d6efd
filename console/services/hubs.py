"""Hubs: closed when everybody is safe, opened, diverted; and who has the patients of the night."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from console.domain import hub_closing as rules
from console.domain.acting import NOW, Happened
from console.domain.calendar import local, local_day, said
from console.domain.opening import is_of_the_day_that_begins
from console.domain.permissions import Deed
from console.domain.words import Role, TaskKind
from console.services import queue_hours, safety
from console.services.basis import Basis, refuse
from console.services.queue_hours import is_closed_down
from console.services.queue_parts import as_rules_see_it
from console.services.steps import happened_at
from console.services.triage import reasons_ended
from db.models import Hub, Referral, Task
from db.queries import care
from db.unit_of_work import UnitOfWork


class Hubs:
    """What is decided about a whole hub."""

    def __init__(self, basis: Basis) -> None:
        self._basis = basis

    def what_is_open(self, hub_id: int, *, of_evening: bool | None = None) -> tuple[str, ...]:
        """Say what still stands in the way of closing a hub, one sentence for each patient."""
        now = self._basis.now()
        with self._basis.database.read() as session:
            hub = session.get_one(Hub, hub_id)
            day = queue_hours.closing_day(session, hub, now, now, of_evening=of_evening)
            return _still_open(session, hub, day, now)

    def close(
        self, hub_id: int, seen_version: int, happened: Happened = NOW, *, of_evening: bool | None = None
    ) -> None:
        """Close a hub for the day: everybody is seen, taken over, rebooked or the supervisor's.

        After midnight that is the day on which nobody closed it: its hours of the new day stay as they are.
        Shortly before it opens `of_evening` says which of the two is meant; without it, the day that begins.
        """
        with self._basis.work(Deed.CLOSE_HUB) as work:
            hub = work.lock(Hub, hub_id)
            work.expect(hub, seen_version)
            at = happened_at(work, happened)
            refuse((f"{hub.name} is closed already.",) if is_closed_down(hub, work.now) else ())
            day = queue_hours.closing_day(work.session, hub, at, work.now, of_evening=of_evening)
            is_today = local_day(day) == local_day(work.now)
            # Who says that it closed today before anybody came still closes over whoever is there now.
            refuse(_still_open(work.session, hub, work.now if is_today else day, work.now))
            hub.is_closed_down, hub.closed_down_at = is_today, at
            named = "the day" if is_today else f"{local(day):%A}"
            _hub_step(work, hub, "hub.closed", f"{hub.name} closed for {named}", Happened(at=at))

    def open(self, hub_id: int, seen_version: int, happened: Happened = NOW) -> None:
        """Open a hub again; whom somebody else took meanwhile they keep.

        Nothing takes that back but closing, which asks about whoever has come since.
        """
        with self._basis.work(Deed.CLOSE_HUB) as work:
            hub = work.lock(Hub, hub_id)
            work.expect(hub, seen_version)
            refuse(() if hub.is_closed_down else (f"{hub.name} is not closed.",))
            at = happened_at(work, happened, hub.closed_down_at)
            hub.is_closed_down, hub.closed_down_at = False, None
            told = replace(happened, at=at)
            _hub_step(work, hub, "hub.opened", f"{hub.name} opened", told, undoable=False)

    def hand_overnight(self, referral_id: int, seen_version: int, words: str = "") -> int:
        """Hand a patient to the 24-hour supervisor, who accepts by name; gives the task."""
        with self._basis.work(Deed.HAND_OVERNIGHT) as work:
            referral = work.lock(Referral, referral_id)
            work.expect(referral, seen_version)
            refuse(reasons_ended(referral))
            return _hand_over(work, referral, words).id

    def hand_all_overnight(self, hub_id: int, words: str = "", *, of_evening: bool | None = None) -> int:
        """Hand every open patient who is not at the hub to the supervisor; gives how many are new."""
        with self._basis.work(Deed.HAND_OVERNIGHT) as work:
            hub, now = work.get(Hub, hub_id), work.now
            day = queue_hours.closing_day(work.session, hub, now, now, of_evening=of_evening)
            outside = _outside(work.session, hub, day, now)
            new = [referral for referral, handed in outside if handed is None]
            for referral in new:
                _hand_over(work, referral, words)
        return len(new)

    def divert(
        self,
        hub_id: int,
        seen_version: int,
        to_hub_id: int,
        until: dt.datetime,
        reason: str,
        happened: Happened = NOW,
    ) -> None:
        """Send a hub's new patients to another one until a time."""
        with self._basis.work(Deed.DIVERT_HUB) as work:
            hub, other = work.lock(Hub, hub_id), work.get(Hub, to_hub_id)
            work.expect(hub, seen_version)
            refuse(_reasons_not_to_divert(hub, other, until, reason, work.now))
            at = happened_at(work, happened)
            hub.diverts_to_id, hub.diverts_until = other.id, until
            hub.diverted_by_id = work.actor.staff_id
            words = f"{hub.name} diverts to {other.name} until {said(until)}: {reason.strip()}"
            _hub_step(work, hub, "hub.diverted", words, replace(happened, at=at))

    def end_divert(self, hub_id: int, seen_version: int, happened: Happened = NOW) -> None:
        """Let a hub take its own new patients again."""
        with self._basis.work(Deed.DIVERT_HUB) as work:
            hub = work.lock(Hub, hub_id)
            work.expect(hub, seen_version)
            refuse(() if hub.diverts_to_id is not None else (f"{hub.name} does not divert.",))
            at = happened_at(work, happened)
            hub.diverts_to_id = hub.diverts_until = hub.diverted_by_id = None
            words = f"{hub.name} takes its own patients again"
            _hub_step(work, hub, "hub.divert_ended", words, replace(happened, at=at))


def _still_open(session: care.Open, hub: Hub, day: dt.datetime, now: dt.datetime) -> tuple[str, ...]:
    """Give one sentence for each patient who is nobody's when the hub closes for this day."""
    entries = [as_rules_see_it(*pair) for pair in care.open_entries(session, hub.id)]
    queued = rules.reasons_not_to_close(entries, day, queue_hours.opens_at(session, hub, now))
    away = (_why_open(referral, handed) for referral, handed in _outside(session, hub, day, now))
    return (*queued, *(words for words in away if words))


def _outside(
    session: care.Open, hub: Hub, day: dt.datetime, now: dt.datetime
) -> Sequence[tuple[Referral, Task | None]]:
    """Give the patients away from the hub whom this day leaves, each with the task for the night."""
    opens_at = queue_hours.opens_at(session, hub, now)
    found = care.outside_the_queue(session, hub.id)
    return [one for one in found if not is_of_the_day_that_begins(one[0].received_at, day, opens_at)]


def _why_open(referral: Referral, handed: Task | None) -> str:
    """A patient who waits or is visited outside the hub is the supervisor's, once accepted by name."""
    if handed is None:
        return f"{referral.number} is still open: hand it to the supervisor for the night."
    if handed.accepted_by_id is None:
        return f"{referral.number} waits for the supervisor to accept it by name."
    return ""


def _hand_over(work: UnitOfWork, referral: Referral, words: str) -> Task:
    asked = words.strip() or "open when the hub closes. Accept the patient by name."
    task = safety.ask_about(work, TaskKind.OVERNIGHT, Role.SUPERVISOR, referral, asked)
    work.step(
        "referral.overnight",
        "Handed to the supervisor for the night",
        hub_id=referral.hub_id,
        referral_id=referral.id,
    )
    return task


def _reasons_not_to_divert(
    hub: Hub, other: Hub, until: dt.datetime, reason: str, now: dt.datetime
) -> tuple[str, ...]:
    is_back = other.diverts_to_id == hub.id and other.diverts_until is not None and other.diverts_until > now
    checks = (
        (hub.id == other.id, "Choose the other hub."),
        (is_back, f"{other.name} diverts to {hub.name} already: end that first."),
        (is_closed_down(other, now), f"{other.name} has closed for the day."),
        (until <= now, "Give an end that is still to come."),
        (not reason.strip(), "Say why the hub diverts."),
    )
    return tuple(words for is_reason, words in checks if is_reason)


def _hub_step(
    work: UnitOfWork, hub: Hub, kind: str, words: str, happened: Happened, *, undoable: bool = True
) -> None:
    work.step(kind, words, hub_id=hub.id, happened=happened, undoable=undoable)
