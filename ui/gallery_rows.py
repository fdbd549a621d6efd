"""Invented rows for the gallery."""

import datetime as dt
from dataclasses import dataclass

from ui.boards.cells import Column, Due, Flag, Kind, PillText, TwoLines

NOW = dt.datetime(2026, 11, 20, 12, 34, 8, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Sample:
    """An invented row."""

    id: int
    priority: int | None
    name: str
    aside: str
    problem: str
    area: str
    status: tuple[str, str]
    flags: tuple[Flag, ...]
    minutes: float
    source: str = "GP practice"


SIREN, DOG, ACCESS = Flag("siren", "999", "bad"), Flag("dog", "Animal"), Flag("key-round", "Access", "info")
SAMPLES = (
    Sample(1, None, "OAKLEY, Margaret", "82 F", "Fall, lifted, no injury", "Dover CT16",
           ("Needs triage", "bad"), (SIREN,), -4.3, "NHS 111"),
    Sample(2, 2, "PILGRIM, Derek", "83 M", "? UTI, new confusion", "New Romney TN28",
           ("Triaged", "plain"), (DOG,), -1.1),
    Sample(3, 1, "RAHMAN, Sunita", "86 F", "Blocked catheter, in pain", "Dover CT17",
           ("Accepted", "info"), (), 2.6),
    Sample(4, 2, "WHITCOMBE, Alan", "66 M", "COPD exacerbation", "Folkestone CT19",
           ("En route", "info"), (ACCESS,), 6.2, "CAS or 999"),
    Sample(5, 2, "FARROW, Joyce", "86 F", "Cellulitis, lower leg", "Hythe CT21",
           ("On scene", "ok"), (), 24.8),
    Sample(6, 3, "NOWAK, Peter", "94 M", "Medication query", "Folkestone CT20",
           ("Allocated", "warn"), (DOG, ACCESS), 48.5, "Community nursing"),
    Sample(7, 3, "CASTLE-FEATHERSTONEHAUGH, Edna Violet", "65 F", "Chest infection, SpO₂ 93 %", "Deal CT14",
           ("Hub: arrived", "info"), (), 78.2),
    Sample(8, 4, "ZIELINSKI, Tomasz", "82 M", "Back pain, no red flags", "Dover CT15",
           ("Accepted", "ok"), (), 263, "Own follow-up"),
)  # fmt: skip


def due(row: Sample) -> Due:
    """Every sample came in fifty minutes ago."""
    return Due(NOW + dt.timedelta(minutes=row.minutes), NOW - dt.timedelta(minutes=50))


def who(row: Sample) -> TwoLines:
    """Name, age and problem."""
    return TwoLines(row.name, row.aside, row.problem)


COLUMNS = (
    Column[Sample]("priority", "", Kind.PRIORITY, lambda row: row.priority, 54),
    Column[Sample]("patient", "Patient · problem", Kind.TWO_LINES, who, 200, stretches=1),
    Column[Sample](
        "where", "Area · source", Kind.TWO_LINES, lambda row: TwoLines(row.area, "", row.source), 160
    ),
    Column[Sample]("status", "Status", Kind.PILL, lambda row: PillText(*row.status), 124),
    Column[Sample]("flags", "Flags", Kind.FLAGS, lambda row: row.flags, 68),
    Column[Sample]("due", "Due", Kind.DUE, due, 138),
)
