"""The grants of a secured database say the same as the one table of who may do what."""

import pytest
from sqlalchemy import text

from console.domain.permissions import Deed, may
from console.domain.undo import LEAVE_STEPS
from console.domain.words import Role
from tests.support.secured import SecuredTeam

# What nobody can do who may not do this, and everybody can who may.
NEEDS = {
    Deed.OPEN_RECORD: "EXECUTE request_record(bigint, bigint, text, text, text, timestamptz)",
    Deed.SHOW_KEY_SAFE: "EXECUTE show_key_safe(bigint)",
    Deed.KEEP_KEY_SAFE: "EXECUTE keep_key_safe(bigint, text, text, timestamptz)",
    Deed.TRIAGE: "UPDATE referral.triaged_by_id",
    Deed.LOWER_PRIORITY: "UPDATE referral.downgraded_at",
    Deed.RAISE_PRIORITY: "UPDATE referral.priority",
    Deed.MARK_DUPLICATE: "UPDATE referral.duplicate_of_id",
    Deed.WORSE: "UPDATE referral.worse_at",
    Deed.MOVE_HUB: "UPDATE referral.hub_id",
    Deed.RECORD_ACCESS: "UPDATE referral.record_access",
    Deed.SET_PRACTICE: "UPDATE referral.practice_id",
    Deed.CORRECT_IDENTITY: "UPDATE patient.family_name",
    Deed.CORRECT_ADDRESS: "UPDATE referral.visit_address",
    Deed.MOVE_PIN: "UPDATE referral.visit_lat",
    Deed.ALLOCATE: "INSERT visit.practitioner_id",
    Deed.WORK_VISIT: "UPDATE visit.on_scene_at",
    Deed.HAND_BACK: "UPDATE visit.ended_because",
    Deed.UPGRADE: "UPDATE referral.asks_ambulance",
    Deed.RECORD_AMBULANCE: "UPDATE referral.ambulance_reference",
    Deed.RECORD_CONTACT: "INSERT contact.said",
    Deed.ADD_MARKER: "INSERT marker.words",
    Deed.ACKNOWLEDGE_MARKER: "INSERT marker_acknowledgement.marker_id",
    Deed.ARRIVE: "INSERT queue_entry.arrived_at",
    Deed.BOOK: "UPDATE queue_entry.booked_for_at",
    Deed.STREAM: "UPDATE queue_entry.streamed_at",
    Deed.CALL_PATIENT: "UPDATE queue_entry.called_at",
    Deed.SEE_PATIENT: "UPDATE queue_entry.being_seen_at",
    Deed.WRITE_REPORT: "INSERT report_version.content",
    Deed.RELEASE_REPORT: "UPDATE report.released_at",
    Deed.SEND_REPORT: "UPDATE report.sent_at",
    Deed.SNOOZE: "INSERT snooze.reason",
    Deed.WORK_TASK: "UPDATE task.done_at",
    Deed.RECORD_SHIFT: "INSERT shift.starts_at",
    Deed.RECORD_POSITION: "INSERT position.lat",
    Deed.CLOSE_HUB: "UPDATE hub.is_closed_down",
    Deed.DIVERT_HUB: "UPDATE hub.diverts_to_id",
    Deed.IMPORT_PRACTICES: "INSERT practice.ods_code",
    Deed.IMPORT_MAP: "INSERT map_pack.body",
    Deed.CHANGE_SETTINGS: "INSERT setting.value",
    Deed.READ_AUDIT: "SELECT audit_log.new",
    Deed.SETTLE_REMINDER: "UPDATE outgoing_message.created_at",
}
DETAILS = ("home_address", "home_postcode", "phone", "other_phones")
OF_WORKERS = (
    "INSERT received_message.body",
    "INSERT chase.way",
    "INSERT outgoing_message.address",
    "UPDATE outgoing_message.body",
    "INSERT worker_heartbeat.worker",
    "SELECT received_message.body",
)
PEOPLE = [role for role in Role if role is not Role.SYSTEM]


def able(team: SecuredTeam, need: str) -> set[Role]:
    """Give the roles whose group can do this."""
    command, _, what = need.partition(" ")
    table, _, column = what.partition(".")
    ask = text(
        "SELECT has_function_privilege(:role, :table, :command)"
        if command == "EXECUTE"
        else "SELECT has_column_privilege(:role, :table, :column, :command)"
    )
    with team.database.read() as session:
        return {
            role
            for role in Role
            if session.scalar(
                ask,
                {
                    "role": "doorstep_worker" if role is Role.SYSTEM else f"doorstep_{role.value}",
                    "table": table,
                    "column": column,
                    "command": command,
                },
            )
        }


def test_that_each_role_can_do_what_it_may_and_nothing_else(secured_team: SecuredTeam) -> None:
    found = {deed: able(secured_team, need) - {Role.SYSTEM} for deed, need in NEEDS.items()}
    assert found == {deed: {role for role in PEOPLE if may(role, deed)} for deed in NEEDS}


def test_that_who_leaves_steps_may_take_them_back(secured_team: SecuredTeam) -> None:
    able_to = able(secured_team, "EXECUTE take_back(text, bigint)") - {Role.SYSTEM}
    assert able_to == LEAVE_STEPS


def test_that_what_happens_by_itself_is_the_workers(secured_team: SecuredTeam) -> None:
    assert {need: able(secured_team, need) for need in OF_WORKERS} == {
        need: {Role.SYSTEM} for need in OF_WORKERS
    }


@pytest.mark.parametrize("role", [Role.SERVICE_MANAGER, Role.ADMINISTRATOR])
def test_that_the_office_reads_no_patient(role: Role, secured_team: SecuredTeam) -> None:
    readers = [able(secured_team, f"SELECT {one}") for one in ("patient.family_name", "referral.problem")]
    assert all(role not in reading for reading in readers)


@pytest.mark.parametrize("column", DETAILS)
def test_that_only_a_worker_reads_by_the_way_where_a_patient_lives(
    column: str, secured_team: SecuredTeam
) -> None:
    assert able(secured_team, f"SELECT patient.{column}") == {Role.SYSTEM}
