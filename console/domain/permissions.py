"""Which role may do what: the one table by which services refuse and the window enables its commands."""

from console.domain.words import Role, TaskKind, Word


class Deed(Word):
    """Everything that a person can do; the label completes "may ..."."""

    RECEIVE = "receive", "take in a referral"
    FIND_PATIENT = "find_patient", "look for a patient"
    OPEN_RECORD = "open_record", "open a patient's record"
    SHOW_KEY_SAFE = "show_key_safe", "see a key-safe code"
    KEEP_KEY_SAFE = "keep_key_safe", "enter a key-safe code"
    TRIAGE = "triage", "triage a referral"
    RAISE_PRIORITY = "raise_priority", "raise a priority"
    LOWER_PRIORITY = "lower_priority", "lower a priority"
    ACCEPT = "accept", "accept a referral"
    DECLINE = "decline", "decline a referral"
    REDIRECT = "redirect", "redirect a referral"
    MARK_DUPLICATE = "mark_duplicate", "mark a referral as a duplicate"
    CANCEL = "cancel", "cancel a referral for its sender"
    CLOSE_REFERRAL = "close_referral", "close a referral"
    WORSE = "worse", "say that a patient is worse"
    ESCALATE = "escalate", "escalate a referral to the supervisor"
    MOVE_HUB = "move_hub", "move a referral to another hub"
    RECORD_ACCESS = "record_access", "record the access to the GP record"
    SET_PRACTICE = "set_practice", "record the patient's own practice"
    CORRECT_IDENTITY = "correct_identity", "correct who the patient is"
    CORRECT_ADDRESS = "correct_address", "correct the visit address"
    MOVE_PIN = "move_pin", "move a patient on the map"
    ACKNOWLEDGE_RETURN = "acknowledge_return", "acknowledge a returned visit"
    ALLOCATE = "allocate", "allocate a visit"
    WORK_VISIT = "work_visit", "record the steps of a visit"
    HAND_BACK = "hand_back", "hand a visit back"
    REASSIGN = "reassign", "give a visit to somebody else"
    DIVERT_PRACTITIONER = "divert_practitioner", "divert a practitioner"
    UPGRADE = "upgrade", "upgrade a patient to 999"
    RECORD_AMBULANCE = "record_ambulance", "record what ambulance control said"
    STAND_DOWN = "stand_down", "stand an ambulance down"
    RECORD_CONTACT = "record_contact", "record a contact"
    ADVISE = "advise", "settle a referral by telephone"
    DECIDE_FAILED_CONTACT = "decide_failed_contact", "decide about a patient who cannot be reached"
    ADD_MARKER = "add_marker", "add a marker"
    ACKNOWLEDGE_MARKER = "acknowledge_marker", "acknowledge a marker"
    END_MARKER = "end_marker", "end a marker"
    ARRIVE = "arrive", "receive a patient at a hub"
    BOOK = "book", "book a patient into a hub"
    STREAM = "stream", "stream a patient"
    CALL_PATIENT = "call_patient", "call a patient at a hub"
    SEE_PATIENT = "see_patient", "record that a patient is being seen at a hub"
    END_QUEUE_ENTRY = "end_queue_entry", "take a patient out of a hub's queue"
    MOVE_QUEUE_ENTRY = "move_queue_entry", "move a patient to the other hub"
    GIVE_TOMORROW = "give_tomorrow", "give a patient tomorrow's time"
    WRITE_REPORT = "write_report", "write an outcome report"
    SIGN_REPORT = "sign_report", "sign an outcome report"
    RELEASE_REPORT = "release_report", "release a report that is not signed"
    SEND_REPORT = "send_report", "record that a report was sent or answered"
    DURESS = "duress", "call for help for a practitioner"
    WELFARE = "welfare", "record a welfare call"
    CALL_PRACTICE = "call_practice", "record a call to a practice"
    SNOOZE = "snooze", "snooze a report or a call list"
    WORK_TASK = "work_task", "accept and finish tasks"
    RECORD_SHIFT = "record_shift", "record shifts"
    END_SHIFT = "end_shift", "record that somebody goes off duty"
    RECORD_POSITION = "record_position", "record a position"
    CLOSE_HUB = "close_hub", "close a hub for the day"
    DIVERT_HUB = "divert_hub", "divert a hub"
    HAND_OVERNIGHT = "hand_overnight", "hand a patient to the 24-hour supervisor"
    ACCEPT_OVERNIGHT = "accept_overnight", "accept an overnight patient"
    MANAGE_PEOPLE = "manage_people", "change people and their roles"
    CHANGE_SETTINGS = "change_settings", "change the service's settings"
    IMPORT_REFERRALS = "import_referrals", "take in referrals from files"
    IMPORT_PRACTICES = "import_practices", "take in a list of practices"
    IMPORT_MAP = "import_map", "take in the service's map"
    READ_AUDIT = "read_audit", "read the audit"
    SEND_REMINDER = "send_reminder", "send reminders by the timetable"
    SETTLE_REMINDER = "settle_reminder", "decide whether a reminder was sent"
    CHASE = "chase", "chase what is late by the timetable"
    BEAT = "beat", "say that a worker is alive"
    SEAL_AUDIT = "seal_audit", "seal the audit"
    TRIM_CHANGE_LOG = "trim_change_log", "trim the change log"


_DESK = frozenset({Role.COORDINATOR, Role.CLINICIAN, Role.SUPERVISOR})
_HANDS_ON = _DESK | {Role.PRACTITIONER}
_CLINICIAN = frozenset({Role.CLINICIAN})
_SUPERVISOR = frozenset({Role.SUPERVISOR})
_BY_ITSELF = frozenset({Role.SYSTEM})
_OFFICE = frozenset({Role.SERVICE_MANAGER, Role.ADMINISTRATOR})

# Practitioners work their own visits and reports only: the services compare the person as well.
_MAY: dict[Deed, frozenset[Role]] = {
    Deed.RECEIVE: _DESK | {Role.SYSTEM},
    Deed.FIND_PATIENT: _HANDS_ON,
    Deed.OPEN_RECORD: _HANDS_ON | {Role.AUDITOR},
    # It is read out to whoever stands before the door; an auditor needs to know that it was, not what it is.
    Deed.SHOW_KEY_SAFE: _HANDS_ON,
    Deed.KEEP_KEY_SAFE: _HANDS_ON,
    Deed.TRIAGE: _CLINICIAN,
    Deed.RAISE_PRIORITY: _DESK,
    Deed.LOWER_PRIORITY: _CLINICIAN,
    Deed.ACCEPT: _DESK,
    Deed.DECLINE: _CLINICIAN,
    Deed.REDIRECT: _CLINICIAN,
    Deed.MARK_DUPLICATE: _DESK,
    Deed.CANCEL: _DESK,
    Deed.CLOSE_REFERRAL: _DESK,
    Deed.WORSE: _HANDS_ON,
    Deed.ESCALATE: _HANDS_ON,
    Deed.MOVE_HUB: _DESK,
    Deed.RECORD_ACCESS: _HANDS_ON,
    Deed.SET_PRACTICE: _DESK,
    Deed.CORRECT_IDENTITY: _DESK,
    # Who is on the road has no console: what a practitioner says about an address is entered for them.
    Deed.CORRECT_ADDRESS: _DESK,
    Deed.MOVE_PIN: _DESK,
    # Control took the practitioner; the hub that lost them has to show that it noticed.
    Deed.ACKNOWLEDGE_RETURN: frozenset({Role.COORDINATOR, Role.CLINICIAN}),
    Deed.ALLOCATE: _DESK,
    Deed.WORK_VISIT: _HANDS_ON,
    Deed.HAND_BACK: _HANDS_ON,
    Deed.REASSIGN: _DESK,
    Deed.DIVERT_PRACTITIONER: _SUPERVISOR,
    Deed.UPGRADE: _HANDS_ON,
    Deed.RECORD_AMBULANCE: _HANDS_ON,
    Deed.STAND_DOWN: _CLINICIAN,
    Deed.RECORD_CONTACT: _HANDS_ON,
    Deed.ADVISE: _CLINICIAN,
    Deed.DECIDE_FAILED_CONTACT: _CLINICIAN,
    Deed.ADD_MARKER: _HANDS_ON,
    Deed.ACKNOWLEDGE_MARKER: _HANDS_ON,
    Deed.END_MARKER: _DESK,
    Deed.ARRIVE: _HANDS_ON,
    Deed.BOOK: _DESK,
    Deed.STREAM: _CLINICIAN,
    Deed.CALL_PATIENT: _HANDS_ON,
    Deed.SEE_PATIENT: _HANDS_ON,
    Deed.END_QUEUE_ENTRY: _HANDS_ON,
    Deed.MOVE_QUEUE_ENTRY: _DESK,
    Deed.GIVE_TOMORROW: _CLINICIAN,
    Deed.WRITE_REPORT: _HANDS_ON,
    Deed.SIGN_REPORT: frozenset({Role.CLINICIAN, Role.PRACTITIONER}),
    Deed.RELEASE_REPORT: _SUPERVISOR,
    Deed.SEND_REPORT: _HANDS_ON | {Role.SYSTEM},
    Deed.DURESS: _HANDS_ON,
    Deed.WELFARE: _DESK,
    Deed.CALL_PRACTICE: _DESK,
    Deed.SNOOZE: _DESK,
    Deed.WORK_TASK: _HANDS_ON,
    Deed.RECORD_SHIFT: _DESK | {Role.SERVICE_MANAGER},
    Deed.END_SHIFT: _DESK,  # who sees whether a patient is still in their hands
    Deed.RECORD_POSITION: _HANDS_ON | {Role.SYSTEM},
    Deed.CLOSE_HUB: _DESK,
    Deed.DIVERT_HUB: _SUPERVISOR,
    Deed.HAND_OVERNIGHT: _DESK,
    Deed.ACCEPT_OVERNIGHT: _SUPERVISOR,
    Deed.MANAGE_PEOPLE: frozenset({Role.ADMINISTRATOR}),
    Deed.CHANGE_SETTINGS: _OFFICE,
    Deed.IMPORT_REFERRALS: _BY_ITSELF,
    Deed.IMPORT_PRACTICES: frozenset({Role.ADMINISTRATOR}),
    Deed.IMPORT_MAP: _OFFICE,
    # It holds what patients' rows held, and the office reads no patient.
    Deed.READ_AUDIT: frozenset({Role.AUDITOR}),
    Deed.SEND_REMINDER: _BY_ITSELF,
    Deed.SETTLE_REMINDER: _DESK,
    Deed.CHASE: _BY_ITSELF,
    Deed.BEAT: _BY_ITSELF,
    Deed.SEAL_AUDIT: _BY_ITSELF,
    Deed.TRIM_CHANGE_LOG: _BY_ITSELF,
}


def may(role: Role, deed: Deed) -> bool:
    """Tell whether a role may do this at all."""
    return role in _MAY[deed]


def reasons_not_to_work_task(role: Role, asked_of: Role, kind: TaskKind) -> tuple[str, ...]:
    """Give why a role may not accept or finish what another is asked: only a coordinator's is the desk's.

    That a patient came back is the hub's to notice, not control's, which took the practitioner.
    """
    if kind is TaskKind.DIVERT_NOTICE:
        return reasons_not_permitted(role, Deed.ACKNOWLEDGE_RETURN)
    if role is asked_of or (asked_of is Role.COORDINATOR and role in _DESK):
        return ()
    return (f"This is for the {asked_of.label.lower()}: ask them to accept it.",)


def reasons_anothers(role: Role, own_id: int | None, owner_id: int | None) -> tuple[str, ...]:
    """Give why a practitioner may not work at what is another one's; the desk enters for anybody.

    Both ids are of one kind, logins or practitioners; None is nobody.
    """
    if role is not Role.PRACTITIONER or (owner_id is not None and owner_id == own_id):
        return ()
    return ("This is another practitioner's: ask the hub coordinator to change it.",)


def reasons_not_permitted(role: Role, deed: Deed) -> tuple[str, ...]:
    """Give why a role may not do this, with who may; empty when it may."""
    if may(role, deed):
        return ()
    able = [one.label.lower() for one in Role if one in _MAY[deed] and one is not Role.SYSTEM]
    if not able:
        return (f"The role {role.label.lower()} may not {deed.label}: Doorstep does that by itself.",)
    return (f"The role {role.label.lower()} may not {deed.label}: ask {_one_of(able)}.",)


def _one_of(words: list[str]) -> str:
    article = "an" if words[0][0] in "aeiou" else "a"
    named = words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"
    return f"{article} {named}"
