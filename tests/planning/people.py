"""Practitioners and patients of a board, for tests of who is near."""

import datetime as dt
from dataclasses import replace
from typing import Any

from console.domain.rows import CandidateRow, PractitionerRow, ReferralRow
from console.domain.words import Gender, PracticeLink, RecordAccess, ReferralStatus, Source
from tests.domain.test_sendable import NOW, ON_THE_ROAD

HYTHE, FOLKESTONE, DOVER = (51.0720, 1.0830), (51.0790, 1.1650), (51.1290, 1.3090)


def at(minutes: float) -> dt.datetime:
    return NOW + dt.timedelta(minutes=minutes)


def person(number: int, name: str, place: tuple[float, float] | None, **changes: Any) -> PractitionerRow:
    """Somebody free whose position is a minute old."""
    lat, lon = place or (None, None)
    row = replace(ON_THE_ROAD, id=number, name=name, lat=lat, lon=lon, position_at=place and at(-1))
    return replace(row, **changes)


def allowed(*rows: PractitionerRow) -> list[CandidateRow]:
    return [CandidateRow(row, (), ()) for row in rows]


def patient(number: int, place: tuple[float, float] | None = HYTHE, **changes: Any) -> ReferralRow:
    """Somebody who waits, triaged acute."""
    lat, lon = place or (None, None)
    row = ReferralRow(
        id=number, number=f"R-2026-{number:06}", version=1, hub_id=1, hub="Folkestone", patient_id=number,
        family_name="Marsh", given_name="Ivy", birth_date=dt.date(1941, 3, 2), gender=Gender.FEMALE,
        nhs_number=None, nhs_number_verified=False, source=Source.NHS_111, status=ReferralStatus.ACCEPTED,
        priority=2, problem="Fall", stream=None, gp_needed=False, received_at=at(-20), triage_due_at=None,
        due_at=at(30), due_clock="response", frame_from=at(-20), disposition=None, address="", postcode=None,
        area="Hythe", lat=lat, lon=lon, phone=None, practice=None, practice_code=None,
        practice_link=PracticeLink.UNKNOWN, record_access=RecordAccess.UNKNOWN, asks_ambulance=False,
        ambulance_reference=None, worse_at=None, acknowledgement_owed=False, flags=(), markers=0,
        markers_unacknowledged=0, visit_id=None, visit_version=None, visit_status=None, visit_at=None,
        practitioner_id=None, practitioner=None, queue_entry_id=None, queue_status=None,
    )  # fmt: skip
    return replace(row, **changes)
