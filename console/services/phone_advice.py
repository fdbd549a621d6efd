"""Settled by telephone: a clinician speaks to the patient, nobody is sent, and the practice is told."""

from dataclasses import replace

from console.domain.acting import NOW, Happened
from console.domain.permissions import Deed
from console.domain.words import (
    Channel,
    ContactResult,
    ContactWith,
    OutcomeDisposition,
    OutcomeKind,
    ReferralStatus,
    TaskKind,
)
from console.services import due, ending, outcomes, safety
from console.services.basis import Basis, refuse
from console.services.intake import dialled
from console.services.steps import happened_at
from console.services.triage import reasons_ended
from db.models import Contact, Referral
from db.queries import lookups
from db.unit_of_work import UnitOfWork

BY_TELEPHONE = (OutcomeKind.PHONE_ADVICE, OutcomeKind.REFUSAL, OutcomeKind.DEATH)
_CREW_COMES = "999 is asked for: record the crew's take-over, or stand it down first."


class PhoneAdvice:
    """Advice that is the whole of our care."""

    _basis: Basis

    def advise(
        self,
        referral_id: int,
        seen_version: int,
        said: str,
        *,
        disposition: OutcomeDisposition | None = None,
        admission_prevented: bool | None = None,
        prevented_because: str = "",
        kind: OutcomeKind = OutcomeKind.PHONE_ADVICE,
        number: str | None = None,
        happened: Happened = NOW,
    ) -> int:
        """A clinician settled it by telephone: the practice is owed a report, whose id is given."""
        with self._basis.work(Deed.ADVISE) as work:
            referral = work.lock(Referral, referral_id)
            work.expect(referral, seen_version)
            refuse(_reasons_not_to_advise(work, referral, kind, said))
            at = happened_at(work, happened, referral.first_triaged_at)
            _keep_call(work, referral, replace(happened, at=at), number, said.strip())
            referral.status, referral.seen_at = ReferralStatus.ACCEPTED, referral.seen_at or at
            report = outcomes.owed(
                work,
                referral,
                kind,
                ended_at=at,
                disposition=OutcomeDisposition.NOT_SEEN if kind is OutcomeKind.REFUSAL else disposition,
                admission_prevented=admission_prevented,
                prevented_because=prevented_because,
            )
            safety.answered(work, referral, "A clinician spoke to the patient.", at)
            safety.reached(work, referral, "The patient was reached.", at, TaskKind.NO_REPLY_CONCERN)
            ending.close_if_done(work, referral, at, f"{kind.label}, by telephone.")
            work.step(
                "contact.advised",
                f"By telephone: {kind.label.lower()}",
                hub_id=referral.hub_id,
                referral_id=referral.id,
                happened=replace(happened, at=at),
            )
        return report.id


def _keep_call(
    work: UnitOfWork, referral: Referral, happened: Happened, number: str | None, said: str
) -> None:
    work.add(
        Contact(
            hub_id=referral.hub_id,
            referral_id=referral.id,
            contact_with=ContactWith.PATIENT,
            channel=Channel.TELEPHONE,
            number=dialled(number),
            result=ContactResult.SPOKEN,
            said=said,
            happened_at=happened.at or work.now,
            entered_at=work.now,
            by_id=work.actor.staff_id,
        )
    )


def _reasons_not_to_advise(
    work: UnitOfWork, referral: Referral, kind: OutcomeKind, said: str
) -> tuple[str, ...]:
    visit, by = lookups.active_visit(work.session, referral.id) or (None, "")
    _, hub = lookups.open_queue_entry(work.session, referral.id) or (None, "")
    checks = (
        (kind not in BY_TELEPHONE, "By telephone one gives advice, or hears of a refusal or a death."),
        (referral.first_triaged_at is None, "It needs triage first."),
        (due.asks_ambulance(referral), _CREW_COMES),
        (visit is not None, f"{by} has the visit: call them off first."),
        (bool(hub), f"The patient is in the queue of {hub}: finish that first."),
        (not said.strip(), "Write down what was said."),
    )
    return (*reasons_ended(referral), *(words for is_reason, words in checks if is_reason))
