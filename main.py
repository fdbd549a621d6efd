"""Doorstep: the window, and the commands that need none. `main.py --help` lists them."""

import argparse
import datetime as dt
import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from console.command import Commands, Run, command

if TYPE_CHECKING:
    from console.domain.sign_in import Connection, Entry
    from console.jobs.timetable import Job
    from console.services.kept_forms import FormStore
    from db.change_feed import Measure
    from db.engine import Database
    from ui.main_window import MainWindow
    from ui.parts import ConsoleParts, Door

WINDOW = ("open", "open-demo", "key-card")
THEMES = ("light", "dark", "contrast")


def main(words: list[str]) -> int:
    """Do what the words ask for."""
    asked = read(words)
    run: Run = asked.run
    return run(asked)


def read(words: list[str]) -> argparse.Namespace:
    """Read what the words ask for; without a command it is the window."""
    is_help = words[:1] in (["-h"], ["--help"])
    if not is_help and (not words or words[0].startswith("-")):
        words = ["open", *words]
    if words[0] in WINDOW:
        # Describing all the other commands takes a good part of what the window may take to appear.
        return parser(partial(add_window, only=words[0])).parse_args(words)
    from console.command_list import HEADLESS

    return parser(add_window, *HEADLESS).parse_args(words)


def parser(*groups: Callable[[Commands], None]) -> argparse.ArgumentParser:
    """Describe these groups of commands."""
    top = argparse.ArgumentParser(
        prog="main.py",
        description="The coordination console of a home-visiting service. Without a command it opens.",
        epilog="Ends with 0 when all is done, 1 when some was refused, 2 when it could not run.",
    )
    commands = top.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for add in groups:
        add(commands)
    return top


def add_window(commands: Commands, only: str | None = None) -> None:
    """Add the commands that show a window or a picture of it, or only one of them."""
    for name, sentence in (
        ("open", "Open the console."),
        ("open-demo", "Open the console with a demo service on this computer."),
    ):
        if only not in (None, name):
            continue
        made = command(commands, name, sentence, show)
        made.add_argument("--screenshot", type=Path, metavar="FILE", help="write a picture and end")
        made.add_argument("--workspace", metavar="NAME", help="the workspace to show")
        made.add_argument("--theme", choices=THEMES, help="the colours")
        made.add_argument("--size", type=size, metavar="WxH", help="the size of the window, such as 1366x768")
        made.add_argument("--scale", type=float, metavar="N", help="the scale, such as 2")
        made.add_argument(
            "--wallboard", metavar="LOGIN", help="cover the screen with the load of this person's hubs"
        )
        made.set_defaults(is_demo=name == "open-demo")
    if only not in (None, "key-card"):
        return
    sentence = "Write every key of the window on one page to print, as a PDF."
    made = commands.add_parser("key-card", help=sentence, description=sentence)
    made.add_argument("file", type=Path, metavar="FILE", help="such as keys.pdf")
    made.set_defaults(run=key_card)


def size(text: str) -> tuple[int, int]:
    """Read a size such as 1366x768."""
    width, _, height = text.partition("x")
    return int(width), int(height)


def show(asked: argparse.Namespace, watch: "Callable[[MainWindow], None] | None" = None) -> int:
    """Open the window, or render a picture of it; the database is opened after the first paint.

    `watch` is handed the window before it is shown, by whoever measures it.
    """
    import gc

    # The window collects garbage on its own thread, and loading leaves none: not looking for it is quicker.
    gc.disable()
    from ui.quick_imports import let_imports_be_quick

    let_imports_be_quick()
    from console import log
    from ui.app import run

    code = run(
        partial(_open_logged, asked.database, is_demo=asked.is_demo),
        demo=asked.is_demo,
        screenshot=asked.screenshot,
        workspace=asked.workspace,
        theme=asked.theme,
        size=asked.size,
        scale=asked.scale,
        wallboard=asked.wallboard,
        watch=watch,
        door=door(asked.database),
    )
    log.stop()
    return code


def key_card(asked: argparse.Namespace) -> int:
    """Write the key card; no display and no database are needed."""
    from console import commands
    from ui.app import write_key_card

    voice = commands.Voice(print, partial(print, file=sys.stderr))

    def write() -> int:
        write_key_card(asked.file)
        voice.say(f"The key card is written to {asked.file}.")
        return commands.DONE

    return commands.guarded(write, voice)


def _open_logged(url: str | None, *, is_demo: bool) -> "ConsoleParts":
    """Keep a log from here on: before the first paint there is nothing to tell, and no time for it."""
    from console import log

    log.start("console", beside=True)
    return open_console(url, is_demo=is_demo)


def open_console(url: str | None, *, is_demo: bool) -> "ConsoleParts":
    """Open the database and hand over what the window works with; runs beside the window's thread."""
    from console.services import opening

    return _composed(opening.open_demo() if is_demo and url is None else opening.open_service(url))


def door(url: str | None) -> "Door":
    """Tell the window how a person comes in where the database wants to know who they are."""
    from ui.parts import Door

    def connections() -> "list[Connection]":
        from console.services import way_in

        return way_in.connections(url)

    def enter(entry: "Entry") -> "ConsoleParts":
        from console.services import way_in

        database, note = way_in.enter(entry)
        return replace(_composed(database), note=note)

    def add(connection: "Connection") -> "list[Connection]":
        from console.services import way_in
        from console.services.kept_connections import keep

        keep(connection.name, connection.address)
        return way_in.connections(url)

    return Door(connections, enter, add)


def _composed(database: "Database") -> "ConsoleParts":
    from console.jobs.timetable import TIMETABLE
    from console.services import opening
    from console.services.clock import clock_of

    try:
        server = opening.server_clock(database)
        clock = clock_of(database, server)
        return compose(
            database,
            clock,
            TIMETABLE,
            is_training=clock.is_training,
            speed=clock.speed,
            measure=server.measure,
            server=server,
        )
    except BaseException:
        database.close()
        raise


def compose(
    database: "Database",
    now: Callable[[], dt.datetime],
    timetable: "Iterable[Job]",
    *,
    is_training: bool,
    speed: float = 1.0,
    measure: "Measure | None" = None,
    server: Callable[[], dt.datetime] | None = None,
) -> "ConsoleParts":
    """Put the console together over an open database; `now` is the time that its rules and boards go by.

    `speed` says how many seconds of it pass in one second. `measure` takes the server's time whenever the
    feed has asked for it, so that `now` stays true.
    """
    from console.jobs.late_runner import LateRunner
    from console.services import people, site, way_in
    from console.services.desk import Desk
    from console.services.heartbeat import OF_CONSOLE
    from db.change_feed import ChangeFeed
    from ui.parts import ConsoleParts

    doorstep = people.system(database, OF_CONSOLE)
    jobs = LateRunner(lambda: Desk(database, doorstep, now), timetable)
    if not database.capabilities.is_shared:  # a shared one has workers: consoles come and go
        jobs.start()

    forms = _form_store(database)

    def close() -> None:
        forms.close()
        jobs.stop()
        database.close()

    return ConsoleParts(
        service_name=site.service_name(database, now()),
        is_shared=database.capabilities.is_shared,
        is_training=is_training,
        people=lambda: people.who_may_sign_in(database),
        desk=lambda actor: Desk(database, actor, now),
        feed=partial(ChangeFeed, database, now=now, measure=measure),
        now=now,
        clocks=lambda: site.clocks_now(database, now()),
        close=close,
        speed=speed,
        forms=forms,
        server=server,
        has_logins=database.capabilities.has_roles,
        asks_password=database.has_used_password,
        prove=partial(way_in.prove, database),
    )


def _form_store(database: "Database") -> "FormStore":
    """Keep half-typed forms beside the other files of this account; those of a shared database are sealed."""
    from console import secrets, settings
    from console.domain.refusals import Refused
    from console.services.kept_forms import FormStore

    is_shared = database.capabilities.is_shared
    where = secrets.entry_name(database.url) if is_shared else database.url
    try:
        days = int(str(settings.machine("kept_forms_days")))
    except ValueError as wrong:
        raise Refused(str(wrong)) from wrong
    key = secrets.kept_forms_key if is_shared else None
    return FormStore(settings.kept_forms_folder(), where, days, key)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
