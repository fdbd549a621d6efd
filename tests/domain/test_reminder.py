"""What a reminder says and when it is tried again."""

import datetime as dt

import pytest

from console.domain import reminder
from console.domain.chase_words import Subject
from console.domain.reminder import Late

SUMMER = dt.datetime(2026, 7, 1, 13, 2, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


def test_that_times_are_londons() -> None:
    late = [Late(Subject.REPORT, SUMMER, SUMMER - 3 * HOUR), Late(Subject.REPORT, SUMMER + HOUR, SUMMER)]
    said = reminder.text(late, SUMMER + HOUR)
    assert said.startswith(
        "2 reports are not sent. The first was due at 14:02 (contact ended 11:02). Open Doorstep, Reports.\n"
    )


def test_that_one_is_one() -> None:
    said = reminder.text([Late(Subject.REPORT, SUMMER, SUMMER - 3 * HOUR)], SUMMER)
    assert said.startswith("1 report is not sent. It was due at 14:02 (contact ended 11:02).")


def test_that_another_day_is_named() -> None:
    said = reminder.text([Late(Subject.REPORT, SUMMER, SUMMER - 3 * HOUR)], SUMMER + 24 * HOUR)
    assert "due on Wednesday 1 July at 14:02 (contact ended on Wednesday 1 July at 11:02)" in said


def test_that_different_things_are_counted_apart() -> None:
    late = [Late(Subject.REPORT, SUMMER + HOUR), Late(Subject.SHIFT, SUMMER), Late(Subject.REPORT, SUMMER)]
    line = "Doorstep: 2 reports are not sent and 1 shift ended with reports that are not signed"
    assert set(reminder.subject_line(late)) - set(line) == set()
    assert sorted(reminder.subject_line(late).split()) == sorted(line.split())


@pytest.mark.parametrize("subject", list(Subject))
def test_that_every_subject_has_its_words(subject: Subject) -> None:
    for count in (1, 2):
        assert f"{count} {subject.value}" in reminder.subject_line([Late(subject, SUMMER)] * count)


def test_that_pauses_double_up_to_an_hour() -> None:
    pauses = [reminder.pause_after(attempt).total_seconds() for attempt in (1, 2, 3, 10, 11, 99)]
    assert pauses == [5, 10, 20, 2560, 3600, 3600]
