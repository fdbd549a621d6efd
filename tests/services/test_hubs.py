"""Hubs close when everybody is safe, and shifts end when nobody is left with the practitioner."""

import datetime as dt

import pytest
from sqlalchemy import select

from console.domain.acting import Happened
from console.domain.refusals import ChangedElsewhere, Refused
from console.domain.words import Placement, QueueStatus, ReferralStatus
from db.models import Hub, QueueEntry, Shift, Step
from db.queries.hubs import read_hubs
from tests.services.hubs_at_work import entry_version, open_from_8_to_8, open_tasks, sam, streamed, walk_in
from tests.services.team import Team, new_referral

HOUR = dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def _hours(team: Team) -> None:
    open_from_8_to_8(team)


def version(team: Team, hub: str = "folkestone") -> int:
    return team.stored(Hub, team.ids[hub]).version


def test_that_a_hub_does_not_close_over_anybody(team: Team) -> None:
    entry = streamed(team)
    waiting = team.triaged(form=new_referral(practice_id=team.ids["practice"], hub_id=team.ids["folkestone"]))
    with pytest.raises(Refused) as refused:
        team.jo.hubs.close(team.ids["folkestone"], version(team))
    queued, outside = refused.value.reasons
    assert team.row(team.stored(QueueEntry, entry).referral_id).number in queued
    assert team.row(waiting).number in outside
    assert team.jo.hubs.what_is_open(team.ids["folkestone"]) == (queued, outside)


def test_that_a_hub_closes_when_the_supervisor_has_accepted_the_night_by_name(
    team: Team, now: dt.datetime
) -> None:
    entry = streamed(team)
    team.triaged(form=new_referral(practice_id=team.ids["practice"], hub_id=team.ids["folkestone"]))
    hub = team.ids["folkestone"]
    team.ann.hub_queue.tomorrow(entry, entry_version(team, entry), now + 20 * HOUR, "Stable, can wait")
    assert team.jo.hubs.hand_all_overnight(hub) == 1
    with pytest.raises(Refused, match="accept it by name"):
        team.jo.hubs.close(hub, version(team))
    (task,) = open_tasks(team, "overnight")
    team.mo.tasks.accept(task.id, task.version)
    team.jo.hubs.close(hub, version(team))
    with team.database.read() as session:
        (tonight,) = read_hubs(session, [hub], team.clock())
        (tomorrow,) = read_hubs(session, [hub], now + 20 * HOUR)
    assert tonight.is_closed_down
    assert not tomorrow.is_closed_down


def test_that_a_hub_that_was_closed_by_mistake_is_opened_again(team: Team) -> None:
    hub = team.ids["dover"]
    with pytest.raises(Refused, match="Dover is not closed"):
        team.jo.hubs.open(hub, version(team, "dover"))
    team.jo.hubs.close(hub, version(team, "dover"))
    closed_at = team.clock()
    with pytest.raises(Refused, match="may not close a hub"):
        sam(team).hubs.open(hub, version(team, "dover"))
    team.clock.pass_minutes(30)
    with pytest.raises(Refused, match="before"):
        team.ann.hubs.open(hub, version(team, "dover"), Happened(at=closed_at - dt.timedelta(minutes=1)))
    team.ann.hubs.open(hub, version(team, "dover"))
    assert (team.stored(Hub, hub).is_closed_down, team.stored(Hub, hub).closed_down_at) == (False, None)
    team.jo.hubs.close(hub, version(team, "dover"))  # in earnest, in the evening


def test_that_closing_is_taken_back_within_ten_minutes_and_opened_again_later(team: Team) -> None:
    hub, jo = team.ids["dover"], team.jo
    jo.hubs.close(hub, version(team, "dover"))
    step = jo.last_undoable()
    assert step is not None
    team.clock.pass_minutes(9)
    jo.undo(step.id)
    assert not team.stored(Hub, hub).is_closed_down
    jo.hubs.close(hub, version(team, "dover"))
    step = jo.last_undoable()
    assert step is not None
    team.clock.pass_minutes(11)
    with pytest.raises(Refused, match="more than 10 minutes ago"):
        jo.undo(step.id)
    jo.hubs.open(hub, version(team, "dover"))
    assert not team.stored(Hub, hub).is_closed_down


def test_that_opening_again_is_taken_back_by_closing_alone_which_asks_about_who_came(team: Team) -> None:
    hub, jo = team.ids["folkestone"], team.jo
    jo.hubs.close(hub, version(team, "folkestone"))
    jo.hubs.open(hub, version(team, "folkestone"))
    walk_in(team)
    with team.database.read() as session:
        opened = session.scalars(select(Step).where(Step.kind == "hub.opened")).one()
    with pytest.raises(Refused, match="cannot be taken back"):
        jo.undo(opened.id)
    with pytest.raises(Refused, match="has arrived and is not streamed: see the patient"):
        jo.hubs.close(hub, version(team, "folkestone"))
    assert not team.stored(Hub, hub).is_closed_down


def test_that_who_came_while_it_was_closed_by_mistake_and_is_seen_there_waits_for_nobody(team: Team) -> None:
    jo = team.jo
    jo.hubs.close(team.ids["folkestone"], version(team, "folkestone"))
    entry = streamed(team)
    assert len(open_tasks(team, "overnight")) == 1
    jo.hubs.open(team.ids["folkestone"], version(team, "folkestone"))
    jo.hub_queue.call(entry, entry_version(team, entry))
    jo.hub_queue.begin(entry, entry_version(team, entry), team.ids["sam"])
    sam(team).hub_queue.finish(entry, entry_version(team, entry))
    assert open_tasks(team, "overnight") == []
    referral = team.stored(QueueEntry, entry).referral_id
    assert team.row(referral).status is ReferralStatus.CLOSED
    jo.hubs.close(team.ids["folkestone"], version(team, "folkestone"))


@pytest.mark.parametrize("way", ["taken over", "another day"])
def test_that_who_came_to_a_closed_hub_and_is_looked_after_otherwise_is_asked_of_nobody(
    team: Team, now: dt.datetime, way: str
) -> None:
    team.jo.hubs.close(team.ids["folkestone"], version(team, "folkestone"))
    entry = streamed(team)
    assert len(open_tasks(team, "overnight")) == 1
    queue, seen = team.ann.hub_queue, entry_version(team, entry)
    if way == "taken over":
        queue.taken_over(entry, seen, "Eye clinic", "E 12")
    else:
        queue.tomorrow(entry, seen, now + 20 * HOUR, "Stable, can wait")
    assert open_tasks(team, "overnight") == []
    referral = team.row(team.stored(QueueEntry, entry).referral_id)
    assert (referral.status is ReferralStatus.REDIRECTED) == (way == "taken over")
    step = team.ann.last_undoable()
    assert step is not None
    team.ann.undo(step.id)
    assert len(open_tasks(team, "overnight")) == 1


def test_that_a_diverting_hub_sends_its_new_patients_on(team: Team, now: dt.datetime) -> None:
    here, there = team.ids["folkestone"], team.ids["dover"]
    with pytest.raises(Refused, match="may not divert"):
        team.jo.hubs.divert(here, version(team), there, now + HOUR, "No GP")
    team.mo.hubs.divert(here, version(team), there, now + HOUR, "No GP")
    with pytest.raises(Refused, match="end that first"):
        team.mo.hubs.divert(there, version(team, "dover"), here, now + HOUR, "No GP")
    assert team.row(team.received()).hub == "Dover"
    team.mo.hubs.end_divert(here, version(team))
    assert team.row(team.received(new_referral(family_name="Other", nhs_number=None))).hub == "Folkestone"


def test_that_a_second_supervisor_learns_of_the_first_before_they_divert_or_end_it(
    team: Team, now: dt.datetime
) -> None:
    here, there, seen = team.ids["folkestone"], team.ids["dover"], version(team)
    team.mo.hubs.divert(here, seen, there, now + HOUR, "No GP")
    told = r"Mo Khan changed this .*: Folkestone diverts to Dover"
    with pytest.raises(ChangedElsewhere, match=told):
        team.mo.hubs.divert(here, seen, there, now + 3 * HOUR, "Water is off")
    with pytest.raises(ChangedElsewhere, match=told):
        team.mo.hubs.end_divert(here, seen)
    assert team.stored(Hub, here).diverts_until == now + HOUR


def test_that_a_shift_does_not_end_with_a_patient_in_hand(team: Team) -> None:
    key, visit = team.allocated()
    with team.database.read() as session:
        shift = session.query(Shift).filter_by(practitioner_id=team.ids["sam"]).one()
    with pytest.raises(Refused, match=f"Sam Hill has {team.row(key).number} in hand"):
        team.jo.workforce.shift_off(shift.id, shift.version)
    team.jo.visits.hand_back(visit, team.visit_version(key), "Shift ends")
    team.jo.workforce.shift_off(shift.id, team.stored(Shift, shift.id).version)
    assert team.stored(Shift, shift.id).off_at == team.clock()


def test_that_nobody_off_duty_is_tracked(team: Team, now: dt.datetime) -> None:
    workforce, sam = team.jo.workforce, team.ids["sam"]
    workforce.position(sam, 51.08, 1.17)
    with team.database.read() as session:
        shift = session.query(Shift).filter_by(practitioner_id=sam).one()
    workforce.shift_off(shift.id, shift.version)
    with pytest.raises(Refused, match="off duty"):
        workforce.position(sam, 51.08, 1.17)
    team.clock.pass_minutes(1)
    again = workforce.shift_on(sam, team.ids["dover"], Placement.HUB, None, now + 5 * HOUR)
    assert team.stored(Shift, again).on_at == team.clock()


def test_that_nobody_works_two_shifts_at_once(team: Team, now: dt.datetime) -> None:
    with pytest.raises(Refused, match="already"):
        team.jo.workforce.plan_shift(
            team.ids["sam"], team.ids["dover"], Placement.HUB, now + HOUR, now + 3 * HOUR
        )


def test_that_nobody_is_put_back_into_the_queue_of_a_hub_that_closed_because_they_had_a_time(
    team: Team,
) -> None:
    entry, hub = streamed(team), team.ids["folkestone"]
    team.clock.at = team.clock().replace(hour=19, minute=58)
    tomorrow = team.clock() + 14 * HOUR
    team.ann.hub_queue.tomorrow(entry, entry_version(team, entry), tomorrow, "Stable, can wait")
    step = team.ann.last_undoable()
    assert step is not None
    team.clock.pass_minutes(3)
    team.jo.hubs.close(hub, version(team))
    with pytest.raises(Refused, match="The hub has been closed since: open it again first"):
        team.ann.undo(step.id)
    closing = team.jo.last_undoable()
    assert closing is not None
    team.jo.undo(closing.id)
    team.ann.undo(step.id)
    assert team.stored(QueueEntry, entry).status is QueueStatus.STREAMED


def test_that_who_is_moved_to_a_hub_out_of_hours_is_the_supervisor_s(team: Team) -> None:
    entry = streamed(team)
    by_day = team.jo.hub_queue.move(entry, entry_version(team, entry), team.ids["dover"], "Shorter queue")
    assert open_tasks(team, "overnight") == []
    team.clock.at = team.clock().replace(hour=20, minute=5)
    back = team.ids["folkestone"]
    team.jo.hub_queue.move(by_day, entry_version(team, by_day), back, "Dover locks up")
    (task,) = open_tasks(team, "overnight")
    assert "moved to Folkestone out of hours. Accept the patient by name" in task.words
    assert task.hub_id == back


def test_that_who_was_done_with_when_the_hub_closed_and_is_not_after_all_is_the_supervisor_s(
    team: Team,
) -> None:
    key = team.triaged(form=new_referral(practice_id=team.ids["practice"], hub_id=team.ids["folkestone"]))
    team.jo.referrals.cancel(key, team.version(key), "Dr Moor")
    by_day = team.jo.last_undoable()
    assert by_day is not None
    team.jo.undo(by_day.id)
    assert team.tasks(key) == []
    team.clock.at = team.clock().replace(hour=19, minute=58)
    team.jo.referrals.cancel(key, team.version(key), "Dr Moor")
    step = team.jo.last_undoable()
    assert step is not None
    team.clock.pass_minutes(3)
    team.mo.hubs.close(team.ids["folkestone"], version(team))
    team.jo.undo(step.id)
    assert team.row(key).is_waiting
    (task,) = open_tasks(team, "overnight")
    assert (task.referral_id, "open again" in task.words) == (key, True)
