"""What one practitioner told is a step of their own visit, and of nobody else's."""

from collections.abc import Callable

import pytest

from console.domain.acting import Happened
from console.domain.refusals import Refused
from console.domain.words import Channel, VisitStatus
from console.services.visits import Visits
from db.models import Visit
from tests.services.team import Team

Step = Callable[[Visits, int, int, Happened], object]
STEPS: dict[str, Step] = {
    "acknowledged": lambda to, visit, seen, told: to.acknowledge(visit, seen, told),
    "en_route": lambda to, visit, seen, told: to.en_route(visit, seen, None, told),
    "on_scene": lambda to, visit, seen, told: to.on_scene(visit, seen, None, told),
    "clear": lambda to, visit, seen, told: to.clear(visit, seen, happened=told),
    "no_access": lambda to, visit, seen, told: to.no_access(visit, seen, True, "Door shut", told),
    "handed_back": lambda to, visit, seen, told: to.hand_back(visit, seen, "Car broken down", told),
}


def told_by(team: Team, who: str) -> Happened:
    return Happened(on_behalf_of_id=team.ids[who], channel=Channel.TELEPHONE, said="In their words")


@pytest.mark.parametrize("name", STEPS)
def test_that_a_step_is_not_kept_for_another_than_who_has_the_visit(team: Team, name: str) -> None:
    key, visit = team.allocated()
    mine = team.jo.visits.reassign(visit, team.visit_version(key), team.ids["gil"], "Nearer")
    for before in STEPS if name in ("en_route", "on_scene", "clear", "no_access") else ():
        if before == name or (name == "no_access" and before == "on_scene"):
            break
        STEPS[before](team.jo.visits, mine, team.visit_version(key), told_by(team, "gil"))
    stood = team.stored(Visit, mine).status
    with pytest.raises(Refused) as refused:
        STEPS[name](team.jo.visits, mine, team.visit_version(key), told_by(team, "sam"))
    why = "Gil Frost has this visit now, not Sam Hill. Close this and look at the board."
    assert refused.value.reasons == (why,)
    assert team.stored(Visit, mine).status is stood
    STEPS[name](team.jo.visits, mine, team.visit_version(key), told_by(team, "gil"))
    assert team.stored(Visit, mine).status is not stood


def test_that_who_is_called_off_by_the_desk_need_not_have_said_anything(team: Team) -> None:
    key, visit = team.allocated()
    team.jo.visits.withdraw(visit, team.visit_version(key), "Somebody is nearer")
    assert team.stored(Visit, visit).status is VisitStatus.WITHDRAWN
