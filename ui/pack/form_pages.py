"""Blank forms, asked in the order in which the paper is entered afterwards."""

from collections.abc import Sequence

from console.domain.paper import KEYS
from console.domain.words import PRIORITY_LABELS, OutcomeDisposition, Source, Stream
from ui.pack.paper import ACROSS, BOTTOM, LEFT, RIGHT, Sheets

_TICK = 3.4
Row = tuple[tuple[str, float], ...]
_REFERRAL: tuple[tuple[float, Row], ...] = (
    (11, (("Time received", 34), ("Caller, and from where", 92), ("Caller's phone", 60))),
    (11, (("NHS number", 62), ("Date of birth", 50), ("Gender", 24), ("Patient's phone", 50))),
    (11, (("Family name", 93), ("Given name", 93))),
    (13, (("Home address", 136), ("Postcode", 50))),
    (11, (("To be seen at (if elsewhere)", 136), ("Postcode", 50))),
    (11, (("Own practice, or why none", 136), ("Hub", 50))),
    (18, (("Problem, and what the caller says", 186),)),
)
_STEPS = (("Time", 18.0), ("Patient (name, born)", 58.0), ("What happened", 36.0), ("Who", 16.0),
          ("How told, words, outcome", 44.0), ("Entered", 14.0))  # fmt: skip
_ARRIVALS = (("Arrived", 17.0), ("Name", 48.0), ("Born", 22.0), ("Problem", 40.0), ("Streamed", 17.0),
             ("Called", 14.0), ("Seen by", 14.0), ("Ended", 14.0))  # fmt: skip
_CONTACTS = (("Time", 17.0), ("Patient", 46.0), ("Whom, number", 46.0), ("What was said, by when", 63.0),
             ("Entered", 14.0))  # fmt: skip
_SHIFTS = (("Practitioner", 56.0), ("Hub", 32.0), ("Works as", 34.0), ("On", 20.0), ("Off", 20.0),
           ("Home safe", 24.0))  # fmt: skip
_VISIT: tuple[tuple[float, Row], ...] = (
    (10, (("Patient (name, born)", 96), ("Practitioner", 60), ("Markers read out by", 30))),
    (10, (("Asked", 27), ("Acknowledged", 27), ("Left", 27), ("Expected clear", 27), ("There", 26),
          ("Clear", 26), ("or no access", 26))),
)  # fmt: skip


def draw_forms(sheets: Sheets) -> None:
    """Draw one of each; they may be copied as often as they are needed."""
    _new_referral(sheets)
    _decisions(sheets)
    _visits(sheets)
    _hub(sheets)
    _lines(sheets, "Calls, worse, 999", _CALLS, _CONTACTS, 12.5)
    _lines(sheets, "Shifts", _ON_AND_OFF, _SHIFTS, 12.5, until=130)
    _lines(sheets, "Any other step", _ANY, _STEPS, 11.5)


_CALLS = (
    "One line for each call, also in vain. Patient worse: ring the clinician now and write the time and who. "
    "999: ring control now; write the reference, who accepted it and when, and when the crew took over."
)
_ON_AND_OFF = "Who came on and went off duty. Tick who is safely home: nobody is left out alone."
_ANY = (
    "One line for each step, oldest first: so it is entered afterwards. Tick it when it is entered. "
    f"What is typed for a step: {', '.join(KEYS.values())}."
)


def _new_referral(sheets: Sheets) -> None:
    sheets.page("New referral", "One patient on each form. Read two identifiers back before you ring off.")
    for _ in range(2):
        sheets.need(118)
        y = sheets.y
        y = _boxes(sheets, y, _REFERRAL)
        y = _ticks(sheets, y, "Source", [one.label for one in Source])
        asked = [f"P{key} {label}" for key, label in PRIORITY_LABELS.items()]
        y = _ticks(sheets, y, "Asked for", [*asked, "judged by a GP or CAS clinician", "GP needed"])
        y = _ticks(sheets, y, "", ["two identifiers read back", "looked for in this pack: not known yet"])
        sheets.line(LEFT, y + 1.5, RIGHT, y + 1.5, 0.6)
        sheets.y = y + 5


def _decisions(sheets: Sheets) -> None:
    sheets.page(
        "Decision of a clinician",
        "Triage, streaming, declined, 999 stood down. The clinician signs, and enters it afterwards.",
    )
    rows: tuple[tuple[float, Row], ...] = (
        (10, (("Time", 26), ("Patient (name, born)", 100), ("Clinician, registration, signature", 60))),
        (11, (("Why, and what was agreed", 186),)),
    )
    while sheets.y + 47 < BOTTOM:
        y = _boxes(sheets, sheets.y, rows)
        priorities = [f"P{key} {label}" for key, label in PRIORITY_LABELS.items()]
        y = _ticks(sheets, y, "How soon", [*priorities, "declined", "999"])
        y = _ticks(sheets, y, "Care", [one.label for one in Stream if one is not Stream.AMBULANCE])
        sheets.y = y + 4


def _visits(sheets: Sheets) -> None:
    sheets.page(
        "Visits",
        "Read address and markers out. Ring when the expected clear has passed; no reply: the supervisor.",
    )
    while sheets.y + 43 < BOTTOM:
        y = _boxes(sheets, sheets.y, _VISIT)
        y = _ticks(sheets, y, "Came of it", [one.label for one in OutcomeDisposition])
        y = _boxes(sheets, y + 0.5, ((9, (("How you were told, and in which words", 186),)),))
        sheets.y = y + 4


def _hub(sheets: Sheets) -> None:
    _lines(
        sheets,
        "Hub desk",
        "A clinician streams within 15 minutes of the arrival. Write who left before being seen.",
        _ARRIVALS,
        12.5,
    )


def _lines(
    sheets: Sheets,
    heading: str,
    words: str,
    columns: Sequence[tuple[str, float]],
    height: float,
    until: float = BOTTOM,
) -> None:
    """A page of empty lines under one head."""
    sheets.page(heading, words)
    x = LEFT
    for title, width in columns:
        sheets.text(x + 0.8, sheets.y, width - 1.2, title, 3.2, bold=True, lines=2)
        x += width
    sheets.y += 5.5
    while sheets.y + height <= until:
        x = LEFT
        for _, width in columns:
            sheets.box(x, sheets.y, width, height)
            x += width
        sheets.y += height


def _boxes(sheets: Sheets, y: float, rows: Sequence[tuple[float, Row]]) -> float:
    for height, parts in rows:
        x = LEFT
        for words, width in parts:
            sheets.asked(x, y, width, height, words)
            x += width
        y += height
    return y


def _ticks(sheets: Sheets, y: float, title: str, words: Sequence[str]) -> float:
    """Boxes to tick, as many in a line as there is room for."""
    x, first = LEFT + (20.0 if title else 0.0), LEFT + (20.0 if title else 0.0)
    y += 1.4
    if title:
        sheets.text(LEFT, y, 20, title, 3.2, bold=True)
    for one in words:
        width = 8 + len(one) * 1.85
        if x + width > LEFT + ACROSS:
            x, y = first, y + 5.2
        sheets.box(x, y + 0.2, _TICK, _TICK, 0.3)
        sheets.text(x + _TICK + 1, y, width - _TICK, one, 3.1)
        x += width
    return y + 5.2
