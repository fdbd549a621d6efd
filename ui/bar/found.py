"""What the services have found, as the command bar shows it."""

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import partial

from console.domain.found_rows import Found, PatientFound, PlaceFound, PractitionerFound, ReportFound
from ui.bar.going import to_place, to_record, to_somebody_off_duty
from ui.bar.hits import Candidate, Hit, Sort, folded
from ui.bar.on_board import born_words, identity
from ui.boards.cells import PillText
from ui.boards.referral_cells import name_of
from ui.time_text import day_clock

_ICONS = {"practice": "house", "town": "map-pin", "postcode": "map-pin"}
_KINDS = {"practice": "Practice", "town": "Town or village", "postcode": "Postcode"}


def candidates(found: Found, now: dt.datetime) -> Iterator[Candidate]:
    """Everything of an answer."""
    for patient in found.patients:
        yield _candidate(_patient(patient, now), _patient_words(patient))
    for practitioner in found.practitioners:
        words = folded(practitioner.name, practitioner.profession.label)
        yield _candidate(_practitioner(practitioner), words)
    yield from places(found.places)
    for report in found.reports:
        names = (report.family_name, report.given_name, report.practice, report.practice_code)
        yield _candidate(_report(report, now), folded("report", *names, report.referral_number))


def _candidate(hit: Hit, words: str) -> Candidate:
    return Candidate(hit.sort, hit.key, hit.title, words, lambda: hit)


def _patient_words(row: PatientFound) -> str:
    written = f"{row.birth_date:%d/%m/%Y}" if row.birth_date else ""
    names = (row.family_name, row.given_name, row.nhs_number, row.referral_number)
    return folded(*names, written, born_words(row.birth_date))


def _patient(row: PatientFound, now: dt.datetime) -> Hit:
    return Hit(
        Sort.PATIENT,
        row.referral_id,
        name_of(row),
        partial(to_record, row.referral_id),
        icon="history",
        below=" · ".join((*identity(row.birth_date, row.nhs_number), row.referral_number)),
        pill=PillText(row.status.label),
        due=f"received {day_clock(row.received_at, now)}",
    )


def _practitioner(row: PractitionerFound) -> Hit:
    return Hit(
        Sort.PRACTITIONER,
        row.id,
        row.name,
        partial(to_somebody_off_duty, row),
        icon="user",
        below=row.profession.label,
        pill=PillText("Not on duty"),
    )


def places(found: Sequence[PlaceFound]) -> Iterator[Candidate]:
    """Practices, towns and postcodes."""
    for row in found:
        hit = Hit(
            Sort.PLACE,
            (row.kind, row.practice_id or row.name),
            row.name,
            partial(to_place, row),
            icon=_ICONS[row.kind],
            below=" · ".join(part for part in (_KINDS[row.kind], row.below) if part),
            due="" if row.at is not None else "not on the map",
        )
        yield _candidate(hit, folded(row.name, row.name.replace(" ", ""), row.below, _KINDS[row.kind]))


def _report(row: ReportFound, now: dt.datetime) -> Hit:
    at = "" if row.accepted_at is None else day_clock(row.accepted_at, now)
    return Hit(
        Sort.REPORT,
        row.id,
        f"Report on {name_of(row)}",
        partial(to_record, row.referral_id),
        icon="file-check",
        below=f"{row.practice or 'No practice'} · {row.referral_number}",
        pill=PillText(row.status.label, "ok"),
        due=at,
    )
