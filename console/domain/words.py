"""The words of the service: every role, source, status and stream is declared here, once.

Each word is what the database keeps; `label` is what people read on the screen.
"""

from console.domain.people_words import Availability, Employer, Placement, Profession
from console.domain.word import Word

# These stand in files of their own and are imported from here, like every other word.
__all__ = ["Availability", "Employer", "Placement", "Profession", "Word"]


class Role(Word):
    """In which role a named person acts."""

    COORDINATOR = "coordinator", "Hub coordinator"
    CLINICIAN = "clinician", "Duty clinician"
    SUPERVISOR = "supervisor", "Control-room supervisor"
    PRACTITIONER = "practitioner", "Practitioner"
    SERVICE_MANAGER = "service_manager", "Service manager"
    AUDITOR = "auditor", "Auditor"
    ADMINISTRATOR = "administrator", "Administrator"
    SYSTEM = "system", "Doorstep"


class Source(Word):
    """Who referred the patient."""

    GP_PRACTICE = "gp_practice", "GP practice"
    NHS_111 = "nhs_111", "NHS 111"
    CAS_999 = "cas_999", "CAS or 999"
    COMMUNITY_NURSING = "community_nursing", "Community nursing"
    HUB = "hub", "Hub"
    FOLLOW_UP = "follow_up", "Own follow-up"


class ReferralStatus(Word):
    """The life of a referral."""

    RECEIVED = "received", "Needs triage"
    TRIAGED = "triaged", "Triaged"
    ACCEPTED = "accepted", "Accepted"
    CLOSED = "closed", "Closed"
    DUPLICATE = "duplicate", "Duplicate"
    REDIRECTED = "redirected", "Redirected"
    DECLINED = "declined", "Declined"
    CANCELLED = "cancelled", "Cancelled"

    @property
    def is_open(self) -> bool:
        """Whether the referral still stands on the board."""
        return self in OPEN_REFERRAL


OPEN_REFERRAL = frozenset({ReferralStatus.RECEIVED, ReferralStatus.TRIAGED, ReferralStatus.ACCEPTED})


class VisitStatus(Word):
    """The life of a visit; one is active per referral."""

    ALLOCATED = "allocated", "Allocated"
    ACKNOWLEDGED = "acknowledged", "Acknowledged"
    EN_ROUTE = "en_route", "En route"
    ON_SCENE = "on_scene", "On scene"
    CLEAR = "clear", "Clear"
    HANDED_BACK = "handed_back", "Handed back"
    DIVERTED = "diverted", "Diverted"
    NO_ACCESS = "no_access", "No access"
    UPGRADED = "upgraded", "Upgraded to 999"
    WITHDRAWN = "withdrawn", "Withdrawn"

    @property
    def is_active(self) -> bool:
        """Whether the practitioner still has this visit in hand."""
        return self in ACTIVE_VISIT


ACTIVE_VISIT = frozenset(
    {VisitStatus.ALLOCATED, VisitStatus.ACKNOWLEDGED, VisitStatus.EN_ROUTE, VisitStatus.ON_SCENE}
)
# From acknowledgement until clear a practitioner works exactly one visit; further ones may only wait as
# allocated.
ENGAGED_VISIT = ACTIVE_VISIT - {VisitStatus.ALLOCATED}


class QueueStatus(Word):
    """The life of a hub queue entry."""

    BOOKED = "booked", "Booked"
    ARRIVED = "arrived", "Arrived"
    STREAMED = "streamed", "Streamed"
    CALLED = "called", "Called"
    BEING_SEEN = "being_seen", "Being seen"
    SEEN = "seen", "Seen"
    LEFT = "left", "Left before being seen"
    DID_NOT_ATTEND = "did_not_attend", "Did not attend"
    MOVED = "moved", "Moved to the other hub"
    TAKEN_OVER = "taken_over", "Taken over"

    @property
    def is_open(self) -> bool:
        """Whether the patient is still in the queue."""
        return self in OPEN_QUEUE


OPEN_QUEUE = frozenset(
    {
        QueueStatus.BOOKED,
        QueueStatus.ARRIVED,
        QueueStatus.STREAMED,
        QueueStatus.CALLED,
        QueueStatus.BEING_SEEN,
    }
)


class ReportStatus(Word):
    """The life of an outcome report."""

    OWED = "owed", "Owed"
    DRAFTED = "drafted", "Drafted"
    SIGNED = "signed", "Signed"
    SENT = "sent", "Sent"
    DELIVERED = "delivered", "Delivered"
    ACCEPTED = "accepted", "Accepted"
    REJECTED = "rejected", "Rejected"
    HELD = "held", "Held"
    UNCERTAIN = "uncertain", "Uncertain"


# What the practice has not yet been told.
UNSENT_REPORT = frozenset({ReportStatus.OWED, ReportStatus.DRAFTED, ReportStatus.SIGNED})
OPEN_REPORT = frozenset(ReportStatus) - {ReportStatus.ACCEPTED}


class Stream(Word):
    """Which kind of care a hub patient waits for."""

    PARAMEDIC_PRACTITIONER = "paramedic_practitioner", "Paramedic practitioner here"
    HOME_VISIT = "home_visit", "Home visit"
    GP_NEEDED = "gp_needed", "GP needed"
    TELEPHONE = "telephone", "Telephone advice"
    PHARMACIST = "pharmacist", "Pharmacist"
    COMMUNITY_NURSING = "community_nursing", "Community nursing"
    MENTAL_HEALTH = "mental_health", "Mental health"
    DENTAL = "dental", "Dental"
    MIDWIFE = "midwife", "Midwife"
    SOCIAL_CARE = "social_care", "Social care"
    EMERGENCY_DEPARTMENT = "emergency_department", "Emergency department / SDEC"
    AMBULANCE = "ambulance", "999"


class Gender(Word):
    """As the patient's record states it."""

    FEMALE = "female", "Female"
    MALE = "male", "Male"
    OTHER = "other", "Other"
    UNKNOWN = "unknown", "Not known"


class PracticeLink(Word):
    """Why a referral names its own practice, or why not."""

    KNOWN = "known", "Known"
    UNKNOWN = "unknown", "Not known yet"
    NOT_REGISTERED = "not_registered", "Not registered"
    VISITOR = "visitor", "Visitor"


class RecordAccess(Word):
    """Whether the practitioner can read the patient's GP record."""

    YES = "yes", "GP record: yes"
    NO = "no", "GP record: no"
    UNKNOWN = "unknown", "GP record: not checked"


class Channel(Word):
    """How something was said or sent."""

    TELEPHONE = "telephone", "Telephone"
    RADIO = "radio", "Radio"
    IN_PERSON = "in_person", "In person"
    MESSAGE = "message", "Message"
    MAIL = "mail", "Secure mail"
    POST = "post", "Post"
    CONSOLE = "console", "Console"


class ContactResult(Word):
    """What came of a contact."""

    SPOKEN = "spoken", "Spoke to the person"
    NO_REPLY = "no_reply", "No reply"
    WRONG_NUMBER = "wrong_number", "Wrong number"
    LEFT_MESSAGE = "left_message", "Left a message"
    PROMISED = "promised", "Promised by a time"


class ContactWith(Word):
    """Whom a contact was with."""

    PATIENT = "patient", "Patient"
    CALLER = "caller", "Caller or carer"
    PRACTICE = "practice", "GP practice"
    PRACTITIONER = "practitioner", "Practitioner"
    AMBULANCE = "ambulance", "Ambulance control"
    OTHER = "other", "Other service"


class MarkerKind(Word):
    """What staff must know before they go or call."""

    VIOLENCE = "violence", "Violence or aggression"
    ANIMAL = "animal", "Animal"
    TWO_PEOPLE = "two_people", "Attend in twos"
    ACCESS = "access", "Access"
    INFECTION = "infection", "Infection"
    SAFEGUARDING = "safeguarding", "Safeguarding"
    CLINICAL = "clinical", "Clinical alert"


class TaskKind(Word):
    """What a person or role is asked to do."""

    CLINICIAN_NOW = "clinician_now", "Patient worse: clinician now"
    WAITING_CALL = "waiting_call", "Waiting call"
    FAILED_CONTACT = "failed_contact", "Failed contact: decide"
    NO_REPLY_CONCERN = "no_reply_concern", "No reply at the door: concern"
    DIVERT_NOTICE = "divert_notice", "Visit diverted: acknowledge"
    TELEPHONE_GP = "telephone_gp", "Telephone the practice now"
    GP_LIAISON = "gp_liaison", "GP liaison owed"
    REPORT_OWNER = "report_owner", "Report without a practice: own it"
    OVERNIGHT = "overnight", "Accept overnight patient"
    ESCALATION = "escalation", "Escalation"
    AMBULANCE_TAKE_OVER = "ambulance_take_over", "Confirm the crew's take-over"
    REPORT_LATE = "report_late", "Report late"
    VISIT_UNACKNOWLEDGED = "visit_unacknowledged", "Visit not acknowledged"
    WELFARE = "welfare", "Welfare check"
    SAFE_HOME = "safe_home", "Safe home: check"
    DURESS = "duress", "Duress: help now"
    TRIAGE_LATE = "triage_late", "Triage overdue"
    RESPONSE_LATE = "response_late", "Patient overdue"
    HUB_CLOSING = "hub_closing", "Hub closing: patients left"
    POSITION_STALE = "position_stale", "Position out of date"
    REPORTS_UNSIGNED = "reports_unsigned", "Reports to sign"
    REPORT_UNANSWERED = "report_unanswered", "Reports not accepted: call"
    REMINDER_UNCERTAIN = "reminder_uncertain", "Reminder: was it sent?"


class OutcomeKind(Word):
    """Which clinical contact a report is owed for."""

    VISIT = "visit", "Visit"
    HUB_CONSULTATION = "hub_consultation", "Hub consultation"
    PHONE_ADVICE = "phone_advice", "Telephone advice"
    NO_ACCESS = "no_access", "No access"
    REFUSAL = "refusal", "Refused, safe"
    UPGRADED = "upgraded", "Upgraded to 999"
    DEATH = "death", "Death"


class OutcomeDisposition(Word):
    """What became of the patient."""

    TREATED_AT_HOME = "treated_at_home", "Treated at home"
    ADVICE = "advice", "Advice given"
    REFERRED_GP = "referred_gp", "Back to own GP"
    REFERRED_COMMUNITY = "referred_community", "Referred to a community team"
    ADMITTED = "admitted", "Admitted to hospital"
    EMERGENCY_DEPARTMENT = "emergency_department", "Sent to the emergency department"
    AMBULANCE = "ambulance", "999 ambulance"
    FOLLOW_UP = "follow_up", "Own follow-up visit"
    NOT_SEEN = "not_seen", "Not seen"
    DIED = "died", "Died"


class MessageState(Word):
    """What became of a received message."""

    RECEIVED = "received", "Received"
    READ = "read", "Read"
    REFUSED = "refused", "Refused"
    REPEATED = "repeated", "Received before"


PRIORITY_LABELS = {1: "Emergency", 2: "Acute", 3: "Urgent", 4: "Routine"}
