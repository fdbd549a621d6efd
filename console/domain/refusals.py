"""What people are told when something cannot be done: plain sentences, shown quietly."""

from typing import Self


class Refused(Exception):
    """A step that may not happen, with every reason as a sentence that a person can act on."""

    def __init__(self, *reasons: str) -> None:
        """Keep the reasons in the order in which they are to be read; at least one is needed."""
        if not reasons or not all(reasons):
            raise ValueError("A refusal needs at least one reason, and none may be empty.")
        super().__init__(*reasons)
        self.reasons: tuple[str, ...] = reasons

    def __str__(self) -> str:
        """Give the reasons as one text."""
        return " ".join(self.reasons)

    def anew(self) -> Self:
        """The same without where it was raised, which holds on to everything that was at work there."""
        return type(self)(*self.reasons)


class ChangedElsewhere(Refused):
    """Somebody else was first: the reasons say who did what and when."""


class NotOpened(Refused):
    """The record has to be opened first, or once more; nothing of it was shown."""


class NeedsReason(Refused):
    """This record is opened outside of the work at hand: whoever opens it says why in words of their own."""


class SeemsEntered(Refused):
    """The same seems to stand there already: whoever knows that it happened twice says so by saving again."""


class Busy(Refused):
    """The database is at work on somebody else's step: nothing was saved, and a moment later it goes."""


class Unreachable(Refused):
    """The database does not answer: the reasons say whether the last step was saved and what to do."""


class Away(Unreachable):
    """It does not answer now and may do so in a moment: trying again needs no person."""


class OtherVersion(Refused):
    """The database has the shape of another version of this program: nothing is read from it or written."""


class Outdated(OtherVersion):
    """It has none yet, or an older one: it can be brought to the newest."""


class AsksWho(Refused):
    """The database wants to know who it is: somebody has to sign in, and the reasons say what was wrong."""
