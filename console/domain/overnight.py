"""A night's patient: the supervisor's from when one accepts them by name, until somebody else has them."""

_ACCEPT = "The patient is still open and nobody has accepted them: accept the patient by name first."
_HOLD = (
    "The patient is still open and the hub is closed. They are the supervisor's until somebody sees them, a"
    " named service takes them over, a clinician gives a time, the referral ends, or the hub opens again."
)


def reasons_not_to_finish(*, is_waiting: bool, is_accepted: bool, is_hub_open: bool) -> tuple[str, ...]:
    """Give why a night's patient is not finished with yet: done would leave them with nobody.

    `is_waiting` means that nobody has been with the patient and the referral is open.
    """
    if not is_waiting:
        return ()
    if not is_accepted:
        return (_ACCEPT,)
    return () if is_hub_open else (_HOLD,)
