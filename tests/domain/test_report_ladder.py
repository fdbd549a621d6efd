"""The ladder of a report that is not sent, at each hour, through outages and holidays."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field, replace

from hypothesis import example, given, settings
from hypothesis import strategies as st

from console.domain.calendar import local
from console.domain.chase_words import Way
from console.domain.clocks import report_due_at, report_latest_at
from console.domain.ladder import DueStep, Frame, Resting, came_due, newest_for_each, next_at, upcoming
from console.domain.ladder_facts import ReportFacts
from console.domain.ladders_reports import REPORT_NOT_SENT
from console.domain.words import ReportStatus
from tests.domain.england import ENGLAND, london, moments

FRAME = Frame(ENGLAND)
MINUTE = dt.timedelta(minutes=1)


def owed(clear_at: dt.datetime) -> ReportFacts:
    """Give the report of a contact that ended then, by a clinician with an account and mail."""
    return ReportFacts(
        status=ReportStatus.OWED,
        number="R-2026-000001",
        due_at=report_due_at(clear_at),
        latest_at=report_latest_at(clear_at, ENGLAND),
        author="staff:7",
        author_has_mail=True,
    )


@dataclass
class Chaser:
    """Looks at one report whenever it is told to, as a worker does, and remembers what went."""

    facts: ReportFacts
    sent_at: dt.datetime | None = None
    went: list[tuple[dt.datetime, DueStep]] = field(default_factory=list)
    passed: list[tuple[dt.datetime, DueStep]] = field(default_factory=list)

    def look(self, now: dt.datetime) -> None:
        """Let go what came due and has not gone."""
        facts = self.facts
        if self.sent_at is not None and now >= self.sent_at:
            facts = replace(facts, status=ReportStatus.SENT, sent_at=self.sent_at)
        known = self.keys
        due = [one for one in came_due(REPORT_NOT_SENT, facts, FRAME, now) if one.key not in known]
        goes, passed = newest_for_each(due)
        self.went += [(now, one) for one in goes]
        self.passed += [(now, one) for one in passed]

    def follow(self, until: dt.datetime, since: dt.datetime | None = None) -> None:
        """Look exactly when the ladder asks to be looked at."""
        now: dt.datetime | None = since or self.facts.due_at - dt.timedelta(hours=1)
        while now is not None and now <= until:
            self.look(now)
            now = next_at(REPORT_NOT_SENT, self.facts, FRAME, now)

    @property
    def keys(self) -> set[tuple[str, str, str, int]]:
        """What has happened, one way or the other."""
        return {one.key for _, one in [*self.went, *self.passed]}


def test_that_a_report_of_friday_evening_before_a_bank_holiday_is_chased_as_the_service_says() -> None:
    chaser = Chaser(owed(london("2026-08-28 19:50")))
    assert chaser.facts.due_at == london("2026-08-28 22:50")
    assert chaser.facts.latest_at == london("2026-09-01 08:00")
    chaser.follow(london("2026-09-01 12:00"))
    assert [(at, one.step) for at, one in chaser.went] == [
        (london("2026-08-29 07:00"), "due"),  # 22:50 is in the clinician's quiet hours
        (london("2026-08-29 07:00"), "due_mail"),
        (london("2026-08-29 08:00"), "coordinator"),  # due + 2 h and 19:30 are in the night
        (london("2026-08-29 20:00"), "supervisor_evening"),
        (london("2026-08-30 20:00"), "supervisor_evening"),
        (london("2026-08-31 20:00"), "supervisor_evening"),
        (london("2026-09-01 07:00"), "supervisor_morning"),
        (london("2026-09-01 08:00"), "breach"),
    ]
    assert chaser.passed == []


def test_that_a_report_of_the_morning_reaches_the_coordinator_two_hours_late() -> None:
    chaser = Chaser(owed(london("2026-06-10 09:00")))
    chaser.follow(london("2026-06-11 09:00"))
    assert [(f"{local(at):%d %H:%M}", one.step) for at, one in chaser.went] == [
        ("10 12:00", "due"),
        ("10 12:00", "due_mail"),
        ("10 14:00", "coordinator"),
        ("10 20:00", "supervisor_evening"),
        ("11 07:00", "supervisor_morning"),
        ("11 08:00", "breach"),
    ]


def test_that_the_coordinator_is_asked_by_half_past_seven_and_never_before_it_is_due() -> None:
    for clear, asked in (("15:30", "19:30"), ("16:20", "19:30"), ("16:45", "19:45")):
        chaser = Chaser(owed(london(f"2026-06-10 {clear}")))
        chaser.follow(london("2026-06-10 23:00"))
        at = next(local(at) for at, one in chaser.went if one.step == "coordinator")
        assert f"{at:%H:%M}" == asked


def test_that_an_outage_of_three_days_sends_each_person_the_newest_step_only() -> None:
    chaser = Chaser(owed(london("2026-06-08 09:00")))
    chaser.look(london("2026-06-11 21:00"))
    went = [one for _, one in chaser.went]
    assert (
        Counter((one.recipient, one.way) for one in went if one.way is not Way.RECORD).most_common(1)[0][1]
        == 1
    )
    supervisor = next(one for one in went if one.recipient == "supervisor")
    assert (supervisor.step, supervisor.due_at) == ("supervisor_evening", london("2026-06-11 20:00"))
    assert [one.step for _, one in chaser.passed] == [
        "supervisor_evening",
        "supervisor_morning",
        "supervisor_evening",
        "supervisor_evening",
    ]
    assert "breach" in {one.step for one in went}


def test_that_nobody_without_an_account_is_asked_and_the_next_step_still_comes() -> None:
    chaser = Chaser(replace(owed(london("2026-06-10 09:00")), author=None, author_has_mail=False))
    chaser.follow(london("2026-06-10 21:00"))
    assert [one.step for _, one in chaser.went] == ["coordinator", "supervisor_evening"]


def test_that_a_snooze_moves_steps_to_its_end_and_then_asks_again() -> None:
    rest = Resting(london("2026-06-10 13:00"), london("2026-06-10 16:00"))
    chaser = Chaser(replace(owed(london("2026-06-10 09:00")), resting=(rest,)))
    chaser.follow(london("2026-06-10 19:00"))
    assert [(f"{local(at):%H:%M}", one.step) for at, one in chaser.went] == [
        ("12:00", "due"),
        ("12:00", "due_mail"),
        ("16:00", "coordinator"),
    ]


def test_that_a_snooze_made_in_the_night_holds_what_quiet_hours_moved_into_it() -> None:
    rest = Resting(london("2026-06-11 07:30"), london("2026-06-11 12:00"))
    chaser = Chaser(replace(owed(london("2026-06-10 17:30")), resting=(rest,)))  # due 20:30
    chaser.follow(london("2026-06-11 13:00"))
    asked = [local(at) for at, one in chaser.went if one.step == "coordinator"]
    assert [f"{at:%d %H:%M}" for at in asked] == ["11 12:00"]


def test_that_what_nobody_let_go_by_day_does_not_go_at_night() -> None:
    chaser = Chaser(owed(london("2026-06-10 16:00")))  # due 19:00
    night = london("2026-06-11 03:00")
    chaser.look(night)
    assert {one.step for _, one in chaser.went} == {"supervisor_evening"}
    assert next_at(REPORT_NOT_SENT, chaser.facts, FRAME, night) == london("2026-06-11 07:00")
    chaser.look(london("2026-06-11 07:00"))
    assert {"due", "due_mail"} <= {one.step for _, one in chaser.went}


def test_that_a_report_that_goes_again_is_chased_anew() -> None:
    first = owed(london("2026-06-10 09:00"))
    again = owed(london("2026-06-15 09:00"))
    chaser = Chaser(first)
    chaser.follow(london("2026-06-12 09:00"))
    chaser.facts = again
    before = len(chaser.went)
    chaser.follow(london("2026-06-15 15:00"))
    assert [one.step for _, one in chaser.went[before:]] == ["due", "due_mail", "coordinator"]


def test_that_what_is_still_to_come_can_be_told() -> None:
    facts = owed(london("2026-06-10 09:00"))
    steps = upcoming(REPORT_NOT_SENT, facts, FRAME, london("2026-06-10 12:30"))
    assert [(f"{local(one.not_before):%d %H:%M}", one.step) for one in steps] == [
        ("10 14:00", "coordinator"),
        ("10 20:00", "supervisor_evening"),
        ("11 07:00", "supervisor_morning"),
        ("11 08:00", "breach"),
    ]
    assert upcoming(REPORT_NOT_SENT, replace(facts, status=ReportStatus.SENT), FRAME, facts.due_at) == []


GAPS = st.lists(st.integers(1, 3 * 24 * 60), min_size=1, max_size=25)


def looked_at(chaser: Chaser, gaps: list[int]) -> dt.datetime:
    """Look again and again, with these pauses of minutes between; gives the last time."""
    now = chaser.facts.due_at - dt.timedelta(hours=2)
    for minutes in gaps:
        now += minutes * MINUTE
        chaser.look(now)
    return now


@settings(max_examples=150)
@given(moments(), GAPS, st.integers(0, 6 * 24 * 60))
def test_that_no_chase_is_early_late_doubled_or_in_quiet_hours(
    clear_at: dt.datetime, gaps: list[int], sent_after: int
) -> None:
    sent_at = clear_at + sent_after * MINUTE
    chaser = Chaser(owed(clear_at), sent_at)
    looked_at(chaser, gaps)
    happened = [*chaser.went, *chaser.passed]
    assert len(happened) == len(chaser.keys)
    for at, one in happened:
        assert one.due_at <= one.not_before <= at < sent_at
        wall = local(at).time()
        if one.step in {"due", "due_mail"}:
            assert dt.time(7) <= wall < dt.time(22)
        if one.step == "coordinator":
            assert dt.time(8) <= wall < dt.time(20)
    for at in {at for at, _ in chaser.went}:
        to = Counter((one.recipient, one.way) for when, one in chaser.went if when == at)
        assert all(number == 1 for (_, way), number in to.items() if way is not Way.RECORD)


@settings(max_examples=100)
@given(moments(), GAPS)
@example(dt.datetime(2026, 10, 24, 0, 0, tzinfo=dt.UTC), [1080])
def test_that_no_step_is_skipped_however_seldom_somebody_looks(
    clear_at: dt.datetime, gaps: list[int]
) -> None:
    seldom, always = Chaser(owed(clear_at)), Chaser(owed(clear_at))
    last = looked_at(seldom, gaps)
    always.follow(last)
    assert always.passed == [] or {one.not_before for _, one in always.passed} <= {
        at for at, _ in always.went
    }
    assert seldom.keys <= always.keys
    # What somebody who looked in the night had to hold back goes at the end of the quiet hours: that night of
    # autumn in which the clocks go back has thirteen of them.
    seldom.follow(last + dt.timedelta(hours=13), since=last)
    assert always.keys <= seldom.keys


@given(moments(), st.integers(1, 10))
def test_that_the_supervisor_is_asked_on_every_evening(clear_at: dt.datetime, days: int) -> None:
    chaser = Chaser(owed(clear_at))
    until = chaser.facts.due_at + dt.timedelta(days=days)
    chaser.follow(until)
    asked = [at for at, one in chaser.went if one.step == "supervisor_evening"]
    minute, evenings = chaser.facts.due_at.replace(second=0, microsecond=0), set()
    while minute <= until:  # the wall clock itself, minute by minute
        if local(minute).time() == dt.time(20) and minute >= chaser.facts.due_at:
            evenings.add(minute)
        minute += MINUTE
    assert asked == sorted(evenings)
