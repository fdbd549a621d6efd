"""Describes every command that needs no window; what each runs is loaded when it is asked for."""

import argparse
import sys
from functools import partial
from pathlib import Path

from console.command import Commands, Run, command

DEVICES = "console.device_commands"
STAFF = "console.staff_commands"
AUDIT = "console.audit_command"
SERVICE_FILE = "the service file (default: the service that is there is kept, else South Kent Coast)"
WORK = ("profession", "employer", "grade", "phone", "competences")


def add_database(commands: Commands) -> None:
    """Add the commands for whoever looks after the database."""
    command(commands, "migrate", "Make the database, or bring it to the newest shape.", headless("migrate"))
    made = command(
        commands,
        "setup",
        "Set the service up from its file; safe to repeat.",
        headless("setup", "file", "with_demo"),
    )
    made.add_argument("--file", type=Path, help=SERVICE_FILE)
    made.add_argument("--demo", dest="with_demo", action="store_true", help="with invented people")
    made = command(
        commands,
        "doctor",
        "Say whether the database can be reached, and what it holds; or bring its newest backup back.",
        headless("doctor", "restore_drill", "backups", "programs", "archive"),
    )
    made.add_argument("--restore-drill", action="store_true", help="bring the newest backup back and look")
    made.add_argument("--backups", type=Path, metavar="FOLDER", help="the folder, or one backup")
    made.add_argument("--programs", type=Path, metavar="FOLDER", help="the programs of PostgreSQL")
    made.add_argument("--archive", type=Path, metavar="FOLDER", help="the archived write-ahead log")
    command(
        commands,
        "retention",
        "List for how long each kind of data is to be kept, and why; nothing is deleted.",
        headless("list_retention", of="console.drill_command"),
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


def add_install(commands: Commands) -> None:
    """Add the command that makes a secured database."""
    stated = commands.add_parser("database", help="Make a shared database in which everybody has a login.")
    kinds = stated.add_subparsers(title="what", required=True, metavar="WHAT")
    made = command(
        kinds,
        "install",
        "Make roles, database, rights and service, as a superuser; safe to repeat.",
        headless("install", "file", "administrator", "name", "external", of=STAFF),
    )
    made.add_argument("--file", type=Path, help=SERVICE_FILE)
    made.add_argument("--administrator", metavar="LOGIN", help="the first one, who then adds the others")
    made.add_argument("--name", help="the first administrator's name, as others read it")
    _add_external(made)


def add_board_and_imports(commands: Commands) -> None:
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


def add_staff(commands: Commands) -> None:
    """Add the commands about people."""
    from console.domain.words import Role  # not loaded before the window is painted

    roles = [role.value for role in Role if role is not Role.SYSTEM]
    staff = commands.add_parser("staff", help="List, add or change the people who may sign in or be sent.")
    kinds = staff.add_subparsers(title="what", required=True, metavar="WHAT")
    command(kinds, "list", "List who may sign in or be sent, and as what.", headless("list_staff", of=STAFF))
    fields = ("login", "name", "roles", "registration", "hubs", "mail", "external", *WORK)
    made = command(
        kinds,
        "add",
        "Add a person, or give one who is there more roles and hubs.",
        headless("add_staff", *fields, of=STAFF),
    )
    made.add_argument("login", help="the account's name")
    made.add_argument("name", help="the person's name, as others read it")
    _add_roles(made, roles)
    made.add_argument("--hub", dest="hubs", action="append", default=[], help="a hub's code (default: all)")
    made.add_argument("--mail", help="where their reminders go; they name no patient")
    _add_external(made)
    _add_work(made)
    made = command(
        kinds,
        "practitioner",
        "Add a practitioner who has no account, or bring one who is there up to date.",
        headless("add_practitioner", "name", "registration", *WORK, of=STAFF),
    )
    made.add_argument("name", help="the person's name, as others read it")
    _add_work(made)
    _add_changes(kinds, roles)


def _add_changes(kinds: Commands, roles: list[str]) -> None:
    """Add what changes a person who is there."""
    sentence = "Let a person have exactly these roles."
    made = command(kinds, "role", sentence, headless("set_roles", "login", "roles", of=STAFF))
    made.add_argument("login", help="the account's name")
    _add_roles(made, roles)
    sentence = "Let a person see exactly these hubs."
    made = command(kinds, "hubs", sentence, headless("set_hubs", "login", "hubs", of=STAFF))
    made.add_argument("login", help="the account's name")
    made.add_argument("hubs", nargs="*", metavar="HUB", help="a hub's code (default: all)")
    sentence = "Let a person in again, or give them another password."
    made = command(kinds, "password", sentence, headless("set_password", "login", "external", of=STAFF))
    made.add_argument("login", help="the account's name")
    _add_external(made)
    sentence = "Let a person in no more, and end what they have open."
    made = command(kinds, "disable", sentence, headless("disable", "login", of=STAFF))
    made.add_argument("login", help="the account's name")


def _add_roles(made: argparse.ArgumentParser, roles: list[str]) -> None:
    made.add_argument(
        "--role", dest="roles", action="append", required=True, choices=roles, help="may be repeated"
    )


def _add_external(made: argparse.ArgumentParser) -> None:
    made.add_argument(
        "--external", action="store_true", help="no password: they come in by Kerberos, LDAP or a certificate"
    )


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


def add_devices(commands: Commands) -> None:
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


def add_settings(commands: Commands) -> None:
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


def add_audit(commands: Commands) -> None:
    """Add the commands about the audit's chain of hashes."""
    stated = commands.add_parser("audit", help="Check the audit, or print the hash that proves it.")
    kinds = stated.add_subparsers(title="what", required=True, metavar="WHAT")
    sentence = "Print the newest hash of the audit, to be kept outside the database."
    command(kinds, "head", sentence, headless("head", of=AUDIT))
    sentence = "Check every line of the audit; 1 when one was removed, changed or put in."
    made = command(kinds, "verify", sentence, headless("verify", "heads", of=AUDIT))
    made.add_argument(
        "--head", dest="heads", nargs="+", default=[], metavar="HASH", help="hashes that were kept outside"
    )


def add_worker(commands: Commands) -> None:
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


HEADLESS = (
    add_database,
    add_install,
    add_board_and_imports,
    add_staff,
    add_devices,
    add_worker,
    add_settings,
    add_audit,
)


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
