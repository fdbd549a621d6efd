"""A day at two hubs: a small real service on SQLite, and named people who work it by keys alone."""

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from console.domain.acting import Actor
from console.domain.words import Employer, Placement, Profession, Role
from db.models import HubHours, Practitioner, Shift
from tests.services.team import Team, new_referral
from tests.support.ready_team import ready_team
from tests.support.sitting import Seat
from ui.dialogs.base import DecisionDialog
from ui.widgets.looks import column

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
NONE = Qt.KeyboardModifier.NoModifier


class Working:
    """Somebody at a workspace: keys go to whatever has the focus, rows follow each step."""

    def __init__(self, seat: Seat, workspace: QWidget, name: str, qtbot: QtBot) -> None:
        """Put the workspace into the window and its commands' keys on it."""
        self.seat, self.session, self.team, self.workspace = seat, seat.session, seat.team, workspace
        self._qtbot = qtbot
        self.said: list[str] = []
        window = seat.window
        column(window).addWidget(workspace)
        window.addActions(self.session.commands.actions())
        self.session.said.connect(self._hear)
        self.session.done_with.connect(self._hear)
        self.session.chosen.connect(self.session.commands.refresh)
        self.session.live.changed.connect(self.session.commands.refresh)
        self.session.come_to_front(name)
        self.session.commands.refresh()
        window.resize(1280, 720)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)

    def _hear(self, sentence: str, _: object) -> None:
        self.said.append(sentence)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        """Press a key where the focus is."""
        target = QApplication.activePopupWidget() or QApplication.focusWidget() or self.workspace
        QTest.keyClick(target, key, modifiers)

    def type(self, text: str) -> None:
        """Type where the focus is."""
        target = QApplication.focusWidget()
        assert target is not None
        QTest.keyClicks(target, text)

    def fill(self, *texts: str) -> None:
        """Type into the fields of the open dialog, one after the other, with Tab between them."""
        for number, text in enumerate(texts):
            if number:
                self.press(Qt.Key.Key_Tab)
            self.type(text)

    def dialog(self) -> DecisionDialog:
        """The dialog that is open."""
        self._qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
        found = QApplication.activeModalWidget()
        assert isinstance(found, DecisionDialog)
        self._qtbot.waitUntil(found.isActiveWindow)
        return found

    def wait(self, until: Callable[[], bool]) -> None:
        """Wait until this holds."""
        self._qtbot.waitUntil(until)

    def submit(self) -> None:
        """Press Ctrl+Enter in the open dialog, wait for the step, and see it on the board."""
        self.press(Qt.Key.Key_Return, CTRL)
        self._qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
        self.see()

    def see(self) -> None:
        """Wait until nothing is under way, then see what the database holds."""
        self._qtbot.waitUntil(lambda: self.seat.background.busy == 0)
        with self._qtbot.waitSignal(self.session.live.changed):
            self.seat.look()
        self.seat.window.activateWindow()
        self._qtbot.waitUntil(self.seat.window.isActiveWindow)

    def pass_minutes(self, count: float) -> None:
        """Let time pass and the shared timer tick."""
        self.team.clock.pass_minutes(count)
        self.see()


@pytest.fixture
def team(sqlite_url: str, now: dt.datetime) -> Iterator[Team]:
    """The small service with hubs open from eight to eight, Kit and Gil seeing patients at Folkestone."""
    with ready_team(sqlite_url, now, _open_hubs) as team:
        yield team


def _open_hubs(made: Team) -> None:
    now = made.clock()
    nobody = Actor(0, "Doorstep", Role.SYSTEM)
    with made.database.work(nobody, now) as work:
        for hub in (made.ids["folkestone"], made.ids["dover"]):
            for day in range(7):
                work.add(HubHours(hub_id=hub, weekday=day, opens=dt.time(8), closes=dt.time(20)))
        for name in ("kit", "gil"):
            shift = work.session.scalars(select(Shift).where(Shift.practitioner_id == made.ids[name])).one()
            shift.placement = Placement.HUB
        dot = work.add(
            Practitioner(
                name="Dot Reed", profession=Profession.NURSE_PRACTITIONER, employer=Employer.FEDERATION
            )
        )
        made.ids["dot"] = dot.id
        work.add(
            Shift(
                practitioner_id=dot.id, hub_id=made.ids["dover"], placement=Placement.HUB,
                starts_at=now - dt.timedelta(hours=4), ends_at=now + dt.timedelta(hours=6),
                on_at=now - dt.timedelta(hours=4),
            )
        )  # fmt: skip


@pytest.fixture
def sit(team: Team, qtbot: QtBot) -> Iterator[Callable[[str, Callable[..., QWidget], str], Working]]:
    """Sits somebody down at a workspace."""
    seats: list[Seat] = []

    def sit_down(login: str, make: Callable[..., QWidget], name: str) -> Working:
        seat = Seat(team, login)
        seats.append(seat)
        seat.session.workspaces = ("board", "hub", "reports", "load")
        seat.look()
        qtbot.waitUntil(lambda: bool(seat.live.hubs.by_id))
        return Working(seat, make(seat.session, seat.window), name, qtbot)

    yield sit_down
    for seat in seats:
        seat.stand_up()


def arrived(team: Team, family: str, hub: str = "folkestone", **changes: object) -> int:
    """Let somebody stand at a hub's desk; gives the queue entry."""
    form = new_referral(
        family_name=family, nhs_number=None, practice_id=team.ids["practice"], hub_id=team.ids[hub], **changes
    )
    return team.jo.hub_queue.arrive(form, team.ids[hub])
