"""A secured database is made by one command, from nothing or from one that was open until now."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from console.services import service_file
from db.engine import open_database
from tests.support import programs
from tests.support.postgresql import Server

PASSWORD = "three words nobody joins"


def run(*words: str, code: int = 0) -> str:
    """Run a command that is given the password, as a script does it."""
    done = programs.run("main.py", *words, given=f"{PASSWORD}\n")
    assert done.returncode == code, done.stdout + done.stderr
    assert PASSWORD not in done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture
def new(postgresql_server: Server) -> Iterator[str]:
    """The address of a database that is not there yet."""
    name = "made_by_install"
    yield postgresql_server.url(name)
    with postgresql_server.connect("postgres") as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        connection.execute('DROP ROLE IF EXISTS "al.reed"')


def test_that_one_command_makes_a_database_with_its_first_administrator(new: str) -> None:
    words = ("database", "install", "--administrator", "al.reed", "--name", "Al Reed", "--database", new)
    assert "Al Reed may sign in as al.reed" in run(*words)
    run(*words)  # once more does no harm
    as_al = new.replace("//doorstep@", "//al.reed@")
    added = (
        "staff",
        "add",
        "nora.fox",
        "Nora Fox",
        "--role",
        "coordinator",
        "--hub",
        "folkestone",
        "--external",
    )
    try:
        assert "Nora Fox may sign in" in run(*added, "--database", as_al)
        as_nora = as_al.replace("al.reed", "nora.fox")
        assert "may not change people" in run(*added, "--database", as_nora, code=2)
        shown = run("staff", "list", "--database", as_al)
        assert "Nora Fox" in shown
        assert "not let your login" in run("board", "--database", as_al, code=2)
        assert "Referrals open: 0" in run("board", "--database", as_nora)
    finally:
        with psycopg.connect(new.replace("+psycopg", ""), autocommit=True) as connection:
            connection.execute('DROP ROLE IF EXISTS "nora.fox"')


def test_that_a_second_run_keeps_the_service_that_is_there_and_says_which(new: str, tmp_path: Path) -> None:
    file = tmp_path / "own_service.toml"
    shipped = service_file.SHIPPED.read_text(encoding="utf-8")
    file.write_text(shipped.replace("South Kent Coast", "Thanet").replace('"Dover"', '"Deal"'), "utf-8")
    assert "Thanet Home Visiting is set up" in run(
        "database", "install", "--file", str(file), "--database", new
    )
    for words in (("database", "install"), ("setup",)):
        assert "Thanet Home Visiting is kept as it is, with its hubs: Deal and Folkestone" in run(
            *words, "--database", new
        )
    assert "South Kent Coast" in run("setup", "--file", str(service_file.SHIPPED), "--database", new)


def test_that_an_open_database_becomes_a_secured_one_with_what_it_holds(
    new: str, postgresql_url: str
) -> None:
    run("setup", "--demo", "--database", postgresql_url)
    before = open_database(postgresql_url)
    assert not before.capabilities.has_roles
    before.close()
    run("database", "install", "--database", postgresql_url)
    after = open_database(postgresql_url)
    assert after.capabilities.has_roles
    after.close()
    assert "Hubs: 2" in run("doctor", "--database", postgresql_url)
    with psycopg.connect(postgresql_url.replace("+psycopg", "")) as connection:
        mine = (
            "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"
            " AND relowner <> %s::regrole"
        )
        assert connection.execute(mine, ("doorstep_owner",)).fetchone() == (0,)


def test_that_what_cannot_be_installed_is_said(new: str, postgresql_server: Server, tmp_path: Path) -> None:
    assert "Only a shared" in run(
        "database", "install", "--database", f"sqlite:///{tmp_path}/x.sqlite", code=2
    )
    assert "the server's own" in run(
        "database", "install", "--database", postgresql_server.url("postgres"), code=2
    )
    with postgresql_server.connect("postgres") as connection:
        connection.execute("CREATE ROLE plain LOGIN CREATEDB CREATEROLE")
        as_plain = new.replace("//doorstep@", "//plain@")
        try:
            assert "plain is no superuser" in run("database", "install", "--database", as_plain, code=2)
        finally:
            connection.execute("DROP ROLE plain")
