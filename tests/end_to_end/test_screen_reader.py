"""The program as a screen reader meets it: another process that asks for names, reads rows and presses."""

import datetime as dt
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import select

from console.domain.acting import Actor
from console.domain.words import OutcomeDisposition, Placement, Role, VisitStatus
from console.services import setup
from db.engine import Database, open_database
from db.models import Hub, Practice, Practitioner, Staff, Visit
from tests.end_to_end.truth import Truth
from tests.services.team import Clock, Team, new_referral
from tests.support.at_spi import Part, Reader, found

ROOT = Path(__file__).resolve().parents[2]
NEEDED = {
    "xvfb": Path(shutil.which("Xvfb") or "missing"),
    "dbus-daemon": Path(shutil.which("dbus-daemon") or "missing"),
    "at-spi2-core": Path("/usr/share/dbus-1/services/org.a11y.Bus.service"),
}
LOGINS = {"jo": ("jo.bates", Role.COORDINATOR), "ann": ("helen.osei", Role.CLINICIAN)}
# What Qt shows besides, and what is never come to: surfaces, pictures, words that belong to a control.
SURFACES = frozenset(
    {"application", "filler", "panel", "layered pane", "splitter", "grip", "graphic", "label", "scroll bar"}
    | {"viewport", "scroll pane", "tool tip", "separator", "progress bar", "canvas"}
)
WORKSPACES = {
    "Board": "Pending referrals",
    "Hub": "Hub queue",
    "Reports": "Outcome reports",
    "Load": "Tasks and escalations",
}


@dataclass(frozen=True)
class Console:
    """The window as a screen reader has it, and the database behind it."""

    app: Part
    truth: Truth

    def dialog(self, title: str) -> Part:
        """The dialog of that title, once it is there."""
        return self.app.find("dialog", title)

    def leaves(self, dialog: Part, by: str) -> None:
        """Press a button that closes the dialog, and see it go."""
        dialog.find("push button", by).press()
        found(lambda: None if len(self.app.children) > 1 else True, f"{by} does not close the dialog.")


@pytest.fixture(scope="module")
def console(_sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Console]:
    """The program on a display and a bus of its own, with a coordinator signed in by a screen reader."""
    if missing := [package for package, file in NEEDED.items() if not file.exists()]:
        pytest.skip(f"{' and '.join(missing)} are not installed: `start.py test` says how to install them")
    folder = tmp_path_factory.mktemp("reader")
    file = folder / "service.sqlite"
    shutil.copyfile(_sqlite_template, file)
    with ExitStack() as stack:
        database = open_database(f"sqlite:///{file}")
        stack.callback(database.close)
        database.hurry()
        begin_a_day(database, dt.datetime.now(dt.UTC))
        environment = os.environ | {"QT_QPA_PLATFORM": "xcb", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
        # The buses keep their sockets there.
        environment |= {
            "XDG_RUNTIME_DIR": str(folder),
            "XDG_CACHE_HOME": str(folder),
            "PYTHONPATH": str(ROOT),
        }
        environment["DISPLAY"] = stack.enter_context(display())
        bus = environment["DBUS_SESSION_BUS_ADDRESS"] = stack.enter_context(session_bus(environment))
        said = stack.enter_context((folder / "said").open("w+"))
        stack.enter_context(program(database.url, environment, said.fileno()))
        reader = Reader(bus)
        stack.callback(reader.close)
        app = reader.application()
        app.find("text", "Your name").write("jo bates")
        app.find("push button", "Hub coordinator").press()
        app.find("table", "Pending referrals")
        yield Console(app, Truth(database))
        said.seek(0)
        assert "Traceback" not in said.read()


@contextmanager
def ended(process: "subprocess.Popen[str]") -> Iterator["subprocess.Popen[str]"]:
    """End a process that was started here."""
    try:
        yield process
    finally:
        process.terminate()
        process.wait(20)


@contextmanager
def display() -> Iterator[str]:
    """A screen that nobody looks at."""
    read, write = os.pipe()
    words = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1366x768x24", "-nolisten", "tcp", "-noreset"]
    server = subprocess.Popen(words, pass_fds=[write], stderr=subprocess.DEVNULL, text=True)
    os.close(write)
    with ended(server), os.fdopen(read) as told:
        yield f":{told.readline().strip()}"


@contextmanager
def session_bus(environment: dict[str, str]) -> Iterator[str]:
    """A session bus, which starts the accessibility bus when it is asked for."""
    words = ["dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address"]
    daemon = subprocess.Popen(
        words, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert daemon.stdout is not None
    with ended(daemon), daemon.stdout:
        yield daemon.stdout.readline().strip()


@contextmanager
def program(url: str, environment: dict[str, str], said: int) -> Iterator[None]:
    """The console as people start it."""
    words = [sys.executable, "main.py", "open-demo", "--database", url]
    with ended(subprocess.Popen(words, cwd=ROOT, env=environment, stdout=said, stderr=said, text=True)):
        yield


def begin_a_day(database: Database, now: dt.datetime) -> None:
    """A patient who waits and is late, one who was seen and whose report is owed, one who is at a hub."""
    setup.apply(database, now - dt.timedelta(days=2), with_demo=True)
    team = Team(database, Clock(now - dt.timedelta(minutes=125)))
    with database.read() as session:
        for name, (login, role) in LOGINS.items():
            staff = session.scalars(select(Staff).where(Staff.login == login)).one()
            team.actors[name] = Actor(staff.id, staff.name, role, "Folkestone 1")
        for person in session.scalars(select(Practitioner)):
            team.ids[person.name.partition(" ")[0].lower()] = person.id
        hub = session.scalars(select(Hub).where(Hub.name == "Folkestone")).one().id
        team.ids["practice"] = session.scalars(select(Practice.id)).first() or 0
    for name in ("sam", "priya"):
        on_until = now + dt.timedelta(hours=6)
        team.jo.workforce.shift_on(team.ids[name], hub, Placement.HOME_VISITING, None, on_until)
    practice = team.ids["practice"]
    team.triaged(2, new_referral(practice_id=practice, family_name="EXAMPLE", given_name="Anna"))
    seen, visit = team.on_scene()
    team.clock.pass_minutes(35)
    version = team.visit_version(seen)
    team.jo.visits.clear(visit, version, OutcomeDisposition.TREATED_AT_HOME, True, "Managed")
    team.jo.hub_queue.arrive(new_referral(practice_id=practice, family_name="Ash", nhs_number=None), hub)


def nameless(top: Part) -> list[str]:
    """Every control that a screen reader could only call by its kind."""
    return [f"{one.role} {one.path}" for one in top.walk() if one.role not in SURFACES and not one.name]


def test_that_a_screen_reader_finds_a_name_for_every_control(console: Console) -> None:
    seen = 0
    for workspace, table in WORKSPACES.items():
        console.app.find("check box", workspace).press()
        console.app.find("table", table)
        assert not nameless(console.app), workspace
        seen += sum(1 for _ in console.app.walk())
    assert seen > 200
    console.app.find("check box", "Board").press()
    console.app.find("cell", "P2 acute, Anna Example").press()
    opened = {
        "New referral": "Cancel",
        "Arrive at hub": "Cancel",
        "Shift on or off": "Cancel",
        "Upgrade to 999": "Cancel",
        "Worse": "Cancel",
        "Keys and commands": "Close",
    }
    for button, leave in opened.items():
        console.app.find("push button", button).press()
        dialog = console.dialog("")
        assert dialog.name
        assert not nameless(dialog), button
        console.leaves(dialog, leave)


def test_that_a_screen_reader_hears_a_row_as_one_would_say_it_and_each_cell_with_its_heading(
    console: Console,
) -> None:
    console.app.find("check box", "Board").press()
    row = console.app.find("cell", "P2 acute, Anna Example")
    said = (
        r"P2 acute, Anna Example, \d+, Fall, cannot get up alone, Hythe CT21, "
        r"due (\w{3} )?\d\d:\d\d, late 1 hour \d+ minutes?, Waiting, .*waiting 2 hours.*"
    )
    assert re.fullmatch(said, row.name), row.name
    assert console.app.find("cell", "Status: ").name.startswith("Status: ")
    assert console.app.find("column header", "Priority").name == "Priority"


def test_that_a_screen_reader_allocates_a_visit(console: Console) -> None:
    console.app.find("check box", "Board").press()
    console.app.find("cell", "P2 acute, Anna Example").press()
    console.app.find("push button", "Allocate").press()
    dialog = console.dialog("Allocate a visit")
    person = dialog.find("list item", "Sam Hill")
    assert person.name.startswith("Sam Hill, free, Paramedic practitioner, Folkestone, until ")
    person.press()
    dialog.find("push button", "Allocate Sam Hill").press()
    visit = found(
        lambda: next(iter(console.truth.of(Visit, "EXAMPLE")), None), "No visit has come to the database."
    )
    assert visit.status is VisitStatus.ALLOCATED
    assert console.truth.step("EXAMPLE", "visit.allocated").by == "Jo Bates"
    assert console.app.find("cell", "P2 acute, Anna Example").name.count("Sam Hill") == 1
