"""Commands on the chosen referral."""

from console.domain.permissions import Deed
from ui.actions import Command
from ui.commands.conditions import (
    referral_also_ended,
    referral_with,
    the_referral,
    the_referral_also_ended,
    when,
)
from ui.commands.needs import (
    AMBULANCE_ASKED,
    MARKER_KNOWN,
    MARKER_UNACKNOWLEDGED,
    NO_AMBULANCE_ASKED,
    RETURN_UNACKNOWLEDGED,
    TRIAGED,
    UNTRIAGED,
    can_end,
    waits,
)
from ui.commands.opening import Opens
from ui.session import Session

_GROUP = "Referral"


def _is_out_of_reach(session: Session) -> str:
    """A clinician must be asked to decide about the chosen patient, whom nobody can reach."""
    row = session.referral
    if row is not None and row.failed_contact_at is not None:
        return ""
    return "This patient is not out of reach: log every attempt to reach them as a contact first."


def _opens(module: str, dialog: str) -> Opens:
    return Opens(module, dialog, the_referral)


def _acknowledge_return(session: Session) -> None:
    row = session.referral
    if row is not None:
        session.perform(
            lambda: session.desk.referrals.acknowledge_return(row.id, row.version),
            f"{row.number}: you have seen that it came back.",
        )


COMMANDS: tuple[Command[Session], ...] = (
    Command(
        "referral.triage",
        "Triage",
        "Ctrl+T",
        "stethoscope",
        referral_with(Deed.TRIAGE, UNTRIAGED),
        _opens("triage", "TriageDialog"),
        _GROUP,
        "primary",
    ),
    Command(
        "referral.priority",
        "Change priority",
        "Ctrl+P",
        "arrow-up",
        referral_with(Deed.RAISE_PRIORITY, TRIAGED),
        _opens("priority", "PriorityDialog"),
        _GROUP,
    ),
    Command(
        "referral.worse",
        "Worse",
        "Ctrl+W",
        "triangle-alert",
        referral_with(Deed.WORSE),
        _opens("worse", "WorseDialog"),
        _GROUP,
        "danger",
    ),
    Command(
        "referral.escalate",
        "Escalate to the supervisor",
        "Ctrl+Shift+Q",
        "flag",
        referral_with(Deed.ESCALATE),
        _opens("escalate", "EscalateDialog"),
        _GROUP,
    ),
    Command(
        "referral.upgrade",
        "Upgrade to 999",
        "Ctrl+9",
        "siren",
        referral_with(Deed.UPGRADE, NO_AMBULANCE_ASKED),
        _opens("upgrade", "UpgradeDialog"),
        _GROUP,
        "danger",
    ),
    Command(
        "referral.ambulance",
        "Ambulance reference or take-over",
        "Ctrl+Shift+9",
        "ambulance",
        referral_with(Deed.RECORD_AMBULANCE, AMBULANCE_ASKED),
        _opens("ambulance", "AmbulanceDialog"),
        _GROUP,
        "primary",
        short="Ambulance",
    ),
    Command(
        "referral.contact",
        "Log contact",
        "Ctrl+L",
        "phone",
        referral_with(Deed.RECORD_CONTACT),
        _opens("contact", "ContactDialog"),
        _GROUP,
    ),
    Command(
        "referral.advice",
        "Settle by telephone",
        "Ctrl+G",
        "phone",
        referral_with(Deed.ADVISE, TRIAGED, waits, NO_AMBULANCE_ASKED),
        _opens("advice", "AdviceDialog"),
        _GROUP,
    ),
    Command(
        "referral.contact_decision",
        "Decide: cannot be reached",
        "Ctrl+Shift+F",
        "phone",
        when(referral_with(Deed.DECIDE_FAILED_CONTACT), _is_out_of_reach),
        _opens("contact", "FailedContactDialog"),
        _GROUP,
        "primary",
    ),
    Command(
        "referral.marker",
        "Add marker",
        "Ctrl+M",
        "flag",
        referral_with(Deed.ADD_MARKER),
        _opens("marker", "MarkerDialog"),
        _GROUP,
    ),
    Command(
        "referral.acknowledge_markers",
        "Acknowledge markers",
        "Ctrl+Shift+M",
        "shield-alert",
        referral_with(Deed.ACKNOWLEDGE_MARKER, MARKER_UNACKNOWLEDGED),
        _opens("marker", "AcknowledgeMarkersDialog"),
        _GROUP,
    ),
    Command(
        "referral.end_marker",
        "End a marker",
        "Ctrl+Shift+J",
        "flag",
        referral_with(Deed.END_MARKER, MARKER_KNOWN),
        _opens("marker", "EndMarkerDialog"),
        _GROUP,
    ),
    Command(
        "referral.acknowledge_return",
        "Acknowledge return",
        "Ctrl+Shift+R",
        "user-check",
        referral_with(Deed.ACKNOWLEDGE_RETURN, RETURN_UNACKNOWLEDGED),
        _acknowledge_return,
        _GROUP,
        short="Seen: came back",
    ),
    Command(
        "referral.record_access",
        "GP record access",
        "Ctrl+Shift+A",
        "key-round",
        referral_with(Deed.RECORD_ACCESS),
        _opens("record_access", "RecordAccessDialog"),
        _GROUP,
    ),
    Command(
        "referral.identity",
        "Correct who the patient is",
        "Alt+I",
        "user-check",
        referral_with(Deed.CORRECT_IDENTITY),
        _opens("identity", "IdentityDialog"),
        _GROUP,
    ),
    Command(
        "referral.key_safe",
        "Key-safe code",
        "Alt+V",
        "key-round",
        referral_with(Deed.SHOW_KEY_SAFE),
        _opens("key_safe", "KeySafeDialog"),
        _GROUP,
    ),
    Command(
        "referral.keep_key_safe",
        "Enter a key-safe code",
        "Alt+Y",
        "key-round",
        referral_with(Deed.KEEP_KEY_SAFE),
        _opens("key_safe", "KeepKeySafeDialog"),
        _GROUP,
    ),
    Command(
        "referral.own_practice",
        "Own practice",
        "Ctrl+Shift+P",
        "house",
        referral_also_ended(Deed.SET_PRACTICE),
        Opens("own_practice", "OwnPracticeDialog", the_referral_also_ended),
        _GROUP,
    ),
    Command(
        "referral.move_hub",
        "Move to another hub",
        "Ctrl+Shift+H",
        "map-pin",
        referral_with(Deed.MOVE_HUB),
        _opens("move_hub", "MoveHubDialog"),
        _GROUP,
    ),
    Command(
        "referral.address",
        "Correct the visit address",
        "Alt+F",
        "house",
        referral_with(Deed.CORRECT_ADDRESS),
        _opens("visit_address", "VisitAddressDialog"),
        _GROUP,
        short="Visit address",
    ),
    Command(
        "referral.move_pin",
        "Move on the map",
        "Alt+P",
        "map-pin",
        referral_with(Deed.MOVE_PIN),
        _opens("pin", "MovePinDialog"),
        _GROUP,
    ),
    Command(
        "referral.end",
        "End without a visit",
        "Ctrl+E",
        "ban",
        referral_with(Deed.CANCEL, can_end),
        _opens("end_referral", "EndReferralDialog"),
        _GROUP,
    ),
)
