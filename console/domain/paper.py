"""What is entered from paper after the database was away: which steps there are, and how they are typed."""

import datetime as dt
from dataclasses import dataclass

from console.domain.permissions import Deed
from console.domain.words import (
    Channel,
    ContactResult,
    ContactWith,
    OutcomeDisposition,
    Placement,
    Stream,
    Word,
)


class PaperStep(Word):
    """One kind of line on paper; the label completes "14:05: MARSH, Ivy: ..."."""

    NEW_REFERRAL = "new_referral", "New referral"
    TRIAGED = "triaged", "Triaged"
    ALLOCATED = "allocated", "Asked to go"
    ACKNOWLEDGED = "acknowledged", "Acknowledged"
    LEFT = "left", "Left for the patient"
    THERE = "there", "There, with the patient"
    CLEAR = "clear", "Clear"
    VISITED = "visited", "A whole visit, over by now"
    NO_ACCESS = "no_access", "No access"
    HANDED_BACK = "handed_back", "Handed back"
    NEW_ARRIVAL = "new_arrival", "Came to the hub, a new patient"
    ARRIVED = "arrived", "Came to the hub, known"
    STREAMED = "streamed", "Streamed at the hub"
    CALLED = "called", "Called at the hub"
    BEING_SEEN = "being_seen", "Being seen at the hub"
    SEEN = "seen", "Seen at the hub"
    LEFT_UNSEEN = "left_unseen", "Gone from the hub unseen"
    CONTACT = "contact", "Call or other contact"
    ADVISED = "advised", "Settled by telephone"
    WORSE = "worse", "Worse"
    ASKED_999 = "asked_999", "999 asked for"
    REFERENCE_999 = "reference_999", "999: reference and who accepted"
    TAKEN_OVER_999 = "taken_over_999", "999: the crew took over"
    CANCELLED = "cancelled", "Taken back by the sender"
    SHIFT_ON = "shift_on", "On duty"
    SHIFT_OFF = "shift_off", "Off duty"


_P = PaperStep
# What one types for each, as it stands on the blank forms.
KEYS: dict[PaperStep, str] = {
    _P.NEW_REFERRAL: "new", _P.TRIAGED: "tri", _P.ALLOCATED: "ask", _P.ACKNOWLEDGED: "ack", _P.LEFT: "left",
    _P.THERE: "there", _P.CLEAR: "clear", _P.VISITED: "visit", _P.NO_ACCESS: "no", _P.HANDED_BACK: "back",
    _P.NEW_ARRIVAL: "hubnew", _P.ARRIVED: "hub", _P.STREAMED: "str", _P.CALLED: "called", _P.BEING_SEEN: "by",
    _P.SEEN: "seen", _P.LEFT_UNSEEN: "gone", _P.CONTACT: "call", _P.ADVISED: "tel", _P.WORSE: "worse",
    _P.ASKED_999: "999", _P.REFERENCE_999: "ref", _P.TAKEN_OVER_999: "crew", _P.CANCELLED: "cancel",
    _P.SHIFT_ON: "on", _P.SHIFT_OFF: "off",
}  # fmt: skip
DEEDS: dict[PaperStep, Deed] = {
    _P.NEW_REFERRAL: Deed.RECEIVE, _P.TRIAGED: Deed.TRIAGE, _P.ALLOCATED: Deed.ALLOCATE,
    _P.ACKNOWLEDGED: Deed.WORK_VISIT, _P.LEFT: Deed.WORK_VISIT, _P.THERE: Deed.WORK_VISIT,
    _P.CLEAR: Deed.WORK_VISIT, _P.VISITED: Deed.ALLOCATE, _P.NO_ACCESS: Deed.WORK_VISIT,
    _P.HANDED_BACK: Deed.HAND_BACK, _P.NEW_ARRIVAL: Deed.ARRIVE, _P.ARRIVED: Deed.ARRIVE,
    _P.STREAMED: Deed.STREAM, _P.CALLED: Deed.CALL_PATIENT, _P.BEING_SEEN: Deed.SEE_PATIENT,
    _P.SEEN: Deed.SEE_PATIENT, _P.LEFT_UNSEEN: Deed.END_QUEUE_ENTRY, _P.CONTACT: Deed.RECORD_CONTACT,
    _P.ADVISED: Deed.ADVISE, _P.WORSE: Deed.WORSE, _P.ASKED_999: Deed.UPGRADE,
    _P.REFERENCE_999: Deed.RECORD_AMBULANCE, _P.TAKEN_OVER_999: Deed.RECORD_AMBULANCE,
    _P.CANCELLED: Deed.CANCEL, _P.SHIFT_ON: Deed.RECORD_SHIFT, _P.SHIFT_OFF: Deed.END_SHIFT,
}  # fmt: skip
# The step of a timeline that each of them leaves: by it the same line is recognised when it comes again.
LEAVES: dict[PaperStep, str] = {
    _P.TRIAGED: "referral.triaged", _P.ALLOCATED: "visit.allocated", _P.ACKNOWLEDGED: "visit.acknowledged",
    _P.LEFT: "visit.en_route", _P.THERE: "visit.on_scene", _P.CLEAR: "visit.clear", _P.VISITED: "visit.clear",
    _P.NO_ACCESS: "visit.no_access", _P.HANDED_BACK: "visit.handed_back", _P.ARRIVED: "queue.arrived",
    _P.STREAMED: "queue.streamed", _P.CALLED: "queue.called", _P.BEING_SEEN: "queue.being_seen",
    _P.SEEN: "queue.seen", _P.LEFT_UNSEEN: "queue.left", _P.CONTACT: "contact.recorded",
    _P.ADVISED: "contact.advised", _P.WORSE: "referral.worse", _P.CANCELLED: "referral.cancelled",
    _P.SHIFT_ON: "shift.on", _P.SHIFT_OFF: "shift.off",
}  # fmt: skip
# Two notes of one step may differ by what two wrist-watches differ.
SAME_WITHIN = dt.timedelta(minutes=5)
NEW_PATIENTS = frozenset({_P.NEW_REFERRAL, _P.NEW_ARRIVAL})
OF_PRACTITIONERS = frozenset({_P.SHIFT_ON, _P.SHIFT_OFF})


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperEntry:
    """One line of the paper about a known patient or a practitioner; `at` is when it happened (aware UTC).

    `again` says that somebody has looked at a like entry and knows that it happened twice.
    """

    step: PaperStep
    at: dt.datetime
    referral_id: int | None = None
    practitioner_id: int | None = None
    words: str = ""
    priority: int | None = None
    stream: Stream | None = None
    gp_needed: bool = False
    until_at: dt.datetime | None = None
    disposition: OutcomeDisposition | None = None
    admission_prevented: bool | None = None
    is_concern: bool = False
    contact_with: ContactWith = ContactWith.PATIENT
    channel: Channel = Channel.TELEPHONE
    result: ContactResult = ContactResult.SPOKEN
    number: str | None = None
    accepted_by: str = ""
    hub_id: int | None = None
    placement: Placement = Placement.HOME_VISITING
    again: bool = False

    @property
    def ended_at(self) -> dt.datetime:
        """When what it tells was over: for a whole visit that is its end."""
        return self.until_at if self.step is PaperStep.VISITED and self.until_at is not None else self.at
