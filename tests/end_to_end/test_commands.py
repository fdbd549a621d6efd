"""The commands without a window, as a script runs them."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.support import programs

KEYS = (
    *("number", "status", "source", "priority", "due_at", "nhs_number", "nhs_number_verified", "family_name"),
    *(
        "given_name",
        "birth_date",
        "postcode",
        "phone",
        "disposition",
        "practice",
        "hub",
        "practitioner",
        "flags",
    ),
)


def run(*words: object, code: int = 0) -> subprocess.CompletedProcess[str]:
    """Run a command and expect how it ends; no traceback ever reaches the person."""
    done = programs.run("main.py", *(str(word) for word in words))
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done


def board(url: str) -> Any:
    return json.loads(run("board", "--json", "--database", url).stdout)


def test_that_a_new_database_is_migrated_set_up_and_shown(empty_database_url: str) -> None:
    url = empty_database_url
    run("migrate", "--database", url)
    for _ in range(2):
        run("migrate", "--database", url)
        run("setup", "--database", url)
    shown = board(url)
    assert set(shown) >= {"as_of", "referrals", "practitioners", "hubs", "reports"}
    assert [hub["name"] for hub in shown["hubs"]] == ["Folkestone", "Dover"]
    assert set(shown["hubs"][0]) == {"name", "open", "waiting", "queue"}
    assert "Hubs: 2" in run("doctor", "--database", url).stdout


def test_that_real_messages_come_in_by_command(sqlite_url: str, shared_data: Path) -> None:
    run("setup", "--database", sqlite_url)
    run("import", "practices", shared_data / "map-site" / "gp_practices.csv", "--database", sqlite_url)
    done = run("import", "referrals", shared_data / "itk111", "--database", sqlite_url)
    assert len(done.stdout.splitlines()) == 6
    shown = board(sqlite_url)["referrals"]
    assert len(shown) == 6
    assert shown[0]["word"] == "999: reference owed"
    assert set(shown[0]) >= set(KEYS)


def test_that_a_refused_file_ends_with_1_and_a_sentence(sqlite_url: str, tmp_path: Path) -> None:
    run("setup", "--database", sqlite_url)
    (tmp_path / "empty.xml").touch()
    done = run("import", "referrals", tmp_path / "empty.xml", "--database", sqlite_url, code=1)
    assert done.stderr.startswith("empty.xml: Refused and kept.")


@pytest.mark.parametrize("words", [["board", "--json"], ["setup"], ["doctor"], ["staff", "list"]])
def test_that_a_database_that_is_not_there_ends_with_2_and_says_what_to_do(
    words: list[str], tmp_path: Path
) -> None:
    file = tmp_path / "absent.sqlite"
    done = run(*words, "--database", f"sqlite:///{file}", code=2)
    assert done.stderr.strip().endswith("Run: main.py migrate")
    assert not file.exists()


def test_that_a_server_that_does_not_answer_ends_with_2_and_a_sentence() -> None:
    done = run("board", "--database", "postgresql://nobody@127.0.0.1:9/none", code=2)
    assert done.stderr.count("\n") == 1
    assert "cannot be reached" in done.stderr


def test_that_a_database_that_was_never_migrated_says_so(empty_postgresql_url: str) -> None:
    done = run("board", "--database", empty_postgresql_url, code=2)
    assert "main.py migrate" in done.stderr


def test_that_people_are_added_and_listed(sqlite_url: str) -> None:
    run("setup", "--database", sqlite_url)
    words = ("staff", "add", "ann.lee", "Ann Lee", "--role", "clinician", "--database", sqlite_url)
    assert "registration" in run(*words, code=2).stderr
    run(*words, "--registration", "GMC 1234567")
    assert (
        "ann.lee\tAnn Lee\tDuty clinician\tGMC 1234567"
        in run("staff", "list", "--database", sqlite_url).stdout
    )
    wrong = run("staff", "add", "x", "X", "--role", "surgeon", "--database", sqlite_url, code=2)
    assert "surgeon" in wrong.stderr


def test_that_a_person_gets_a_mail_address_and_keeps_it(sqlite_url: str) -> None:
    run("setup", "--database", sqlite_url)
    words = ("staff", "add", "jo.bates", "Jo Bates", "--role", "coordinator", "--database", sqlite_url)
    assert "no mail address" in run(*words, "--mail", "jo.bates", code=2).stderr
    run(*words, "--mail", "jo.bates@NHS.net")
    run(*words)
    listed = run("staff", "list", "--database", sqlite_url).stdout
    assert "jo.bates\tJo Bates\tHub coordinator\t\t\tjo.bates@nhs.net\n" in listed


def test_that_practitioners_are_added_and_listed(sqlite_url: str) -> None:
    run("setup", "--database", sqlite_url)
    words = ("--profession", "gp", "--employer", "federation", "--database", sqlite_url)
    run("staff", "practitioner", "Dr Ann Lee", "--competence", "minor illness:2099-03-31", *words)
    run("staff", "add", "sam.hill", "Sam Hill", "--role", "practitioner", *words)
    wrong = run("staff", "practitioner", "X", "--profession", "surgeon", "--database", sqlite_url, code=2)
    assert wrong.stderr.startswith("X: There is no profession surgeon.")
    listed = run("staff", "list", "--database", sqlite_url).stdout
    assert "sam.hill\tSam Hill\tPractitioner\t\tGP, Federation\n" in listed
    assert "-\tDr Ann Lee\tno account\t\tGP, Federation: minor illness until 31 March 2099\n" in listed


def test_that_settings_are_listed_and_changed_by_a_named_person(sqlite_url: str) -> None:
    run("setup", "--database", sqlite_url)
    where = ("--database", sqlite_url)
    run("staff", "add", "mia.cole", "Mia Cole", "--role", "service_manager", *where)
    words = ("settings", "set", "clock.report_due", "150", "--by", "mia.cole", "--reason", "Agreed", *where)
    assert "clock.report_due is 150 from" in run(*words).stdout
    later = run(*words[:3], "90", *words[4:], "--from", "2099-12-01 08:00")
    assert "from 01/12/2099 08:00, by Mia Cole" in later.stdout
    listed = run("settings", "list", *where).stdout.splitlines()
    holds, planned = (line.split("\t") for line in listed if line.startswith("clock.report_due\t"))
    assert (holds[1], holds[2], holds[4]) == ("150", "180", planned[4])
    assert planned[1:4] == ["90", "180", "planned from 01/12/2099 08:00"]
    wrong = run(*words[:3], "soon", *words[4:], code=2)
    assert "must be a whole number above 0" in wrong.stderr
    nobody = run(*words[:5], "nobody", *words[6:], code=2)
    assert "Nobody here has the login nobody" in nobody.stderr


def test_that_the_demo_is_not_made_over_data(sqlite_url: str) -> None:
    run("setup", "--database", sqlite_url)
    assert "only in an empty one" in run("demo", "--database", sqlite_url, code=2).stderr
    assert not board(sqlite_url)["referrals"]


def test_that_a_training_database_is_made_of_nothing_and_says_that_it_is_one(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'training.sqlite'}"
    made = run("demo", "--database", url, "--seed", "3", "--speed", "60").stdout
    assert made == "The training day stands in this database: seed 3, 60 times as quick as the clock.\n"
    first = board(url)["referrals"]
    assert len(first) > 14
    assert "begin its day anew" in run("demo", "--database", url, code=2).stderr
    assert run("demo", "--database", url, "--again").stdout.endswith(
        "seed 7, 10 times as quick as the clock.\n"
    )
    assert board(url)["referrals"] != first
    assert "It is a training database" in run("doctor", "--database", url).stdout


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["open"],
        ["migrate"],
        ["import", "referrals"],
        ["import", "practices"],
        ["staff", "add"],
        ["settings", "set"],
    ],
)
def test_that_every_command_has_help(words: list[str]) -> None:
    assert "usage: main.py" in run(*words, "--help").stdout
