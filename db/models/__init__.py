"""Every table, in one place for those who only need the names."""

from db.models.care import Outcome, QueueEntry, Report, ReportVersion, Task, Visit
from db.models.chasing import Chase, OutgoingMessage, Snooze, Watch
from db.models.own import Arrangement, Look
from db.models.patient import KeySafe, Marker, MarkerAcknowledgement, Patient, PatientHub, RecordOpening
from db.models.presence import Presence
from db.models.referral import Contact, ReceivedMessage, Referral, Step
from db.models.service import (
    AuditExport,
    Device,
    DeviceState,
    Hub,
    HubHours,
    MapPack,
    PositionCount,
    Practice,
    Setting,
    Staff,
    StaffHub,
    StaffRole,
    Training,
    WorkerHeartbeat,
)
from db.models.workforce import Competence, Position, Practitioner, Shift

__all__ = [
    "Arrangement",
    "AuditExport",
    "Chase",
    "Competence",
    "Contact",
    "Device",
    "DeviceState",
    "Hub",
    "HubHours",
    "KeySafe",
    "Look",
    "MapPack",
    "Marker",
    "MarkerAcknowledgement",
    "Outcome",
    "OutgoingMessage",
    "Patient",
    "PatientHub",
    "Position",
    "PositionCount",
    "Practice",
    "Practitioner",
    "Presence",
    "QueueEntry",
    "ReceivedMessage",
    "RecordOpening",
    "Referral",
    "Report",
    "ReportVersion",
    "Setting",
    "Shift",
    "Snooze",
    "Staff",
    "StaffHub",
    "StaffRole",
    "Step",
    "Task",
    "Training",
    "Visit",
    "Watch",
    "WorkerHeartbeat",
]
