"""What a chosen row must be like for a command, each said once, with what to do where it is not."""

from collections.abc import Callable

from console.domain.allocation import waits_for_999
from console.domain.referral import OpenParts, what_is_open
from console.domain.report import answers, reasons_not_releasable
from console.domain.report import reasons_not_to_move as reasons_against_report
from console.domain.rows import QueueRow, ReferralRow, ReportRow, TaskRow
from console.domain.visit import next_step, reasons_not_to_leave, reasons_not_to_move
from console.domain.words import QueueStatus, ReportStatus, VisitStatus
from ui.commands.conditions import Need, Row

_NOBODY_SENT = "Nobody has been sent: allocate a practitioner first."
IN_QUEUE = {
    QueueStatus.BOOKED: "The patient is booked and not here yet: record that they have arrived first.",
    QueueStatus.ARRIVED: "The patient has arrived: a clinician streams them next.",
    QueueStatus.STREAMED: "The patient is streamed: call them next.",
    QueueStatus.CALLED: "The patient is called: record that they are being seen, or did not come.",
    QueueStatus.BEING_SEEN: "The patient is being seen: record that they were seen, or hand them over.",
}
UNSENT = {
    ReportStatus.OWED: "The report is not written yet: write it first.",
    ReportStatus.DRAFTED: "The report is not signed yet: a clinician signs or the supervisor releases it.",
    ReportStatus.SIGNED: "The report is signed: send it and record that next.",
}
STOPPED = {
    ReportStatus.REJECTED: "The practice rejected the report: write it anew, or send it again as it is.",
    ReportStatus.HELD: "The report is held: write it anew, or send it and record that.",
    ReportStatus.UNCERTAIN: "Nobody knows whether the report arrived: ask, send it again, or write it anew.",
}
_ACCEPTED = "The practice has accepted the report: it owes nothing more, unless it is written anew."
_SENT = "The report has been sent: record what the practice answered, or write it anew."


def _need(holds: Callable[[Row], bool], otherwise: str) -> Need[Row]:
    return lambda row: "" if holds(row) else otherwise


def is_untriaged(row: ReferralRow) -> bool:
    """Whether a clinician has still to triage it."""
    return row.is_untriaged


def is_triaged(row: ReferralRow) -> bool:
    """Whether a clinician has decided its priority."""
    return not row.is_untriaged


def asks_ambulance(row: ReferralRow) -> bool:
    """Whether 999 is asked for and no crew has taken over."""
    return row.asks_ambulance


UNTRIAGED = _need(is_untriaged, "It is triaged already: change its priority instead.")
TRIAGED = _need(is_triaged, "It is not triaged yet: a clinician has to triage it first.")
AMBULANCE_ASKED = _need(asks_ambulance, "No ambulance is asked for: upgrade the patient to 999 first.")
NO_AMBULANCE_ASKED: Need[ReferralRow] = _need(
    lambda row: not row.asks_ambulance,
    "999 is asked for already: record the ambulance's reference or take-over.",
)
MARKER_KNOWN: Need[ReferralRow] = _need(
    lambda row: row.markers > 0, "It has no marker: choose a referral that shows one."
)
MARKER_UNACKNOWLEDGED: Need[ReferralRow] = _need(
    lambda row: row.markers_unacknowledged > 0,
    "No marker waits to be acknowledged here: choose a referral that shows one.",
)
MARKERS_READ: Need[ReferralRow] = _need(
    lambda row: not row.markers_unacknowledged,
    "Markers wait to be read: acknowledge them first (Ctrl+Shift+M).",
)
RETURN_UNACKNOWLEDGED: Need[ReferralRow] = _need(
    lambda row: row.acknowledgement_owed,
    "No return waits to be acknowledged here: choose a referral that came back from a visit.",
)
TASK_UNACCEPTED: Need[TaskRow] = _need(
    lambda row: row.accepted_by is None, "It is accepted already: when the work is done, say so."
)


def waits(row: ReferralRow) -> str:
    """The patient must wait for somebody to be sent."""
    if row.is_waiting:
        return ""
    if row.visit_status is not None:
        return f"{row.practitioner} has it in hand: finish the visit or hand it back first."
    if row.queue_status is QueueStatus.BOOKED:
        return "The patient is booked at a hub: if they do not come, cancel the booking first (Alt+T)."
    if row.queue_status is not None:
        return "The patient is in a hub's queue: go to Hub, or take them out of the queue first."
    return "The patient has been seen already: choose a referral that waits."


def no_999(row: ReferralRow) -> str:
    """No ambulance may be on its way: nobody is sent to a patient who waits for one."""
    return waits_for_999(row.number) if row.asks_ambulance else ""


def may_leave(row: ReferralRow) -> str:
    """The practitioner must be free to leave: not from the side of a patient who waits for 999."""
    status = row.visit_status
    reasons = () if status is None else reasons_not_to_leave(status, asks_ambulance=row.asks_ambulance)
    return " ".join(reasons)


def in_hand(row: ReferralRow) -> str:
    """A practitioner must have the visit in hand."""
    return "" if row.visit_status is not None and row.visit_status.is_active else _NOBODY_SENT


def can_end(row: ReferralRow) -> str:
    """Nothing of it may be open that the row shows: with that it ends in no way at all."""
    parts = OpenParts(
        visit_status=row.visit_status,
        visit_by=row.practitioner,
        queue_status=row.queue_status,
        queue_hub=row.hub,
        asks_ambulance=row.asks_ambulance,
        is_worse_unanswered=row.worse_at is not None,
        is_failed_contact=row.failed_contact_at is not None,
        acknowledgement_owed=row.acknowledgement_owed,
    )
    return next(iter(what_is_open(parts)), "")


def can_be_reassigned(row: ReferralRow) -> str:
    """Somebody else must still be able to go: a practitioner has it and is not at the door."""
    if row.visit_status is None:
        return _NOBODY_SENT
    if reasons_not_to_move(row.visit_status, VisitStatus.WITHDRAWN):
        return f"{row.practitioner} is with the patient: hand the visit back first."
    return no_999(row)


def can_be_sent_to(row: ReferralRow) -> str:
    """Somebody must be able to go: first where nobody has been sent, instead where somebody has."""
    if row.visit_status is not None:
        return can_be_reassigned(row)
    return TRIAGED(row) or waits(row) or no_999(row)


def visit_at(*statuses: VisitStatus) -> Need[ReferralRow]:
    """The visit must stand at one of these."""

    def why_not(row: ReferralRow) -> str:
        status = row.visit_status
        if status in statuses:
            return ""
        after = None if status is None else next_step(status)
        if status is None or after is None:
            return _NOBODY_SENT
        return f"The visit is {status.label.lower()}: its next step is {after.label.lower()}."

    return why_not


def queue_entry_at(*statuses: QueueStatus) -> Need[QueueRow]:
    """The queue entry must stand at one of these."""
    gone = "The patient is not in the queue any more: choose one who is."
    return lambda row: "" if row.status in statuses else IN_QUEUE.get(row.status, gone)


def _as_it_stands(row: ReportRow) -> str:
    """What is to be done next with a report of which something else was wanted."""
    return {**UNSENT, **STOPPED, ReportStatus.ACCEPTED: _ACCEPTED}.get(row.status, _SENT)


def report_at(status: ReportStatus) -> Need[ReportRow]:
    """The report must stand there."""
    return lambda row: "" if row.status is status else _as_it_stands(row)


def ready_to_send(row: ReportRow) -> str:
    """The report must be signed or released; one that came back or was held goes again as it is."""
    reasons = reasons_against_report(row.status, ReportStatus.SENT, is_released=row.is_released)
    return _as_it_stands(row) if reasons else ""


def answerable(row: ReportRow) -> str:
    """The practice may have answered, or the report may be held back before it goes."""
    if answers(row.status, is_released=row.is_released, is_sent=row.sent_at is not None):
        return ""
    if row.status is ReportStatus.HELD:
        return "The report is held and was never sent: write it anew, or send it and record that."
    return UNSENT.get(row.status, _ACCEPTED)


def unaccepted(row: ReportRow) -> str:
    """Somebody must still be chased for it."""
    return _ACCEPTED if row.status is ReportStatus.ACCEPTED else ""


def releasable(row: ReportRow) -> str:
    """The report must be a draft that waits for a signature."""
    return " ".join(reasons_not_releasable(row.status, is_released=row.is_released))
