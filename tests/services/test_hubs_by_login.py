"""With a login of their own a worker asks anew about a night's patient, and a coordinator frees a time."""

import datetime as dt

import pytest

from console.domain.refusals import Refused
from console.domain.words import QueueStatus
from db.models import Hub, QueueEntry, Task
from tests.services.hubs_at_work import entry_version, open_from_8_to_8, sam, streamed
from tests.support.secured import SecuredTeam


def test_that_a_worker_with_its_own_login_asks_anew_about_who_is_held_where_no_hub_opens(
    secured_team: SecuredTeam,
) -> None:
    team = secured_team  # its hubs have no hours
    key = team.triaged(3)
    task = team.jo.hubs.hand_overnight(key, team.version(key))
    team.mo.tasks.accept(task, team.stored(Task, task).version)
    team.clock.at = team.clock().replace(hour=8) + dt.timedelta(days=1)
    team.look()
    stored = team.stored(Task, task)
    assert stored.accepted_by_id is None
    assert "Folkestone does not open today, and Mo Khan held the patient until now" in stored.words


def test_that_a_coordinator_with_their_own_login_changes_and_cancels_a_booking(
    secured_team: SecuredTeam,
) -> None:
    team = secured_team
    open_from_8_to_8(team)
    key, hour = team.triaged(3), dt.timedelta(hours=1)
    entry = team.jo.hub_queue.book(key, team.version(key), team.clock() + hour)
    team.jo.hub_queue.rebook(entry, entry_version(team, entry), team.clock() + 2 * hour, "Rang: later")
    team.jo.hub_queue.cancel_booking(entry, entry_version(team, entry), "Rang: cannot come")
    assert team.stored(QueueEntry, entry).status is QueueStatus.TAKEN_OVER
    assert team.row(key).is_waiting
    step = team.jo.last_undoable()
    assert step is not None
    team.jo.undo(step.id)
    assert team.stored(QueueEntry, entry).booked_for_at == team.clock() + 2 * hour


def test_that_a_coordinator_with_their_own_login_asks_the_supervisor_at_night_and_takes_it_back(
    secured_team: SecuredTeam,
) -> None:
    team = secured_team
    open_from_8_to_8(team)
    key = team.triaged(3)
    entry = team.jo.hub_queue.book(key, team.version(key), team.clock() + dt.timedelta(hours=20))
    team.clock.at = team.clock().replace(hour=21)
    team.jo.hub_queue.cancel_booking(entry, entry_version(team, entry), "Rang: cannot come")
    assert team.tasks(key) == ["overnight"]
    step = team.jo.last_undoable()
    assert step is not None
    team.jo.undo(step.id)
    assert (team.tasks(key), team.stored(QueueEntry, entry).status) == ([], QueueStatus.BOOKED)


def test_that_whoever_sees_a_patient_takes_it_back_only_while_the_hub_is_open(
    secured_team: SecuredTeam,
) -> None:
    team = secured_team
    open_from_8_to_8(team)
    entry, hub, desk = streamed(team), team.ids["folkestone"], sam(team)
    desk.hub_queue.begin(entry, entry_version(team, entry), team.ids["sam"])
    desk.hub_queue.finish(entry, entry_version(team, entry))
    step = desk.last_undoable()
    assert step is not None
    team.jo.hubs.close(hub, team.stored(Hub, hub).version)
    with pytest.raises(Refused, match="The hub has been closed since"):
        desk.undo(step.id)
