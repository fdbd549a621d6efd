"""Until when whoever accepted a night's patient holds them."""

import pytest

from console.domain.clocks import DEFAULTS
from console.domain.opening import EIGHT_TO_EIGHT, OpeningHours
from console.domain.overnight import held_until
from tests.domain.england import london

NEVER = OpeningHours({})
WEEKDAYS = OpeningHours({day: EIGHT_TO_EIGHT.weekly[day] for day in range(5)})


@pytest.mark.parametrize(
    ("accepted", "hours", "until"),
    [
        ("2026-06-12 18:10", EIGHT_TO_EIGHT, "2026-06-13 18:30"),  # before tonight's warning: for tonight
        ("2026-06-12 20:05", EIGHT_TO_EIGHT, "2026-06-13 18:30"),
        ("2026-06-13 00:10", EIGHT_TO_EIGHT, "2026-06-13 18:30"),
        ("2026-06-13 07:50", EIGHT_TO_EIGHT, "2026-06-13 18:30"),
        ("2026-06-12 19:58", WEEKDAYS, "2026-06-13 08:00"),  # Friday; Saturday and Sunday it does not open
        ("2026-06-13 08:00", WEEKDAYS, "2026-06-14 08:00"),
        ("2026-06-14 08:00", WEEKDAYS, "2026-06-15 18:30"),
        ("2026-06-13 12:00", NEVER, "2026-06-14 08:00"),
        ("2026-03-28 20:00", NEVER, "2026-03-29 08:00"),  # the clocks go forward, and back
        ("2026-10-24 20:00", NEVER, "2026-10-25 08:00"),
        ("2026-03-28 20:00", EIGHT_TO_EIGHT, "2026-03-29 18:30"),
    ],
)
def test_that_a_night_s_patient_is_held_until_the_morning_or_the_next_closing_s_warning(
    accepted: str, hours: OpeningHours, until: str
) -> None:
    assert held_until(london(accepted), hours, DEFAULTS) == london(until)
