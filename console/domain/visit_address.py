"""Where a patient is to be seen: when it may be corrected, and who must learn of it before they go on."""

import datetime as dt
from collections.abc import Collection

from console.domain.calendar import local
from console.domain.places import address_words, in_one_line
from console.domain.welfare import is_search
from console.domain.words import TaskKind

OLD_DOOR = (
    "The address was corrected after that, so this was another door: hand the visit back,"
    " or tell whoever goes and enter what they find at the right one."
)
CORRECTED = "referral.address"
"""The step that corrects an address, as the timeline keeps it."""
ABOUT = "address"
"""What the tasks are about that ask to tell an address, beside the visit whose practitioner is told."""
ABOUT_CONTROL = "address_999"
"""The same where ambulance control is told, beside the referral."""
CONTROL = "ambulance control"
Where = tuple[str, str | None]
"""An address and its postcode."""


def is_same(one: Where, other: Where) -> bool:
    """Whether both say the same, but for case, commas and spaces."""
    return one[1] == other[1] and address_words(one[0]) == address_words(other[0])


def reasons_not_to_correct(before: Where, after: Where, reason: str) -> tuple[str, ...]:
    """Give why the address of a visit may not be corrected to this one; empty when it may."""
    checks = (
        (not after[0].strip(), "Enter the address: whoever goes needs one."),
        (is_same(before, after) and bool(after[0].strip()), "This is the address of the visit already."),
        (not reason.strip(), "Say who gave the address, or why it changes."),
    )
    return tuple(words for is_reason, words in checks if is_reason)


def corrected_words(
    before: Where, after: Where, reason: str, left: Collection[str] = (), here: Collection[str] = ()
) -> str:
    """Give the line of the timeline; `left` are the markers of the old place, `here` those of the new one."""
    parts = (
        f"Visit address corrected: {in_one_line(*after)}",
        f"Before: {in_one_line(*before) or 'none'}",
        f"Why: {reason.strip().rstrip('.')}",
        f"Markers of the place: {', '.join(here)}" if here else "",
        f"No longer: {', '.join(left)}" if left else "",
    )
    return ". ".join(part for part in parts if part)


def telling_words(whom: str, before: Where, after: Where, here: Collection[str] = ()) -> str:
    """Ask somebody to tell the practitioner who is sent already, or ambulance control."""
    what = "the patient" if whom == CONTROL else "the visit"
    was = f", no longer {in_one_line(*before)}" if in_one_line(*before) else ""
    markers = f" Markers there: {', '.join(here)}." if here else ""
    return (
        f"tell {whom} that {what} is at {in_one_line(*after)}{was}."
        f"{markers} Have it read back, then say here that they know."
    )


def reasons_not_to_go_on(
    practitioner: str, unread_markers: Collection[str], *, is_untold: bool
) -> tuple[str, ...]:
    """Give why a visit does not go on: a marker nobody has read, or an address they do not know."""
    untold = f"{practitioner} does not know the corrected address: tell them, and finish that task first."
    checks = ((bool(unread_markers), read_first(unread_markers)), (is_untold, untold))
    return tuple(words for is_reason, words in checks if is_reason)


def reasons_not_told(told_at: dt.datetime, corrected_at: dt.datetime) -> tuple[str, ...]:
    """Give why that was no telling: the address was corrected later.

    Times are aware UTC. They are typed to the minute, so that the minute of the correction will do. Who rang
    first and wrote afterwards has it read back: what was said may not be what was written.
    """
    if told_at >= corrected_at.replace(second=0, microsecond=0):
        return ()
    at = f"{local(corrected_at):%H:%M}"
    why = f"The address was corrected at {at}: what they were told before that may be another one."
    return (f"{why} Have it read back now, and leave the time empty.",)


def read_first(unread_markers: Collection[str]) -> str:
    """Say that markers wait to be acknowledged."""
    return f"Read and acknowledge the markers first: {', '.join(unread_markers)}."


def subject_of(visit_id: int) -> str:
    """Give what a task is about that asks to tell the practitioner of this visit."""
    return f"{ABOUT}:{visit_id}"


def subject_for_control(referral_id: int) -> str:
    """Give what a task is about that asks to tell ambulance control of this referral."""
    return f"{ABOUT_CONTROL}:{referral_id}"


def key_of(subject: str) -> int:
    """Give of which visit the practitioner is to be told, or of which referral ambulance control is."""
    return int(subject.partition(":")[2])


def is_for_practitioner(subject: str) -> bool:
    """Tell whether a task asks to tell a practitioner the corrected address."""
    return subject.startswith(f"{ABOUT}:")


def is_for_control(subject: str) -> bool:
    """Tell whether a task asks to tell ambulance control the corrected address."""
    return subject.startswith(f"{ABOUT_CONTROL}:")


def is_about_address(subject: str) -> bool:
    """Tell whether a task asks to tell a corrected address, to whomever."""
    return is_for_practitioner(subject) or is_for_control(subject)


def title_of(kind: TaskKind, subject: str) -> str:
    """Name a task: by its kind, but for what the kinds have no word for."""
    if is_search(kind, subject):
        return "Find who does not answer"
    if is_for_control(subject):
        return "Corrected address: tell 999"
    return "Corrected address: tell" if is_about_address(subject) else kind.label
