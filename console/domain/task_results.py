"""What comes of a task: the usual words, offered as a choice, and what finishes it from elsewhere."""

from console.domain.rows import TaskRow
from console.domain.visit_address import is_about_address
from console.domain.welfare import is_search
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
# What is recorded there settles the task.
DONE_ELSEWHERE: dict[TaskKind, str] = {
    TaskKind.AMBULANCE_TAKE_OVER: "Record the crew's take-over on the referral: that finishes this task.",
    TaskKind.REMINDER_UNCERTAIN: "Say whether the reminder came, or send it again: that finishes this task.",
}
# Whatever ends the visit, or the request for 999, ends this task as well.
_TOLD = ("Told, and read the address back",)
_FOUND = ("Spoke: well", "Found: well", "Found: help is there")


def done_elsewhere(kind: TaskKind, subject: str) -> str:
    """Say what finishes a task that is not finished as one; empty for any other."""
    return "" if is_about_address(subject) else DONE_ELSEWHERE.get(kind, "")


def results_of(row: TaskRow) -> tuple[str, ...]:
    """Give the usual words for what comes of this task."""
    if is_search(row.kind, row.subject):
        return _FOUND
    return _TOLD if is_about_address(row.subject) else RESULTS.get(row.kind, ())
