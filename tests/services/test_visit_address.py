"""The address of a visit is corrected, and whatever hangs on the place follows it."""

import datetime as dt
from dataclasses import replace

import pytest

from console.domain.acting import Happened
from console.domain.calendar import local
from console.domain.refusals import ChangedElsewhere, Refused
from console.domain.visit_address import is_about_address
from console.domain.words import Channel, MarkerKind, Role, TaskKind
from db.models import Patient, Step, Task
from tests.services.team import Team, new_referral

OLD = ("4 Sea Road, Hythe", "CT21 5AA")
NEW = ("14 Castle Street, Dover", "CT16 1PD")
WHY = "Misheard: the daughter rang"
SAID = "Castle Street in Dover, not Sea Road"


def corrected(
    team: Team, key: int, where: tuple[str, str | None] = NEW, happened: Happened | None = None
) -> str | None:
    return team.jo.referrals.correct_address(key, team.version(key), *where, WHY, happened or Happened())


def told(team: Team, who: str = "sam") -> Happened:
    """That the practitioner was told, and how."""
    return Happened(on_behalf_of_id=team.ids[who], channel=Channel.TELEPHONE, said=SAID)


def dog_at(team: Team, where: tuple[str, str]) -> int:
    """A marker of a place."""
    review_on = team.clock().date() + dt.timedelta(days=90)
    return team.jo.markers.add(None, where[1], where[0], MarkerKind.ANIMAL, "Large dog", review_on)


def newest(team: Team) -> Step:
    with team.database.read() as session:
        return (
            session.query(Step).filter_by(kind="referral.address").order_by(Step.id.desc()).first() or Step()
        )


def untold(team: Team, key: int) -> list[Task]:
    """What is asked about telling somebody."""
    with team.database.read() as session:
        tasks = session.query(Task).filter_by(referral_id=key, done_at=None).all()
    return [one for one in tasks if is_about_address(one.subject)]


def know(team: Team, key: int) -> None:
    (task,) = untold(team, key)
    team.jo.tasks.done(task.id, task.version, "Rang Sam, who read it back")


def test_that_the_board_has_the_corrected_address_with_its_place(team: Team) -> None:
    key = team.triaged()
    corrected(team, key, (" 14  Castle Street, Dover ", "ct161pd"))
    row = team.row(key)
    assert (row.address, row.postcode) == NEW
    assert row.area == "Dover"
    assert row.lat == pytest.approx(51.13, abs=0.05)
    step = newest(team)
    assert step.words == (
        f"Visit address corrected: 14 Castle Street, Dover, CT16 1PD. Before: 4 Sea Road, Hythe, CT21 5AA."
        f" Why: {WHY}"
    )
    assert (step.by_id, step.role) == (team.actors["jo"].staff_id, Role.COORDINATOR)


def test_that_a_referral_that_came_without_an_address_gets_one(team: Team) -> None:
    key = team.received(new_referral(home_address="", home_postcode=None))
    assert team.row(key).lat is None
    corrected(team, key)
    assert team.row(key).address == NEW[0]
    assert team.row(key).lat is not None
    assert "Before: none." in newest(team).words


def test_that_a_postcode_nobody_knows_has_no_place_on_the_map(team: Team) -> None:
    key = team.triaged()
    corrected(team, key, ("New houses", "CT99 9ZZ"))
    row = team.row(key)
    assert (row.lat, row.lon, row.area) == (None, None, "")


@pytest.mark.parametrize(
    ("address", "postcode", "reason", "said"),
    [
        (" ", "CT16 1PD", "Misheard", "whoever goes needs one"),
        ("4 sea road hythe", "ct215aa", "Misheard", "the address of the visit already"),
        ("14 Castle Street", "CT16 1PD", " ", "Say who gave the address"),
        ("14 Castle Street", "CT1", "Misheard", "postcode"),
    ],
)
def test_that_an_address_is_not_corrected_without_reason_or_sense(
    team: Team, address: str, postcode: str, reason: str, said: str
) -> None:
    key = team.triaged()
    with pytest.raises(Refused, match=said):
        team.jo.referrals.correct_address(key, team.version(key), address, postcode, reason)
    assert team.row(key).address == OLD[0]


def test_that_of_two_who_correct_it_one_is_told_what_the_other_did(team: Team) -> None:
    key = team.triaged()
    seen = team.version(key)
    corrected(team, key)
    with pytest.raises(ChangedElsewhere, match=r"Jo Bates changed R-.*14 Castle Street, Dover"):
        team.ann.referrals.correct_address(key, seen, "9 High Street", "CT20 1AA", "The caller")
    with pytest.raises(ChangedElsewhere):
        team.ann.referrals.move_pin(key, seen, 51.09, 1.12, "The farm")


def test_that_an_ended_referral_keeps_its_address(team: Team) -> None:
    key = team.triaged()
    team.jo.referrals.cancel(key, team.version(key), "The practice")
    with pytest.raises(Refused, match="has ended"):
        corrected(team, key)


def test_that_practitioners_correct_no_address_themselves(team: Team) -> None:
    key, _ = team.allocated()
    with pytest.raises(Refused, match="may not correct the visit address: ask a hub coordinator"):
        team.desk("sam_self").referrals.correct_address(key, team.version(key), *NEW, WHY)


def test_that_the_home_address_stays_unless_it_was_wrong_too(team: Team) -> None:
    key = team.triaged()
    patient_id = team.row(key).patient_id
    corrected(team, key)
    assert team.stored(Patient, patient_id).home_address == OLD[0]
    version = team.stored(Patient, patient_id).version
    team.jo.referrals.correct_address(
        key, team.version(key), "15 Castle Street", NEW[1], WHY, home_version=version
    )
    patient = team.stored(Patient, patient_id)
    assert (patient.home_address, patient.home_postcode) == ("15 Castle Street", NEW[1])


def test_that_a_home_address_somebody_else_corrected_is_not_overwritten(team: Team) -> None:
    key = team.triaged()
    seen = team.stored(Patient, team.row(key).patient_id).version
    other = team.received()
    patient = team.row(other).patient_id
    assert patient != team.row(key).patient_id
    with pytest.raises(ChangedElsewhere):
        team.jo.referrals.correct_address(key, team.version(key), *NEW, WHY, home_version=seen - 1)
    assert team.row(key).address == OLD[0]


def test_that_a_correction_is_taken_back_whole(team: Team) -> None:
    key = team.triaged()
    before = team.row(key)
    version = team.stored(Patient, before.patient_id).version
    team.jo.referrals.correct_address(key, team.version(key), *NEW, WHY, home_version=version)
    step = team.jo.last_undoable()
    assert step is not None
    team.jo.undo(step.id)
    row = team.row(key)
    assert (row.address, row.postcode, row.area, row.lat, row.lon) == (
        before.address, before.postcode, before.area, before.lat, before.lon,
    )  # fmt: skip
    assert team.stored(Patient, before.patient_id).home_address == OLD[0]


def test_that_a_correction_stays_once_somebody_was_sent_there(team: Team) -> None:
    key, visit = team.allocated()
    team.jo.visits.hand_back(visit, team.visit_version(key), "Car")
    corrected(team, key)
    step = newest(team)
    team.jo.visits.allocate(key, team.ids["sam"], team.version(key))
    with pytest.raises(Refused, match="refers to it already"):
        team.jo.undo(step.id)
    assert team.row(key).address == NEW[0]


def test_that_markers_of_the_new_place_are_acknowledged_before_somebody_is_sent(team: Team) -> None:
    dog_at(team, NEW)
    key = team.triaged()
    assert team.row(key).markers == 0
    corrected(team, key)
    assert (team.row(key).markers, team.row(key).markers_unacknowledged) == (1, 1)
    assert newest(team).words.endswith("Markers of the place: Animal")
    with pytest.raises(Refused, match="Read and acknowledge the markers first: Animal"):
        team.jo.visits.allocate(key, team.ids["sam"], team.version(key))


def test_that_a_marker_of_the_old_place_does_not_travel_along_unnoticed(team: Team) -> None:
    dog_at(team, OLD)
    key = team.received()
    assert team.row(key).markers == 1
    corrected(team, key)
    assert team.row(key).markers == 0
    assert newest(team).words.endswith("No longer: Animal")


def test_that_a_house_further_on_in_the_same_postcode_has_its_own_markers(team: Team) -> None:
    dog_at(team, OLD)
    key = team.received()
    corrected(team, key, ("14 Sea Road, Hythe", OLD[1]))
    assert team.row(key).markers == 0


def test_that_the_hub_is_asked_to_tell_whoever_is_sent(team: Team) -> None:
    key, visit = team.allocated()
    team.jo.visits.acknowledge(visit, team.visit_version(key))
    corrected(team, key)
    (task,) = untold(team, key)
    assert (task.kind, task.role) == (TaskKind.VISIT_UNACKNOWLEDGED, Role.COORDINATOR)
    assert task.practitioner_id == team.ids["sam"]
    assert task.words.endswith(
        "tell Sam Hill that the visit is at 14 Castle Street, Dover, CT16 1PD, no longer 4 Sea Road, Hythe,"
        " CT21 5AA. Have it read back, then say here that they know."
    )


def test_that_nobody_goes_on_to_an_address_that_they_do_not_know(team: Team) -> None:
    key, visit = team.allocated()
    team.jo.visits.acknowledge(visit, team.visit_version(key))
    corrected(team, key)
    with pytest.raises(Refused, match="Sam Hill does not know the corrected address"):
        team.jo.visits.en_route(visit, team.visit_version(key))
    know(team, key)
    team.jo.visits.en_route(visit, team.visit_version(key))
    corrected(team, key, OLD)
    with pytest.raises(Refused, match="does not know"):
        team.jo.visits.on_scene(visit, team.visit_version(key))
    with pytest.raises(Refused, match="does not know"):
        team.jo.visits.no_access(visit, team.visit_version(key), True, "Nobody opens")
    know(team, key)
    team.jo.visits.on_scene(visit, team.visit_version(key))


def test_that_nobody_was_told_an_address_before_it_was_corrected(team: Team) -> None:
    key, visit = team.allocated()
    team.jo.visits.acknowledge(visit, team.visit_version(key))
    before = team.clock()
    corrected_at = team.clock.pass_minutes(5) + dt.timedelta(seconds=40)
    team.clock.at = corrected_at
    corrected(team, key)
    team.clock.pass_minutes(5)
    (task,) = untold(team, key)

    def done(at: dt.datetime) -> None:
        team.jo.tasks.done(task.id, task.version, "Rang Sam, who read it back", Happened(at))

    said = rf"corrected at {local(corrected_at):%H:%M}: what they were told before that may be another"
    with pytest.raises(Refused, match=said):
        done(before)
    with pytest.raises(Refused, match="has not come yet"):
        done(team.clock() + dt.timedelta(minutes=10))
    assert untold(team, key)
    done(corrected_at.replace(second=0))  # as it is typed
    assert untold(team, key) == []


def test_that_who_was_told_before_the_correction_was_entered_is_told(team: Team) -> None:
    key, visit = team.allocated()
    team.jo.visits.acknowledge(visit, team.visit_version(key))
    then = team.clock.pass_minutes(5)
    team.clock.pass_minutes(20)
    corrected(team, key, happened=Happened(then))
    (task,) = untold(team, key)
    with pytest.raises(Refused, match="Have it read back now, and leave the time empty"):
        team.jo.tasks.done(task.id, task.version, "Rang Sam", Happened(then - dt.timedelta(minutes=1)))
    team.jo.tasks.done(task.id, task.version, "Rang Sam", Happened(then + dt.timedelta(minutes=2)))
    assert untold(team, key) == []


def test_that_who_was_told_with_the_correction_needs_no_second_call(team: Team) -> None:
    key, visit = team.allocated()
    team.jo.visits.acknowledge(visit, team.visit_version(key))
    corrected(team, key, happened=told(team))
    assert untold(team, key) == []
    step = newest(team)
    assert (step.on_behalf_of_id, step.channel, step.said) == (team.ids["sam"], Channel.TELEPHONE, SAID)
    team.jo.visits.en_route(visit, team.visit_version(key))


def test_that_telling_needs_channel_and_words_and_whoever_goes(team: Team) -> None:
    key, _ = team.allocated()
    with pytest.raises(Refused, match="Say how the practitioner told you"):
        corrected(team, key, happened=Happened(on_behalf_of_id=team.ids["sam"]))
    with pytest.raises(Refused, match="Sam Hill has this visit now: tell them"):
        corrected(team, key, happened=told(team, "kit"))
    assert team.row(key).address == OLD[0]


def test_that_acknowledging_reads_the_corrected_address_back(team: Team) -> None:
    key, visit = team.allocated()
    corrected(team, key)
    assert untold(team, key)
    team.jo.visits.acknowledge(visit, team.visit_version(key))
    assert untold(team, key) == []


def test_that_who_acknowledged_before_the_correction_is_still_to_be_told(team: Team) -> None:
    key, visit = team.allocated()
    then = team.clock.pass_minutes(1)
    team.clock.pass_minutes(5)
    corrected(team, key)
    team.jo.visits.acknowledge(visit, team.visit_version(key), Happened(at=then))
    assert untold(team, key)


def test_that_of_two_corrections_the_newer_one_is_told(team: Team) -> None:
    key, visit = team.allocated()
    team.jo.visits.acknowledge(visit, team.visit_version(key))
    corrected(team, key)
    corrected(team, key, ("16 Castle Street, Dover", NEW[1]))
    (task,) = untold(team, key)
    assert "16 Castle Street" in task.words
    assert "no longer 14 Castle Street" in task.words


def test_that_a_step_that_was_begun_with_the_old_address_is_refused(team: Team) -> None:
    key, visit = team.allocated()
    seen = team.visit_version(key)
    corrected(team, key)
    with pytest.raises(ChangedElsewhere, match=r"Jo Bates changed R-.*isit address corrected"):
        team.ann.visits.acknowledge(visit, seen)


def test_that_nobody_is_sent_on_to_the_old_address_by_an_undo(team: Team) -> None:
    key, visit = team.allocated()
    team.jo.visits.acknowledge(visit, team.visit_version(key))
    team.jo.visits.hand_back(visit, team.visit_version(key), "Car")
    team.ann.referrals.correct_address(key, team.version(key), *NEW, WHY)
    step = team.jo.last_undoable()
    assert step is not None
    with pytest.raises(Refused, match="Something has changed since"):
        team.jo.undo(step.id)
    assert team.row(key).is_waiting


def test_that_what_came_before_a_correction_is_taken_back_after_it(team: Team) -> None:
    key, visit = team.allocated()
    team.jo.visits.hand_back(visit, team.visit_version(key), "Car")
    corrected(team, key)
    for _ in range(2):
        step = team.jo.last_undoable()
        assert step is not None
        team.jo.undo(step.id)
    row = team.row(key)
    assert (row.address, row.practitioner) == (OLD[0], "Sam Hill")


def test_that_a_correction_is_not_taken_back_behind_the_back_of_whoever_is_sent(team: Team) -> None:
    key, _ = team.allocated()
    corrected(team, key)
    with pytest.raises(Refused, match="cannot be taken back"):
        team.jo.undo(newest(team).id)


def test_that_a_new_marker_is_read_before_the_visit_goes_on(team: Team) -> None:
    key, visit = team.allocated()
    marker = dog_at(team, NEW)
    corrected(team, key, happened=told(team))
    with pytest.raises(Refused, match="acknowledge the markers first: Animal"):
        team.jo.visits.acknowledge(visit, team.visit_version(key))
    team.jo.markers.acknowledge(key, [marker])
    team.jo.visits.acknowledge(visit, team.visit_version(key))


def test_that_a_line_of_paper_about_the_way_is_entered_all_the_same(team: Team) -> None:
    key, visit = team.allocated()
    team.jo.visits.acknowledge(visit, team.visit_version(key))
    dog_at(team, NEW)
    corrected(team, key)
    team.jo.visits.en_route(visit, team.visit_version(key), None, Happened(from_paper=True))


def on_the_way(team: Team) -> tuple[int, int, dt.datetime]:
    """Sam was on the way, and at the door by the old address; gives when, before it was corrected."""
    key, visit = team.allocated()
    team.jo.visits.acknowledge(visit, team.visit_version(key))
    team.jo.visits.en_route(visit, team.visit_version(key))
    then = team.clock.pass_minutes(5)
    team.clock.pass_minutes(5)
    corrected(team, key)
    return key, visit, then


def test_that_who_was_at_the_old_door_by_the_paper_is_still_to_be_told(team: Team) -> None:
    key, visit, then = on_the_way(team)
    team.jo.visits.on_scene(visit, team.visit_version(key), None, Happened(then, from_paper=True))
    assert untold(team, key)
    with pytest.raises(Refused, match="does not know"):
        team.jo.visits.no_access(visit, team.visit_version(key), True, "Nobody opens")
    know(team, key)


def test_that_who_is_at_the_door_after_the_correction_knows_it(team: Team) -> None:
    key, visit, _ = on_the_way(team)
    later = team.clock.pass_minutes(5)
    team.jo.visits.on_scene(visit, team.visit_version(key), None, Happened(later, from_paper=True))
    assert untold(team, key) == []


def test_that_nobody_is_safe_who_was_asked_for_at_the_old_door(team: Team) -> None:
    key, visit, then = on_the_way(team)
    sam, paper = team.desk("sam_self"), Happened(then, from_paper=True)
    for desk, happened in ((sam, Happened(then)), (team.jo, paper)):
        with pytest.raises(Refused, match="this was another door: hand the visit back"):
            desk.visits.no_access(visit, team.visit_version(key), False, "Needs nobody", happened)
    assert team.row(key).status.is_open
    assert untold(team, key)
    team.jo.visits.no_access(visit, team.visit_version(key), True, "Nobody opens", paper)
    assert team.row(key).is_waiting


def test_that_a_practitioner_at_a_console_sees_the_address_for_themselves(team: Team) -> None:
    key, visit = team.allocated()
    sam = team.desk("sam_self")
    sam.visits.acknowledge(visit, team.visit_version(key))
    corrected(team, key)
    sam.visits.en_route(visit, team.visit_version(key))
    assert untold(team, key) == []


def test_that_nobody_is_asked_to_tell_once_the_visit_is_over(team: Team) -> None:
    key, visit = team.on_scene()
    corrected(team, key)
    team.jo.visits.clear(visit, team.visit_version(key))
    assert untold(team, key) == []
    key, visit = team.allocated()
    corrected(team, key)
    team.jo.visits.hand_back(visit, team.visit_version(key), "Car")
    assert untold(team, key) == []


def test_that_the_timetable_leaves_the_telling_to_people(team: Team) -> None:
    key, visit = team.allocated()
    team.jo.visits.acknowledge(visit, team.visit_version(key))
    corrected(team, key)
    team.clock.pass_minutes(30)
    team.look()
    assert untold(team, key)


def test_that_the_hub_of_the_new_place_is_named(team: Team) -> None:
    key = team.triaged(form=new_referral())
    assert corrected(team, key, ("5 Sea Road, Hythe", OLD[1])) is None
    assert corrected(team, key) == "Dover"
    assert team.row(key).hub == "Folkestone"


def test_that_a_referral_without_an_address_says_so_to_whoever_sends(team: Team) -> None:
    key = team.triaged(form=new_referral(home_address="", home_postcode=None))
    notes = {note for one in team.jo.visits.candidates(key) for note in one.notes}
    assert "No address is recorded: ask for it, and enter it before anyone goes." in notes
    corrected(team, key)
    notes = {note for one in team.jo.visits.candidates(key) for note in one.notes}
    assert not any("No address" in note for note in notes)


def test_that_only_the_desk_and_no_office_corrects(team: Team) -> None:
    key = team.triaged()
    for role in (Role.AUDITOR, Role.SERVICE_MANAGER, Role.ADMINISTRATOR):
        team.actors["val"] = replace(team.actors["jo"], role=role)
        with pytest.raises(Refused, match="may not correct the visit address"):
            team.desk("val").referrals.correct_address(key, team.version(key), *NEW, WHY)
