"""A service makes its practitioners: with or without an account, by command or from its file, once each."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from console import commands, staff_commands
from console.domain.refusals import Refused
from console.domain.words import Employer, Placement, Profession, Role
from console.services import people, practitioner_plan, practitioners, service_file, setup
from console.services.desk import Desk
from db.engine import Database, open_database
from db.models import Practitioner
from db.queries import service
from db.queries.board import read_board

SAM = {
    "name": "Sam Hill",
    "profession": "paramedic_practitioner",
    "employer": "ambulance_trust",
    "grade": "Band 7",
    "phone": "01303 123456",
    "registration": "HCPC PA1",
    "competences": ["home visits", "catheters:2026-01-13"],
}


@pytest.fixture
def database(database_url: str, now: dt.datetime) -> Iterator[Database]:
    """A service that is set up; the test runs once on each dialect."""
    opened = open_database(database_url)
    setup.apply(opened, now)
    yield opened
    opened.close()


def add(database: Database, now: dt.datetime, **said: Any) -> str:
    return people.add_practitioner(database, now, practitioner_plan.read(said))


def stored(database: Database) -> list[Practitioner]:
    with database.read() as session:
        return list(service.practitioners(session))


def described(database: Database) -> list[tuple[str, str, str]]:
    return list(practitioners.described(database).values())


def test_that_a_practitioner_without_an_account_can_be_put_on_a_shift(
    database: Database, now: dt.datetime
) -> None:
    told = add(database, now, **SAM)
    assert told == "Sam Hill can be put on a shift: paramedic practitioner, ambulance trust."
    [sam] = stored(database)
    assert (sam.profession, sam.employer) == (Profession.PARAMEDIC_PRACTITIONER, Employer.AMBULANCE_TRUST)
    assert (sam.grade, sam.phone, sam.registration) == ("Band 7", "01303 123456", "HCPC PA1")
    [person] = people.people(database)
    with database.read() as session:
        hubs = [hub.id for hub in service.hubs(session)]
    desk = Desk(database, people.actor(person, Role.COORDINATOR), lambda: now)
    desk.workforce.shift_on(sam.id, hubs[0], Placement.HOME_VISITING, now, now + dt.timedelta(hours=8))
    with database.read() as session:
        [row] = read_board(session, hubs, now).practitioners
    assert (row.name, row.competences) == ("Sam Hill", ("home visits",)), "what ran out yesterday is gone"


def test_that_adding_again_brings_up_to_date_and_makes_nobody_twice(
    database: Database, now: dt.datetime
) -> None:
    add(database, now, **SAM)
    add(database, now, name="sam hill", competences=["Catheters:2027-03-31"])
    add(database, now, name="Sam Hill", registration="HCPC PA1", grade="Band 8a")
    what = "Paramedic practitioner, Band 8a, Ambulance trust: catheters until 31 March 2027, home visits"
    assert described(database) == [("Sam Hill", "HCPC PA1", what)]


def test_that_people_of_one_name_are_told_apart_by_registration(database: Database, now: dt.datetime) -> None:
    add(database, now, **SAM)
    add(database, now, **{**SAM, "registration": "NMC 2", "competences": []})
    assert len(stored(database)) == 2
    with pytest.raises(Refused, match="Several practitioners are called Sam Hill: give the registration"):
        add(database, now, name="Sam Hill", grade="Band 8a")
    add(database, now, name="Sam Hill", registration="NMC 2", grade="Band 8a")
    assert [one.grade for one in stored(database)] == ["Band 7", "Band 8a"]
    with pytest.raises(Refused, match="the registration HCPC PA1 is Sam Hill's already"):
        add(database, now, **{**SAM, "name": "Sam Mill"})


def test_that_a_person_with_an_account_becomes_the_practitioner_who_was_there(
    database: Database, now: dt.datetime
) -> None:
    add(database, now, **SAM)
    plan = practitioner_plan.read({"name": "Sam Hill", "login": "sam.hill", "registration": "HCPC PA1"})
    told = people.add(
        database, now, login="sam.hill", name="Sam Hill", roles=(Role.PRACTITIONER,), practitioner=plan
    )
    assert told.startswith("Sam Hill may sign in as practitioner. Sam Hill can be put on a shift:")
    [sam] = stored(database)
    person = next(one for one in people.people(database) if one.login == "sam.hill")
    assert person.practitioner_id == sam.id


def test_that_the_role_practitioner_needs_a_profession(database: Database, now: dt.datetime) -> None:
    with pytest.raises(Refused, match="a practitioner needs a profession and an employer"):
        people.add(database, now, login="sam", name="Sam Hill", roles=(Role.PRACTITIONER,))
    assert [one.login for one in people.people(database) if one.login == "sam"] == []


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": " "}, "Give the practitioner's name"),
        ({"profession": "surgeon"}, r"Sam Hill: There is no profession surgeon\. Choose one of: paramedic,"),
        ({"employer": "nhs"}, "There is no employer nhs. Choose one of: ambulance_trust,"),
        ({"profession": None}, "needs a profession and an employer"),
        ({"phone": "later"}, "not a phone number"),
        ({"grade": 7}, "grade must be a text"),
        ({"competences": "home visits"}, "competences is a list"),
        ({"competences": [3]}, "A competence must be a text"),
        ({"competences": ["catheters:soon"]}, "catheters:soon must be a name, or a name and its last day"),
        ({"competences": ["catheters:"]}, "must be a name, or a name and its last day"),
        ({"competences": [":2027-03-31"]}, "A competence must be a text"),
        ({"competence": ["catheters"]}, "competence is nothing that is known of a practitioner"),
        ({"login": "nobody"}, "nobody has the login nobody"),
        ({"login": service.SYSTEM_LOGIN}, "nobody has the login doorstep"),
    ],
)
def test_that_what_cannot_be_right_is_refused_in_a_sentence(
    database: Database, now: dt.datetime, wrong: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        add(database, now, **{**SAM, **wrong})
    assert stored(database) == []


BLOCK = """
[[practitioner]]
name = "Sam Hill"
profession = "paramedic_practitioner"
employer = "ambulance_trust"
competences = ["home visits", "catheters:2027-03-31"]
"""


def with_block(tmp_path: Path, block: str) -> Path:
    file = tmp_path / "service.toml"
    file.write_text(service_file.SHIPPED.read_text(encoding="utf-8") + block, encoding="utf-8")
    return file


def test_that_the_service_file_may_list_practitioners(
    database: Database, now: dt.datetime, tmp_path: Path
) -> None:
    for _ in range(2):
        setup.apply(database, now, with_block(tmp_path, BLOCK))
    [(name, _, words)] = described(database)
    assert name == "Sam Hill"
    assert words.endswith("Ambulance trust: catheters until 31 March 2027, home visits")


@pytest.mark.parametrize(
    ("block", "sentence"),
    [
        (BLOCK.replace("ambulance_trust", "nhs"), "Sam Hill: There is no employer nhs"),
        (BLOCK.replace("[[practitioner]]", "[practitioner]"), "begins with"),
        (BLOCK + 'login = "nobody"\n', "nobody has the login nobody"),
    ],
)
def test_that_a_wrong_practitioner_in_the_file_changes_nothing(
    database: Database, now: dt.datetime, tmp_path: Path, block: str, sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        setup.apply(database, now, with_block(tmp_path, block.replace("Folkestone", "Elsewhere")))
    assert stored(database) == []


def test_that_the_shipped_service_lists_nobody() -> None:
    assert service_file.read().practitioners == ()


def test_that_the_list_shows_who_has_no_account(database: Database, now: dt.datetime) -> None:
    add(database, now, **SAM)
    said: list[str] = []
    staff_commands.list_staff(database.url, commands.Voice(said.append, said.append))
    assert said[-1].startswith("-\tSam Hill\tno account\tHCPC PA1\tParamedic practitioner, Band 7")
