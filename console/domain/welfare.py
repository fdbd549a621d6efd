"""The welfare call to a practitioner who should be clear: what an answer must say."""

import datetime as dt

SUPERVISOR_NOW = "did not answer the welfare call. Find them: ring again, ring the patient, send somebody."
# Further ahead it would be no clock any more.
LONGEST = dt.timedelta(hours=4)


def reasons_not_well(said: str, clear_at: dt.datetime, now: dt.datetime) -> tuple[str, ...]:
    """Give why this does not answer a welfare call; empty when it does."""
    checks = (
        (not said.strip(), "Write down what the practitioner said: never take silence for well."),
        (clear_at <= now, "Ask when they will be clear: give a time that is still to come."),
        (clear_at > now + LONGEST, "Nobody is left alone for more than 4 hours: give an earlier time."),
    )
    return tuple(words for is_reason, words in checks if is_reason)
