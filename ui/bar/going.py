"""Where choosing something in the command bar leads: to its workspace, with its row chosen and in sight."""

from console.domain.found_rows import PlaceFound, PractitionerFound
from console.domain.permissions import Deed
from console.domain.rows import QueueRow
from ui.commands.opening import Opens
from ui.session import Session

_HUB, _BOARD, _REPORTS = "hub", "board", "reports"


def to_patient(referral_id: int, entry: QueueRow | None, session: Session) -> None:
    """To the queue where one works at a hub and the patient is there; else to the board."""
    is_here = entry is not None and entry.hub_id in session.live.hubs.by_id
    if entry is not None and is_here and session.selection.front == _HUB:
        session.show_row(_HUB, "hub", entry.hub_id)
        session.show_row(_HUB, "queue_entry", entry.id)
    elif _BOARD in session.workspaces:
        session.show_row(_BOARD, "referral", referral_id)
    else:
        session.open_record(referral_id)


def to_record(referral_id: int, session: Session) -> None:
    """To a record that has left the board: it is opened, and that is kept."""
    session.open_record(referral_id)


def to_practitioner(practitioner_id: int, session: Session) -> None:
    """To the list of practitioners."""
    session.show_row(_BOARD if _BOARD in session.workspaces else "load", "practitioner", practitioner_id)


def to_somebody_off_duty(who: PractitionerFound, session: Session) -> None:
    """Nobody who is off duty stands on the board: what can be done is to record their shift."""
    if not session.may(Deed.RECORD_SHIFT):
        session.say(f"{who.name} is not on duty. A coordinator records shifts.")
        return
    Opens("shift", "ShiftDialog", lambda _: who.id)(session)


def to_hub(hub_id: int, session: Session) -> None:
    """To the hub's own workspace."""
    if _HUB in session.workspaces:
        session.show_row(_HUB, "hub", hub_id)


def to_report(report_id: int, session: Session) -> None:
    """To the table of reports."""
    session.show_row(_REPORTS, "report", report_id)


def to_place(place: PlaceFound, session: Session) -> None:
    """To the call list, where a practice waits to be rung; else to its place on the map."""
    if place.practice_id is not None and place.practice_id in session.calls:
        session.show_row(_REPORTS, "practice", place.practice_id)
    elif place.at is not None:
        session.show_place(*place.at, place.name)
    else:
        session.say(f"{place.name} has no place on the map: its postcode is not known. {place.below}")
