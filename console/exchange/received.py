"""What any received message yields: one referral, with everything that was odd about it named beside it."""

import datetime as dt
from dataclasses import dataclass

from console.domain.words import Gender, PracticeLink, Source


@dataclass(frozen=True)
class Issue:
    """Something that a person must know about how the message was read; it holds no patient detail."""

    path: str
    sentence: str


@dataclass(frozen=True)
class Coding:
    """A code as sent, with its text and the system it belongs to; any of the three may be empty."""

    code: str
    text: str
    system: str = ""

    def __str__(self) -> str:
        """Show the text with its code in brackets."""
        return f"{self.text} ({self.code})" if self.text and self.code else self.text or self.code


@dataclass(frozen=True)
class Address:
    """A postal address; the postcode is kept as sent when it is not a valid one."""

    lines: tuple[str, ...]
    postcode: str
    directions: str = ""
    locators: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The lines and the postcode as one line."""
        return ", ".join(part for part in (*self.lines, self.postcode) if part)

    def is_same_place(self, other: "Address") -> bool:
        """Whether both name the same place, whatever the spacing, commas and capitals."""
        return _bare(self.text) == _bare(other.text)


@dataclass(frozen=True)
class Phone:
    """A number, normalised where it can be dialled, and what the sender says it is for."""

    number: str
    use: str


@dataclass(frozen=True)
class Caller:
    """Who rang the sender about the patient."""

    name: str
    relation: str
    phones: tuple[Phone, ...] = ()

    @property
    def is_patient(self) -> bool:
        """Whether the patient rang in person."""
        return self.relation.casefold() == "self"


@dataclass(frozen=True)
class Envelope:
    """Which message this is, who sent it and to whom; ids repeat over different messages in practice."""

    message_id: str
    document_id: str
    set_id: str
    version: int | None
    sent_at: dt.datetime | None
    is_copy: bool
    case_reference: str
    case_id: str
    sender: str
    sender_phone: str
    author: str
    sent_to: tuple[str, ...]


@dataclass(frozen=True)
class Patient:
    """The patient as sent; the NHS number is ten digits or None, verified only if it passes its check too."""

    nhs_number: str | None
    nhs_number_verified: bool
    nhs_number_sent: str
    title: str
    given_name: str
    family_name: str
    birth_date: dt.date | None
    gender: Gender
    phones: tuple[Phone, ...]
    email: str

    @property
    def full_name(self) -> str:
        """Given and family name."""
        return f"{self.given_name} {self.family_name}".strip()


@dataclass(frozen=True)
class OwnPractice:
    """The patient's own practice: a code only where the link is known, and the code as it was sent."""

    code: str | None
    name: str
    phone: str
    link: PracticeLink
    code_sent: str


@dataclass(frozen=True)
class Assessment:
    """What the sender's assessment came to; `disposition_at` starts the 111 clock, None where not sent."""

    disposition: Coding
    disposition_at: dt.datetime | None
    other_dispositions: tuple[Coding, ...]
    started_at: dt.datetime | None
    ended_at: dt.datetime | None
    symptom_group: str
    discriminators: tuple[Coding, ...]


@dataclass(frozen=True)
class ReceivedReferral:
    """One patient's referral out of a message; what is absent is empty or None, never a guess."""

    source: Source
    envelope: Envelope
    patient: Patient
    home: Address | None
    visit: Address | None
    caller: Caller | None
    practice: OwnPractice
    assessment: Assessment
    problem: str
    narrative: str
    flags: tuple[str, ...]
    issues: tuple[Issue, ...]

    @property
    def visit_is_elsewhere(self) -> bool:
        """Whether the patient is to be seen at another place than home."""
        return bool(self.visit and self.home and not self.visit.is_same_place(self.home))


class Notes:
    """Collects the issues of one document while it is read."""

    def __init__(self) -> None:
        """Start with none."""
        self._issues: list[Issue] = []

    def add(self, path: str, sentence: str) -> None:
        """Note one issue; the same one is kept once."""
        issue = Issue(path, sentence)
        if issue not in self._issues:
            self._issues.append(issue)

    def issues(self) -> tuple[Issue, ...]:
        """All issues in the order of reading."""
        return tuple(self._issues)


def _bare(text: str) -> str:
    """The letters and digits of a text, for comparison."""
    return "".join(letter for letter in text.casefold() if letter.isalnum())
