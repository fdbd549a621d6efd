"""A time that was given at a hub: changed, or given back so that somebody else may have it."""

import datetime as dt

from console.domain import hub_queue as rules
from console.domain.acting import NOW, Happened
from console.domain.calendar import said
from console.domain.permissions import Deed
from console.domain.words import QueueStatus
from console.services import queue_hours
from console.services.basis import Basis, refuse
from console.services.queue_parts import ask_supervisor_when_closed, end, last_time, locked, queue_step
from console.services.steps import happened_at
from db.models import Hub


class QueueBookings:
    """What becomes of a booking when the patient rings."""

    _basis: Basis

    def rebook(
        self,
        entry_id: int,
        seen_version: int,
        booked_for_at: dt.datetime,
        reason: str,
        happened: Happened = NOW,
    ) -> None:
        """Give a patient who is booked another time at this hub; no clock of theirs changes."""
        with self._basis.work(Deed.BOOK) as work:
            entry, referral = locked(work, entry_id, seen_version)
            before = entry.booked_for_at
            refuse(rules.reasons_not_to_change_booking(entry.status, reason))
            refuse(rules.reasons_not_to_book_anew(before, booked_for_at, work.now))
            refuse(queue_hours.reasons_not_to_book(work, work.get(Hub, entry.hub_id), booked_for_at))
            at = happened_at(work, happened, last_time(entry, referral))
            entry.booked_for_at = booked_for_at
            instead = f" instead of {said(before)}" if before else ""
            words = f"Booked for {said(booked_for_at)}{instead}: {reason.strip()}"
            queue_step(work, entry, "booked_anew", words, happened, at)

    def cancel_booking(self, entry_id: int, seen_version: int, reason: str, happened: Happened = NOW) -> None:
        """A patient who is booked does not come: the time is free, and they wait on the board as before."""
        with self._basis.work(Deed.BOOK) as work:
            entry, referral = locked(work, entry_id, seen_version)
            refuse(rules.reasons_not_to_change_booking(entry.status, reason))
            at = happened_at(work, happened, last_time(entry, referral))
            hub = work.lock(Hub, entry.hub_id)
            words = f"Booking cancelled, waits on the board: {reason.strip()}"
            # The board has them: a word of its own for this end would be unknown to a program of before.
            end(entry, QueueStatus.TAKEN_OVER, at, words)
            # The time was why the hub could close, and it asks about nobody until it opens again.
            ask_supervisor_when_closed(work, hub, referral, f"does not come to {hub.name}, waits at home")
            queue_step(work, entry, "booking_cancelled", words, happened, at)
