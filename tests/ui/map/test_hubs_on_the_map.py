"""A hub's mark says how the hub stands: by time alone, and when those who see patients change."""

import datetime as dt

from db.models import Shift
from tests.services.team import Team
from tests.ui.map.test_map_pane import AtMap, Sit
from ui.boards.board import BoardWorkspace


def spoken(at_map: AtMap, team: Team) -> str:
    return at_map.pane.marks.by_key["hub", team.ids["folkestone"]].spoken


def listed(at_map: AtMap) -> str:
    return " / ".join(at_map.pane.list.item(row).text() for row in range(at_map.pane.list.count()))


def test_that_a_hub_is_full_on_the_map_by_time_alone(sit: Sit, team: Team) -> None:
    at_map = AtMap(sit("jo", BoardWorkspace, "board"))
    assert spoken(at_map, team) == "Hub Folkestone, open until 20:00, nobody waiting"
    at_map.pane.buttons["list"].setChecked(True)
    team.clock.at = team.clock().replace(hour=19, minute=45)
    for _ in range(15):  # a quarter of a minute
        at_map.working.session.countdown.ticked.emit()
    at_map.working.wait(lambda: spoken(at_map, team) == "Hub Folkestone, full, nobody waiting")
    assert "Hub Folkestone, full" in listed(at_map)


def test_that_a_hub_is_full_on_the_map_as_soon_as_those_who_see_patients_leave(sit: Sit, team: Team) -> None:
    team.clock.at = team.clock().replace(hour=17, minute=45)
    at_map = AtMap(sit("jo", BoardWorkspace, "board"))
    assert spoken(at_map, team).startswith("Hub Folkestone, open")
    with team.database.work(team.actors["jo"], team.clock()) as work:
        for name in ("kit", "gil"):
            shift = work.session.query(Shift).filter_by(practitioner_id=team.ids[name]).one()
            shift.ends_at = team.clock() + dt.timedelta(minutes=10)
    at_map.working.see()
    at_map.working.wait(lambda: spoken(at_map, team) == "Hub Folkestone, full, nobody waiting")
