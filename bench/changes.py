"""How a measurement marks the referrals that it changes: whoever sees one knows which change it was."""

CHANGE = "change "
"""How the problem of a changed referral begins; the number of the change follows."""


def number_of(problem: str) -> int | None:
    """Give the number of the change that wrote this problem."""
    return int(problem.removeprefix(CHANGE)) if problem.startswith(CHANGE) else None
