"""NHS 111 dispositions: how long each gives, and which ask for an ambulance.

Codes are compared with their case folded and in no other way: zeros are significant (Dx011 asks for an
ambulance, Dx11 to be spoken to within the hour) and so is the code system (a Dx011 of another system is no
disposition). Minutes: the product's 111 table. Codes that mean "next working day": NHS Digital, urgent care
slot mapping.
"""

import datetime as dt
import re
from dataclasses import dataclass

from console.domain.calendar import WorkingCalendar, from_local, local_day
from console.domain.clinical_words import DispositionKind

# The systems in which a Dx code is an NHS Pathways disposition: HL7 CDA, then FHIR.
PATHWAYS_OID = "2.16.840.1.113883.2.1.3.2.4.17.325"
PATHWAYS_URLS = frozenset(
    {"fhir.nhs.uk/codesystem/pathways-dx-codes", "fhir.hl7.org.uk/codesystem/pathways-dx-codes"}
)

# "Dx01" and whatever digits follow it: Dx01, Dx011, Dx012, Dx0122, Dx016 ...
_ASKS_AMBULANCE = re.compile(r"dx01[0-9]*")
# The end of a practice's contracted day in England (GMS: Monday to Friday, 08:00 to 18:30).
_PRACTICES_CLOSE = dt.time(18, 30)


@dataclass(frozen=True, slots=True)
class Disposition:
    """What one disposition code means here; `minutes` is None when the code gives none."""

    code: str
    kind: DispositionKind
    minutes: int | None
    text: str

    @property
    def asks_ambulance(self) -> bool:
        """Whether the patient was to get an emergency ambulance."""
        return self.kind is DispositionKind.AMBULANCE

    @property
    def needs_triage(self) -> bool:
        """Whether the code gives no time of its own, so that it can never pass for routine by itself."""
        return self.minutes is None and self.kind is not DispositionKind.NEXT_WORKING_DAY

    def due_at(self, starts_at: dt.datetime, calendar: WorkingCalendar) -> dt.datetime | None:
        """Give the UTC time by which this disposition is due, or None when it gives no time.

        A next-working-day code is due when practices close, 18:30 on the working day after its start.
        """
        if self.minutes is not None:
            return starts_at + dt.timedelta(minutes=self.minutes)
        if self.kind is DispositionKind.NEXT_WORKING_DAY:
            return from_local(calendar.next_working_day(local_day(starts_at)), _PRACTICES_CLOSE)
        return None


def is_pathways_system(system: str) -> bool:
    """Tell whether a code of this system is an NHS Pathways disposition (OID, or URL in any spelling)."""
    trimmed = system.removeprefix("urn:oid:")
    return trimmed == PATHWAYS_OID or re.sub(r"^https?://", "", trimmed.casefold()) in PATHWAYS_URLS


def disposition(code: str) -> Disposition:
    """Give what a disposition code means; one that is not in the table needs triage."""
    folded = code.casefold()
    if _ASKS_AMBULANCE.fullmatch(folded):
        return Disposition(_spelt(folded), DispositionKind.AMBULANCE, None, "Asks for an emergency ambulance")
    if folded in _TABLE:
        return _TABLE[folded]
    return Disposition(code, DispositionKind.UNKNOWN, None, "Not in the table of dispositions: needs triage")


def _spelt(folded: str) -> str:
    return "Dx" + folded[2:]


def _hours(minutes: int) -> str:
    return "1 hour" if minutes == 60 else f"{minutes // 60} hours"


def _timed(kind: DispositionKind, words: str, **minutes: int) -> dict[str, Disposition]:
    return {
        code: Disposition(_spelt(code), kind, value, f"{words} within {_hours(value)}")
        for code, value in minutes.items()
    }


def _untimed(kind: DispositionKind, **texts: str) -> dict[str, Disposition]:
    return {code: Disposition(_spelt(code), kind, None, text) for code, text in texts.items()}


_TABLE: dict[str, Disposition] = {
    **_timed(
        DispositionKind.CONTACT, "Contact with a service", dx02=60, dx05=120, dx06=360, dx07=720, dx08=1440
    ),
    **_timed(
        DispositionKind.SPEAK,
        "Speak to a clinician",
        dx11=60,
        dx12=120,
        dx13=360,
        dx14=720,
        dx15=1440,
        dx117=60,
    ),
    **_timed(
        DispositionKind.TIME_FRAME,
        "As the message describes,",
        dx110=240,
        dx111=1440,
        dx92=240,
        dx17=60,
        dx28=1440,
        dx120=240,
    ),
    **_timed(
        DispositionKind.CLINICAL_ASSESSMENT, "Clinical assessment service", dx1112=60, dx1114=240, dx1116=720
    ),
    **_untimed(
        DispositionKind.OWN_GP,
        dx09="Own GP if it lasts or comes back, not urgent: routine only after triage",
        dx10="Own GP, not urgent: routine only after triage",
    ),
    **_untimed(
        DispositionKind.NEXT_WORKING_DAY,
        dx81="Own practice the next working day for a repeat prescription",
        dx115="Own practice the next working day for an appointment",
    ),
}
