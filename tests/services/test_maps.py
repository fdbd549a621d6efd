"""The service's own map is kept for every console; without one, the shipped map is shown."""

import shutil
from pathlib import Path

import pytest

from console import commands
from console.domain.refusals import Refused
from console.services import maps, setup
from db.models import MapPack
from tests.db.logs import audit
from tests.services.team import Team


@pytest.fixture
def served(team: Team) -> Team:
    """A service that is set up, so that Doorstep itself may act."""
    setup.apply(team.database, team.clock())
    return team


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A map pack that differs from the shipped one."""
    shutil.copytree(maps.SHIPPED, tmp_path / "own")
    (tmp_path / "own" / "places.geojson").unlink()
    return tmp_path / "own"


def test_that_without_a_pack_the_shipped_map_is_shown(team: Team) -> None:
    shown = team.jo.maps.shown()
    assert (shown.id, team.jo.maps.shown_id()) == (None, None)
    assert any(place.name == "Folkestone" for place in shown.layers.places)


def test_that_every_console_shows_the_newest_pack(served: Team, folder: Path) -> None:
    said = maps.take_in(served.database, folder, served.clock())
    assert said.startswith("The map is kept: 21 pieces of land")
    first = served.jo.maps.shown()
    assert first.id == served.ann.maps.shown_id()
    assert first.layers.land
    assert not first.layers.places
    maps.take_in(served.database, maps.SHIPPED, served.clock())
    newest = served.mo.maps.shown()
    assert newest.id != first.id
    assert newest.layers.places


def test_that_the_same_pack_is_kept_once(served: Team, folder: Path) -> None:
    maps.take_in(served.database, folder, served.clock())
    before = served.jo.maps.shown_id()
    assert "nothing was changed" in maps.take_in(served.database, folder, served.clock())
    assert served.jo.maps.shown_id() == before


def test_that_a_refused_pack_leaves_the_map_as_it_was(served: Team, folder: Path) -> None:
    maps.take_in(served.database, folder, served.clock())
    before = served.jo.maps.shown_id()
    (folder / "land.geojson").write_text("{}")
    with pytest.raises(Refused):
        maps.take_in(served.database, folder, served.clock())
    assert served.jo.maps.shown_id() == before


def test_that_the_audit_names_the_map_and_leaves_its_bytes_out(served: Team, folder: Path) -> None:
    maps.take_in(served.database, folder, served.clock())
    (line,) = audit(served.database, MapPack.__tablename__)
    assert line["new"]["name"] == "own"
    assert "body" not in line["new"]


def test_that_the_command_takes_a_map_in_and_refuses_a_bad_one(
    served: Team, folder: Path, database_url: str
) -> None:
    said: list[str] = []
    voice = commands.Voice(said.append, said.append)
    assert commands.import_map(database_url, voice, folder=folder) == commands.DONE
    (folder / "LICENCE.md").unlink()
    refused = commands.guarded(lambda: commands.import_map(database_url, voice, folder=folder), voice)
    assert refused == commands.COULD_NOT_RUN
    assert said[0].startswith("The map is kept")
    assert "text of its licence" in said[1]
