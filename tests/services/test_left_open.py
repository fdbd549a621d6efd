"""A hub that nobody closed stands at that closing until somebody closes it or its patients are gone."""

import datetime as dt

import pytest

from console.domain.acting import Happened
from console.domain.refusals import Refused
from console.domain.rows import HubRow
from console.domain.words import Role, TaskKind
from db.models import Hub, HubHours, QueueEntry
from db.queries.hubs import read_hubs
from tests.services.hubs_at_work import entry_version, open_from_8_to_8, open_tasks, streamed
from tests.services.team import Team, new_referral


@pytest.fixture(autouse=True)
def _hours(team: Team) -> None:
    open_from_8_to_8(team)


def at(team: Team, hour: int, minute: int = 0, days: int = 0) -> dt.datetime:
    """Go to that time of the day of these tests, or of a later one."""
    day = team.clock().replace(hour=hour, minute=minute)
    team.clock.at = day + dt.timedelta(days=days)
    return team.clock.at


def folkestone(team: Team) -> HubRow:
    with team.database.read() as session:
        (row,) = read_hubs(session, [team.ids["folkestone"]], team.clock())
    return row


def close(team: Team, happened: dt.datetime | None = None) -> None:
    version = team.stored(Hub, team.ids["folkestone"]).version
    team.mo.hubs.close(team.ids["folkestone"], version, Happened(at=happened))


def test_that_it_says_after_midnight_when_it_was_to_close_until_it_opens_again(team: Team) -> None:
    evening = at(team, 20)
    assert folkestone(team).left_open_at == evening
    at(team, 1, 30, days=1)
    assert folkestone(team).left_open_at == evening
    at(team, 8)
    assert folkestone(team).left_open_at is None


def test_that_closing_after_midnight_closes_the_evening_and_leaves_the_new_day_its_hours(team: Team) -> None:
    entry = streamed(team)
    key = team.received(new_referral(hub_id=team.ids["folkestone"], practice_id=team.ids["practice"]))
    at(team, 19)
    team.jo.hub_queue.book(key, team.version(key), team.clock() + dt.timedelta(hours=15))
    at(team, 1, 30, days=1)
    with pytest.raises(Refused) as refused:
        close(team)
    # Whoever is booked for the new day stands in nobody's way.
    assert [words.split()[0] for words in refused.value.reasons] == [
        team.row(team.stored(QueueEntry, entry).referral_id).number
    ]
    team.ann.hub_queue.taken_over(entry, entry_version(team, entry), "William Harvey")
    close(team)
    assert (folkestone(team).left_open_at, folkestone(team).is_closed_down) == (None, False)
    at(team, 9)
    assert folkestone(team).is_open(team.clock())


def test_that_an_evening_s_closing_entered_in_the_night_is_no_closing_of_the_new_day(team: Team) -> None:
    evening = at(team, 20, 10)
    at(team, 0, 40, days=1)
    close(team, evening)
    assert folkestone(team).left_open_at is None
    at(team, 9)
    assert folkestone(team).is_open(team.clock())


def test_that_who_is_booked_for_the_new_day_does_not_hinder_an_evening_s_closing_entered_late(
    team: Team,
) -> None:
    key = team.received(new_referral(hub_id=team.ids["folkestone"], practice_id=team.ids["practice"]))
    at(team, 19)
    team.jo.hub_queue.book(key, team.version(key), team.clock() + dt.timedelta(hours=15))
    evening = at(team, 20, 10)
    at(team, 7, 10, days=1)
    close(team, evening)
    at(team, 9)
    assert folkestone(team).is_open(team.clock())


def test_that_closing_at_three_at_night_closes_the_evening_too(team: Team) -> None:
    at(team, 3, days=1)
    close(team)
    at(team, 9)
    assert folkestone(team).is_open(team.clock())


def test_that_the_supervisor_is_asked_about_it_once_and_not_less_after_midnight(team: Team) -> None:
    streamed(team)
    at(team, 20)
    team.doorstep.chasing.look_at_everything()
    team.look()
    (asked,) = [one for one in open_tasks(team, TaskKind.HUB_CLOSING) if one.role is Role.SUPERVISOR]
    at(team, 1, 30, days=1)
    team.doorstep.chasing.look_at_everything()
    team.look()
    again = [one for one in open_tasks(team, TaskKind.HUB_CLOSING) if one.role is Role.SUPERVISOR]
    assert [one.id for one in again] == [asked.id]


def look_at(team: Team, *times: tuple[int, int]) -> None:
    """Let the timetable look at these times of the day."""
    for hour, minute in times:
        at(team, hour, minute)
        team.look()


def test_that_after_an_evening_that_nobody_closed_the_next_one_is_asked_about_anew(team: Team) -> None:
    team.doorstep.chasing.look_at_everything()
    left = streamed(team)
    look_at(team, (18, 30), (19, 45), (20, 0))
    at(team, 0, days=1)
    team.look()
    evening = {one.id for one in open_tasks(team, TaskKind.HUB_CLOSING)}
    team.ann.hub_queue.taken_over(left, entry_version(team, left), "William Harvey")
    assert evening
    look_at(team, (7, 59), (8, 0))
    assert open_tasks(team, TaskKind.HUB_CLOSING) == []
    streamed(team, family_name="Two", nhs_number=None)
    look_at(team, (18, 30), (18, 45), (19, 45), (20, 0))
    tonight = open_tasks(team, TaskKind.HUB_CLOSING)
    assert {one.role for one in tonight} == {Role.COORDINATOR, Role.SUPERVISOR}
    assert evening.isdisjoint(one.id for one in tonight)


def test_that_a_hub_that_nobody_closed_is_asked_about_when_only_patients_at_home_are_open(team: Team) -> None:
    team.doorstep.chasing.look_at_everything()
    form = new_referral(hub_id=team.ids["folkestone"], practice_id=team.ids["practice"])
    key = team.triaged(3, form)
    look_at(team, (18, 30), (19, 45))
    assert open_tasks(team, TaskKind.HUB_CLOSING) == []
    look_at(team, (20, 0))
    (asked,) = open_tasks(team, TaskKind.HUB_CLOSING)
    told = "Folkestone: 1 patient is still open at home, and nobody was asked to hold them. Close the hub"
    assert (asked.role, asked.words.startswith(told)) == (Role.SUPERVISOR, True)
    at(team, 0, days=1)
    team.look()
    assert [one.id for one in open_tasks(team, TaskKind.HUB_CLOSING)] == [asked.id]
    team.jo.hubs.hand_overnight(key, team.version(key))
    task = open_tasks(team, TaskKind.OVERNIGHT)[0]
    team.mo.tasks.accept(task.id, task.version)
    close(team)
    team.look()
    assert open_tasks(team, TaskKind.HUB_CLOSING) == []


def test_that_nobody_is_asked_to_close_over_whom_the_supervisor_was_asked_to_hold(team: Team) -> None:
    team.doorstep.chasing.look_at_everything()
    form = new_referral(hub_id=team.ids["folkestone"], practice_id=team.ids["practice"])
    key = team.triaged(3, form)
    at(team, 19, 50)
    team.jo.hubs.hand_overnight(key, team.version(key))
    look_at(team, (20, 0))
    assert open_tasks(team, TaskKind.HUB_CLOSING) == []


def test_that_closing_shortly_before_it_opens_keeps_it_closed_for_the_day(team: Team) -> None:
    at(team, 7, 50, days=1)
    close(team)
    at(team, 9)
    assert folkestone(team).is_closed_down


def test_that_nobody_left_open_what_was_closed_for_the_day_before_it_opened(team: Team) -> None:
    at(team, 7, 50, days=1)
    close(team)
    for hour, days in ((21, 0), (1, 1)):
        at(team, hour, days=days)
        assert folkestone(team).left_open_at is None
    # The evening before, closed at that time, says nothing of the day that began then.
    at(team, 20, 10)
    at(team, 7, 50, days=1)
    hub = team.ids["folkestone"]
    team.mo.hubs.close(hub, team.stored(Hub, hub).version, of_evening=True)
    closes_at = at(team, 20)
    assert folkestone(team).left_open_at == closes_at


def test_that_in_the_night_a_clinician_gives_a_time_on_the_day_that_begins(team: Team) -> None:
    entry = streamed(team)
    at(team, 1, 30, days=1)
    morning = team.clock().replace(hour=10, minute=0)
    queue = team.ann.hub_queue
    for wrong in (morning.replace(hour=6), team.clock() - dt.timedelta(hours=10)):
        with pytest.raises(Refused):
            queue.tomorrow(entry, entry_version(team, entry), wrong, "Sleeps")
    queue.tomorrow(entry, entry_version(team, entry), morning, "Sleeps, no fever")
    close(team)
    at(team, 9)
    with pytest.raises(Refused, match="Give a time on a later day"):
        queue.tomorrow(entry, entry_version(team, entry), team.clock().replace(hour=12), "Later")


def booked_for_today(team: Team) -> int:
    """Let somebody be booked in the evening for the next morning at ten; gives the referral."""
    form = new_referral(
        family_name="Orr", nhs_number=None, hub_id=team.ids["folkestone"], practice_id=team.ids["practice"]
    )
    key = team.triaged(3, form)
    at(team, 19)
    team.jo.hub_queue.book(key, team.version(key), team.clock() + dt.timedelta(hours=15))
    return key


def test_that_in_the_morning_only_the_evening_s_patients_stand_in_the_way_of_closing_the_evening(
    team: Team,
) -> None:
    left = streamed(team)
    today = booked_for_today(team)
    at(team, 7, 40, days=1)
    early = streamed(team, family_name="Early", nhs_number=None)
    at_home = team.received(
        new_referral(
            family_name="Home",
            nhs_number=None,
            hub_id=team.ids["folkestone"],
            practice_id=team.ids["practice"],
        )
    )
    at(team, 7, 50)
    hubs, hub = team.jo.hubs, team.ids["folkestone"]

    def numbers(*, of_evening: bool) -> set[str]:
        return {words.split()[0] for words in hubs.what_is_open(hub, of_evening=of_evening)}

    of_entry = {one: team.row(team.stored(QueueEntry, one).referral_id).number for one in (left, early)}
    assert numbers(of_evening=True) == {of_entry[left]}
    others = {team.row(today).number, team.row(at_home).number}
    assert numbers(of_evening=False) == {*of_entry.values(), *others}
    assert hubs.hand_all_overnight(hub, of_evening=True) == 0
    team.ann.hub_queue.taken_over(left, entry_version(team, left), "William Harvey")
    hubs.close(hub, team.stored(Hub, hub).version, of_evening=True)
    assert (folkestone(team).left_open_at, folkestone(team).is_closed_down) == (None, False)
    at(team, 8, 5)
    assert folkestone(team).is_open(team.clock())
    assert team.row(today).queue_status is not None


def test_that_the_evening_is_closed_once_and_not_by_a_time_of_the_day_that_begins(team: Team) -> None:
    evening = at(team, 20, 10)
    at(team, 7, 50, days=1)
    hubs, hub = team.jo.hubs, team.ids["folkestone"]
    with pytest.raises(Refused, match="That was another day: give a time of today"):
        hubs.close(hub, team.stored(Hub, hub).version, Happened(at=evening), of_evening=False)
    hubs.close(hub, team.stored(Hub, hub).version, Happened(at=evening), of_evening=True)
    with pytest.raises(Refused, match="Nobody has to close Folkestone for the evening any more"):
        hubs.close(hub, team.stored(Hub, hub).version, of_evening=True)
    hubs.close(hub, team.stored(Hub, hub).version, of_evening=False)
    at(team, 9)
    assert folkestone(team).is_closed_down


def test_that_who_came_shortly_before_it_opens_is_not_asked_of_the_supervisor_as_left_over(
    team: Team,
) -> None:
    at(team, 7, 40, days=1)
    streamed(team)
    team.doorstep.chasing.look_at_everything()
    team.look()
    assert open_tasks(team, TaskKind.HUB_CLOSING) == []


def test_that_the_desk_of_a_hub_that_closes_early_is_asked_before_it_closes(team: Team) -> None:
    with team.database.work(team.actors["jo"], team.clock()) as work:
        for row in work.session.query(HubHours).filter_by(hub_id=team.ids["folkestone"]):
            row.closes = dt.time(17)
    streamed(team)
    at(team, 15, 45)
    team.doorstep.chasing.look_at_everything()
    team.look()
    (asked,) = open_tasks(team, TaskKind.HUB_CLOSING)
    assert asked.role is Role.COORDINATOR
    assert "cannot be seen before closing" in asked.words


@pytest.mark.parametrize(("time", "of_evening"), [((10, 0), None), ((7, 30), False)], ids=str)
def test_that_a_time_before_anybody_came_does_not_close_a_hub_over_whoever_is_there(
    team: Team, time: tuple[int, int], of_evening: bool | None
) -> None:
    at(team, 20, 10)
    if of_evening is None:
        close(team)
    at(team, 7, 10, days=1)
    entry = streamed(team)
    at(team, *time)
    hubs, hub = team.jo.hubs, team.ids["folkestone"]
    early = Happened(at=team.clock().replace(hour=5, minute=30))
    number = team.row(team.stored(QueueEntry, entry).referral_id).number
    with pytest.raises(Refused, match=f"{number} waits"):
        hubs.close(hub, team.stored(Hub, hub).version, early, of_evening=of_evening)
