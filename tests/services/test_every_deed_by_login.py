"""All that a role may do, it can do at a secured database, with a login that sees one hub."""

import itertools
import tempfile
from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from console.domain.audit_rows import AuditWish
from console.domain.looks import Arranged
from console.domain.paper import PaperEntry, PaperStep
from console.domain.permissions import Deed, may
from console.domain.refusals import Refused
from console.domain.staff import NewPerson
from console.domain.words import (
    Channel,
    ContactResult,
    OutcomeDisposition,
    Placement,
    PracticeLink,
    RecordAccess,
    Role,
    Source,
    Stream,
    TaskKind,
)
from console.services import condition, devices, imports, maps, practitioner_plan, settings_changes, tasks
from console.services import people as staff
from console.services.accounts import administrator
from console.services.desk import Desk
from console.services.presence import HasOpen, Lease
from db.errors import NOT_YOURS
from db.models import Task
from tests.services import at_a_desk, hubs_at_work, reminding
from tests.services.at_a_desk import (
    HOUR,
    THERE,
    At,
    Does,
    asked_999,
    at_hub,
    booked,
    contact,
    correct,
    end_marker,
    marker_of,
    report_of,
    shift_off,
    visit_of,
)
from tests.services.hubs_at_work import report_version
from tests.services.team import Team, new_referral
from tests.services.test_since import look
from tests.support.feeds import following
from tests.support.postgresql import Server
from tests.support.secured import NOW, SecuredTeam

LOGINS = {
    Role.COORDINATOR: "jo",
    Role.CLINICIAN: "ann",
    Role.SUPERVISOR: "mo",
    Role.PRACTITIONER: "sam_self",
    Role.SERVICE_MANAGER: "val",
    Role.ADMINISTRATOR: "al",
    Role.AUDITOR: "ray",
}
PEOPLE = tuple(LOGINS)
DESK = (Role.COORDINATOR, Role.CLINICIAN, Role.SUPERVISOR)
HANDS_ON = (*DESK, Role.PRACTITIONER)
# What leaves one hub for the other is for those who see both; a supervisor needs every hub that they watch.
BOTH_HUBS = {Deed.MOVE_HUB, Deed.MOVE_QUEUE_ENTRY, Deed.DIVERT_HUB}
# What the others leave behind is in the way of these: each has a database of its own.
OF_THE_WHOLE = {Deed.CLOSE_HUB, Deed.RECORD_SHIFT, Deed.END_SHIFT, Deed.SETTLE_REMINDER}
_number = itertools.count(1)


@pytest.fixture(scope="module")
def _shared(postgresql_server: Server, _secured: Team) -> Iterator[SecuredTeam]:
    with at_a_desk.shared(postgresql_server, _secured) as team:
        yield team


@pytest.fixture
def team(request: pytest.FixtureRequest) -> Iterator[SecuredTeam]:
    """The team with nobody at work on anybody."""
    if request.node.callspec.params.get("deed") in OF_THE_WHOLE:
        team: SecuredTeam = request.getfixturevalue("secured_team")
        hubs_at_work.open_from_8_to_8(team)
        yield team
        return
    team = request.getfixturevalue("_shared")
    team.clock.at = NOW
    yield team
    at_a_desk.rest(team)
    sees(team, LOGINS.values(), "folkestone", "dover")


def sees(team: SecuredTeam, logins: Collection[str], *hubs: str) -> None:
    """Let people see these hubs and no others."""
    with team.database.engine.begin() as connection:
        for login in logins:
            connection.exec_driver_sql("SELECT staff_hubs(%s, %s)", (login, [team.ids[hub] for hub in hubs]))


def folkestone(at: At) -> tuple[int, int]:
    """Give the hub in which everybody works, and its version."""
    return at_a_desk.hub_of(at, "folkestone")


def late(at: At) -> dict[int, int]:
    """Let a report be sent that nobody has answered; gives it with its version."""
    return dict([report_of(at)])


def practice(at: At) -> int:
    return at.team.ids["practice"]


def uncertain(at: At) -> tuple[int, int]:
    """Let a reminder break off; gives the task that asks about it."""
    asked = reminding.broken_off(at.team)
    return asked.id, asked.version


def not_reached(at: At) -> None:
    """Decide about somebody who did not answer three times."""
    for _ in range(3):
        at.team.jo.contacts.record(at.key, *at_a_desk.BY_TELEPHONE, ContactResult.NO_REPLY)
    at.desk.contacts.decide_failed_contact(at.key, at.version, "Police")


def of_sam(at: At) -> int:
    """Send Sam to the patient, and give the patient's referral."""
    visit_of(at)
    return at.key


def controlled(at: At) -> None:
    """Let control take Sam."""
    visit_of(at)
    at.desk.visits.divert(at.team.ids["sam"], "Cardiac arrest")


def controlled_at_hub(at: At) -> None:
    """Let control take Sam from a patient at the hub."""
    at_hub(at, "begin")
    at.desk.visits.divert(at.team.ids["sam"], "Cardiac arrest")


def opened_again(at: At) -> None:
    at.team.jo.hubs.close(*folkestone(at))
    at.desk.hubs.open(*folkestone(at))


def all_for_the_night(at: At) -> None:
    at_hub(at)
    at.desk.hubs.hand_all_overnight(at.team.ids["folkestone"])


def not_there(at: At) -> None:
    """Let a booked patient not come."""
    entry = booked(at)
    at.team.clock.pass_minutes(90)
    at.desk.hub_queue.did_not_attend(entry, hubs_at_work.entry_version(at.team, entry))


def returned(at: At) -> None:
    """Let control take Sam, and the hub notice."""
    visit_of(at, *THERE[:2])
    at.team.mo.visits.divert(at.team.ids["sam"], "Cardiac arrest")
    at.desk.referrals.acknowledge_return(at.key, at.version)


def night(at: At) -> None:
    """Let a patient be handed over for the night, and be accepted."""
    task = at.team.jo.hubs.hand_overnight(at.key, at.version)
    at.desk.tasks.accept(task, at.team.stored(Task, task).version)
    at.desk.tasks.done(task, at.team.stored(Task, task).version, "Seen at home")


def snoozed(at: At) -> None:
    report, version = report_of(at, "signed")
    until = at.team.clock() + HOUR
    at.desk.snoozes.end(at.desk.snoozes.report(report, version, until, "Sam is on a visit"))
    at.desk.snoozes.end(at.desk.snoozes.practice(practice(at), until, "Closed for training"))


def worked(at: At) -> None:
    """Plan a shift of a day of its own, and enter one that was worked."""
    hub, who = at.team.ids["folkestone"], at.team.ids["gil"]
    day = at.team.clock() + next(_number) * 24 * HOUR
    at.desk.workforce.plan_shift(who, hub, Placement.HOME_VISITING, day, day + 8 * HOUR)
    ago = at.team.clock() - (100 + next(_number)) * 24 * HOUR
    at.desk.workforce.shift_worked(who, hub, Placement.HOME_VISITING, ago, ago + 8 * HOUR)


def other_visit(at: At) -> None:
    """Tell of a whole visit that was over when it was told."""
    there = at.team.clock.pass_minutes(1)
    at.desk.visits.visited(at.key, at.team.ids["sam"], at.version, there, at.team.clock.pass_minutes(30))


def welfare(at: At) -> None:
    visit, version = visit_of(at, *THERE)
    at.desk.welfare.no_reply(visit, version)
    at.desk.welfare.well(visit, at.team.visit_version(at.key), "All well", at.team.clock() + HOUR)


def on_paper(at: At) -> None:
    """Enter a line of the paper."""
    at.desk.paper.enter(
        PaperEntry(
            step=PaperStep.ALLOCATED,
            at=at.team.clock(),
            referral_id=at.key,
            practitioner_id=at.team.ids["sam"],
        )
    )


def changed_setting(at: At) -> None:
    database = at.desk.basis.database
    settings_changes.change(
        database,
        at.desk.actor,
        at.team.clock(),
        name="ladder.again",
        typed=str(70 + next(_number)),
        reason="Agreed",
    )


def people(at: At) -> None:
    """Add somebody, change everything of them, and let them in no more."""
    desk, login = at.desk.administration, f"new.person{next(_number)}"
    desk.add(NewPerson(login, "New Person", (Role.COORDINATOR,), ("FOL",)))
    desk.set_roles(login, (Role.SUPERVISOR,))
    desk.set_hubs(login, ("FOL", "DOV"))
    desk.disable(login)
    desk.let_in(login, "three words nobody joins")
    assert any(row.login == login for row in desk.staffing().rows)
    plan = {
        "name": f"Practitioner {next(_number)}",
        "profession": "paramedic_practitioner",
        "employer": "ambulance_trust",
    }
    database = at.desk.basis.database
    staff.add_practitioner(database, at.team.clock(), practitioner_plan.read(plan), administrator(database))


def device(at: At) -> None:
    database, now = at.desk.basis.database, at.team.clock()
    devices.add(database, now, practitioner="Gil Frost", label="telephone")
    newest = int(devices.lines(database)[-1].split("\t")[0])
    devices.disable(database, now, newest)


def list_of_practices(at: At) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "practices.csv"
        file.write_text(
            f"ods_code,name,postcode\nG{next(_number):05},New Surgery,CT20 1AA\n", encoding="utf-8"
        )
        imports.practices(at.desk.basis.database, file, at.team.clock())


def read_audit(at: At) -> None:
    audits = at.desk.audits
    assert audits.page(AuditWish()).lines
    assert audits.people()
    at.key  # noqa: B018 - so that there is somebody to find
    assert audits.find_patients("marsh")
    audits.chain()
    with tempfile.TemporaryDirectory() as folder:
        audits.export(AuditWish(), "Asked for by the trust", Path(folder))


def closed(at: At) -> None:
    """Close the referral of somebody who was seen, once nothing of it is open any more."""
    visit, _ = visit_of(at, *THERE)
    asked = at.team.jo.referrals.escalate(at.key, "Who looks in tonight?")
    at.team.jo.visits.clear(visit, at.team.visit_version(at.key), disposition=OutcomeDisposition.ADVICE)
    at.team.mo.tasks.done(asked, at.team.stored(Task, asked).version, "Social care goes tonight")
    at.desk.referrals.close(at.key, at.version)


def key_safe(at: At) -> None:
    at.team.jo.key_safes.keep(at.key, "ZK47x11", "left of the door")
    at.desk.key_safes.show(at.key, "At the door")


def of_sam_999(at: At, *, accepted: bool = False) -> tuple[int, int]:
    """Ask for 999 for the patient whom Sam was sent to."""
    of_sam(at)
    return asked_999(at, accepted=accepted)


def draft(at: At) -> None:
    """Write Sam's report, and have it again."""
    report, version = report_of(at, "written")
    content = at.desk.reports.content(report)
    at.desk.reports.draft(report, version, replace(content, advice="Ring 111 if worse"))


def signed(at: At) -> None:
    """Sign the report of one's own contact: a practitioner's at the hub, a clinician's by telephone."""
    if at.desk.actor.role is Role.PRACTITIONER:
        at.desk.reports.sign(*report_of(at, "written"))
        return
    report = at.desk.contacts.advise(at.key, at.version, "Rest and drink", admission_prevented=False)
    content = hubs_at_work.filled(at.desk.reports.content(report))
    at.desk.reports.draft(report, report_version(at.team, report), content)
    at.desk.reports.sign(report, report_version(at.team, report))


def task_of_role(at: At) -> None:
    """Accept and finish a task that Doorstep asks of one's role."""
    with at.team.database.work(at.team.actors["jo"], at.team.clock()) as work:
        task = tasks.ask(
            work,
            TaskKind.REPORT_LATE,
            at.desk.actor.role,
            hub_id=at.team.ids["folkestone"],
            subject=f"test:{next(_number)}",
            words="See to it that it goes.",
            due_at=at.team.clock(),
            referral_id=at.key,
        )
    at.desk.tasks.accept(task.id, task.version)
    at.desk.tasks.done(task.id, at.team.stored(Task, task.id).version, "It went")


def on_duty(at: At) -> None:
    """Let Pat, who has gone off, come back."""
    shift_off(At(at.team, at.team.jo))
    until = at.team.clock() + HOUR
    at.team.clock.pass_minutes(1)
    at.desk.workforce.shift_on(
        at.team.ids["pat"], at.team.ids["folkestone"], Placement.HOME_VISITING, None, until
    )


def diverted(at: At) -> None:
    until = at.team.clock() + HOUR
    at.desk.hubs.divert(*folkestone(at), at.team.ids["dover"], until, "No GP")
    at.desk.hubs.end_divert(*folkestone(at))


DEEDS: dict[Deed, tuple[Does, ...]] = {
    Deed.RECEIVE: (
        lambda at: at.desk.referrals.receive(new_referral(practice_id=practice(at))),
        lambda at: at.desk.referrals.receive(new_referral(hub_id=at.team.ids["dover"])),
        lambda at: at.desk.hub_queue.arrive(
            new_referral(source=Source.HUB, practice_id=practice(at), hub_id=at.team.ids["folkestone"])
        ),
    ),
    Deed.FIND_PATIENT: (
        lambda at: at.desk.referrals.find_patients("marsh"),
        lambda at: at.desk.finding.everything("marsh"),
        lambda at: at.desk.phones.all(),
    ),
    Deed.OPEN_RECORD: (
        lambda at: at.desk.records.read_again(at.desk.records.open(at.key, "A sample").row.id),
    ),
    Deed.KEEP_KEY_SAFE: (lambda at: at.desk.key_safes.keep(at.key, "ZK47x11", "left of the door"),),
    Deed.TRIAGE: (
        lambda at: at.desk.triage.triage(at.raw, at.team.version(at.raw), 2),
        lambda at: at.desk.triage.change_stream(at.key, at.version, Stream.GP_NEEDED, True, "Judged"),
    ),
    Deed.RAISE_PRIORITY: (lambda at: at.desk.referrals.raise_priority(at.key, at.version, 1, "Worse"),),
    Deed.LOWER_PRIORITY: (lambda at: at.desk.triage.change_priority(at.key, at.version, 4, "Better"),),
    Deed.ACCEPT: (lambda at: at.desk.triage.accept(at.key, at.version),),
    Deed.DECLINE: (lambda at: at.desk.referrals.decline(at.key, at.version, "Not ours"),),
    Deed.REDIRECT: (lambda at: at.desk.referrals.redirect(at.key, at.version, "GP", "Not ours"),),
    Deed.MARK_DUPLICATE: (
        lambda at: at.desk.referrals.mark_duplicate(at.key, at.team.received(), at.version),
    ),
    Deed.CANCEL: (lambda at: at.desk.referrals.cancel(at.key, at.version, "The sender"),),
    Deed.WORSE: (lambda at: at.desk.referrals.worse(at.key, "Breathless"),),
    Deed.ESCALATE: (lambda at: at.desk.referrals.escalate(at.key, "Decide"),),
    Deed.MOVE_HUB: (
        lambda at: at.desk.referrals.move_hub(at.key, at.version, at.team.ids["dover"], "Nearer"),
    ),
    Deed.RECORD_ACCESS: (lambda at: at.desk.referrals.record_access(at.key, at.version, RecordAccess.YES),),
    Deed.SET_PRACTICE: (
        lambda at: at.desk.referrals.set_practice(at.key, at.version, None, PracticeLink.VISITOR),
    ),
    Deed.CORRECT_IDENTITY: (correct,),
    Deed.CORRECT_ADDRESS: (at_a_desk.address, at_a_desk.address_of_visit, at_a_desk.address_and_home),
    Deed.MOVE_PIN: (lambda at: at.desk.referrals.move_pin(at.key, at.version, 51.1, 1.2, "Wrong road"),),
    Deed.ACKNOWLEDGE_RETURN: (returned,),
    Deed.ALLOCATE: (
        lambda at: at.desk.visits.allocate(at.key, at.team.ids["sam"], at.version),
        lambda at: at.desk.visits.candidates(at.key),
        other_visit,
        on_paper,
    ),
    Deed.WORK_VISIT: (
        lambda at: at.desk.visits.acknowledge(*visit_of(at)),
        lambda at: at.desk.visits.acknowledge(*at_a_desk.visit_elsewhere(at)),
        lambda at: at.desk.visits.en_route(*visit_of(at, *THERE[:1])),
        lambda at: at.desk.visits.on_scene(*visit_of(at, *THERE[:2])),
        lambda at: at.desk.visits.clear(*visit_of(at, *THERE), disposition=OutcomeDisposition.ADVICE),
        lambda at: at.desk.visits.no_access(*visit_of(at, *THERE), True, "No reply"),
        lambda at: at.desk.visits.no_access(*visit_of(at, *THERE), False, "Refused, safe"),
    ),
    Deed.HAND_BACK: (lambda at: at.desk.visits.hand_back(*visit_of(at), "Car"),),
    Deed.REASSIGN: (
        lambda at: at.desk.visits.reassign(*visit_of(at), at.team.ids["kit"], "Nearer"),
        lambda at: at.desk.visits.withdraw(*visit_of(at), "Not needed"),
    ),
    Deed.DIVERT_PRACTITIONER: (controlled, controlled_at_hub),
    Deed.UPGRADE: (lambda at: at.desk.ambulance.upgrade(of_sam(at), at.version, "Chest pain"),),
    Deed.STAND_DOWN: (lambda at: at.desk.ambulance.stand_down(*asked_999(at), "Spoke, well"),),
    Deed.RECORD_CONTACT: (
        lambda at: contact(at, ContactResult.SPOKEN),
        lambda at: contact(at, ContactResult.NO_REPLY),
    ),
    Deed.ADVISE: (lambda at: at.desk.contacts.advise(at.key, at.version, "Rest and drink"),),
    Deed.DECIDE_FAILED_CONTACT: (not_reached,),
    Deed.ADD_MARKER: (lambda at: marker_of(at, at.desk),),
    Deed.ACKNOWLEDGE_MARKER: (lambda at: at.desk.markers.acknowledge(at.key, [marker_of(at)]),),
    Deed.END_MARKER: (end_marker,),
    Deed.ARRIVE: (
        lambda at: at.desk.hub_queue.arrive(at.key if booked(at) else 0),
        lambda at: at.desk.hub_queue.arrive(at.key),
    ),
    Deed.BOOK: (
        lambda at: at.desk.hub_queue.book(at.key, at.version, at.team.clock() + HOUR),
        lambda at: at.desk.hub_queue.rebook(booked(at), 1, at.team.clock() + 2 * HOUR, "Rang: comes later"),
        lambda at: at.desk.hub_queue.cancel_booking(booked(at), 1, "Rang: cannot come"),
    ),
    Deed.STREAM: (
        lambda at: at.desk.hub_queue.stream(*at_hub(at), Stream.GP_NEEDED, 3, True, "Judged anew"),
    ),
    Deed.CALL_PATIENT: (
        lambda at: at.desk.hub_queue.call(*at_hub(at)),
        lambda at: at.desk.hub_queue.put_back(*at_hub(at, "call")),
    ),
    Deed.SEE_PATIENT: (
        lambda at: at.desk.hub_queue.begin(*at_hub(at), at.team.ids["sam"]),
        lambda at: at.desk.hub_queue.finish(*at_hub(at, "begin")),
    ),
    Deed.END_QUEUE_ENTRY: (
        lambda at: at.desk.hub_queue.left(*at_hub(at), "Rang a taxi"),
        not_there,
        lambda at: at.desk.hub_queue.taken_over(*at_hub(at, "begin"), "Eye clinic"),
    ),
    Deed.MOVE_QUEUE_ENTRY: (
        lambda at: at.desk.hub_queue.move(*at_hub(at), at.team.ids["dover"], "Shorter wait"),
    ),
    Deed.GIVE_TOMORROW: (
        lambda at: at.desk.hub_queue.tomorrow(*at_hub(at), at.team.clock() + 24 * HOUR, "Can wait"),
    ),
    Deed.CLOSE_REFERRAL: (closed,),
    Deed.SHOW_KEY_SAFE: (key_safe,),
    Deed.RECORD_AMBULANCE: (
        lambda at: at.desk.ambulance.reference(*of_sam_999(at), "C123", "Dispatcher Poll"),
        lambda at: at.desk.ambulance.take_over(*of_sam_999(at, accepted=True)),
    ),
    Deed.WRITE_REPORT: (draft,),
    Deed.SIGN_REPORT: (signed,),
    Deed.RELEASE_REPORT: (
        lambda at: at.desk.reports.release(*report_of(at, "written"), "Sam Hill has left"),
    ),
    Deed.SEND_REPORT: (
        lambda at: at.desk.reports.sent(*report_of(at, "signed"), Channel.MESSAGE, ""),
        lambda at: at.desk.reports.delivered(*report_of(at)),
        lambda at: at.desk.reports.accepted(*report_of(at), "Dr Fox"),
        lambda at: at.desk.reports.rejected(*report_of(at), "Not ours"),
        lambda at: at.desk.reports.hold(*report_of(at, "signed"), "Moved"),
    ),
    Deed.DURESS: (lambda at: at.desk.welfare.duress(at.team.ids["sam"], "4 Sea Road", "Shouting"),),
    Deed.WELFARE: (welfare,),
    Deed.CALL_PRACTICE: (
        lambda at: at.desk.practice_calls.no_reply(practice(at), late(at)),
        lambda at: at.desk.practice_calls.spoke(practice(at), late(at), "Ms Day", said="Today"),
        lambda at: at.desk.practice_calls.wrong_number(practice(at), late(at), "01303 555666"),
        lambda at: at.desk.practice_calls.accepted(practice(at), late(at), "Dr Fox"),
        lambda at: at.desk.practice_calls.asked_again(practice(at), late(at), "Ms Day", "Not found"),
    ),
    Deed.SNOOZE: (snoozed,),
    Deed.WORK_TASK: (task_of_role,),
    Deed.RECORD_SHIFT: (worked, on_duty),
    Deed.END_SHIFT: (shift_off,),
    Deed.RECORD_POSITION: (lambda at: at.desk.workforce.position(at.team.ids["sam"], 51.08, 1.17),),
    Deed.CLOSE_HUB: (
        lambda at: at.desk.hubs.close(*folkestone(at)),
        opened_again,
    ),
    Deed.DIVERT_HUB: (diverted,),
    Deed.HAND_OVERNIGHT: (
        lambda at: at.desk.hubs.hand_overnight(at.key, at.version),
        all_for_the_night,
    ),
    Deed.ACCEPT_OVERNIGHT: (night,),
    Deed.MANAGE_PEOPLE: (people, device),
    Deed.CHANGE_SETTINGS: (changed_setting,),
    Deed.IMPORT_PRACTICES: (list_of_practices,),
    Deed.IMPORT_MAP: (
        lambda at: maps.take_in(at.desk.basis.database, maps.SHIPPED, at.team.clock()),
        lambda at: at.desk.maps.shown(),
    ),
    Deed.READ_AUDIT: (read_audit,),
    Deed.SETTLE_REMINDER: (
        lambda at: at.desk.reminders.came(*uncertain(at)),
        lambda at: at.desk.reminders.send_again(*uncertain(at)),
    ),
}
OF_WORKERS = {deed for deed in Deed if not any(may(role, deed) for role in PEOPLE)}
ALL = [
    pytest.param(role, deed, does, id=f"{role.value}-{deed.value}-{number}")
    for deed, several in DEEDS.items()
    for role in PEOPLE
    if may(role, deed)
    for number, does in enumerate(several, 1)
]


def test_that_no_deed_of_a_person_is_left_out() -> None:
    """What Doorstep does by itself is tried in tests/jobs/test_own_login.py and test_imports_by_login.py."""
    assert set(DEEDS) == set(Deed) - OF_WORKERS


@pytest.mark.parametrize(("role", "deed", "does"), ALL)
def test_that_who_may_do_it_can(role: Role, deed: Deed, does: Does, team: SecuredTeam) -> None:
    login = LOGINS[role]
    if role is not Role.SUPERVISOR and deed not in BOTH_HUBS:
        sees(team, (login,), "folkestone")
    desk = team.desk(login)
    does(At(team, desk))
    assert NOT_YOURS not in taken_back(desk)


def taken_back(desk: Desk) -> str:
    """Take the newest step back, and give why that is refused: something may have followed from it."""
    step = desk.last_undoable()
    if step is None:
        return ""
    try:
        desk.undo(step.id)
    except Refused as refused:
        return str(refused)
    return ""


def kept(at: At) -> None:
    """Come back after a while: what was arranged and seen is kept, and what is new is told."""
    looks = at.desk.looks
    looks.arrange([Arranged("columns", "", ["patient"])])
    looks.see({"board": look(at.team.database)})
    assert looks.kept().marks


def come_back(at: At) -> None:
    """Read what has changed since one looked."""
    seen = look(at.team.database)
    at.team.ann.referrals.receive(new_referral(practice_id=practice(at)))
    at.team.jo.referrals.receive(new_referral(practice_id=practice(at)))
    assert at.desk.looks.since("board", seen, [at.team.ids["folkestone"]]).rows


def report_read(at: At) -> None:
    report, _ = report_of(at)
    at.desk.reports.versions(report)
    at.desk.reports.what_is_missing(report, at.desk.reports.content(report))
    at.desk.chases.of_report(report)


def followed(at: At) -> None:
    """See the board, and what changes on it."""
    hubs = [at.team.ids["folkestone"]]
    with following(at.desk.basis.database, hubs, at.team.clock) as board:
        board.wait_until(lambda: board.is_live)
        key = at.raw
        board.wait_until(lambda: key in board.rows["referrals"])


def leased(at: At) -> None:
    """Have a referral open, and be seen to."""
    hubs = (at.team.ids["folkestone"],)
    lease = Lease(at.desk.presence, f"console {next(_number)}", hubs)
    lease.beat(HasOpen(at.key))
    at.desk.presence.look(hubs)
    lease.end()


def undone(at: At) -> None:
    """Take one's last step back."""
    at.desk.referrals.worse(at.key, "Breathless")
    step = at.desk.last_undoable()
    assert step is not None
    at.desk.undo(step.id)


# What the window asks without a deed, by those who have it on their screens.
READS: dict[str, tuple[tuple[Role, ...], Does]] = {
    "board": ((*HANDS_ON, Role.AUDITOR), followed),
    "frame": (PEOPLE, lambda at: at.desk.frame()),
    "looks": (PEOPLE, kept),
    "since": (HANDS_ON, come_back),
    "last step": (PEOPLE, lambda at: at.desk.last_undoable()),
    "undo": (HANDS_ON, undone),
    "map": (PEOPLE, lambda at: (at.desk.maps.shown_id(), at.desk.maps.shown())),
    "towns": (HANDS_ON, lambda at: at.desk.finding.towns()),
    "practices": (HANDS_ON, lambda at: at.desk.referrals.find_practices("sea road")),
    "report": (HANDS_ON, report_read),
    "chase figure": (DESK, lambda at: at.desk.chases.figure([at.team.ids["folkestone"]])),
    "presence": (HANDS_ON, leased),
    "duplicates": (DESK, lambda at: at.desk.referrals.possible_duplicates("943 476 5919", "Marsh")),
    "practitioners": ((*HANDS_ON, Role.SERVICE_MANAGER), lambda at: at.desk.workforce.practitioners()),
    "what is open": (DESK, lambda at: at.desk.hubs.what_is_open(at.team.ids["folkestone"])),
    "settings": (PEOPLE, lambda at: settings_changes.lines(at.desk.basis.database, at.team.clock())),
    "people": (PEOPLE, lambda at: staff.people(at.desk.basis.database)),
    "devices": ((Role.ADMINISTRATOR,), lambda at: devices.lines(at.desk.basis.database)),
    "condition": (PEOPLE, lambda at: condition.describe(at.desk.basis.database)),
}


@pytest.mark.parametrize(
    ("role", "reads"),
    [
        pytest.param(role, reads, id=f"{role.value}-{name}")
        for name, (roles, reads) in READS.items()
        for role in roles
    ],
)
def test_that_who_has_it_on_the_screen_reads_it(role: Role, reads: Does, team: SecuredTeam) -> None:
    login = LOGINS[role]
    if role is not Role.SUPERVISOR:
        sees(team, (login,), "folkestone")
    reads(At(team, team.desk(login)))
