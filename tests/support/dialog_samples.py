"""Which dialogs the pictures show, and on what."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib import import_module

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QRadioButton

from console.domain.audit_rows import AuditWish
from console.domain.rows import ReferralRow
from console.domain.staff import Account, Staffing, StaffRow
from console.domain.visit_address import is_about_address
from console.domain.words import Channel, MarkerKind, OutcomeDisposition, Role, Source, VisitStatus
from db.models import Report
from tests.services import reminding
from tests.services.team import Team, new_referral
from tests.support.sitting import Seat
from ui.dialogs.allocate import AllocateDialog
from ui.dialogs.base import DecisionDialog
from ui.dialogs.duress import DuressDialog
from ui.dialogs.export_audit import ExportAuditDialog
from ui.dialogs.key_safe import KeySafeDialog
from ui.dialogs.new_referral import ArriveDialog, NewReferralDialog
from ui.dialogs.priority import PriorityDialog
from ui.dialogs.report import ReportDialog
from ui.dialogs.report_sections import Care
from ui.dialogs.report_vitals import Vitals
from ui.dialogs.shift import ShiftDialog
from ui.dialogs.step import StepDialog
from ui.dialogs.task_done import for_task
from ui.dialogs.triage import TriageDialog
from ui.dialogs.visit_address import VisitAddressDialog
from ui.dialogs.welfare import WelfareDialog
from ui.widgets.fields import NotesField


@dataclass
class Scene:
    """The service, and the referral that the picture is about."""

    team: Team
    key: int

    @property
    def row(self) -> ReferralRow:
        """The referral as the board shows it."""
        return self.team.row(self.key)


@dataclass
class Sample:
    """Who sits there, what has happened, and which dialog they open."""

    who: str
    set_up: Callable[[Team], int]
    make: Callable[[Seat, Scene], DecisionDialog]
    then: Callable[[DecisionDialog], None] | None = None


def _received(team: Team) -> int:
    return team.received()


def _with_practice(team: Team) -> int:
    return team.received(new_referral(practice_id=team.ids["practice"]))


def _triaged(team: Team) -> int:
    return team.triaged()


def _on_scene(team: Team) -> int:
    return team.on_scene()[0]


def _allocated(team: Team) -> int:
    return team.allocated()[0]


def _with_marker(team: Team) -> int:
    key = team.triaged()
    row = team.row(key)
    review = team.clock().date() + dt.timedelta(days=90)
    add = team.jo.markers.add
    dog = "Large dog in the garden: ring first, the daughter ties it up."
    add(row.patient_id, None, None, MarkerKind.ANIMAL, dog, review, key)
    neighbour = "Aggressive neighbour on the stairs."
    add(None, "CT21 5AA", "4 Sea Road, Hythe", MarkerKind.TWO_PEOPLE, neighbour, review, key)
    return key


def _step(to: VisitStatus) -> Callable[[Seat, Scene], DecisionDialog]:
    return lambda seat, scene: StepDialog(seat.session, scene.row, to, seat.window)


def _wrong(dialog: DecisionDialog) -> None:
    dialog.primary.click()


def _type_known(dialog: DecisionDialog) -> None:
    assert isinstance(dialog, NewReferralDialog)
    fields = dialog.fields
    fields.source.put(Source.GP_PRACTICE)
    words = {
        fields.caller: "Dr Osei",
        fields.nhs_number: "9434765919",
        fields.family: "Marsh",
        fields.born: "2/3/1941",
        fields.problem: "Fall, cannot get up alone",
    }
    for field, text in words.items():
        QTest.keyClicks(field, text)
    fields.priority.put(2)
    fields.by_clinician.setChecked(True)
    fields.caller.setFocus()


def _take_recorded(dialog: DecisionDialog) -> None:
    """Say that it is the same patient and take what is recorded; the address was typed otherwise."""
    _type_known(dialog)
    assert isinstance(dialog, NewReferralDialog)
    QTest.keyClicks(dialog.fields.home, "6 Sea Road, Hythe")
    while not dialog.warning.findChildren(QRadioButton):
        QTest.qWait(1)
    dialog.warning.findChildren(QRadioButton)[1].click()
    dialog.recorded.take.click()


SAMPLES: dict[str, Sample] = {
    "new_referral": Sample("jo", _received, lambda seat, _: NewReferralDialog(seat.session, seat.window)),
    "new_referral_known": Sample(
        "jo", _received, lambda seat, _: NewReferralDialog(seat.session, seat.window), _type_known
    ),
    "new_referral_recorded_known": Sample(
        "jo", _with_practice, lambda seat, _: NewReferralDialog(seat.session, seat.window), _take_recorded
    ),
    "new_referral_wrong": Sample(
        "jo", _received, lambda seat, _: NewReferralDialog(seat.session, seat.window), _wrong
    ),
    "triage": Sample(
        "ann", _received, lambda seat, scene: TriageDialog(seat.session, scene.row, seat.window)
    ),
    "triage_wrong": Sample(
        "ann", _received, lambda seat, scene: TriageDialog(seat.session, scene.row, seat.window), _wrong
    ),
    "priority": Sample(
        "jo", _triaged, lambda seat, scene: PriorityDialog(seat.session, scene.row, seat.window)
    ),
    "allocate": Sample(
        "jo", _triaged, lambda seat, scene: AllocateDialog(seat.session, scene.row, parent=seat.window)
    ),
    "allocate_markers": Sample(
        "jo", _with_marker, lambda seat, scene: AllocateDialog(seat.session, scene.row, parent=seat.window)
    ),
    "acknowledged": Sample("jo", _allocated, _step(VisitStatus.ACKNOWLEDGED)),
    "clear": Sample("jo", _on_scene, _step(VisitStatus.CLEAR)),
}


def _with(name: str, dialog: str) -> Callable[[Seat, Scene], DecisionDialog]:
    made = getattr(import_module(f"ui.dialogs.{name}"), dialog)
    return lambda seat, scene: made(seat.session, scene.row, parent=seat.window)


def _of_report(name: str, dialog: str) -> Callable[[Seat, Scene], DecisionDialog]:
    made = getattr(import_module(f"ui.dialogs.{name}"), dialog)
    return lambda seat, _: made(
        seat.session, next(iter(seat.live.reports.by_id.values())), parent=seat.window
    )


def _of_sam(name: str, dialog: str) -> Callable[[Seat, Scene], DecisionDialog]:
    made = getattr(import_module(f"ui.dialogs.{name}"), dialog)
    return lambda seat, scene: made(
        seat.session, seat.live.practitioners.by_id[scene.team.ids["sam"]], parent=seat.window
    )


def _cleared(team: Team) -> int:
    key, visit = team.on_scene()
    team.clock.pass_minutes(35)
    team.jo.visits.clear(visit, team.visit_version(key), OutcomeDisposition.TREATED_AT_HOME, True, "Managed")
    return key


def _drafted(team: Team) -> int:
    key = _cleared(team)
    with team.database.read() as session:
        report = session.query(Report).one()
    sam = team.desk("sam_self")
    content = replace(
        sam.reports.content(report.id),
        history="Fell at home",
        examination="No injury",
        diagnosis="Mechanical fall",
        allergies="None known",
        advice="Call 111 if worse",
        safeguarding=False,
        observations_note="Refused",
    )
    sam.reports.draft(report.id, report.version, content)
    return key


def _begun(team: Team) -> int:
    key = _cleared(team)
    with team.database.read() as session:
        report = session.query(Report).one()
    reports = team.desk("sam_self").reports
    reports.draft(report.id, report.version, reports.content(report.id))
    return key


def _snoozed(team: Team) -> int:
    key = _cleared(team)
    with team.database.read() as session:
        report = session.query(Report).one()
    until = team.clock() + dt.timedelta(hours=2)
    team.jo.snoozes.report(
        report.id, report.version, until, "The practitioner writes it after the next visit"
    )
    return key


def signed(team: Team) -> int:
    key = _drafted(team)
    with team.database.read() as session:
        report = session.query(Report).one()
    team.desk("sam_self").reports.sign(report.id, report.version)
    return key


def _sent(team: Team) -> int:
    key = signed(team)
    with team.database.read() as session:
        report = session.query(Report).one()
    team.jo.reports.sent(report.id, report.version, Channel.MAIL, "Sea Road Surgery")
    return key


def _released(team: Team) -> int:
    key = _drafted(team)
    with team.database.read() as session:
        report = session.query(Report).one()
    team.mo.reports.release(report.id, report.version, "Sam Hill has left the service and cannot be reached")
    return key


def _upgraded(team: Team) -> int:
    key = team.triaged()
    team.jo.ambulance.upgrade(key, team.version(key), "Chest pain")
    return key


def _third_section(dialog: DecisionDialog) -> None:
    assert isinstance(dialog, ReportDialog)
    care = dialog.sections[2]
    assert isinstance(care, Care)
    care.medicines.more.click()
    dialog.go_to(2)


def _second_section(dialog: DecisionDialog) -> None:
    assert isinstance(dialog, ReportDialog)
    dialog.go_to(1)
    vitals = dialog.sections[1]
    assert isinstance(vitals, Vitals)
    for name, text in (("respiratory_rate", "24"), ("spo2", "93"), ("pulse", "112")):
        vitals.figures[name].setText(text)


def _half_typed(dialog: DecisionDialog) -> None:
    field = dialog.findChild(NotesField)
    assert field is not None
    QTest.keyClicks(field, "Breathing faster")
    dialog.reject()


def _answers(words: str) -> Callable[[DecisionDialog], None]:
    def choose(dialog: DecisionDialog) -> None:
        assert isinstance(dialog, WelfareDialog)
        dialog.answer.setCurrentText(words)
        dialog.answer.setCurrentIndex(dialog.answer.findText(words))

    return choose


def _with_key_safe(team: Team) -> int:
    key = team.triaged()
    team.jo.key_safes.keep(key, "4711", "Left of the back door, behind the bins")
    return key


def _for_the_door(dialog: DecisionDialog) -> None:
    assert isinstance(dialog, KeySafeDialog)
    dialog.why.setCurrentIndex(0)


def _seen_elsewhere(team: Team) -> int:
    return team.triaged(form=new_referral(visit_address="Ward House, Dover", visit_postcode="CT16 1AS"))


def _address_untold(team: Team) -> int:
    key, _ = team.allocated()
    elsewhere = ("14 Castle Street, Dover", "CT16 1PD")
    team.jo.referrals.correct_address(key, team.version(key), *elsewhere, "The daughter rang")
    return key


def _told_already(dialog: DecisionDialog) -> None:
    assert isinstance(dialog, VisitAddressDialog)
    assert dialog.is_told is not None
    dialog.is_told.setChecked(True)


def _tell_of_it(seat: Seat, scene: Scene) -> DecisionDialog:
    tasks = seat.live.tasks.by_id.values()
    asked = next(one for one in tasks if is_about_address(one.subject) and one.referral_id == scene.key)
    return for_task(seat.session, asked, seat.window)


def _of_sam_on_the_telephone(seat: Seat, scene: Scene) -> DecisionDialog:
    seat.session.choose("board", "referral", scene.key)
    return DuressDialog(seat.session, seat.window)


SAMPLES |= {
    "reassign": Sample("jo", _allocated, _with("reassign", "ReassignDialog")),
    "advice": Sample("ann", _triaged, _with("advice", "AdviceDialog")),
    "hand_back": Sample("jo", _allocated, _with("hand_back", "HandBackDialog")),
    "no_access": Sample("jo", _on_scene, _with("no_access", "NoAccessDialog")),
    "visit_address": Sample("jo", _triaged, _with("visit_address", "VisitAddressDialog")),
    "visit_address_sent": Sample(
        "jo", _allocated, _with("visit_address", "VisitAddressDialog"), _told_already
    ),
    "visit_address_elsewhere": Sample("jo", _seen_elsewhere, _with("visit_address", "VisitAddressDialog")),
    "task_tell_address": Sample("jo", _address_untold, _tell_of_it),
    "move_pin": Sample("jo", _triaged, _with("pin", "MovePinDialog")),
    "worse": Sample("jo", _triaged, _with("worse", "WorseDialog"), _half_typed),
    "escalate": Sample("jo", _triaged, _with("escalate", "EscalateDialog")),
    "upgrade": Sample("jo", _on_scene, _with("upgrade", "UpgradeDialog")),
    "ambulance": Sample("jo", _upgraded, _with("ambulance", "AmbulanceDialog")),
    "contact": Sample("jo", _triaged, _with("contact", "ContactDialog")),
    "failed_contact": Sample("ann", _triaged, _with("contact", "FailedContactDialog")),
    "marker": Sample("jo", _triaged, _with("marker", "MarkerDialog")),
    "marker_read": Sample("jo", _with_marker, _with("marker", "AcknowledgeMarkersDialog")),
    "marker_end": Sample("jo", _with_marker, _with("marker", "EndMarkerDialog")),
    "end_referral": Sample("ann", _triaged, _with("end_referral", "EndReferralDialog")),
    "move_hub": Sample("jo", _triaged, _with("move_hub", "MoveHubDialog")),
    "record_access": Sample("jo", _triaged, _with("record_access", "RecordAccessDialog")),
    "key_safe": Sample("jo", _with_key_safe, _with("key_safe", "KeySafeDialog"), _for_the_door),
    "key_safe_enter": Sample("jo", _triaged, _with("key_safe", "KeepKeySafeDialog")),
    "export_audit": Sample(
        "jo", _received, lambda seat, _: ExportAuditDialog(seat.session, AuditWish(), seat.window)
    ),
    "own_practice": Sample("jo", _triaged, _with("own_practice", "OwnPracticeDialog")),
    "shift_off": Sample("jo", _received, _of_sam("shift", "ShiftDialog")),
    "shift_on": Sample("jo", _received, lambda seat, _: ShiftDialog(seat.session, None, seat.window)),
    "position": Sample("jo", _received, _of_sam("position", "PositionDialog")),
    "divert_practitioner": Sample(
        "mo", _on_scene, _of_sam("divert_practitioner", "DivertPractitionerDialog")
    ),
    "duress": Sample("jo", _on_scene, _of_sam_on_the_telephone),
    "welfare": Sample("jo", _on_scene, _with("welfare", "WelfareDialog"), _answers("Spoke: well")),
    "welfare_no_reply": Sample("jo", _on_scene, _with("welfare", "WelfareDialog"), _answers("No reply")),
    "report": Sample("jo", _cleared, _of_report("report", "ReportDialog")),
    "report_vitals": Sample("jo", _cleared, _of_report("report", "ReportDialog"), _second_section),
    "report_care": Sample("sam_self", _cleared, _of_report("report", "ReportDialog"), _third_section),
    "sign_report": Sample("sam_self", _drafted, _of_report("report", "SignReportDialog")),
    "report_release": Sample("mo", _drafted, _of_report("report_release", "ReleaseReportDialog")),
    "report_release_refused": Sample("mo", _begun, _of_report("report_release", "ReleaseReportDialog")),
    "report_sent_unsigned": Sample("jo", _released, _of_report("report_sent", "ReportSentDialog")),
    "report_sent": Sample("jo", signed, _of_report("report_sent", "ReportSentDialog")),
    "snooze": Sample("jo", _cleared, _of_report("snooze", "SnoozeReportDialog")),
    "snooze_end": Sample("jo", _snoozed, _of_report("snooze", "SnoozeReportDialog")),
    "report_result": Sample("jo", _sent, _of_report("report_result", "ReportResultDialog")),
    "report_hold": Sample("jo", signed, _of_report("report_result", "ReportResultDialog")),
    "arrive": Sample("jo", _received, lambda seat, _: ArriveDialog(seat.session, seat.window)),
}


def _reminder(seat: Seat, scene: Scene) -> DecisionDialog:
    return for_task(seat.session, reminding.broken_off(scene.team), seat.window)


SAMPLES["reminder"] = Sample("jo", _triaged, _reminder)


def _staffed(module: str, dialog: str) -> Callable[[Seat, Scene], DecisionDialog]:
    made = getattr(import_module(f"ui.dialogs.{module}"), dialog)
    nora = StaffRow(1, "nora.fox", "Nora Fox", (Role.COORDINATOR,), ("FOL",), Account.ACTIVE, is_me=False)

    def make(seat: Seat, _: Scene) -> DecisionDialog:
        seat.session.staffing = Staffing((nora,), {"FOL": "Folkestone", "DOV": "Dover"}, has_logins=True)
        rows = () if module == "person_new" else (nora,)
        shown: DecisionDialog = made(seat.session, *rows, parent=seat.window)
        return shown

    return make


SAMPLES |= {
    "person_new": Sample("jo", _received, _staffed("person_new", "NewPersonDialog"), _wrong),
    "person_roles": Sample("jo", _received, _staffed("person", "RolesDialog")),
    "person_hubs": Sample("jo", _received, _staffed("person", "HubsDialog")),
    "person_password": Sample("jo", _received, _staffed("person", "PasswordDialog"), _wrong),
    "person_disable": Sample("jo", _received, _staffed("person", "DisableDialog")),
}
