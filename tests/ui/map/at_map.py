"""A small service on the map: Sam and Kit out, patients at Hythe and Deal."""

import datetime as dt
from dataclasses import replace

from console.domain.rows import PractitionerRow
from db.models import Position
from db.queries.board import read_board
from tests.services.team import Team

HYTHE, DEAL = "CT21 5AB", "CT14 6PA"
SEEN_AT = (51.0715, 1.0950)


def practitioner(team: Team, name: str, **changes: object) -> PractitionerRow:
    """Somebody of the team as the board shows them, with a position by hand."""
    at = changes.pop("at", team.clock())
    assert isinstance(at, dt.datetime)
    see(team, name, *SEEN_AT, at=at)
    with team.database.read() as session:
        board = read_board(session, (team.ids["folkestone"], team.ids["dover"]), team.clock())
    row = next(one for one in board.practitioners if one.id == team.ids[name])
    return replace(row, **changes)  # type: ignore[arg-type]


def see(team: Team, name: str, lat: float, lon: float, at: dt.datetime | None = None) -> None:
    """Let a device have told where somebody is."""
    with team.database.work(team.actors["jo"], team.clock()) as work:
        work.add(
            Position(
                practitioner_id=team.ids[name],
                lat=lat,
                lon=lon,
                accuracy_m=400.0,
                source="telephone",
                at=at or team.clock(),
                entered_at=team.clock(),
            )
        )
