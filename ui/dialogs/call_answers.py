"""What may come of a call to a practice, apart from the dialog: commands are declared with it."""

import enum


class Answer(enum.Enum):
    """Each has its key in the call list."""

    SPOKE = "spoke"
    ACCEPTED = "accepted"
    AGAIN = "again"
    WRONG = "wrong"
