"""The words of chasing: what is chased, how a step goes out, and what became of it."""

from console.domain.word import Word

STAFF = "staff:"
"""Before the number of the one person whom a step of a ladder asks; else it asks a role."""


class Subject(Word):
    """What a ladder is about."""

    REFERRAL = "referral", "Referral"
    VISIT = "visit", "Visit"
    SHIFT = "shift", "Shift"
    REPORT = "report", "Report"
    PRACTICE = "practice", "Practice"
    HUB = "hub", "Hub"
    TASK = "task", "Task"


class Way(Word):
    """How a step of a ladder reaches whom it is for."""

    TASK = "task", "Task on the console"
    MAIL = "mail", "Mail"
    RECORD = "record", "Recorded"


class ChaseState(Word):
    """What became of a step of a ladder."""

    QUEUED = "queued", "Waiting to go"
    SENT = "sent", "Done"
    PASSED_OVER = "passed_over", "A later step went instead"
    CANCELLED = "cancelled", "Not needed any more"
    FAILED = "failed", "Could not be sent"
    UNCERTAIN = "uncertain", "Not known whether it was sent"


class MessageStatus(Word):
    """Where an outgoing message stands."""

    QUEUED = "queued", "Waiting to be sent"
    SENDING = "sending", "Being sent"
    SENT = "sent", "Sent"
    CANCELLED = "cancelled", "Not needed any more"
    FAILED = "failed", "Could not be sent"
    UNCERTAIN = "uncertain", "Not known whether it was sent"
