"""Who takes files in at a secured database: each kind by the login that it is for, the others are told so."""

from pathlib import Path

import pytest

from console.domain.refusals import Refused
from console.services import imports, maps
from db.models import MapPack, Practice, Referral
from tests.support.itk111_builder import Report, envelope
from tests.support.secured import WORKER, SecuredTeam

LIST = "ods_code,name,postcode\nG82696,Sea Road Surgery,CT21 5AA\nG00001,New Surgery,CT20 1AA\n"


def referral(team: SecuredTeam, login: str, folder: Path) -> list[imports.FileOutcome]:
    """Let somebody take in one message."""
    file = folder / "one.xml"
    file.write_bytes(envelope(Report().xml()))
    return list(imports.referrals(team.database_of(login), [file], team.clock))


def practices(team: SecuredTeam, login: str, folder: Path) -> str:
    """Let somebody take in a list of two practices, of which one is known."""
    file = folder / "practices.csv"
    file.write_text(LIST, encoding="utf-8")
    return imports.practices(team.database_of(login), file, team.clock()).sentence


def the_map(team: SecuredTeam, login: str, _: Path) -> str:
    """Let somebody take in the map that comes with Doorstep."""
    return maps.take_in(team.database_of(login), maps.SHIPPED, team.clock())


def test_that_each_kind_of_file_is_taken_in_by_its_own_login(
    secured_team: SecuredTeam, tmp_path: Path
) -> None:
    (outcome,) = referral(secured_team, WORKER, tmp_path)
    assert not outcome.is_refused, outcome.sentence
    assert practices(secured_team, "al", tmp_path).startswith("Practices: 1 added, 1 brought up to date")
    assert the_map(secured_team, "val", tmp_path).startswith("The map is kept")
    with secured_team.database.read() as session:
        assert session.query(Referral).count() == 1
        assert session.query(Practice).filter_by(ods_code="G00001").one().postcode == "CT20 1AA"
        assert session.query(MapPack).one().imported_by_id == secured_team.actors["val"].staff_id
    for kind, login, sentence in (
        (
            referral,
            "jo",
            r"may not take in referrals from files: run it with a worker's login in the address",
        ),
        (practices, "jo", r"may not take in a list of practices: run it with an administrator's login"),
        (
            practices,
            WORKER,
            r"run it with an administrator's login in the address\. Such as: --database post",
        ),
        (the_map, "jo", r"run it with a service manager's login or an administrator's login in the address"),
    ):
        with pytest.raises(Refused, match=sentence):
            kind(secured_team, login, tmp_path)
