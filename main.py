"""Doorstep: the window, and the commands that need none. `main.py --help` lists them."""

import argparse
import datetime as dt
import sys
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # argparse has no public name for it.
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001
    from console.jobs.timetable import Job
    from console.services.kept_forms import FormStore
    from db.change_feed import Measure
    from db.engine import Database
    from ui.main_window import MainWindow
    from ui.parts import ConsoleParts

Run = Callable[[argparse.Namespace], int]
WINDOW = ("open", "open-demo")
THEMES = ("light", "dark", "contrast")
DEVICES = "console.device_commands"
WORK = ("profession", "employer", "grade", "phone", "competences")


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
    # Describing all the other commands takes a good part of what the window may take to appear.
    return parser(*((add_window,) if words[0] in WINDOW else EVERY)).parse_args(words)


def parser(*groups: Callable[["Commands"], None]) -> argparse.ArgumentParser:
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


def command(commands: "Commands", name: str, sentence: str, run: Run) -> argparse.ArgumentParser:
    """Add one command; all of them take --database."""
    made: argparse.ArgumentParser = commands.add_parser(name, help=sentence, description=sentence)
    made.add_argument("--database", metavar="URL", help="sqlite:///file or postgresql://user@host/name")
    made.set_defaults(run=run)
    return made


def add_window(commands: "Commands") -> None:
    """Add the commands that show a window or a picture of it."""
    for name, sentence in (
        ("open", "Open the console."),
        ("open-demo", "Open the console with a demo service on this computer."),
    ):
        made = command(commands, name, sentence, show)
        made.add_argument("--screenshot", type=Path, metavar="FILE", help="write a picture and end")
        made.add_argument("--workspace", metavar="NAME", help="the workspace to show")
        made.add_argument("--theme", choices=THEMES, help="the colours")
        made.add_argument("--size", type=size, metavar="WxH", help="the size of the window, such as 1366x768")
        made.add_argument("--scale", type=float, metavar="N", help="the scale, such as 2")
        made.set_defaults(is_demo=name == "open-demo")


def add_database(commands: "Commands") -> None:
    """Add the commands for whoever looks after the database."""
    command(commands, "migrate", "Make the database, or bring it to the newest shape.", headless("migrate"))
    made = command(
        commands,
        "setup",
        "Set the service up from its file; safe to repeat.",
        headless("setup", "file", "with_demo"),
    )
    made.add_argument("--file", type=Path, help="the service file (default: South Kent Coast)")
    made.add_argument("--demo", dest="with_demo", action="store_true", help="with invented people")
    command(
        commands, "doctor", "Say whether the database can be reached, and what it holds.", headless("doctor")
    )
    made = command(
        commands,
        "demo",
        "Make a training database with a synthetic day; of another only if that is empty.",
        headless("demo", "seed", "speed", "again"),
    )
    made.add_argument("--seed", type=int, default=7, help="which day it is (default: 7)")
    made.add_argument("--speed", type=float, default=10, help="how quick its time runs (default: 10 times)")
    made.add_argument("--again", action="store_true", help="begin anew in a training database")


def add_board_and_imports(commands: "Commands") -> None:
    """Add the commands that scripts use every day."""
    made = command(commands, "board", "Show the board.", headless("board", "as_json"))
    made.add_argument("--json", dest="as_json", action="store_true", help="everything, as one JSON object")
    imports = commands.add_parser("import", help="Take in referrals, practices or a map.")
    kinds = imports.add_subparsers(title="what", required=True, metavar="WHAT")
    made = command(
        kinds,
        "referrals",
        "Take in NHS 111 messages from files and folders.",
        headless("import_referrals", "paths"),
    )
    made.add_argument("paths", type=Path, nargs="+", metavar="PATH")
    made = command(
        kinds,
        "practices",
        "Take in a list of GP practices (CSV, or ODS epraccur).",
        headless("import_practices", "file"),
    )
    made.add_argument("file", type=Path, metavar="FILE")
    made = command(
        kinds,
        "map",
        "Take in the service's own map (GeoJSON layers and their licence) for every console.",
        headless("import_map", "folder"),
    )
    made.add_argument("folder", type=Path, metavar="FOLDER")


def add_staff(commands: "Commands") -> None:
    """Add the commands about people."""
    from console.domain.words import Role  # not loaded before the window is painted

    roles = [role.value for role in Role if role is not Role.SYSTEM]
    staff = commands.add_parser("staff", help="List or add the people who may sign in or be sent.")
    kinds = staff.add_subparsers(title="what", required=True, metavar="WHAT")
    command(kinds, "list", "List who may sign in or be sent, and as what.", headless("list_staff"))
    made = command(
        kinds,
        "add",
        "Add a person, or give one who is there more roles and hubs.",
        headless("add_staff", "login", "name", "roles", "registration", "hubs", "mail", *WORK),
    )
    made.add_argument("login", help="the account's name")
    made.add_argument("name", help="the person's name, as others read it")
    made.add_argument(
        "--role", dest="roles", action="append", required=True, choices=roles, help="may be repeated"
    )
    made.add_argument("--hub", dest="hubs", action="append", default=[], help="a hub's code (default: all)")
    made.add_argument("--mail", help="where their reminders go; they name no patient")
    _add_work(made)
    made = command(
        kinds,
        "practitioner",
        "Add a practitioner who has no account, or bring one who is there up to date.",
        headless("add_practitioner", "name", "registration", *WORK),
    )
    made.add_argument("name", help="the person's name, as others read it")
    _add_work(made)


def _add_work(made: argparse.ArgumentParser) -> None:
    """Add what is said of somebody who can be sent."""
    from console.domain.words import Employer, Profession

    made.add_argument("--registration", help="with a professional body, needed to sign and to stand down")
    made.add_argument("--profession", help=f"for a practitioner: {', '.join(Profession)}")
    made.add_argument("--employer", help=f"for a practitioner: {', '.join(Employer)}")
    made.add_argument("--grade", help="as the employer calls it, such as Band 7")
    made.add_argument("--phone", help="on which they are reached on duty")
    made.add_argument(
        "--competence",
        dest="competences",
        action="append",
        metavar="NAME[:YYYY-MM-DD]",
        help="what they are signed off for, and its last day; may be repeated",
    )


def add_devices(commands: "Commands") -> None:
    """Add the commands about the telephones and trackers that tell positions."""
    stated = commands.add_parser("device", help="List, add or disable what tells practitioners' positions.")
    kinds = stated.add_subparsers(title="what", required=True, metavar="WHAT")
    command(kinds, "list", "List every device, and when it was heard.", headless("list_devices", of=DEVICES))
    made = command(
        kinds,
        "add",
        "Let a device tell a practitioner's position; its token is shown once.",
        headless("add_device", "practitioner", "label", "registration", of=DEVICES),
    )
    made.add_argument("practitioner", metavar="NAME", help="the practitioner's name, as the board shows it")
    made.add_argument("--label", default="telephone", help="what it is (default: telephone)")
    made.add_argument("--registration", help="where two practitioners have the same name")
    made = command(
        kinds,
        "disable",
        "Let a device tell nothing any more.",
        headless("disable_device", "device_id", of=DEVICES),
    )
    made.add_argument("device_id", type=int, metavar="ID", help="as the list gives it")


def add_settings(commands: "Commands") -> None:
    """Add the commands about the service's settings."""
    stated = commands.add_parser("settings", help="List or change the settings of the service.")
    kinds = stated.add_subparsers(title="what", required=True, metavar="WHAT")
    command(kinds, "list", "List every setting with what holds and since when.", headless("list_settings"))
    fields = ("name", "value", "by", "reason", "effective_from")
    made = command(kinds, "set", "Change one, from now or later.", headless("set_setting", *fields))
    made.add_argument("name", metavar="NAME", help="as the list gives it, such as clock.report_due")
    made.add_argument("value", metavar="VALUE", help="as the list writes it")
    made.add_argument("--by", required=True, metavar="LOGIN", help="who changes it and may")
    made.add_argument("--reason", required=True, metavar="TEXT", help="why, for whoever looks back")
    made.add_argument(
        "--from", dest="effective_from", metavar="WHEN", help='"2026-12-01 08:00" in London (default: now)'
    )


def add_worker(commands: "Commands") -> None:
    """Add the command that runs without end."""
    made = command(
        commands,
        "worker",
        "Do what is done by itself at a shared database: chase, remind, tidy. Any number may run.",
        work,
    )
    made.add_argument("--name", help="how this worker is called (default: the name of this computer)")


def work(asked: argparse.Namespace) -> int:
    """Run a worker until it is told to stop."""
    from console import commands, log
    from console.worker import process

    log.start("worker", aloud=True)
    voice = commands.Voice(print, partial(print, file=sys.stderr))
    return commands.guarded(lambda: process.run(asked.database, asked.name), voice)


EVERY = (add_window, add_database, add_board_and_imports, add_staff, add_devices, add_worker, add_settings)


def headless(name: str, *fields: str, of: str = "console.commands") -> Run:
    """Return the run of a command of a module, which is loaded only then."""

    def run(asked: argparse.Namespace) -> int:
        from importlib import import_module

        from console import commands

        voice = commands.Voice(print, partial(print, file=sys.stderr))
        given = {field: getattr(asked, field) for field in fields}
        command = getattr(import_module(of), name)
        return commands.guarded(lambda: command(asked.database, voice, **given), voice)

    return run


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
        watch=watch,
    )
    log.stop()
    return code


def _open_logged(url: str | None, *, is_demo: bool) -> "ConsoleParts":
    """Keep a log from here on: before the first paint there is nothing to tell, and no time for it."""
    from console import log

    log.start("console", beside=True)
    return open_console(url, is_demo=is_demo)


def open_console(url: str | None, *, is_demo: bool) -> "ConsoleParts":
    """Open the database and hand over what the window works with; runs beside the window's thread."""
    from console.jobs.timetable import TIMETABLE
    from console.services import opening
    from console.services.clock import clock_of

    database = opening.open_demo() if is_demo and url is None else opening.open_service(url)
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
    from console.jobs.runner import Runner
    from console.services import people, site
    from console.services.desk import Desk
    from console.services.heartbeat import OF_CONSOLE
    from db.change_feed import ChangeFeed
    from ui.parts import ConsoleParts

    jobs = Runner(Desk(database, people.system(database, OF_CONSOLE), now), timetable)
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
        people=lambda: people.people(database),
        desk=lambda actor: Desk(database, actor, now),
        feed=partial(ChangeFeed, database, now=now, measure=measure),
        now=now,
        clocks=lambda: site.clocks_now(database, now()),
        close=close,
        speed=speed,
        forms=forms,
        server=server,
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
