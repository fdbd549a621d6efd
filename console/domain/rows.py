"""The frozen rows that the boards show: the only shape in which the database's state leaves a transaction.

Times are aware UTC; `None` means not known or not yet happened. Every row carries the `version` that a
command must hand back, so that a change made elsewhere in between is noticed instead of overwritten.
"""

from console.domain.board_rows import (
    Board,
    BoardDelta,
    HubRow,
    PractitionerRow,
    QueueRow,
    ReferralRow,
    TaskRow,
)
from console.domain.feed_state import FeedState
from console.domain.record_rows import (
    CandidateRow,
    ContactRow,
    KeySafeRow,
    KnownDetails,
    MarkerRow,
    Near,
    PatientBanner,
    Person,
    PossibleDuplicate,
    PractitionerName,
    ReferralRecord,
    StepRow,
)
from console.domain.report_rows import ChaseRow, ReportLadder, ReportRow, SnoozeRow, UpcomingRow

__all__ = [
    "Board",
    "BoardDelta",
    "CandidateRow",
    "ChaseRow",
    "ContactRow",
    "FeedState",
    "HubRow",
    "KeySafeRow",
    "KnownDetails",
    "MarkerRow",
    "Near",
    "PatientBanner",
    "Person",
    "PossibleDuplicate",
    "PractitionerName",
    "PractitionerRow",
    "QueueRow",
    "ReferralRecord",
    "ReferralRow",
    "ReportLadder",
    "ReportRow",
    "SnoozeRow",
    "StepRow",
    "TaskRow",
    "UpcomingRow",
]
