"""What is asked at a hub's closing ends with the last patient of its queue, and not an hour later."""

from collections.abc import Callable

import pytest

from console.domain.words import Role, TaskKind
from tests.services.hubs_at_work import entry_version, open_from_8_to_8, open_tasks, streamed
from tests.services.team import Team


def asked_of_the_supervisor(team: Team) -> int:
    """One patient is left at closing, and the supervisor is asked; gives the queue entry."""
    open_from_8_to_8(team)
    entry = streamed(team)
    team.look()
    team.clock.at = team.clock().replace(hour=20, minute=0)
    team.look()
    assert Role.SUPERVISOR in closing(team)
    return entry


def closing(team: Team) -> set[Role]:
    """Who is asked about the closing of a hub."""
    return {one.role for one in open_tasks(team, TaskKind.HUB_CLOSING)}


def is_taken_over(team: Team, entry: int) -> None:
    team.ann.hub_queue.taken_over(entry, entry_version(team, entry), "William Harvey")


def is_given_tomorrow(team: Team, entry: int) -> None:
    morning = team.clock().replace(day=team.clock().day + 1, hour=10)
    team.ann.hub_queue.tomorrow(entry, entry_version(team, entry), morning, "Sleeps, no fever")


def is_seen(team: Team, entry: int) -> None:
    team.jo.hub_queue.begin(entry, entry_version(team, entry), team.ids["sam"])
    team.jo.hub_queue.finish(entry, entry_version(team, entry))


def is_moved(team: Team, entry: int) -> None:
    team.mo.hub_queue.move(entry, entry_version(team, entry), team.ids["dover"], "Nearer home")


@pytest.mark.parametrize("goes", [is_taken_over, is_given_tomorrow, is_seen, is_moved])
def test_that_nobody_is_asked_about_a_closing_once_the_queue_is_empty(
    team: Team, goes: Callable[[Team, int], None]
) -> None:
    entry = asked_of_the_supervisor(team)
    team.clock.pass_minutes(5)
    goes(team, entry)
    team.clock.pass_minutes(1)
    team.look()
    asked = [one for one in open_tasks(team, TaskKind.HUB_CLOSING) if one.hub_id == team.ids["folkestone"]]
    assert asked == []


def test_that_how_many_are_left_is_what_is_true_by_now(team: Team) -> None:
    open_from_8_to_8(team)
    entries = [streamed(team), streamed(team, nhs_number=None, family_name="Ash")]
    team.clock.at = team.clock().replace(hour=20, minute=0)
    team.look()
    is_taken_over(team, entries[0])
    team.clock.pass_minutes(1)
    team.look()
    (asked,) = (one for one in open_tasks(team, TaskKind.HUB_CLOSING) if one.role is Role.SUPERVISOR)
    assert asked.words.startswith("Folkestone: 1 patient is still in the queue at closing.")
