"""Every table, in one place for those who only need the names."""

from db.models.care import Chase, Outcome, QueueEntry, Report, ReportVersion, Task, Visit
from db.models.patient import Marker, MarkerAcknowledgement, Patient, PatientHub, RecordOpening
from db.models.referral import Contact, ReceivedMessage, Referral, Step
from db.models.service import (
    Device,
    Hub,
    HubHours,
    Practice,
    Setting,
    Staff,
    StaffHub,
    StaffRole,
    WorkerHeartbeat,
)
from db.models.workforce import Competence, Position, Practitioner, Shift

__all__ = [
    "Chase",
    "Competence",
    "Contact",
    "Device",
    "Hub",
    "HubHours",
    "Marker",
    "MarkerAcknowledgement",
    "Outcome",
    "Patient",
    "PatientHub",
    "Position",
    "Practice",
    "Practitioner",
    "QueueEntry",
    "ReceivedMessage",
    "RecordOpening",
    "Referral",
    "Report",
    "ReportVersion",
    "Setting",
    "Shift",
    "Staff",
    "StaffHub",
    "StaffRole",
    "Step",
    "Task",
    "Visit",
    "WorkerHeartbeat",
]
