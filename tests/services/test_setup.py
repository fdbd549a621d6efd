"""A service is set up from its file, may be set up again, and its settings are versions."""

import datetime as dt
from dataclasses import fields
from pathlib import Path

import pytest

from console.domain.acting import Actor
from console.domain.clocks import ClockSettings
from console.domain.ladder_settings import LadderSettings
from console.domain.refusals import Refused
from console.domain.words import Role
from console.services import people, service_file, setup, site
from console.settings import REGISTRY
from db.engine import Database, open_database
from db.queries import care, service

A_DAY = dt.timedelta(days=1)


@pytest.fixture
def database(database_url: str):  # type: ignore[no-untyped-def]  # a generator of one database
    opened = open_database(database_url)
    yield opened
    opened.close()


def test_that_the_shipped_service_has_two_hubs_open_8_to_8_on_seven_days(
    database: Database, now: dt.datetime
) -> None:
    setup.apply(database, now)
    with database.read() as session:
        hubs = service.hubs(session)
        assert [hub.name for hub in hubs] == ["Dover", "Folkestone"]
        for hub in hubs:
            hours = service.hours_of_hub(session, hub.id)
            assert {(row.opens, row.closes) for row in hours.values()} == {(dt.time(8), dt.time(20))}
            assert len(hours) == 7


def test_that_setting_up_again_makes_nothing_twice(database: Database, now: dt.datetime) -> None:
    setup.apply(database, now, with_demo=True)
    with database.read() as session:
        once = service.counts(session)
    setup.apply(database, now + A_DAY, with_demo=True)
    with database.read() as session:
        assert service.counts(session) == once


@pytest.fixture
def own_file(tmp_path: Path) -> Path:
    """The file of another service: its name and its hubs are its own."""
    file = tmp_path / "own_service.toml"
    written = service_file.SHIPPED.read_text(encoding="utf-8")
    for ours, theirs in (("South Kent Coast", "Thanet"), ("Folkestone", "Margate"), ("Dover", "Ramsgate")):
        written = written.replace(ours, theirs).replace(f'"{ours.lower()}"', f'"{theirs.lower()}"')
    file.write_text(written, encoding="utf-8")
    return file


def test_that_the_service_that_is_there_is_kept_unless_a_file_is_named(
    database: Database, now: dt.datetime, own_file: Path
) -> None:
    assert setup.set_up(database, now, own_file) == (
        "Thanet Home Visiting is set up with its hubs: Margate and Ramsgate."
    )
    with database.read() as session:
        before = service.counts(session), care.settings_in_force(session, now)
    said = setup.set_up(database, now + A_DAY, None)
    assert said.startswith("Thanet Home Visiting is kept as it is, with its hubs: Margate and Ramsgate.")
    with database.read() as session:
        assert (service.counts(session), care.settings_in_force(session, now + A_DAY)) == before
    named = setup.set_up(database, now + A_DAY, service_file.SHIPPED)
    assert named.startswith("South Kent Coast Home Visiting is set up")


def test_that_without_a_file_the_shipped_service_is_set_up_where_there_is_none(
    database: Database, now: dt.datetime
) -> None:
    assert setup.set_up(database, now, None).startswith("South Kent Coast Home Visiting is set up")
    assert setup.set_up(database, now, None).startswith("South Kent Coast Home Visiting is kept")


def test_that_invented_people_go_to_no_other_service(
    database: Database, now: dt.datetime, own_file: Path
) -> None:
    setup.set_up(database, now, None)
    assert "is set up" in setup.set_up(database, now, None, with_demo=True)
    setup.set_up(database, now + A_DAY, own_file)
    with pytest.raises(Refused, match="The service here is Thanet Home Visiting"):
        setup.set_up(database, now + A_DAY, None, with_demo=True)


def test_that_whoever_keeps_a_service_on_this_computer_may_sign_in(
    database: Database, now: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    setup.set_up(database, now, None)
    monkeypatch.setenv("LOGNAME", "somebody.else")
    setup.set_up(database, now, None)
    other = next(one for one in people.people(database) if one.login == "somebody.else")
    assert (Role.ADMINISTRATOR in other.roles, len(other.hub_ids)) == (True, 2)


def test_that_without_the_demo_only_this_computers_account_may_sign_in(
    database: Database, now: dt.datetime
) -> None:
    setup.apply(database, now)
    (person,) = people.people(database)
    assert Role.ADMINISTRATOR in person.roles
    assert Role.CLINICIAN not in person.roles


def test_that_a_clinician_is_added_with_a_registration(database: Database, now: dt.datetime) -> None:
    setup.apply(database, now)
    with pytest.raises(Refused, match="registration"):
        people.add(database, now, login="ann", name="Ann Lee", roles=(Role.CLINICIAN,))
    with pytest.raises(Refused, match="no hub with the code deal"):
        people.add(database, now, login="jo", name="Jo Bates", roles=(Role.COORDINATOR,), hub_codes=("deal",))
    people.add(database, now, login="ann", name="Ann Lee", roles=(Role.CLINICIAN,), registration="GMC 1")
    ann = next(person for person in people.people(database) if person.login == "ann")
    assert (ann.roles, len(ann.hub_ids), ann.registration) == ((Role.CLINICIAN,), 2, "GMC 1")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (("is_intake = true", "is_intake = false"), "Exactly one hub"),
        (('closes = "20:00"', 'closes = "07:00"'), "closes before it opens"),
        (('opens = "08:00"', 'opens = "eight"'), "cannot be right"),
        (('code = "dover"', 'code = "folkestone"'), "same code"),
        (("[service]", "[service"), "not valid TOML"),
    ],
)
def test_that_a_service_file_that_cannot_be_right_is_refused(
    tmp_path: Path, change: tuple[str, str], sentence: str
) -> None:
    file = tmp_path / "service.toml"
    file.write_text(service_file.SHIPPED.read_text(encoding="utf-8").replace(*change), encoding="utf-8")
    with pytest.raises(Refused, match=sentence):
        service_file.read(file)


def test_that_a_setting_holds_from_its_date_and_earlier_versions_stay(
    database: Database, now: dt.datetime
) -> None:
    setup.apply(database, now)
    system = people.system(database)
    with database.work(system, now + A_DAY) as work:
        setup.put_setting(work, "clock.report_due", 120, "Agreed with the practices", system.staff_id)
        setup.put_setting(work, "clock.report_latest", dt.time(7, 30), "The same", system.staff_id)
    with database.read() as session:
        before = care.settings_in_force(session, now)
    assert site.value("clock.report_due", before) == 180
    with database.work(system, now + A_DAY) as work:
        assert site.clocks(work).report_due == 120
        assert site.clocks(work).report_latest == dt.time(7, 30)


def test_that_a_setting_of_another_kind_is_refused_in_a_sentence() -> None:
    for stored in (True, 0, "20", None):
        with pytest.raises(ValueError, match="must be a whole number above 0"):
            REGISTRY["clock.triage_urgent"].read(stored)


def test_that_the_registry_and_the_rules_have_the_same_defaults() -> None:
    for prefix, rules in (("clock.", ClockSettings()), ("ladder.", LadderSettings())):
        declared = {
            name.removeprefix(prefix): one.default
            for name, one in REGISTRY.items()
            if name.startswith(prefix)
        }
        assert declared == {field.name: getattr(rules, field.name) for field in fields(rules)}


def test_that_people_act_only_in_their_roles(database: Database, now: dt.datetime) -> None:
    setup.apply(database, now, with_demo=True)
    jo = next(person for person in people.people(database) if person.login == "jo.bates")
    assert people.actor(jo, Role.COORDINATOR) == Actor(jo.id, "Jo Bates", Role.COORDINATOR)
    with pytest.raises(Refused, match="does not act as duty clinician"):
        people.actor(jo, Role.CLINICIAN)
