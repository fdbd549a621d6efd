"""A search at a secured database: whoever is asked can finish it, also where the patient is out of sight."""

from collections.abc import Callable

import pytest

from console.domain.words import Role
from db.models import Task
from tests.services.hubs_at_work import open_tasks
from tests.services.test_looked_for import is_withdrawn, looked_for, not_answering
from tests.support.secured import SecuredTeam


def sees(team: SecuredTeam, login: str, hub: str) -> None:
    """Let a person's login see one hub only."""
    with team.database.engine.begin() as connection:
        connection.exec_driver_sql("SELECT staff_hubs(%s, ARRAY[%s::bigint])", (login, team.ids[hub]))


def moves_after(team: SecuredTeam) -> None:
    key, visit = not_answering(team, 2)
    is_withdrawn(team, key, visit)
    team.mo.referrals.move_hub(key, team.version(key), team.ids["dover"], "Nearer to Dover")


def was_elsewhere(team: SecuredTeam) -> None:
    key, visit = team.allocated()
    team.mo.referrals.move_hub(key, team.version(key), team.ids["dover"], "Nearer to Dover")
    team.mo.welfare.no_reply(visit, team.visit_version(key))


@pytest.mark.parametrize("is_missed", [moves_after, was_elsewhere])
def test_that_who_does_not_see_the_patient_says_that_they_were_found(
    secured_team: SecuredTeam, is_missed: Callable[[SecuredTeam], None]
) -> None:
    is_missed(secured_team)
    sees(secured_team, "jo", "folkestone")
    (mine,) = (one for one in open_tasks(secured_team, "welfare") if one.role is Role.COORDINATOR)
    secured_team.jo.tasks.accept(mine.id, mine.version)
    secured_team.jo.tasks.done(mine.id, secured_team.stored(Task, mine.id).version, "Spoke: well")
    assert looked_for(secured_team) == set()
