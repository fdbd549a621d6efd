"""The wallboard tells the truth to whoever looks up: the figures of the workspaces, no names, and its age."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.domain.rows import FeedState, TaskRow
from console.domain.words import QueueStatus, Role, TaskKind
from tests.support.painted_text import painted
from tests.ui.conftest import LONG_MS, SignInAs
from ui import theme
from ui.boards.cells import Due
from ui.boards.load_figures import FIGURES
from ui.boards.load_workspace import LoadWorkspace
from ui.desk_page import DeskPage
from ui.main_window import MainWindow
from ui.wallboard.alone import WallboardAlone
from ui.wallboard.board import TURNS_AFTER_S, Wallboard


@pytest.fixture
def supervisor(sign_in: SignInAs) -> DeskPage:
    """A supervisor at Load."""
    page = sign_in(Role.SUPERVISOR)
    page.go_to("load")
    return page


@pytest.fixture
def shown(supervisor: DeskPage) -> Iterator[Wallboard]:
    """The wallboard over the screen."""
    supervisor.session.commands.run("load.wallboard")
    made = supervisor.wallboard.board
    assert made is not None
    made.resize(1920, 1080)
    yield made
    if supervisor.wallboard.board is not None:
        supervisor.wallboard.board.close()


def texts(board: Wallboard) -> str:
    """All that is said of patients, hubs and the service."""
    wall = board.shown
    rows = " ".join(f"{row.title} {row.where} {row.status.text}" for row in wall.rows)
    return " ".join([rows, *(one.words for one in wall.calls), board.accessibleName()])


def test_that_its_figures_are_those_of_load(shown: Wallboard, supervisor: DeskPage) -> None:
    front = supervisor.front
    assert isinstance(front, LoadWorkspace)
    front.tell()
    shown.look()
    on_wall = dict(zip(FIGURES, shown.shown.figures, strict=True))
    assert {name: tile.figure for name, tile in front.tiles.items()} == {
        name: f"{on_wall[name].value}" for name in front.tiles
    }
    assert [load.hub.id for load in shown.shown.hubs] == list(front.hubs)


def test_that_it_names_no_patient_unless_the_service_allows_it(
    shown: Wallboard, supervisor: DeskPage
) -> None:
    rows = supervisor.session.live.referrals.by_id.values()
    names = {row.family_name.upper() for row in rows}
    assert shown.shown.rows
    assert not [name for name in names if name in texts(shown)]
    supervisor.session.looking.shows_names = True
    shown.look()
    assert any(row.title.split(",")[0] in names for row in shown.shown.rows)


def test_that_it_is_old_by_itself_as_soon_as_nothing_is_heard(shown: Wallboard, supervisor: DeskPage) -> None:
    shown.look()
    fresh = shown.shown
    assert fresh.is_true
    assert fresh.board.words.startswith("Board live")
    live = supervisor.session.live
    live.stop()
    live.heard_at -= 6  # nobody tells it: the steady clock does
    shown.look()
    old = shown.shown
    assert not old.is_true
    assert old.board.words == f"Not live: as of {old.as_of}"
    assert old.chaser.words == "Chasing: not known"


def test_that_it_says_since_when_nothing_is_chased(shown: Wallboard, supervisor: DeskPage) -> None:
    live, parts = supervisor.session.live, supervisor.session.parts
    live.stop()
    assert live.state is not None
    server = (parts.server or parts.now)()
    live.state = replace(live.state, chaser_at=server - dt.timedelta(minutes=3))
    shown.look()
    assert shown.shown.chaser.tone == "bad"
    assert shown.shown.chaser.words.startswith("Nothing is chased since ")
    live.state = FeedState(True, True, live.as_of, "Local", chaser_at=server)
    shown.look()
    assert shown.shown.chaser.tone == "ok"


def test_that_a_call_for_help_stands_above_all_once_and_names_no_patient(
    shown: Wallboard, supervisor: DeskPage
) -> None:
    live, now = supervisor.session.live, supervisor.session.now()
    live.stop()
    person = next(iter(live.practitioners.by_id.values()))
    call = TaskRow(
        id=90_001, version=1, hub_id=1, hub="Dover", role=Role.SUPERVISOR, kind=TaskKind.DURESS,
        subject=f"practitioner:{person.id}", words="In the kitchen", referral_id=None, referral_number=None,
        report_id=None, practitioner_id=person.id, due_at=now, created_at=now - dt.timedelta(minutes=2),
        accepted_by=None, accepted_at=None,
    )  # fmt: skip
    live.tasks.change([call, replace(call, id=90_002, role=Role.CLINICIAN)])
    shown.look()
    first = shown.shown.calls[0].words
    assert first == f"{TaskKind.DURESS.label} · {person.name} · Dover · not accepted, 2 min"
    assert sum(person.name in one.words for one in shown.shown.calls) == 1


def test_that_it_turns_only_when_there_is_more_than_fits(shown: Wallboard) -> None:
    shown.resize(1920, 1080)
    pictures = []
    for _ in range(2):
        shown.look()
        pictures.append(shown.grab().toImage())
        for _ in range(TURNS_AFTER_S):
            shown._tick()
    assert shown.turn == 2
    assert len(shown.shown.rows) > 5
    assert pictures[0] != pictures[1]
    shown.shown = replace(shown.shown, rows=shown.shown.rows[:3])
    still = shown.grab().toImage()
    shown.turn += 1
    assert shown.grab().toImage() == still


def test_that_nothing_on_it_is_cut_on_a_bad_evening(
    shown: Wallboard, supervisor: DeskPage, qapp: QApplication
) -> None:
    theme.apply(qapp, "light")  # with its own letters
    supervisor.session.live.stop()
    shown.resize(1920, 1080)
    now, load = shown.shown.now, shown.shown.hubs[0]
    entry = next(iter(supervisor.session.live.queue.by_id.values()))
    came_at = now - dt.timedelta(hours=23, minutes=59)
    late = replace(
        entry, status=QueueStatus.ARRIVED, arrived_at=came_at, stream_due_at=came_at, worse_at=None
    )
    until = now + dt.timedelta(hours=2)
    hub = replace(load.hub, diverts_to="Folkestone", diverts_until=until, diverted_by="Claire Whitmore")
    few = replace(load, hub=hub, seats=(), entries=(late,) * 12, cannot_be_seen=(late,) * 12)
    only = replace(few, entries=(), cannot_be_seen=())
    waits = replace(few, entries=(replace(late, stream_due_at=until, status=QueueStatus.CALLED),))
    row = replace(shown.shown.rows[0], due=Due(came_at, came_at, "visit"), is_over=True)
    shown.shown = replace(shown.shown, rows=(row,), hubs=(few, only), calls=())
    said = [one.words for one in painted(shown)]
    assert {"12 unsafe", "12 not streamed", "12 cannot be seen", "0 see patients"} <= set(said)
    shown.shown = replace(shown.shown, hubs=(waits, only))
    said += [one.words for one in painted(shown)]
    assert "Longest 23 h 59" in said
    assert "23 h 59 min over" in said
    assert [words for words in said if "\N{HORIZONTAL ELLIPSIS}" in words] == []


def test_that_escape_leads_back_to_the_console(shown: Wallboard, supervisor: DeskPage, qtbot: QtBot) -> None:
    QTest.keyClick(shown, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: supervisor.wallboard.board is None, timeout=LONG_MS)
    assert supervisor.isVisible()


def test_that_a_wallboard_from_the_start_needs_no_hand_and_escape_leads_to_the_sign_in(
    window: MainWindow, qtbot: QtBot
) -> None:
    login = next(one.login for one in window.people if Role.SUPERVISOR in one.roles)
    WallboardAlone(window, login)
    window.start.ask_who(window.people)
    qtbot.waitUntil(
        lambda: window.page is not None and window.page.wallboard.board is not None, timeout=LONG_MS
    )
    assert window.page is not None
    assert window.page.wallboard.board is not None
    QTest.keyClick(window.page.wallboard.board, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.page is None, timeout=LONG_MS)
    assert window.start.isVisible()


def test_that_a_wallboard_for_nobody_says_whom_to_choose(
    window: MainWindow, capsys: pytest.CaptureFixture[str]
) -> None:
    WallboardAlone(window, "nobody.here")
    window.start.ask_who(window.people)
    assert "staff list" in capsys.readouterr().err
    assert window.page is None
