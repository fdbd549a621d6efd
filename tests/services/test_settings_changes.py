"""Settings of the service: each change by a named person, with a reason, from a time; every version stays."""

import datetime as dt
from collections.abc import Iterator

import pytest

from console.domain.refusals import Refused
from console.domain.words import Role
from console.services import people, settings_changes, setup, site
from console.services.settings_changes import SettingLine
from console.settings import REGISTRY, Scope
from db.engine import Database, open_database
from db.models import Setting as Stored
from db.queries import care

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def database(database_url: str, now: dt.datetime) -> Iterator[Database]:
    """A service with a manager, and a coordinator who may not change settings."""
    opened = open_database(database_url)
    setup.apply(opened, now - dt.timedelta(days=1), with_demo=False)
    for login, name, role in (
        ("mia.cole", "Mia Cole", Role.SERVICE_MANAGER),
        ("jo.bates", "Jo Bates", Role.COORDINATOR),
    ):
        people.add(opened, now, login=login, name=name, roles=(role,))
    yield opened
    opened.close()


def change(database: Database, now: dt.datetime, name: str, typed: str, at: dt.datetime | None = None) -> str:
    """Let Mia change a setting."""
    mia = settings_changes.author(database, "mia.cole")
    return settings_changes.change(
        database, mia, now, name=name, typed=typed, reason="Agreed with the practices", effective_from=at
    )


def lines(database: Database, now: dt.datetime, name: str) -> list[SettingLine]:
    """What the list says of one setting."""
    return [line for line in settings_changes.lines(database, now) if line.name == name]


def test_that_the_list_holds_every_setting_of_the_service(database: Database, now: dt.datetime) -> None:
    listed = settings_changes.lines(database, now)
    assert [line.name for line in listed] == [
        setting.name for setting in REGISTRY.values() if setting.scope is Scope.SERVICE
    ]
    due = next(line for line in listed if line.name == "clock.report_due")
    assert (due.value, due.default, due.since) == ("180", "180", None)


def test_that_a_setting_of_an_earlier_version_hurts_nothing(database: Database, now: dt.datetime) -> None:
    mia = settings_changes.author(database, "mia.cole")
    with database.work(mia, now) as work:
        work.add(
            Stored(
                name="mail.coordinator",
                value="desk@example.nhs.uk",
                effective_from=now,
                author_id=mia.staff_id,
                reason="Agreed",
            )
        )
    assert not lines(database, now, "mail.coordinator")
    assert change(database, now, "mail.supervisor", "control@example.nhs.uk")
    with pytest.raises(Refused, match=r"mail\.coordinator is no setting"):
        change(database, now, "mail.coordinator", "other@example.nhs.uk")
    with database.read() as session:
        site.frame(session, now)


def test_that_a_change_holds_at_once_and_keeps_who_why_and_since_when(
    database: Database, now: dt.datetime
) -> None:
    told = change(database, now, "clock.report_due", "120")
    assert told == "clock.report_due is 120 from 14/01/2026 14:00, by Mia Cole."
    assert site.clocks_now(database, now).report_due == 120
    (line,) = lines(database, now, "clock.report_due")
    assert (line.value, line.default, line.since) == ("120", "180", now)
    with database.read() as session:
        row = session.query(Stored).filter_by(name="clock.report_due").one()
        mia = settings_changes.author(database, "mia.cole")
        assert (row.author_id, row.reason) == (mia.staff_id, "Agreed with the practices")


def test_that_a_change_from_a_later_time_waits_for_it(database: Database, now: dt.datetime) -> None:
    change(database, now, "clock.report_due", "120", now + HOUR)
    assert site.clocks_now(database, now).report_due == 180
    assert site.clocks_now(database, now + HOUR).report_due == 120
    holds, planned = lines(database, now, "clock.report_due")
    assert (holds.value, holds.is_planned) == ("180", False)
    assert (planned.value, planned.since, planned.is_planned) == ("120", now + HOUR, True)
    (holds,) = lines(database, now + HOUR, "clock.report_due")
    assert (holds.value, holds.is_planned) == ("120", False)


def test_that_each_version_stays(database: Database, now: dt.datetime) -> None:
    for hours, figure in enumerate(("120", "150", "120")):
        change(database, now + hours * HOUR, "clock.report_due", figure)
    with database.read() as session:
        versions = [row.value for row in care.setting_versions(session) if row.name == "clock.report_due"]
    assert versions == [120, 150, 120]
    again = change(database, now + 3 * HOUR, "clock.report_due", "120")
    assert again == "clock.report_due is 120 then already: nothing was changed."


@pytest.mark.parametrize(
    ("name", "typed", "shown"),
    [
        ("clock.report_latest", "07:30", "07:30"),
        ("service.name", "Home visiting, Thanet", "Home visiting, Thanet"),
        ("intake.hub_by_district", "CT19=FOL, CT16=DOV", "CT16=DOV, CT19=FOL"),
    ],
)
def test_that_every_kind_is_typed_as_it_is_listed(
    database: Database, now: dt.datetime, name: str, typed: str, shown: str
) -> None:
    change(database, now, name, typed)
    (line,) = lines(database, now, name)
    assert line.value == shown
    assert "nothing was changed" in change(database, now, name, line.value)


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("clock.report_due", "soon", "must be a whole number above 0"),
        ("clock.report_due", "0", "must be a whole number above 0"),
        ("clock.report_due", "-5", "must be a whole number above 0"),
        ("clock.report_due", "²", "must be a whole number above 0"),
        ("clock.report_latest", "eight", "must be a time such as 08:00"),
        ("intake.hub_by_district", "CT19", "must be a table such as"),
        ("database", "x", "no setting of the service"),
        ("clock.nothing", "5", "no setting of the service"),
    ],
)
def test_that_what_cannot_hold_is_refused_in_a_sentence(
    database: Database, now: dt.datetime, name: str, typed: str, sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        change(database, now, name, typed)


def test_that_nothing_is_changed_for_the_past(database: Database, now: dt.datetime) -> None:
    with pytest.raises(Refused, match="14/01/2026 13:00 has passed"):
        change(database, now, "clock.report_due", "120", now - HOUR)


def test_that_only_who_may_changes_a_setting(database: Database) -> None:
    with pytest.raises(Refused, match="may not change the service's settings: ask a service manager"):
        settings_changes.author(database, "jo.bates")
    with pytest.raises(Refused, match="Nobody here has the login mia"):
        settings_changes.author(database, "mia")


def test_that_a_time_is_that_of_the_wall_in_london() -> None:
    assert settings_changes.read_from("2026-07-01 08:00") == dt.datetime(2026, 7, 1, 7, tzinfo=dt.UTC)
    assert settings_changes.read_from("2026-12-01") == dt.datetime(2026, 12, 1, tzinfo=dt.UTC)
    for wrong in ("soon", "2026-13-01", "2026-07-01T08:00+00:00"):
        with pytest.raises(Refused, match="YYYY-MM-DD"):
            settings_changes.read_from(wrong)
