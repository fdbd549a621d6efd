"""The call list: one entry for each practice that has to be called, with all that one call can settle."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from console.domain.ladder import Frame
from console.domain.ladders_practices import call_at
from console.domain.rows import ReportRow, SnoozeRow
from console.domain.waiting import REACHED
from console.domain.word import Word
from console.domain.words import UNSENT_REPORT, ContactResult, ReportStatus


class CallReason(Word):
    """Why a practice is called about a report."""

    REJECTED = "rejected", "Rejected"
    NOT_DELIVERED = "not_delivered", "Not delivered"
    NOT_ACCEPTED = "not_accepted", "Not accepted"
    OVERDUE = "overdue", "Not sent yet"


@dataclass(frozen=True, slots=True)
class ReportToCall:
    """One report that a call to its practice is about, and since when (aware UTC)."""

    row: ReportRow
    reason: CallReason
    since: dt.datetime


@dataclass(frozen=True, slots=True)
class PracticeToCall:
    """One practice with everything that one call settles; the newest talk is that about any of them."""

    practice_id: int
    name: str
    code: str
    phone: str | None
    reports: tuple[ReportToCall, ...]
    called_at: dt.datetime | None
    call_result: ContactResult | None
    promised_by_at: dt.datetime | None
    calls_failed: int
    snooze: SnoozeRow | None

    @property
    def id(self) -> int:
        """The practice's key."""
        return self.practice_id

    def snoozed(self, now: dt.datetime) -> SnoozeRow | None:
        """The snooze under which it is not called now."""
        return self.snooze if self.snooze is not None and self.snooze.holds(now) else None

    def waits_until(self, frame: Frame) -> dt.datetime | None:
        """Until when there is nothing to call about: somebody was reached, and may act now."""
        if self.called_at is None or self.call_result not in REACHED:
            return None
        again = self.called_at + dt.timedelta(hours=frame.figures.practice_again_hours)
        return min(again, self.promised_by_at) if self.promised_by_at is not None else again

    def is_to_call(self, now: dt.datetime, frame: Frame) -> bool:
        """Whether somebody is to ring now; quiet hours are for people to see."""
        until = self.waits_until(frame)
        return self.snoozed(now) is None and (until is None or until <= now)


def reason_to_call(row: ReportRow, now: dt.datetime, frame: Frame) -> ReportToCall | None:
    """Give why the practice is to be called about this report now; None when it need not be."""
    at = call_at(row.status, row.sent_at, row.delivered_at, frame)
    if at is None or at > now:
        return None
    if row.status is ReportStatus.REJECTED:
        return ReportToCall(row, CallReason.REJECTED, at)
    arrived = row.delivered_at is not None
    return ReportToCall(row, CallReason.NOT_ACCEPTED if arrived else CallReason.NOT_DELIVERED, at)


def call_list(rows: Iterable[ReportRow], now: dt.datetime, frame: Frame) -> list[PracticeToCall]:
    """Give every practice that waits for a call; whoever rings hears of its late reports in the same call."""
    by_practice: dict[int, list[ReportRow]] = defaultdict(list)
    for row in rows:
        if row.practice_id is not None:
            by_practice[row.practice_id].append(row)
    entries = (_entry(practice_id, found, now, frame) for practice_id, found in by_practice.items())
    return [one for one in entries if one is not None]


def _entry(practice_id: int, rows: list[ReportRow], now: dt.datetime, frame: Frame) -> PracticeToCall | None:
    asked = [one for row in rows if (one := reason_to_call(row, now, frame)) is not None]
    if not asked:
        return None
    late = [
        ReportToCall(row, CallReason.OVERDUE, row.due_at)
        for row in rows
        if row.status in UNSENT_REPORT and row.due_at < now
    ]
    reports = sorted(
        (*asked, *late), key=lambda one: (list(CallReason).index(one.reason), one.since, one.row.id)
    )
    last = max((one.row for one in asked), key=lambda row: row.called_at or row.owed_at)
    first = rows[0]
    return PracticeToCall(
        practice_id=practice_id,
        name=first.practice or "",
        code=first.practice_code or "",
        phone=first.practice_phone,
        reports=tuple(reports),
        called_at=last.called_at,
        call_result=last.call_result,
        promised_by_at=last.promised_by_at,
        calls_failed=max(one.row.calls_failed for one in asked),
        snooze=first.list_snooze,
    )
