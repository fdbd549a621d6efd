"""With a login of their own a worker asks anew about a night's patient, and a coordinator frees a time."""

import datetime as dt

from console.domain.words import QueueStatus
from db.models import QueueEntry, Task
from tests.services.hubs_at_work import entry_version, open_from_8_to_8
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
