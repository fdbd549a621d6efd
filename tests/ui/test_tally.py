"""The figures of the load strip stay true while rows come, change and go."""

import datetime as dt
import random
from dataclasses import replace

from console.domain.rows import ReferralRow
from console.domain.words import (
    Gender,
    PracticeLink,
    RecordAccess,
    ReferralStatus,
    Source,
    VisitStatus,
)
from ui.boards.tally import ALL, ReferralCounts
from ui.live_updates import Rows

NOW = dt.datetime(2026, 11, 20, 12, 0, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)
ROW = ReferralRow(
    id=1, number="R-2026-000001", version=1, hub_id=1, hub="Dover", patient_id=1, family_name="Oakley",
    given_name="Margaret", birth_date=None, gender=Gender.FEMALE, nhs_number=None, nhs_number_verified=False,
    source=Source.GP_PRACTICE, status=ReferralStatus.ACCEPTED, priority=2, problem="Fall", stream=None,
    gp_needed=False, received_at=NOW, triage_due_at=None, due_at=NOW, due_clock="response", frame_from=NOW,
    disposition=None, address="", postcode=None, area="", lat=None, lon=None, phone=None, practice=None,
    practice_code=None, practice_link=PracticeLink.KNOWN, record_access=RecordAccess.UNKNOWN,
    asks_ambulance=False, ambulance_reference=None, worse_at=None, acknowledgement_owed=False, flags=(),
    markers=0, markers_unacknowledged=0, visit_id=None, visit_version=None, visit_status=None, visit_at=None,
    practitioner_id=None, practitioner=None, queue_entry_id=None, queue_status=None,
)  # fmt: skip


def counted(rows: Rows[ReferralRow], now: dt.datetime) -> dict[str, int]:
    return {name: sum(wanted(row, now) for row in rows.by_id.values()) for name, (_, wanted) in ALL.items()}


def any_row(choose: random.Random) -> ReferralRow:
    return replace(
        ROW,
        id=choose.randint(1, 40),
        status=choose.choice((ReferralStatus.RECEIVED, ReferralStatus.ACCEPTED)),
        due_at=NOW + choose.randint(-60, 60) * MINUTE,
        visit_status=choose.choice((None, VisitStatus.ALLOCATED, VisitStatus.ON_SCENE)),
        asks_ambulance=choose.random() < 0.2,
    )


def test_that_the_figures_kept_up_row_by_row_are_those_of_a_whole_count() -> None:
    choose = random.Random(7)
    rows: Rows[ReferralRow] = Rows()
    rows.change([any_row(choose) for _ in range(20)])
    counts = ReferralCounts(rows, lambda: NOW)
    for _ in range(500):
        rows.change([any_row(choose)], [choose.randint(1, 40)])
        assert counts.figures == counted(rows, NOW)
    rows.replace([any_row(choose) for _ in range(10)])
    assert counts.figures == counted(rows, NOW)


def test_that_a_recount_sees_what_only_the_time_has_changed() -> None:
    rows: Rows[ReferralRow] = Rows()
    rows.change([replace(ROW, due_at=NOW + MINUTE)])
    clock = [NOW]
    counts = ReferralCounts(rows, lambda: clock[0])
    assert (counts.figures["soon"], counts.figures["overdue"]) == (1, 0)
    clock[0] = NOW + 2 * MINUTE
    counts.recount()
    assert (counts.figures["soon"], counts.figures["overdue"]) == (0, 1)
