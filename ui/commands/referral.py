"""Commands on the chosen referral."""

from console.domain.permissions import Deed
from console.domain.rows import ReferralRow
from console.domain.words import TaskKind
from ui.actions import Command
from ui.commands.conditions import referral_with, the_referral
from ui.commands.opening import Opens
from ui.session import Session

_GROUP = "Referral"


def is_triaged(row: ReferralRow) -> bool:
    """Whether a clinician has decided its priority."""
    return not row.is_untriaged


def is_to_acknowledge(row: ReferralRow) -> bool:
    """Whether there are markers that nobody has acknowledged for this referral."""
    return row.markers_unacknowledged > 0


def is_out_of_reach(session: Session) -> bool:
    """Whether a clinician is asked to decide about the chosen patient, whom nobody can reach."""
    row = session.referral
    tasks = session.live.tasks.by_id.values()
    return row is not None and any(
        task.kind is TaskKind.FAILED_CONTACT and task.referral_id == row.id for task in tasks
    )


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
        referral_with(Deed.TRIAGE, lambda row: row.is_untriaged),
        _opens("triage", "TriageDialog"),
        _GROUP,
        "primary",
    ),
    Command(
        "referral.priority",
        "Change priority",
        "Ctrl+P",
        "arrow-up",
        referral_with(Deed.RAISE_PRIORITY, is_triaged),
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
        referral_with(Deed.UPGRADE, lambda row: not row.asks_ambulance),
        _opens("upgrade", "UpgradeDialog"),
        _GROUP,
        "danger",
    ),
    Command(
        "referral.ambulance",
        "Ambulance reference or take-over",
        "Ctrl+Shift+9",
        "ambulance",
        referral_with(Deed.RECORD_AMBULANCE, lambda row: row.asks_ambulance),
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
        referral_with(Deed.ADVISE, lambda row: row.is_waiting and is_triaged(row) and not row.asks_ambulance),
        _opens("advice", "AdviceDialog"),
        _GROUP,
    ),
    Command(
        "referral.contact_decision",
        "Decide: cannot be reached",
        "Ctrl+Shift+F",
        "phone",
        lambda session: session.may(Deed.DECIDE_FAILED_CONTACT) and is_out_of_reach(session),
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
        referral_with(Deed.ACKNOWLEDGE_MARKER, is_to_acknowledge),
        _opens("marker", "AcknowledgeMarkersDialog"),
        _GROUP,
    ),
    Command(
        "referral.end_marker",
        "End a marker",
        "Ctrl+Shift+J",
        "flag",
        referral_with(Deed.END_MARKER, lambda row: row.markers > 0),
        _opens("marker", "EndMarkerDialog"),
        _GROUP,
    ),
    Command(
        "referral.acknowledge_return",
        "Acknowledge return",
        "Ctrl+Shift+R",
        "user-check",
        referral_with(Deed.ACKNOWLEDGE_RETURN, lambda row: row.acknowledgement_owed),
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
        "referral.own_practice",
        "Own practice",
        "Ctrl+Shift+P",
        "house",
        referral_with(Deed.SET_PRACTICE),
        _opens("own_practice", "OwnPracticeDialog"),
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
        "referral.end",
        "End without a visit",
        "Ctrl+E",
        "ban",
        referral_with(Deed.CANCEL),
        _opens("end_referral", "EndReferralDialog"),
        _GROUP,
    ),
)
