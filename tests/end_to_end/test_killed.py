"""A console that is killed at any moment: nothing is lost or half written, and the next one starts clean."""

import datetime as dt
import random
from contextlib import closing
from pathlib import Path

import pytest

from console import settings
from console.services import setup
from db.engine import open_database
from tests.support.kills import assert_nothing_is_lost_or_half_written, console, kill_while_it_writes

KILLS = 3


@pytest.fixture
def service_url(database_url: str) -> str:
    """A service with invented people and no patients."""
    with closing(open_database(database_url)) as database:
        setup.apply(database, dt.datetime.now(dt.UTC), with_demo=True)
    return database_url


def test_that_no_kill_loses_doubles_or_halves_a_referral(service_url: str) -> None:
    chance = random.Random(7)
    for number in range(KILLS):
        name = f"Osman{'abcdefgh'[number]}"
        saved, called = kill_while_it_writes(service_url, name, chance)
        assert saved
        assert_nothing_is_lost_or_half_written(service_url, name, saved, called)
    with console("look", service_url) as after:
        assert int(after.wait_for("live").split()[1]) >= KILLS
        assert after.wait_for("offers") == "offers nothing"


def forms() -> list[Path]:
    """The half-typed forms that lie in the data folder."""
    return list(settings.kept_forms_folder().glob("*.form"))


def test_that_what_was_typed_when_the_console_was_killed_is_offered_and_not_entered(service_url: str) -> None:
    with console("type", service_url, "Osman") as before:
        before.wait_for("typed")
        wait_until_kept()
        before.kill()
    [file] = forms()
    assert file.stat().st_mode & 0o077 == 0
    assert (b"Osman" in file.read_bytes()) == service_url.startswith("sqlite")
    with console("look", service_url) as after:
        assert after.wait_for("live") == "live 0"
        offered = after.wait_for("offers")
        assert offered.startswith("offers New referral, which you were entering at ")
        assert offered.endswith(", was kept. It is not saved yet.")
        assert after.process.stdin is not None
        after.process.stdin.write("continue\n")
        after.process.stdin.flush()
        assert after.wait_for("stands") == "stands Osman: Fall, cannot get up alone"
        after.kill()
    assert len(forms()) == 1  # continued and killed again: still there


def wait_until_kept() -> None:
    """Wait until a form lies on the disk."""
    from threading import Event
    from time import monotonic

    until = monotonic() + 20
    while not forms():
        assert monotonic() < until, "what was typed was not kept"
        Event().wait(0.02)
