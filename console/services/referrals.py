"""Referrals: taken in, kept true while they wait, and ended."""

import datetime as dt
from dataclasses import replace

from console.domain import triage as rules
from console.domain.acting import NOW, Happened
from console.domain.found_rows import PracticeFound
from console.domain.identifiers import is_nhs_number, normalise_nhs_number
from console.domain.permissions import Deed, may, reasons_not_permitted
from console.domain.refusals import Refused
from console.domain.rows import PossibleDuplicate
from console.domain.words import ReferralStatus, Role, Source, TaskKind
from console.services import ending, intake, safety
from console.services.basis import refuse
from console.services.forms import NewReferral
from console.services.particulars import Particulars
from console.services.queue_parts import move_referral
from console.services.steps import happened_at
from console.services.triage import Triage, reasons_ended
from console.services.visit_address import VisitAddress
from db.models import Hub, Referral
from db.queries import lookups, search
from db.unit_of_work import UnitOfWork


class Referrals(Particulars, VisitAddress):
    """What is done about a referral as a whole."""

    def receive(self, form: NewReferral, happened: Happened = NOW) -> int:
        """Take in a referral and give its id; a message that was taken in before gives the same one again."""
        with self._basis.work(Deed.RECEIVE) as work:
            if form.received_message_id is not None:
                like = lookups.lock_messages_like(work.session, form.received_message_id)
                if like and (known := lookups.referral_of_messages(work.session, like)) is not None:
                    return known
            form = replace(form, received_at=form.received_at or happened.at)
            referral = intake.take_in(work, self._basis, form)
            work.step(
                "referral.received",
                f"Received from {_sender(referral.source)}",
                hub_id=referral.hub_id,
                referral_id=referral.id,
                happened=replace(happened, at=referral.received_at),
                # What came as a message stays: the sender believes it has arrived.
                undoable=form.received_message_id is None,
            )
        return referral.id

    def possible_duplicates(
        self,
        nhs_number: str | None = None,
        family_name: str = "",
        given_name: str = "",
        birth_date: dt.date | None = None,
    ) -> tuple[PossibleDuplicate, ...]:
        """Give who may be the same patient, with their open referral; nothing is ever merged by itself."""
        refuse(reasons_not_permitted(self._basis.actor.role, Deed.FIND_PATIENT))
        number = normalise_nhs_number(nhs_number) if nhs_number and is_nhs_number(nhs_number) else None
        wanted = (number, family_name, given_name, birth_date)
        asked = self._asked_elsewhere(*wanted)
        with self._basis.database.read() as session:
            found = search.possible_duplicates(session, *wanted)
            return found if asked is None else (*found, *search.known_elsewhere(session, asked, *wanted))

    def _asked_elsewhere(
        self, number: str | None, family_name: str, given_name: str, birth_date: dt.date | None
    ) -> int | None:
        """Where people see their own hubs only, write down whom they look for before they are answered."""
        basis = self._basis
        if not basis.database.capabilities.has_row_security or not may(basis.actor.role, Deed.RECEIVE):
            return None
        with basis.database.work(basis.actor, basis.now()) as work:
            return search.ask_who_is_known(work.session, number, family_name, given_name, birth_date)

    def find_patients(self, text: str) -> tuple[PossibleDuplicate, ...]:
        """Give patients by NHS number or by how their names begin."""
        refuse(reasons_not_permitted(self._basis.actor.role, Deed.FIND_PATIENT))
        with self._basis.database.read() as session:
            return search.find_patients(session, text)

    def find_practices(self, text: str) -> tuple[PracticeFound, ...]:
        """Give practices by code, postcode or a part of the name."""
        with self._basis.database.read() as session:
            return search.find_practices(session, text)

    def mark_duplicate(
        self,
        referral_id: int,
        of_id: int,
        seen_version: int,
        reason: str = "",
        happened: Happened = NOW,
    ) -> None:
        """End a referral as a duplicate of another; the other keeps its own clocks."""
        with self._basis.work(Deed.MARK_DUPLICATE) as work:
            referral = _seen(work, referral_id, seen_version)
            other = work.get(Referral, of_id)
            is_itself = "A referral cannot be a duplicate of itself: choose the other one."
            refuse((is_itself,) if other.id == referral.id else ())
            referral.duplicate_of_id = other.id
            words = f"Duplicate of {other.number}"
            self._end(work, referral, ReferralStatus.DUPLICATE, words, reason, happened)

    def redirect(
        self, referral_id: int, seen_version: int, to: str, reason: str, happened: Happened = NOW
    ) -> None:
        """Send a referral on to another service, by name."""
        with self._basis.work(Deed.REDIRECT) as work:
            referral = _seen(work, referral_id, seen_version)
            refuse(rules.reasons_not_to_turn_away(work.actor.role, reason))
            refuse(() if to.strip() else ("Name the service that takes the patient.",))
            words = f"Redirected to {to.strip()}"
            self._end(work, referral, ReferralStatus.REDIRECTED, words, reason, happened)

    def decline(self, referral_id: int, seen_version: int, reason: str, happened: Happened = NOW) -> None:
        """Decline a referral, with a reason that the sender can read."""
        with self._basis.work(Deed.DECLINE) as work:
            referral = _seen(work, referral_id, seen_version)
            refuse(rules.reasons_not_to_turn_away(work.actor.role, reason))
            self._end(work, referral, ReferralStatus.DECLINED, "Declined", reason, happened)

    def cancel(
        self,
        referral_id: int,
        seen_version: int,
        by_whom: str,
        reason: str = "",
        happened: Happened = NOW,
    ) -> None:
        """End a referral because its sender took it back; who said so is kept."""
        with self._basis.work(Deed.CANCEL) as work:
            referral = _seen(work, referral_id, seen_version)
            refuse(() if by_whom.strip() else ("Name who cancelled it for the sender.",))
            words = f"Cancelled by {by_whom.strip()}"
            self._end(work, referral, ReferralStatus.CANCELLED, words, reason, happened)

    def close(self, referral_id: int, seen_version: int, reason: str = "", happened: Happened = NOW) -> None:
        """Close a referral of which nothing is open any more."""
        with self._basis.work(Deed.CLOSE_REFERRAL) as work:
            referral = _seen(work, referral_id, seen_version)
            self._end(work, referral, ReferralStatus.CLOSED, "Closed", reason, happened)

    def worse(self, referral_id: int, words: str = "", happened: Happened = NOW) -> int:
        """Say that a waiting patient is worse: a clinician is asked for now; gives the task."""
        with self._basis.work(Deed.WORSE) as work:
            referral = work.lock(Referral, referral_id)
            refuse(reasons_ended(referral))
            at = happened_at(work, happened, referral.received_at)
            # An older line of paper does not make what was said since then any older, nor is it news.
            is_newest = referral.worse_at is None or at >= referral.worse_at
            referral.worse_at = max(at, referral.worse_at or at)
            said = words.strip() or "said to be worse"
            task = safety.ask_about(
                work, TaskKind.CLINICIAN_NOW, Role.CLINICIAN, referral, said, is_news=is_newest
            )
            work.step(
                "referral.worse",
                f"Worse: {said}",
                hub_id=referral.hub_id,
                referral_id=referral.id,
                happened=replace(happened, at=at),
            )
        return task.id

    def escalate(self, referral_id: int, words: str, happened: Happened = NOW) -> int:
        """Ask the supervisor to take a referral up, in whose hands it then is by name; gives the task."""
        said = words.strip()
        if not said:
            raise Refused("Say what the supervisor must decide or do.")
        with self._basis.work(Deed.ESCALATE) as work:
            referral = work.lock(Referral, referral_id)
            refuse(reasons_ended(referral))
            at = happened_at(work, happened, referral.received_at)
            task = safety.ask_about(work, TaskKind.ESCALATION, Role.SUPERVISOR, referral, said, is_news=True)
            work.step(
                "referral.escalated",
                f"Escalated to the supervisor: {said}",
                hub_id=referral.hub_id,
                referral_id=referral.id,
                happened=replace(happened, at=at),
            )
        return task.id

    def raise_priority(
        self, referral_id: int, seen_version: int, priority: int, reason: str = "", happened: Happened = NOW
    ) -> None:
        """Raise a priority; lowering one is a clinician's and goes through triage."""
        Triage(self._basis).change_priority(referral_id, seen_version, priority, reason, happened)

    def move_hub(
        self, referral_id: int, seen_version: int, hub_id: int, reason: str, happened: Happened = NOW
    ) -> None:
        """Give a referral to another hub with all that hangs on it; its clocks run on."""
        with self._basis.work(Deed.MOVE_HUB) as work:
            referral = _seen(work, referral_id, seen_version)
            hub = work.get(Hub, hub_id)
            refuse(_reasons_not_to_move_hub(work, referral, hub, reason))
            at = happened_at(work, happened, referral.received_at)
            move_referral(work, referral, hub)
            work.step(
                "referral.moved",
                f"Moved to {hub.name}: {reason.strip()}",
                hub_id=hub.id,
                referral_id=referral.id,
                happened=replace(happened, at=at),
            )

    def acknowledge_return(self, referral_id: int, seen_version: int) -> None:
        """Acknowledge that control took the practitioner and the visit is pending again."""
        with self._basis.work(Deed.ACKNOWLEDGE_RETURN) as work:
            referral = _seen(work, referral_id, seen_version)
            refuse(() if referral.acknowledgement_owed else ("It is acknowledged already.",))
            referral.acknowledgement_owed = False
            safety.settle_all(work, referral, "Acknowledged.", TaskKind.DIVERT_NOTICE)
            work.step(
                "referral.return_acknowledged",
                "Return to pending acknowledged",
                hub_id=referral.hub_id,
                referral_id=referral.id,
            )

    def _end(
        self,
        work: UnitOfWork,
        referral: Referral,
        status: ReferralStatus,
        words: str,
        reason: str,
        happened: Happened,
    ) -> None:
        at = happened_at(work, happened, referral.received_at)
        because = f"{words}: {reason.strip()}" if reason.strip() else words
        ending.end(work, referral, status, at, because)
        work.step(
            f"referral.{status.value}",
            because,
            hub_id=referral.hub_id,
            referral_id=referral.id,
            happened=replace(happened, at=at),
        )


def _seen(work: UnitOfWork, referral_id: int, seen_version: int) -> Referral:
    """Lock a referral that nobody has changed since it was seen."""
    referral = work.lock(Referral, referral_id)
    work.expect(referral, seen_version)
    return referral


def _sender(source: Source) -> str:
    return source.label if source.label.isupper() or source.label[:2].isupper() else source.label.lower()


def _reasons_not_to_move_hub(work: UnitOfWork, referral: Referral, hub: Hub, reason: str) -> tuple[str, ...]:
    queued = lookups.open_queue_entry(work.session, referral.id)
    checks = (
        (not referral.status.is_open, f"{referral.number} has ended."),
        (referral.hub_id == hub.id, f"{referral.number} is {hub.name}'s already."),
        (
            queued is not None,
            "The patient is in a hub's queue: move the queue entry, and the referral goes with it.",
        ),
        (not reason.strip(), "Say why it moves."),
    )
    return tuple(words for is_reason, words in checks if is_reason)
