"""While a patient waits: the clinician's waiting calls, and what happens when nobody can be reached."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from console.domain.clocks import DEFAULTS, ClockSettings, minutes
from console.domain.words import ContactResult, Role

# Steps of a queue at which the patient is here; who was called need not have come.
HERE = frozenset({"arrived", "streamed", "being_seen", "diverted"})
# At these they are given a time, which need not mean that anybody reached them.
TOLD = frozenset({"booked", "booked_anew", "rebooked"})
REACHED = frozenset({ContactResult.SPOKEN, ContactResult.PROMISED})


def waiting_call_due_at(
    due_at: dt.datetime,
    last_call_at: dt.datetime | None,
    seen_at: dt.datetime | None,
    settings: ClockSettings = DEFAULTS,
) -> dt.datetime | None:
    """Give when a clinician next calls a waiting patient; None once the patient is seen.

    The first call is due when the due time passes, then hourly until seen. Calls before the due time do not
    count.
    """
    if seen_at is not None:
        return None
    if last_call_at is None or last_call_at < due_at:
        return due_at
    return last_call_at + minutes(settings.waiting_call)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt to reach the patient on a number (in its normalised form)."""

    at: dt.datetime
    number: str | None
    result: ContactResult


@dataclass(frozen=True, slots=True)
class FailedContact:
    """Where the attempts to reach a patient stand; nothing here ever closes a referral."""

    attempts_left: int
    numbers_left: tuple[str, ...]
    decide_from: dt.datetime | None
    reason: str
    failed: int = 0
    failed_since: dt.datetime | None = None

    def clinician_decides(self, now: dt.datetime) -> bool:
        """Tell whether a clinician must now decide what happens."""
        return self.decide_from is not None and now >= self.decide_from


def failed_contact(
    attempts: Sequence[Attempt],
    known_numbers: Collection[str],
    settings: ClockSettings = DEFAULTS,
    met_at: Collection[dt.datetime] = (),
) -> FailedContact:
    """Tell where failed contact stands: 3 attempts in 30 minutes over all known numbers, then a clinician.

    Reaching anybody starts afresh, and so does being with the patient, or agreeing a time (`met_at`). When 30
    minutes pass since the first failed attempt without enough of them, the clinician decides all the same, so
    that nobody waits on attempts that were never made.
    """
    failed = _since_last_reached(attempts, met_at)
    tried = {one.number for one in failed}
    numbers_left = tuple(number for number in known_numbers if number not in tried)
    attempts_left = max(settings.failed_contact_attempts - len(failed), len(numbers_left))
    if not failed:
        return FailedContact(attempts_left, numbers_left, None, "Nobody has failed to reach the patient.")
    window_ends = failed[0].at + minutes(settings.failed_contact_window)
    if attempts_left == 0:
        decide_from = min(failed[-1].at, window_ends)
        reason = "All numbers were tried: a clinician decides what happens."
        return FailedContact(0, (), decide_from, reason, len(failed), failed[0].at)
    what_to_try = _what_to_try(attempts_left, numbers_left, settings.failed_contact_window)
    return FailedContact(attempts_left, numbers_left, window_ends, what_to_try, len(failed), failed[0].at)


def decides_by_step(kind: str, role: Role) -> bool:
    """Tell whether a step of a queue answers "cannot be reached": they are here, or a clinician decides."""
    return kind in HERE or (kind in TOLD and role is Role.CLINICIAN)


def _since_last_reached(attempts: Sequence[Attempt], met_at: Collection[dt.datetime]) -> list[Attempt]:
    failed: list[Attempt] = []
    met = [Attempt(at, None, ContactResult.SPOKEN) for at in met_at]
    for one in sorted([*attempts, *met], key=lambda one: one.at):
        failed = [] if one.result in REACHED else [*failed, one]
    return failed


def _what_to_try(attempts_left: int, numbers_left: tuple[str, ...], window: int) -> str:
    times = "once more" if attempts_left == 1 else f"{attempts_left} more times"
    numbers = f", {len(numbers_left)} of the known numbers not tried yet" if numbers_left else ""
    decides = f"a clinician decides {window} minutes after the first attempt at the latest"
    return f"Try {times}{numbers}; {decides}."
