"""Ninety minutes without the database, played through: pack, paper, back-entry by keys, every clock right."""

import datetime as dt
from collections.abc import Callable, Iterator
from functools import partial
from time import monotonic
from typing import Any

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

import main
from console.domain.acting import Actor
from console.domain.words import Gender, Placement, Role, Source, TaskKind
from console.services import people
from console.services.desk import Desk
from console.services.forms import NewReferral
from db.engine import Database, open_database
from db.models import Chase, OutgoingMessage, Patient, QueueEntry, Referral, Report, Step, Task, Visit
from tests.end_to_end.conftest import set_up_service
from tests.end_to_end.days import timetable_of
from tests.end_to_end.driver import AtTheDesk
from tests.end_to_end.hands import PlayedClock
from tests.end_to_end.ways import WithinTheProgram
from tests.support.databases import upgrade
from tests.support.postgresql import Server, StoppableServer, stoppable_server
from ui.boards.live_view import LiveView
from ui.dialogs.base import DecisionDialog
from ui.dialogs.paper import PaperDialog
from ui.main_window import MainWindow
from ui.widgets.feed_age import PaneAge
from ui.widgets.load_tile import LoadTile

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
MORE_THAN_ENOUGH_S = 15 * 60
KEYS_A_MINUTE = 120  # a slow typist, who also reads the paper


def at(clock: str) -> dt.datetime:
    """A time of the day of the outage, a Wednesday in winter."""
    return dt.datetime(2026, 1, 14, int(clock[:2]), int(clock[2:]), tzinfo=dt.UTC)


# Thirty lines as they stand on paper; | is Tab. A line of a new patient is a form, and is typed by itself.
BEFORE_NEW = (
    "1332|clear|archer|treated at|n|",
    "1335|tri|carver|p2|home vis|",
    "1336|ask||sh|",
    "1338",
    "1340",
    "1402",
    "1430|||treated at|y|antibiotics|",
    "1333|ask|baker|pn|",
    "1334",
    "1337",
    "1355",
    "1420|||advice|n|",
    "1341|on|tf|dover|home|2000|",
)
OF_DRAPER = ("1350|ask||tf|", "1352", "1354", "1412", "1440|||treated at|y|")
OF_EVANS = (
    "1347|worse||cannot finish a sentence|",
    "1349|tri||p1|home vis|",
    "1351|call||patient|spoke||stays on the line|",
    "1358|999||chest pain now|",
    "1359|||a1234|control, ms lee|",
    "1405",
)
OF_FISHER = ("1415|str|fisher|p4|paramedic||sore throat|", "1417", "1420|||go|", "1445|||advice|n|")


class Typist(AtTheDesk):
    """Counts every key."""

    keys = 0

    def press(self, key: str, times: int = 1) -> None:
        self.keys += times
        super().press(key, times)

    def type(self, text: str) -> None:
        for letter in text:
            super().type(letter)
            QApplication.processEvents()  # as between two keys of a person: a list opens or closes
            self.keys += 1

    def lines(self, *lines: str) -> None:
        """Type lines of the paper, each saved with Ctrl+Enter."""
        for words in lines:
            self.line(words)

    def line(self, words: str) -> None:
        dialog = self.dialog
        assert isinstance(dialog, PaperDialog)
        before = len(dialog.entered)
        parts = words.split("|")
        for place, part in enumerate(parts):
            self.type(part)
            if place < len(parts) - 1:
                self._tab()
        self.press("Ctrl+Return")
        self.waits_until(
            lambda: len(dialog.entered) > before and not dialog.is_busy,
            lambda: f"{words}: {self.wrong} {[one['value'] for one in dialog.typed() or ()]}",
        )
        self.settles()

    def settles(self) -> None:
        """Wait until the board shows what was entered: the next line may be about it."""
        self.waits_until(lambda: not self.page.session.background.busy)
        self.waits_until(self._board_is_new)

    def _board_is_new(self) -> bool:
        with self.database.read() as session:
            newest = {row.id: row.version for row in session.query(Referral) if row.status.is_open}
        shown = {key: row.version for key, row in self.live.referrals.by_id.items()}
        return newest == shown

    database: Database

    def _tab(self) -> None:
        dialog = QApplication.activeModalWidget()
        assert dialog is not None
        here = dialog.focusWidget()
        self.press("Tab")
        QApplication.processEvents()
        if dialog.focusWidget() is here:  # offscreen, a list that closes gives the keys back
            super().press("Tab")
            QApplication.processEvents()


class Opened(QObject):
    """What was handed to the program for PDFs."""

    def __init__(self) -> None:
        super().__init__()
        self.urls: list[QUrl] = []

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        self.urls.append(url)


@pytest.fixture
def server(postgresql_server: Server) -> Iterator[StoppableServer]:
    with stoppable_server() as server:
        yield server


@pytest.fixture
def url(server: StoppableServer) -> str:
    with server.connect("postgres") as connection:
        connection.execute("CREATE DATABASE outage")
    upgrade(server.url("outage"))
    return server.url("outage")


@pytest.fixture
def service(url: str) -> Iterator[Database]:
    with set_up_service(url) as database:
        yield database


def before_the_outage(service: Database, clock: PlayedClock) -> None:
    """Three patients: with one is somebody, one waits for a visit, one waits for triage."""
    helen = desk_of(service, "helen.osei", Role.CLINICIAN, clock)
    named = {one.name: one.id for one in helen.workforce.practitioners()}
    hub = {row.name: row.id for row in board(service, clock).hubs}
    for name, where, what in (
        ("Sam Hill", "Folkestone", Placement.HOME_VISITING),
        ("Priya Nair", "Folkestone", Placement.HOME_VISITING),
        ("Grace Okafor", "Folkestone", Placement.HUB),
    ):
        helen.workforce.shift_on(named[name], hub[where], what, None, at("2000"))
    clock.at = at("1230")
    archer = receive(helen, "Archer", priority=2)
    helen.visits.allocate(archer, named["Sam Hill"], version(service, clock, archer))
    for step in (helen.visits.acknowledge, helen.visits.en_route, helen.visits.on_scene):
        clock.at += dt.timedelta(minutes=10)
        row = next(one for one in board(service, clock).referrals if one.id == archer)
        assert row.visit_id is not None
        assert row.visit_version is not None
        step(row.visit_id, row.visit_version)
    clock.at = at("1310")
    receive(helen, "Baker", priority=3)
    clock.at = at("1320")
    receive(helen, "Carver", source=Source.NHS_111)


def desk_of(service: Database, login: str, role: Role, clock: PlayedClock) -> Desk:
    person = next(one for one in people.people(service) if one.login == login)
    return Desk(service, Actor(person.id, person.name, role), clock)


def board(service: Database, clock: PlayedClock) -> Any:
    from db.queries.board import read_board

    with service.read() as session:
        return read_board(session, (1, 2), clock())


def version(service: Database, clock: PlayedClock, key: int) -> int:
    return next(int(one.version) for one in board(service, clock).referrals if one.id == key)


def receive(
    desk: Desk, family: str, *, source: Source = Source.GP_PRACTICE, priority: int | None = None
) -> int:
    return desk.referrals.receive(
        NewReferral(
            source=source,
            family_name=family,
            given_name="Ann",
            birth_date=dt.date(1950, 3, 2),
            gender=Gender.FEMALE,
            problem="Short of breath",
            home_address="4 Sea Road, Hythe",
            home_postcode="CT21 5AA",
            phone="01303 123456",
            stated_priority=priority,
            identity_read_back=True,
        )
    )


@pytest.fixture
def desk(service: Database, url: str, qtbot: QtBot) -> Iterator[Typist]:
    """Dr Osei at the board at 13:30."""
    clock = PlayedClock(at("1200"))
    before_the_outage(service, clock)
    clock.at = at("1330")
    window = MainWindow(lambda: main.compose(open_database(url), clock, (), is_training=False))
    window.resize(1366, 768)
    try:
        with qtbot.waitExposed(window):
            window.show()
        window.begin()
        qtbot.waitUntil(lambda: window.start.sign_in is not None, timeout=10_000)
        desk = Typist(window, WithinTheProgram(window), clock, timetable_of(service, clock))
        desk.database = service
        desk.sign_in("Osei", "Duty clinician")
        desk.waits_until(lambda: len(desk.live.referrals.by_id) == 3)
        desk.waits_until(lambda: desk.live.state is not None and desk.live.state.is_live)
        yield desk
    finally:
        window.close()
        window.deleteLater()


def new_patient(desk: Typist, line: str, title: str, fill: Callable[[], None]) -> None:
    """Type a line of a new patient, and the form that it opens."""
    paper = desk.dialog
    assert isinstance(paper, PaperDialog)
    before = len(paper.entered)
    for part in line.split("|"):
        desk.type(part)
        desk._tab()
    desk.press("Ctrl+Return")
    desk.waits_until(lambda: _front(desk).startswith(title))
    fill()
    desk.press("Ctrl+Return")
    desk.waits_until(lambda: len(paper.entered) > before, lambda: f"{line}: {_wrong(desk)}")
    desk.settles()
    desk.waits_until(lambda: paper.fields.patient.value() is not None or title.startswith("Came"))


def _front(desk: Typist) -> str:
    front = QApplication.activeModalWidget()
    return front.windowTitle() if isinstance(front, QWidget) else ""


def _wrong(desk: Typist) -> str:
    front = QApplication.activeModalWidget()
    return front.error.text() if isinstance(front, DecisionDialog) else ""


def draper(desk: Typist) -> None:
    desk.choose("Source", "GP practice")
    desk.fill("Date of birth", "5/6/1938")
    desk.fill("Family name", "Draper")
    desk.fill("Given name", "Dora")
    desk.fill("Home address", "1 High Street, Deal")
    desk.fill("Home postcode", "CT14 7TE")
    desk.fill("Problem", "Fall, hip sore")
    desk.choose("Priority asked for", "P3")
    desk.choose("Hub (empty: by practice)", "Dover")
    desk.tick("A GP or CAS clinician judged this priority")


def evans(desk: Typist) -> None:
    desk.choose("Source", "NHS 111")
    desk.fill("Date of birth", "7/8/1960")
    desk.fill("Family name", "Evans")
    desk.fill("Problem", "Chest tight")


def fisher(desk: Typist) -> None:
    desk.choose("Hub", "Folkestone")
    desk.fill("Date of birth", "9/9/1990")
    desk.fill("Family name", "Fisher")
    desk.fill("Problem", "Sore throat")


def test_that_an_outage_of_ninety_minutes_loses_nobody_and_every_clock_is_right(
    desk: Typist, server: StoppableServer, service: Database, qtbot: QtBot
) -> None:
    rows = dict(desk.live.referrals.by_id)
    server.stop()
    the_last_board_stays(desk, rows)
    pack_of_the_last_board(desk, qtbot)
    desk.clock.at = at("1500")
    server.start()
    desk.waits_until(lambda: desk.live.state is not None and desk.live.state.is_live)
    desk.passes(0)  # the worker is back before anybody has entered a line
    asked_at_once = count(service, Task), count(service, OutgoingMessage)

    began = monotonic()
    desk.keys = 0
    desk.opens("Alt+B", "Enter from paper")
    desk.lines(*BEFORE_NEW)
    new_patient(desk, "1345|new", "New referral", lambda: draper(desk))
    desk.lines(*OF_DRAPER)
    new_patient(desk, "1346|new", "New referral", lambda: evans(desk))
    desk.lines(*OF_EVANS)
    desk.passes(0)  # in the middle of it nobody is chased by half of the paper
    new_patient(desk, "1410|hubnew", "Came to the hub", lambda: fisher(desk))
    paper = desk.dialog
    assert isinstance(paper, PaperDialog)
    desk.lines(*OF_FISHER)
    lines, keys, took = len(paper.entered), desk.keys, monotonic() - began
    print(f"{lines} lines, {keys} keys, {keys / KEYS_A_MINUTE:.1f} minutes by hand, {took:.0f} s here")
    assert lines >= 30
    assert keys / KEYS_A_MINUTE * 60 < MORE_THAN_ENOUGH_S
    desk.leave()

    nobody_is_lost(service)
    every_clock_is_right(service)
    nothing_storms(desk, service, asked_at_once)


def the_last_board_stays(desk: Typist, rows: dict[int, Any]) -> None:
    """In every workspace the rows stay, the header dates them, and every pane that shows some is veiled."""
    desk.waits_until(desk.page.away.isVisible)
    assert "The board is as of 13:30" in desk.page.away.sentence.text()
    assert desk.window.header.connection.words.startswith("Reconnecting, board as of 13:30")
    assert desk.live.referrals.by_id == rows
    for key, workspace in (("Ctrl+2", "hub"), ("Ctrl+3", "reports"), ("Ctrl+4", "load"), ("Ctrl+1", "board")):
        if workspace not in desk.page.session.workspaces:
            continue
        desk.goes_to(key, workspace)
        veils = desk.page.front.findChildren(PaneAge)
        assert veils, f"{workspace} does not say how old it is."
        rows_of = [one for one in desk.page.front.findChildren(LiveView) if one.isVisible()]
        figures = [one for one in desk.page.front.findChildren(LoadTile) if one.isVisible()]
        seen: list[QWidget] = [*rows_of, *figures]
        desk.waits_until(partial(_all_veiled, seen), partial(_unveiled, workspace, seen))
        assert all(one.accessibleName().startswith("As of 13:30") for one in veils if one.isVisible())


def _is_veiled(part: QWidget) -> bool:
    """Whether a veil lies over it, or over something that it stands in."""
    around: QWidget | None = part
    while around is not None:
        if any(isinstance(one, PaneAge) and one.isVisible() for one in around.children()):
            return True
        around = around.parentWidget()
    return False


def _all_veiled(parts: list[QWidget]) -> bool:
    return all(map(_is_veiled, parts))


def _unveiled(workspace: str, parts: list[QWidget]) -> str:
    bare = [one.accessibleName() or type(one).__name__ for one in parts if not _is_veiled(one)]
    return f"{workspace}: {', '.join(bare)} may be taken for live."


def pack_of_the_last_board(desk: Typist, qtbot: QtBot) -> None:
    """The pack is there by itself, dated by the board, and comes up by one key."""
    keeper = desk.page.pack.keeper
    desk.waits_until(lambda: keeper.newest is not None)
    pack = keeper.newest
    assert pack is not None
    assert pack.name == "downtime-2026-01-14-1330-helen.osei.pdf"
    opened = Opened()
    take: Any = "take"  # the binding takes text here, whatever it says of itself
    QDesktopServices.setUrlHandler("file", opened, take)
    try:
        desk.press("Alt+D")
        desk.waits_until(lambda: opened.urls)
    finally:
        QDesktopServices.unsetUrlHandler("file")
    assert opened.urls[0].toLocalFile() == str(pack)


def count(service: Database, model: type) -> int:
    with service.read() as session:
        return session.query(model).count()


def nobody_is_lost(service: Database) -> None:
    with service.read() as session:
        names = sorted(name for (name,) in session.query(Patient.family_name))
        assert names == ["Archer", "Baker", "Carver", "Draper", "Evans", "Fisher"]
        # Everybody on the paper was seen, or taken over by a crew.
        assert [row.number for row in session.query(Referral) if row.status.is_open] == []
        assert session.query(Step).filter(Step.from_paper, Step.entered_at < at("1500")).count() == 0
        assert session.query(Step).filter(Step.from_paper, Step.happened_at >= at("1500")).count() == 0


def every_clock_is_right(service: Database) -> None:
    with service.read() as session:
        found = session.query(Referral, Patient.family_name).join(Patient, Patient.id == Referral.patient_id)
        of = {name: row for row, name in found}
        visits = {row.referral_id: row for row in session.query(Visit)}
        reports = {row.referral_id: row for row in session.query(Report)}
        entry = session.query(QueueEntry).one()
        triaged = {name: row.first_triaged_at for name, row in of.items()}
        due = {name: row.response_due_at for name, row in of.items()}
        assert triaged["Carver"] == at("1335")
        assert due["Carver"] == at("1435")  # acute: 60 minutes from triage
        assert (triaged["Draper"], due["Draper"]) == (
            at("1345"),
            at("1545"),
        )  # a GP triaged
        assert (triaged["Evans"], due["Evans"]) == (at("1349"), at("1419"))
        assert (entry.arrived_at, entry.stream_due_at) == (at("1410"), at("1425"))
        seen = {"Archer": "1300", "Carver": "1402", "Baker": "1355", "Draper": "1412", "Fisher": "1420"}
        assert {name: of[name].seen_at for name in seen} == {name: at(when) for name, when in seen.items()}
        assert visits[of["Draper"].id].expected_clear_at == at("1412") + dt.timedelta(minutes=45)
        clear = {"Archer": "1332", "Carver": "1430", "Baker": "1420", "Draper": "1440", "Fisher": "1445"}
        for name, when in clear.items():
            assert reports[of[name].id].due_at == at(when) + dt.timedelta(hours=3)
        assert of["Evans"].ambulance_taken_over_at == at("1405")


def nothing_storms(desk: Typist, service: Database, asked_at_once: tuple[int, int]) -> None:
    """When the paper is in, what it settles is settled, and only what really is late is asked."""
    for _ in range(3):
        desk.passes(3)
    with service.read() as session:
        standing = [task.kind for task in session.query(Task).filter(Task.done_at.is_(None))]
        sent = session.query(OutgoingMessage).count()
        late = {TaskKind.TRIAGE_LATE, TaskKind.RESPONSE_LATE, TaskKind.WELFARE, TaskKind.WAITING_CALL}
        assert not late & set(standing), standing
        assert sent == asked_at_once[1]
        asked = session.query(Chase).filter(Chase.planned_at > at("1500")).all()
        assert [(one.ladder, one.subject_id) for one in asked] == []
