"""Machines that try every step at every moment and take only those that the rules allow.

Whatever they try, nothing ends with a part left open, no clock is restarted and nobody works two visits at
once.
"""

import datetime as dt
import itertools
from collections.abc import Mapping
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from console.domain import hub_queue, referral, report, visit
from console.domain.ambulance import AmbulanceCall, reasons_not_to_record, reasons_not_to_stand_down
from console.domain.clocks import ReferralTimes, due
from console.domain.dispositions import disposition
from console.domain.practitioner import availability
from console.domain.triage import is_downgrade, reasons_not_to_change_priority, reasons_not_to_triage
from console.domain.words import (
    ENGAGED_VISIT,
    Availability,
    QueueStatus,
    ReferralStatus,
    ReportStatus,
    Role,
    VisitStatus,
)
from tests.domain.england import ENGLAND, TELLING_DAYS, utc

_V, _Q, _R = VisitStatus, QueueStatus, ReportStatus
ENDS = st.just(ReferralStatus.CLOSED) | st.sampled_from(sorted(referral.ENDED))
TURNS = st.lists(st.integers(0, 99), min_size=1, max_size=6)
OFTEN_CLINICIAN = st.just(Role.CLINICIAN) | st.sampled_from(Role)
STARTS = st.sampled_from(TELLING_DAYS).flatmap(
    lambda day: st.integers(0, 3 * 24 * 60).map(
        lambda minute: dt.datetime.combine(day, dt.time(), dt.UTC) + dt.timedelta(minutes=minute)
    )
)


# How each life goes when all goes well.
_PATHS: tuple[tuple[Any, ...], ...] = (
    (_V.ALLOCATED, _V.ACKNOWLEDGED, _V.EN_ROUTE, _V.ON_SCENE, _V.CLEAR),
    (_Q.BOOKED, _Q.ARRIVED, _Q.STREAMED, _Q.CALLED, _Q.BEING_SEEN, _Q.SEEN),
    (_R.OWED, _R.DRAFTED, _R.SIGNED, _R.SENT, _R.DELIVERED, _R.ACCEPTED),
)
WELL = {before: after for path in _PATHS for before, after in itertools.pairwise(path)}


def tries(table: Mapping[Any, frozenset[Any]], before: Any, wish: Any, turn: int) -> Any:
    """Give what to try: often the step that all going well brings, or any of the table, else the wish."""
    allowed = sorted(table[before])
    if turn % 2 and before in WELL:
        return WELL[before]
    return allowed[turn % len(allowed)] if allowed and turn % 4 else wish


class FourLives(RuleBasedStateMachine):
    """One referral from receipt to its end, with everything that hangs on it."""

    def __init__(self) -> None:
        super().__init__()
        self.now = utc("2026-03-28 23:00")
        self.times = ReferralTimes(self.now)
        self.status = ReferralStatus.RECEIVED
        self.visits: list[VisitStatus] = []
        self.queue: list[QueueStatus] = []
        self.reports: list[ReportStatus] = []
        self.call = AmbulanceCall()
        self.failed_contact = False

    @initialize(
        at=STARTS,
        code=st.sampled_from([None, "Dx06", "Dx07", "Dx115", "Dx09", "Dx012"]),
        stage=st.integers(0, 4),
    )
    def receive(self, at: dt.datetime, code: str | None, stage: int) -> None:
        self.now = at
        asks = code is not None and disposition(code).asks_ambulance
        self.times = ReferralTimes(at, disposition=code, disposition_at=at, asks_ambulance=asks)
        if stage >= 1:
            self.triage(Role.CLINICIAN, 2)
            self.accept()
        if stage >= 2 and not asks:
            self.allocate() if stage <= 3 else self.come_to_hub(QueueStatus.ARRIVED)

    @property
    def parts(self) -> referral.OpenParts:
        active = [one for one in self.visits if one.is_active]
        queued = [one for one in self.queue if one.is_open]
        return referral.OpenParts(
            visit_status=active[0] if active else None,
            queue_status=queued[0] if queued else None,
            asks_ambulance=self.times.asks_ambulance,
            is_taken_over=self.call.is_taken_over,
            is_failed_contact=self.failed_contact,
            has_outcome=bool(self.reports),
        )

    def retimed(self, **changed: Any) -> None:
        self.times = ReferralTimes(**{**{f: getattr(self.times, f) for f in self.times.__slots__}, **changed})

    @rule(minutes=st.integers(1, 600))
    def time_passes(self, minutes: int) -> None:
        before = due(self.times, ENGLAND)
        self.now += dt.timedelta(minutes=minutes)
        assert due(self.times, ENGLAND) == before

    @rule(role=OFTEN_CLINICIAN, priority=st.integers(1, 4) | st.none() | st.integers(0, 5))
    def triage(self, role: Role, priority: int | None) -> None:
        if not reasons_not_to_triage(role, self.status, priority):
            assert role is Role.CLINICIAN
            self.status = ReferralStatus.TRIAGED
            self.retimed(first_triaged_at=self.now, priority=priority)

    @precondition(lambda self: self.times.priority is not None)
    @rule(role=OFTEN_CLINICIAN, after=st.integers(0, 5), reason=st.sampled_from(["", "seen by GP"]))
    def change_priority(self, role: Role, after: int, reason: str) -> None:
        before = self.times.priority
        if not self.status.is_open or reasons_not_to_change_priority(role, before, after, reason):
            return
        assert before is not None
        old = due(self.times, ENGLAND).due_at
        down = is_downgrade(before, after)
        self.retimed(priority=after, downgraded_at=self.now if down else self.times.downgraded_at)
        assert (role is Role.CLINICIAN and reason) if down else due(self.times, ENGLAND).due_at <= old

    @precondition(lambda self: self.status is ReferralStatus.TRIAGED)
    @rule()
    def accept(self) -> None:
        if not referral.reasons_not_to_move(self.status, ReferralStatus.ACCEPTED):
            assert self.times.first_triaged_at is not None
            self.status = ReferralStatus.ACCEPTED

    @rule(after=ENDS, is_serious=st.sampled_from([False, False, False, True]))
    def end(self, after: ReferralStatus, is_serious: bool) -> None:
        # Turning away is tried more rarely than closing, so that most lives get to where there is something
        # to end.
        if not is_serious and after is not ReferralStatus.CLOSED:
            return
        if not referral.reasons_not_to_end(self.status, after, self.parts):
            self.status = after

    @precondition(lambda self: self.status is ReferralStatus.ACCEPTED and not self.times.asks_ambulance)
    @rule()
    def allocate(self) -> None:
        if not any(one.is_active for one in self.visits) and not any(one.is_open for one in self.queue):
            self.visits.append(VisitStatus.ALLOCATED)

    @precondition(lambda self: self.visits)
    @rule(wish=st.sampled_from(VisitStatus), turns=TURNS)
    def work_visit(self, wish: VisitStatus, turns: list[int]) -> None:
        for turn in turns:
            self.step_visit(wish, turn)

    def step_visit(self, wish: VisitStatus, turn: int) -> None:
        after = tries(visit.MOVES, self.visits[-1], wish, turn)
        before, clock = self.visits[-1], due(self.times, ENGLAND)
        if visit.reasons_not_to_move(before, after):
            return
        assert before.is_active
        self.visits[-1] = after
        if after in visit.BACK_TO_PENDING:
            assert due(self.times, ENGLAND) == clock
        if after is VisitStatus.UPGRADED:
            self.retimed(asks_ambulance=True)
            self.call = AmbulanceCall()
        if after in (VisitStatus.CLEAR, VisitStatus.NO_ACCESS, VisitStatus.UPGRADED):
            self.reports.append(ReportStatus.OWED)

    @precondition(lambda self: self.status.is_open)
    @rule(start=st.sampled_from([QueueStatus.BOOKED, QueueStatus.ARRIVED]))
    def come_to_hub(self, start: QueueStatus) -> None:
        if not any(one.is_active for one in self.visits) and not any(one.is_open for one in self.queue):
            self.queue.append(start)

    @precondition(lambda self: self.queue)
    @rule(wish=st.sampled_from(QueueStatus), turns=TURNS)
    def work_queue(self, wish: QueueStatus, turns: list[int]) -> None:
        for turn in turns:
            self.step_queue(wish, turn)

    def step_queue(self, wish: QueueStatus, turn: int) -> None:
        after = tries(hub_queue.MOVES, self.queue[-1], wish, turn)
        clock = due(self.times, ENGLAND)
        if hub_queue.reasons_not_to_move(self.queue[-1], after):
            return
        self.queue[-1] = after
        if after is QueueStatus.MOVED:
            self.queue.append(QueueStatus.ARRIVED)
        if after is QueueStatus.SEEN:
            self.reports.append(ReportStatus.OWED)
        assert due(self.times, ENGLAND) == clock

    @precondition(lambda self: self.reports)
    @rule(wish=st.sampled_from(ReportStatus), turns=TURNS)
    def work_report(self, wish: ReportStatus, turns: list[int]) -> None:
        for turn in turns:
            self.step_report(wish, turn)

    def step_report(self, wish: ReportStatus, turn: int) -> None:
        after = tries(report.MOVES, self.reports[-1], wish, turn)
        if not report.reasons_not_to_move(self.reports[-1], after):
            self.reports[-1] = after

    @precondition(lambda self: self.times.asks_ambulance)
    @rule(part=st.sampled_from(["reference", "accepted_by", "accepted_at", "taken_over_at"]))
    def record_ambulance(self, part: str) -> None:
        known = {name: getattr(self.call, name) for name in self.call.__slots__}
        told = AmbulanceCall(**{**known, part: self.now if part.endswith("_at") else "told"})
        if not reasons_not_to_record(told, self.now):
            self.call = told

    @precondition(lambda self: self.times.asks_ambulance)
    @rule(role=st.sampled_from(Role), registration=st.sampled_from([None, "", "PA12345"]))
    def stand_down(self, role: Role, registration: str | None) -> None:
        if not reasons_not_to_stand_down(role, registration, "GP is with the patient"):
            assert role is Role.CLINICIAN
            assert registration
            self.retimed(asks_ambulance=False)

    @precondition(lambda self: self.status.is_open)
    @rule(failed=st.booleans())
    def fail_contact(self, failed: bool) -> None:
        self.failed_contact = failed

    @invariant()
    def nothing_ends_with_a_part_left_open(self) -> None:
        if self.status.is_open:
            return
        assert not any(one.is_active for one in self.visits)
        assert not any(one.is_open for one in self.queue)
        assert not self.failed_contact
        assert not self.times.asks_ambulance or self.call.is_taken_over
        assert self.status is not ReferralStatus.CLOSED or self.reports

    @invariant()
    def nobody_is_sent_before_triage(self) -> None:
        assert not self.visits or self.times.first_triaged_at is not None
        assert (self.times.priority is None) == (self.times.first_triaged_at is None)

    @invariant()
    def nothing_is_due_before_it_was_received(self) -> None:
        assert due(self.times, ENGLAND).due_at >= self.times.received_at


class OnePractitioner(RuleBasedStateMachine):
    """One practitioner with many visits, of which only one is ever being worked."""

    def __init__(self) -> None:
        super().__init__()
        self.visits: list[VisitStatus] = []

    @property
    def engaged(self) -> list[int]:
        return [number for number, status in enumerate(self.visits) if status in ENGAGED_VISIT]

    @rule()
    def allocate(self) -> None:
        self.visits.append(VisitStatus.ALLOCATED)

    @precondition(lambda self: self.visits)
    @rule(which=st.integers(0, 9), wish=st.sampled_from(VisitStatus), turn=st.integers(0, 99))
    def work(self, which: int, wish: VisitStatus, turn: int) -> None:
        number = which % len(self.visits)
        before = self.visits[number]
        after = tries(visit.MOVES, before, wish, turn)
        others = [f"R-{other}" for other in self.engaged if other != number]
        reasons = visit.reasons_not_to_move(before, after)
        if after is VisitStatus.ACKNOWLEDGED:
            reasons = visit.reasons_not_to_acknowledge(before, others[0] if others else None)
        if not reasons:
            self.visits[number] = after

    @rule()
    def divert(self) -> None:
        taken = [number for number, status in enumerate(self.visits) if status.is_active]
        assert all(not visit.reasons_not_to_move(self.visits[one], VisitStatus.DIVERTED) for one in taken)
        for one in taken:
            self.visits[one] = VisitStatus.DIVERTED
        assert availability(None, self.visits) is Availability.OFF_DUTY

    @invariant()
    def only_one_visit_is_worked_at_a_time(self) -> None:
        assert len(self.engaged) <= 1


TestOnePractitioner = OnePractitioner.TestCase
TestOnePractitioner.settings = settings(max_examples=30, stateful_step_count=30, deadline=None)
TestFourLives = FourLives.TestCase
TestFourLives.settings = settings(max_examples=150, stateful_step_count=50, deadline=None)
