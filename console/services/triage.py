"""Triage: how soon, by what kind of care, and whether it must be a doctor."""

from dataclasses import replace

from console.domain import triage as rules
from console.domain.acting import NOW, Happened
from console.domain.permissions import Deed
from console.domain.referral import reasons_not_to_move
from console.domain.words import PRIORITY_LABELS, ReferralStatus, Stream
from console.services import due, edits, safety
from console.services.basis import Basis, refuse
from console.services.edits import Edit
from console.services.steps import happened_at
from db.models import Referral
from db.queries import lookups


class Triage:
    """What a clinician decides about a referral, and what a coordinator may sharpen."""

    def __init__(self, basis: Basis) -> None:
        self._basis = basis

    def triage(
        self,
        referral_id: int,
        seen_version: int,
        priority: int,
        stream: Stream = Stream.HOME_VISIT,
        gp_needed: bool = False,
        reason: str = "",
        happened: Happened = NOW,
    ) -> None:
        """Give a referral its first priority and stream; the response clock starts here."""
        with self._basis.work(Deed.TRIAGE) as work:
            referral = work.lock(Referral, referral_id)
            work.expect(referral, seen_version)
            refuse(rules.reasons_not_to_triage(work.actor.role, referral.status, priority))
            at = happened_at(work, happened, referral.received_at)
            referral.status, referral.priority = ReferralStatus.TRIAGED, priority
            referral.stream, referral.gp_needed = _stream(stream, gp_needed)
            referral.triaged_at, referral.triaged_by_id = at, work.actor.staff_id
            # A referral that was sent back to triage keeps the clock of its first one.
            referral.first_triaged_at = referral.first_triaged_at or at
            due.wind(work, referral, self._basis.calendar)
            safety.answered(work, referral, "Triaged by a clinician.", at)
            work.step(
                "referral.triaged",
                f"Triaged as {_named(priority)}, {_stream_words(referral)}{_because(reason)}",
                hub_id=referral.hub_id,
                referral_id=referral.id,
                happened=replace(happened, at=at),
            )

    def change_priority(
        self, referral_id: int, seen_version: int, priority: int, reason: str = "", happened: Happened = NOW
    ) -> None:
        """Raise or lower a priority; only a clinician lowers, and the response clock keeps its start."""
        with self._basis.work(Deed.RAISE_PRIORITY) as work:
            referral = work.lock(Referral, referral_id)
            wanted = {"priority": Edit(("priority",), priority)}
            edits.put_together(
                work, referral, seen_version, wanted, rules.DECIDED_TOGETHER, referral_id=referral.id
            )
            refuse(reasons_ended(referral))
            before = referral.priority
            refuse(rules.reasons_not_to_change_priority(work.actor.role, before, priority, reason))
            at = happened_at(work, happened, referral.first_triaged_at)
            if rules.is_downgrade(before, priority):
                referral.downgraded_at = at
            referral.priority = priority
            due.wind(work, referral, self._basis.calendar)
            safety.answered(work, referral, "A clinician changed the priority.", at)
            work.step(
                "referral.priority",
                f"Priority changed from {_named(before)} to {_named(priority)}{_because(reason)}",
                hub_id=referral.hub_id,
                referral_id=referral.id,
                happened=replace(happened, at=at),
            )

    def change_stream(
        self,
        referral_id: int,
        seen_version: int,
        stream: Stream,
        gp_needed: bool,
        reason: str,
        happened: Happened = NOW,
    ) -> None:
        """Send a triaged patient to another kind of care; whether a GP is needed is decided with it."""
        with self._basis.work(Deed.TRIAGE) as work:
            referral = work.lock(Referral, referral_id)
            work.expect(referral, seen_version)
            refuse(reasons_ended(referral))
            refuse(() if referral.priority else ("It needs triage first.",))
            refuse(() if reason.strip() else ("Say why the kind of care changes.",))
            at = happened_at(work, happened, referral.first_triaged_at)
            referral.stream, referral.gp_needed = _stream(stream, gp_needed)
            if not lookups.is_with_somebody(work.session, referral.id):
                referral.seen_at = None  # spoken to, and to be seen as well: the patient waits again
            safety.answered(work, referral, "A clinician changed the kind of care.", at)
            work.step(
                "referral.stream",
                f"Kind of care changed to {_stream_words(referral)}{_because(reason)}",
                hub_id=referral.hub_id,
                referral_id=referral.id,
                happened=replace(happened, at=at),
            )

    def accept(self, referral_id: int, seen_version: int, happened: Happened = NOW) -> None:
        """Accept a triaged referral as this service's to see; allocating does so by itself."""
        with self._basis.work(Deed.ACCEPT) as work:
            referral = work.lock(Referral, referral_id)
            work.expect(referral, seen_version)
            refuse(reasons_not_to_move(referral.status, ReferralStatus.ACCEPTED))
            at = happened_at(work, happened, referral.first_triaged_at)
            referral.status = ReferralStatus.ACCEPTED
            work.step(
                "referral.accepted",
                "Accepted",
                hub_id=referral.hub_id,
                referral_id=referral.id,
                happened=replace(happened, at=at),
            )


def reasons_ended(referral: Referral) -> tuple[str, ...]:
    """Give why nothing more can be decided about a referral that has ended."""
    if referral.status.is_open:
        return ()
    return (f"{referral.number} has ended ({referral.status.label.lower()}).",)


def _stream(stream: Stream, gp_needed: bool) -> tuple[Stream, bool]:
    """A GP-needed stream needs a GP, whatever box was left empty."""
    return stream, gp_needed or stream is Stream.GP_NEEDED


def _stream_words(referral: Referral) -> str:
    label = referral.stream.label if referral.stream else "stream not chosen"
    is_said = referral.stream is Stream.GP_NEEDED
    return f"{label}, GP needed" if referral.gp_needed and not is_said else label


def _named(priority: int | None) -> str:
    return PRIORITY_LABELS[priority].lower() if priority else "none"


def _because(reason: str) -> str:
    return f": {reason.strip()}" if reason.strip() else ""
