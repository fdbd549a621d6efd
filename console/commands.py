"""The commands without a window: 0 when all is done, 1 when some was refused, 2 when it could not run."""

import datetime as dt
import io
import json
import logging
import platform
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from console import log
from console.domain.refusals import Refused
from db.engine import Database, open_database

_log = logging.getLogger(__name__)
_LOCAL = "sqlite:///"
DONE, SOME_REFUSED, COULD_NOT_RUN = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Voice:
    """How a command speaks: what was done, and what was refused."""

    say: Callable[[str], None]
    refuse: Callable[[str], None]


def address(url: str | None) -> str:
    """Give the address of the named database, or of this machine's, with the password that is kept for it."""
    from console.services import way_in

    return way_in.where(url)


@contextmanager
def opened(url: str | None) -> Iterator[Database]:
    """Open the named database, or this machine's, for one command."""
    where = address(url)
    _require_file(where)
    database = open_database(where)
    try:
        yield database
    finally:
        database.close()


def _require_file(where: str) -> None:
    """Refuse a local database that is not there, before opening it would make an empty file."""
    if where.startswith(_LOCAL) and not Path(where.removeprefix(_LOCAL)).is_file():
        name = Path(where.removeprefix(_LOCAL)).name
        raise Refused(f"There is no database {name} there yet. Run: main.py migrate")


def migrate(url: str | None, voice: Voice) -> int:
    """Bring a database to the newest shape."""
    from db.upgrade import upgrade

    upgrade(address(url))
    voice.say("The database has the newest shape.")
    return DONE


def setup(url: str | None, voice: Voice, *, file: Path | None, with_demo: bool) -> int:
    """Set the service of a file up, or keep the one that is there."""
    from console.services import setup as service_setup
    from console.services.clock import clock_of

    with opened(url) as database:
        voice.say(service_setup.set_up(database, clock_of(database)(), file, with_demo=with_demo))
    return DONE


def board(url: str | None, voice: Voice, *, as_json: bool) -> int:
    """Show the board."""
    from console.services import board_json
    from console.services.clock import clock_of

    with opened(url) as database:
        shown = board_json.read(database, clock_of(database)())
    if as_json:
        voice.say(json.dumps(shown, ensure_ascii=False, indent=1))
        return DONE
    voice.say(f"Referrals open: {len(shown['referrals'])}. Reports open: {len(shown['reports'])}.")
    for hub in shown["hubs"]:
        voice.say(f"{hub['name']}: {'open' if hub['open'] else 'closed'}, {hub['waiting']} waiting.")
    return DONE


def import_referrals(url: str | None, voice: Voice, *, paths: list[Path]) -> int:
    """Take in referrals from files and folders; every file is answered with one line."""
    from console.services import imports
    from console.services.clock import clock_of

    is_all_in = True
    with opened(url) as database:
        for outcome in imports.referrals(database, paths, clock_of(database)):
            is_all_in &= not outcome.is_refused
            (voice.refuse if outcome.is_refused else voice.say)(f"{outcome.file}: {outcome.sentence}")
    return DONE if is_all_in else SOME_REFUSED


def import_practices(url: str | None, voice: Voice, *, file: Path) -> int:
    """Take in a list of GP practices."""
    from console.services import imports
    from console.services.clock import clock_of

    with opened(url) as database:
        taken = imports.practices(database, file, clock_of(database)())
    voice.say(taken.sentence)
    for line in taken.refused:
        voice.refuse(line)
    return SOME_REFUSED if taken.refused else DONE


def import_map(url: str | None, voice: Voice, *, folder: Path) -> int:
    """Take in the service's own map."""
    from console.services import maps
    from console.services.clock import clock_of

    with opened(url) as database:
        voice.say(maps.take_in(database, folder, clock_of(database)()))
    return DONE


def doctor(url: str | None, voice: Voice, *, restore_drill: bool = False, **drill: Path | None) -> int:
    """Say whether the database can be reached, and what it holds; or bring its newest backup back."""
    from console.services import condition

    if restore_drill:
        from console.drill_command import run_drill

        return run_drill(url, voice, **drill)
    with opened(url) as database:
        for line in condition.describe(database):
            voice.say(line)
    return DONE


def list_settings(url: str | None, voice: Voice) -> int:
    """List the settings of the service: name, value, default, since when, what it says."""
    from console.services import settings_changes
    from console.services.clock import clock_of

    with opened(url) as database:
        for line in settings_changes.lines(database, clock_of(database)()):
            when = "default" if line.since is None else settings_changes.said(line.since)
            since = f"planned from {when}" if line.is_planned else when
            voice.say(f"{line.name}\t{line.value}\t{line.default}\t{since}\t{line.sentence}")
    return DONE


def set_setting(
    url: str | None, voice: Voice, *, name: str, value: str, by: str, reason: str, effective_from: str | None
) -> int:
    """Let a setting of the service hold another value, from now or later."""
    from console.services import settings_changes
    from console.services.clock import clock_of

    at = None if effective_from is None else settings_changes.read_from(effective_from)
    with opened(url) as database:
        voice.say(
            settings_changes.change(
                database,
                settings_changes.author(database, by, platform.node()),
                clock_of(database)(),
                name=name,
                typed=value,
                reason=reason,
                effective_from=at,
            )
        )
    return DONE


def demo(url: str | None, voice: Voice, *, seed: int, speed: float, again: bool) -> int:
    """Make the demo: in its own file, unless its day goes on there; or of a named, empty database."""
    from console.services import demo_file

    if url is None:
        file = demo_file.ready(dt.datetime.now(dt.UTC), seed=seed, speed=speed, again=again)
        voice.say(f"The demo stands in {file.name}.")
    else:
        voice.say(demo_file.make(address(url), seed=seed, speed=speed, again=again))
    return DONE


def guarded(run: Callable[[], int], voice: Voice) -> int:
    """Run a command; what it cannot do is told in sentences."""
    _write_anything()
    try:
        log.start("command")
        return run()
    except Refused as refused:
        for reason in refused.reasons:
            voice.refuse(reason)
    except OSError as error:
        voice.refuse(f"{error.strerror or type(error).__name__}: {error.filename or 'no file'}.")
    except Exception as fault:  # noqa: BLE001 - its words may quote a patient: where it happened must do
        _log.error("A command failed\n%s", log.where_it_happened(fault))
        *_, last = traceback.extract_tb(fault.__traceback__)
        place = f"{Path(last.filename).name}, line {last.lineno}"
        voice.refuse(f"This program failed: {type(fault).__name__} in {place}. Report this, please.")
    finally:
        log.stop()
    return COULD_NOT_RUN


def _write_anything() -> None:
    """A name that the terminal has no letters for is written in signs instead of ending the command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
