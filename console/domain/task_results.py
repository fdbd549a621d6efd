"""What usually comes of a task: offered as a choice, so that the next person reads the same words."""

from console.domain.words import TaskKind

RESULTS: dict[TaskKind, tuple[str, ...]] = {
    TaskKind.DURESS: ("Safe, help is there", "Safe, false alarm", "Police have taken over"),
    TaskKind.SAFE_HOME: ("Spoke: safe at home", "Spoke: still on the way", "Works longer"),
    TaskKind.WAITING_CALL: ("Spoke: safe to wait", "Somebody is sent now", "Upgraded to 999"),
    TaskKind.VISIT_UNACKNOWLEDGED: ("Rang: takes it on", "Handed back", "Somebody else is sent"),
    TaskKind.TRIAGE_LATE: ("A clinician triages now", "Another hub's clinician triages"),
    TaskKind.RESPONSE_LATE: (
        "Somebody is sent now",
        "Safe to wait: a clinician decided",
        "Upgraded to 999",
    ),
    TaskKind.HUB_CLOSING: ("All seen", "Handed over by name", "Tomorrow's time given"),
    TaskKind.POSITION_STALE: ("Spoke: it is known where they are", "Device changed"),
    TaskKind.REPORT_LATE: ("Sent now", "Will be sent today", "Will be signed by the next shift"),
    TaskKind.REPORTS_UNSIGNED: ("All signed", "Will be signed tomorrow", "Released by the supervisor"),
}
