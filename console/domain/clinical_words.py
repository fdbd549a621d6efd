"""The words that the rules use beside those of the boards: clocks, dispositions, medicines."""

from console.domain.words import Word


class DueClock(Word):
    """Which clock a referral's due time comes from."""

    TRIAGE = "triage", "Triage"
    RESPONSE = "response", "Response"
    DISPOSITION = "disposition", "111 disposition"
    AMBULANCE = "ambulance", "999"


class DispositionKind(Word):
    """What an NHS Pathways disposition asks for."""

    AMBULANCE = "ambulance", "Emergency ambulance"
    CONTACT = "contact", "Contact with a service"
    SPEAK = "speak", "Speak to a clinician"
    CLINICAL_ASSESSMENT = "clinical_assessment", "Clinical assessment service"
    TIME_FRAME = "time_frame", "As the message describes"
    NEXT_WORKING_DAY = "next_working_day", "Next working day"
    OWN_GP = "own_gp", "Own GP, not urgent"
    UNKNOWN = "unknown", "Not known here"


class Consciousness(Word):
    """The ACVPU scale of NEWS2 (RCP 2017)."""

    ALERT = "alert", "Alert"
    NEW_CONFUSION = "new_confusion", "New confusion"
    VOICE = "voice", "Responds to voice"
    PAIN = "pain", "Responds to pain"
    UNRESPONSIVE = "unresponsive", "Unresponsive"


class NewsAnswer(Word):
    """What a NEWS2 score asks of the people who read it."""

    NONE = "none", "No change of priority proposed"
    URGENT = "urgent", "Urgent priority proposed"
    CLINICIAN_NOW = "clinician_now", "A clinician decides now; 999 proposed"


class NoAccess(Word):
    """Why a practitioner at the door could not see the patient."""

    NO_REPLY_CONCERN = "no_reply_concern", "No reply, concern"
    REFUSED_SAFE = "refused_safe", "Refused, safe"


class MedicineAction(Word):
    """What was done about a medicine."""

    GIVEN = "given", "Given"
    SUPPLIED = "supplied", "Supplied"
    CHANGED = "changed", "Changed"
    STOPPED = "stopped", "Stopped"


class Severity(Word):
    """How late something is, for the board's colour, shape and words."""

    IN_TIME = "in_time", "In time"
    SOON = "soon", "Due soon"
    OVER = "over", "Over"
