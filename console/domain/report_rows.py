"""The rows of outcome reports, of their snoozes and of the steps that chased them."""

import datetime as dt
from dataclasses import dataclass

from console.domain import report
from console.domain.chase_words import ChaseState, Way
from console.domain.words import Channel, ContactResult, OutcomeKind, ReportStatus


@dataclass(frozen=True, slots=True)
class SnoozeRow:
    """That a ladder rests: until when, why, and by whom."""

    id: int
    until_at: dt.datetime
    reason: str
    by: str

    def holds(self, now: dt.datetime) -> bool:
        """Whether it still rests; the end needs nobody to come and end it."""
        return now < self.until_at


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One outcome report that the practice has not accepted."""

    id: int
    version: int
    referral_id: int
    referral_number: str
    hub_id: int
    hub: str
    patient_id: int
    family_name: str
    given_name: str
    outcome_kind: OutcomeKind
    practice: str | None
    practice_code: str | None
    practice_phone: str | None
    status: ReportStatus
    owed_at: dt.datetime
    due_at: dt.datetime
    latest_at: dt.datetime
    author: str | None
    contact_by_id: int | None  # the login of whoever saw the patient: where there is none, a clinician signs
    signed_by: str | None
    signed_at: dt.datetime | None
    # The newest release without a signature, of which version; `is_released` says whether it still counts.
    released_version: int | None
    released_by: str | None
    released_at: dt.datetime | None
    released_because: str | None
    sent_at: dt.datetime | None
    sent_by_channel: Channel | None
    delivered_at: dt.datetime | None
    content_version: int
    last_result: str | None
    practice_id: int | None
    # The report's own snooze, and that of its practice's call list; each may be over by now.
    snooze: SnoozeRow | None
    list_snooze: SnoozeRow | None
    # When it was last chased, and a figure that moves whenever a step of its ladder does.
    chased_at: dt.datetime | None
    ladder_version: int
    # The newest talk with the practice about it, and how many since it was sent reached nobody.
    called_at: dt.datetime | None
    call_result: ContactResult | None
    promised_by_at: dt.datetime | None
    calls_failed: int

    @property
    def is_released(self) -> bool:
        """Whether it goes without a signature, because the supervisor released what stands in it now."""
        return report.is_released(self.released_version, self.content_version, self.signed_at)

    @property
    def standing(self) -> str:
        """Where it stands, in the one word that a person reads."""
        is_ready = self.is_released and self.status is ReportStatus.DRAFTED
        return "Released" if is_ready else self.status.label

    def snoozed(self, now: dt.datetime) -> SnoozeRow | None:
        """The snooze under which the report itself rests now."""
        return self.snooze if self.snooze is not None and self.snooze.holds(now) else None

    def list_snoozed(self, now: dt.datetime) -> SnoozeRow | None:
        """The snooze under which its practice is not called now."""
        return self.list_snooze if self.list_snooze is not None and self.list_snooze.holds(now) else None


@dataclass(frozen=True, slots=True)
class ChaseRow:
    """One step of a ladder that came due: to whom, by which way, and what became of it."""

    id: int
    ladder: str
    step: str
    recipient: str
    # The name of the one person that it goes to; None when it goes to a role.
    person: str | None
    round: int
    way: Way
    state: ChaseState
    due_at: dt.datetime
    not_before: dt.datetime
    ended_at: dt.datetime | None
    result: str | None
    # Of the task that it became: who accepted it when, and what came of it.
    accepted_by: str | None
    accepted_at: dt.datetime | None
    done_by: str | None
    done_at: dt.datetime | None
    task_result: str | None


@dataclass(frozen=True, slots=True)
class UpcomingRow:
    """One step of a ladder that is still to come, as things stand now."""

    ladder: str
    step: str
    recipient: str
    person: str | None
    way: Way
    due_at: dt.datetime
    # Later than due where quiet hours or a snooze lie between.
    not_before: dt.datetime


@dataclass(frozen=True, slots=True)
class ReportLadder:
    """What chased one report so far, the oldest first, and what is to come, the soonest first."""

    past: tuple[ChaseRow, ...]
    to_come: tuple[UpcomingRow, ...]
