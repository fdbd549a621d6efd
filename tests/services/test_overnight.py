"""A night's patient is always somebody's: the supervisor's, by name, until another has them."""

import datetime as dt

import pytest

from console.domain.refusals import Refused
from console.domain.words import OutcomeDisposition, ReferralStatus
from db.models import HubHours, Task
from tests.services.hubs_at_work import open_from_8_to_8, open_tasks
from tests.services.team import Team

HOURS = 60


@pytest.fixture(autouse=True)
def _hours(team: Team) -> None:
    open_from_8_to_8(team)


def handed(team: Team) -> tuple[int, int]:
    """A patient at home whom Jo handed over at half past nine; gives referral and task."""
    key = team.triaged(3)
    team.clock.pass_minutes(7.5 * HOURS)
    return key, team.jo.hubs.hand_overnight(key, team.version(key))


def accept(team: Team, task: int) -> None:
    team.mo.tasks.accept(task, team.stored(Task, task).version)


def done(team: Team, task: int, came_of_it: str = "Rang, all well") -> None:
    team.mo.tasks.done(task, team.stored(Task, task).version, came_of_it)


def test_that_a_patient_whom_nobody_accepted_is_not_finished_with(team: Team) -> None:
    key, task = handed(team)
    with pytest.raises(Refused, match="nobody has accepted them: accept the patient by name first"):
        done(team, task)
    assert [one.id for one in open_tasks(team, "overnight")] == [task]
    assert team.row(key).is_waiting


def test_that_whom_the_supervisor_accepted_they_hold_while_the_hub_is_closed(team: Team) -> None:
    key, task = handed(team)
    accept(team, task)
    with pytest.raises(Refused, match=r"the hub is closed\. They are the supervisor's until somebody sees"):
        done(team, task)
    assert open_tasks(team, "overnight")[0].accepted_by_id == team.actors["mo"].staff_id
    team.clock.pass_minutes(11 * HOURS)  # half past eight: the hub has its patients again
    done(team, task)
    assert (open_tasks(team, "overnight"), team.row(key).is_waiting) == ([], True)


def test_that_who_was_spoken_to_in_the_night_may_be_let_go(team: Team) -> None:
    key, task = handed(team)
    accept(team, task)
    advice = OutcomeDisposition.ADVICE
    team.ann.contacts.advise(key, team.version(key), "Rest and fluids", disposition=advice)
    assert team.row(key).status is ReferralStatus.ACCEPTED
    done(team, task)
    assert open_tasks(team, "overnight") == []


def test_that_only_who_holds_them_ends_what_a_sender_takes_back_in_the_night(team: Team) -> None:
    key, task = handed(team)
    with pytest.raises(Refused, match="It waits for the supervisor"):
        team.mo.referrals.cancel(key, team.version(key), "Dr Moor")
    accept(team, task)
    with pytest.raises(Refused, match="It waits for the supervisor"):
        team.jo.referrals.cancel(key, team.version(key), "Dr Moor")
    team.mo.referrals.cancel(key, team.version(key), "Dr Moor")
    assert team.row(key).status is ReferralStatus.CANCELLED
    assert team.stored(Task, task).result == "The referral has ended: cancelled."


def test_that_a_clinician_gives_a_night_s_patient_to_a_service_that_takes_them_over(team: Team) -> None:
    key, task = handed(team)
    accept(team, task)
    team.ann.referrals.redirect(key, team.version(key), "GP out of hours", "Rang them, they go tonight")
    assert team.row(key).status is ReferralStatus.REDIRECTED
    assert team.stored(Task, task).result == "The referral has ended: redirected."


def test_that_a_clinician_s_advice_alone_does_not_end_what_the_supervisor_holds(team: Team) -> None:
    key, task = handed(team)
    accept(team, task)
    team.ann.contacts.advise(key, team.version(key), "Rest and fluids", disposition=OutcomeDisposition.ADVICE)
    assert team.row(key).status is ReferralStatus.ACCEPTED
    assert [one.id for one in open_tasks(team, "overnight")] == [task]


def close_on(team: Team, hub: str, *weekdays: int) -> None:
    """Take away a hub's hours on these weekdays."""
    with team.database.work(team.actors["jo"], team.clock()) as work:
        for row in work.session.query(HubHours).filter_by(hub_id=team.ids[hub]):
            if row.weekday in weekdays:
                work.session.delete(row)


def go_to(team: Team, hour: int, minute: int = 0, days: int = 0) -> None:
    """Let the chaser look at that time of this day, or of a later one."""
    team.clock.at = team.clock().replace(hour=hour, minute=minute) + dt.timedelta(days=days)
    team.look()


@pytest.mark.parametrize("closed_on", [(3, 4), tuple(range(7))], ids=["for two days", "always"])
def test_that_who_is_held_while_the_hub_does_not_open_is_asked_about_anew_each_morning(
    team: Team, closed_on: tuple[int, ...]
) -> None:
    close_on(team, "folkestone", *closed_on)
    key, task = handed(team)
    accept(team, task)
    go_to(team, 7, 59, days=1)
    assert team.stored(Task, task).accepted_by_id == team.actors["mo"].staff_id
    for _ in range(2):
        go_to(team, 8)
        stored = team.stored(Task, task)
        assert (stored.accepted_by_id, stored.due_at) == (None, team.clock())
        told = (
            "Folkestone does not open today, and Mo Khan held the patient until now. Accept them by name, or"
        )
        assert stored.words.startswith(f"{team.row(key).number}: {told}")
        assert stored.words.count("Before: ") == 1
        accept(team, task)
        go_to(team, 7, 59, days=1)
    with pytest.raises(Refused, match="or they are moved to a hub that is open"):
        done(team, task)


def test_that_who_was_not_given_back_in_the_day_is_asked_about_before_the_next_closing(team: Team) -> None:
    key, task = handed(team)
    accept(team, task)
    go_to(team, 18, 29, days=1)
    assert team.stored(Task, task).accepted_by_id is not None
    go_to(team, 18, 30)
    assert team.stored(Task, task).accepted_by_id is None
    hub = team.ids["folkestone"]
    told = f"{team.row(key).number} waits for the supervisor to accept it by name."
    assert team.jo.hubs.what_is_open(hub) == (told,)
    accept(team, task)
    assert team.jo.hubs.what_is_open(hub) == ()


def test_that_who_is_moved_to_a_hub_that_is_open_is_given_to_it(team: Team) -> None:
    close_on(team, "folkestone", *range(7))
    key, task = handed(team)
    accept(team, task)
    go_to(team, 9, days=1)
    accept(team, task)
    with pytest.raises(Refused, match="moved to a hub that is open"):
        done(team, task)
    team.mo.referrals.move_hub(key, team.version(key), team.ids["dover"], "Folkestone does not open")
    done(team, task, "Spoke to Jo at Dover, who has them")
    assert (open_tasks(team, "overnight"), team.row(key).is_waiting) == ([], True)
    assert team.row(key).hub == "Dover"
