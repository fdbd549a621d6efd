"""For how long each kind of data is to be kept, and why: recorded here, and nothing deletes by itself.

The periods are those of the Records Management Code of the NHS (2021) as this service's records manager is to
confirm them. What a class says is a rule for people: a deletion is a decision of the service, with its own
audit, and no part of this program makes it.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Retention:
    """One class: how long from when, and why."""

    name: str
    years: float | None
    since: str
    why: str


CARE = Retention(
    "patient care",
    10,
    "we last saw the patient; a child's until their 25th birthday, if that is later",
    "Records of paramedic care are part of the health record, and the longer of the two periods holds.",
)
AUDIT = Retention(
    "audit",
    10,
    "the line was written",
    "Who did and read what is kept as long as the record that it is about.",
)
MESSAGES = Retention(
    "received messages",
    3,
    "the message came",
    "What came in, as it came, until no complaint can be about it.",
)
WORK = Retention(
    "work", 6, "the shift ended", "Rotas and who was where are kept for claims about working time and safety."
)
PEOPLE = Retention(
    "people",
    6,
    "the person left",
    "Names on steps stay readable; the summary of a staff record is kept elsewhere.",
)
SERVICE = Retention(
    "service",
    None,
    "",
    "What the service is and goes by: kept as long as there is anything that refers to it.",
)
MOMENT = Retention(
    "moment", 0, "it was read", "True for moments only; the program replaces or trims it in its daily work."
)

CLASS_OF: dict[str, Retention] = {
    "arrangement": MOMENT,
    "audit_block": AUDIT,
    "audit_export": AUDIT,
    "audit_log": AUDIT,
    "change_log": MOMENT,
    "chase": CARE,
    "competence": PEOPLE,
    "contact": CARE,
    "device": WORK,
    "device_state": MOMENT,
    "hub": SERVICE,
    "hub_hours": SERVICE,
    "key_safe": CARE,
    "look": MOMENT,
    "map_pack": SERVICE,
    "marker": CARE,
    "marker_acknowledgement": CARE,
    "outcome": CARE,
    "outgoing_message": MESSAGES,
    "patient": CARE,
    "patient_hub": CARE,
    "position": WORK,
    "position_count": MOMENT,
    "practice": SERVICE,
    "practitioner": PEOPLE,
    "presence": MOMENT,
    "queue_entry": CARE,
    "received_message": MESSAGES,
    "record_opening": AUDIT,
    "referral": CARE,
    "report": CARE,
    "report_version": CARE,
    "setting": SERVICE,
    "shift": WORK,
    "snooze": CARE,
    "staff": PEOPLE,
    "staff_hub": PEOPLE,
    "staff_role": PEOPLE,
    "step": CARE,
    "task": CARE,
    "training": MOMENT,
    "visit": CARE,
    "watch": MOMENT,
    "worker_heartbeat": MOMENT,
}


def described() -> list[str]:
    """Give every class with its tables, in sentences."""
    lines = []
    for one in dict.fromkeys(CLASS_OF.values()):
        names = ", ".join(sorted(name for name, its in CLASS_OF.items() if its is one))
        kept = "as long as anything refers to it" if one.years is None else "not kept"
        if one.years:
            kept = f"{one.years:g} years from when {one.since}"
        lines.append(f"{one.name}\t{kept}\t{names}\t{one.why}")
    return lines
