"""Triage and priority: who may judge how soon a patient is seen, and whose word counts.

Priority 1 is an emergency, 4 is routine. Raising is safe and open to coordinators; only a clinician lowers.
"""

from console.domain.clinical_words import NewsAnswer
from console.domain.news2 import News2
from console.domain.permissions import Deed, reasons_not_permitted
from console.domain.words import PRIORITY_LABELS, ReferralStatus, Role, Source

# A referring GP's or a CAS clinician's priority counts as triage; nobody else's does.
TRIAGED_BY_SENDER = frozenset({Source.GP_PRACTICE, Source.CAS_999})

# How soon, by whom and until when are decided beside each other: one is not changed unseen under another.
DECIDED_TOGETHER = (("priority", "stream", "gp_needed", "due_at"),)


def stated_priority_counts(source: Source, stated_priority: int | None, *, stated_by_clinician: bool) -> bool:
    """Tell whether the sender's priority counts as triage: a referring GP's or a CAS clinician's does."""
    return stated_priority is not None and stated_by_clinician and source in TRIAGED_BY_SENDER


def needs_triage(
    source: Source,
    stated_priority: int | None,
    *,
    stated_by_clinician: bool,
    asks_ambulance: bool = False,
    score: News2 | None = None,
) -> bool:
    """Tell whether a clinician of this service must triage a new referral.

    Always when an ambulance is asked for or NEWS2 is 7 or more, whoever stated a priority.
    """
    if asks_ambulance or (score is not None and score.answer is NewsAnswer.CLINICIAN_NOW):
        return True
    return not stated_priority_counts(source, stated_priority, stated_by_clinician=stated_by_clinician)


def reasons_not_to_triage(role: Role, status: ReferralStatus, priority: int | None) -> tuple[str, ...]:
    """Give why this role may not give a referral of this status this first priority; empty when it may."""
    reasons = list(reasons_not_permitted(role, Deed.TRIAGE))
    if not status.is_open:
        reasons.append(f"The referral has ended ({status.label.lower()}).")
    elif status is not ReferralStatus.RECEIVED:
        reasons.append("The referral is triaged already: change its priority instead.")
    return (*reasons, *_not_a_priority(priority))


def reasons_not_to_change_priority(
    role: Role, before: int | None, after: int, reason: str
) -> tuple[str, ...]:
    """Give why this role may not change a priority: lowering takes a clinician and a reason."""
    if before is None:
        return ("It needs triage by a clinician first: it has no priority to change.",)
    if wrong := _not_a_priority(after):
        return wrong
    if after == before:
        return (f"The priority is {PRIORITY_LABELS[before].lower()} already.",)
    if after < before:
        return reasons_not_permitted(role, Deed.RAISE_PRIORITY)
    reasons = list(reasons_not_permitted(role, Deed.LOWER_PRIORITY))
    if not reason.strip():
        reasons.append("Say why the priority is lowered.")
    return tuple(reasons)


def is_downgrade(before: int | None, after: int) -> bool:
    """Tell whether a change of priority is a clinical downgrade, which lets the 111 clock go."""
    return before is not None and after > before


def reasons_not_to_turn_away(role: Role, reason: str) -> tuple[str, ...]:
    """Give why this role may not decline or redirect a referral: it takes a clinician and a reason."""
    reasons = list(reasons_not_permitted(role, Deed.DECLINE))
    if not reason.strip():
        reasons.append("Say why, in words that the sender can read.")
    return tuple(reasons)


def _not_a_priority(priority: int | None) -> tuple[str, ...]:
    return () if priority in PRIORITY_LABELS else ("Choose a priority: emergency, acute, urgent or routine.",)
