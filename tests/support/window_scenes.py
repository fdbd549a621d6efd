"""Shows the window over a demo at a fixed moment: a Wednesday in the early afternoon, both hubs at work."""

import datetime as dt
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QWidget
from shiboken6 import delete

import main
from console.domain.acting import Actor
from console.domain.presence import Opened
from console.domain.rows import FeedState, ReferralRow
from console.domain.visit_address import is_about_address
from console.domain.words import Placement, ReportStatus, Role, VisitStatus
from console.services import people, practitioner_plan
from db.engine import open_database
from db.models import Hub, Referral
from tests.support import demo_once
from tests.support.demo_once import MOMENT
from tests.support.settled import settle
from ui import workspaces
from ui.boards import referral_cells, report_cells
from ui.boards.board import BoardWorkspace
from ui.boards.live_view import LiveView
from ui.desk_page import DeskPage
from ui.main_window import MainWindow
from ui.widgets.filters import SearchField

# A workspace reads more about a row once one has rested on it.
_RESTED_MS = 450
_LONGEST_S = 20
_SILENT_FOR_S = 127
_HEARD_MS = 40


def now() -> dt.datetime:
    """The moment, which does not pass: two pictures can be compared."""
    return MOMENT


def _server() -> dt.datetime:
    """The time of the server, which is not that of a training."""
    return dt.datetime.now(dt.UTC)


class Stage:
    """The window, and how it comes to show what a picture is about."""

    def __init__(self, url: str, size: str) -> None:
        """Open the window of that size over the demo, and let it ask who is working here."""
        self._database = open_database(url)
        self.window = MainWindow(
            lambda: main.compose(self._database, now, (), is_training=True, server=_server), is_demo=True
        )
        self.window.remembers = False
        self.be_large(size)
        self.window.show()
        self.window.activateWindow()
        self.window.begin()
        self.until(lambda: self.window.start.sign_in is not None)

    def be_large(self, size: str) -> None:
        """Bring the window to this size, such as 1366x768, and let it lay itself out."""
        width, height = (int(part) for part in size.split("x"))
        if (width, height) != (self.window.width(), self.window.height()):
            self.window.resize(width, height)
            self.settle()

    def sit(self, login: str, role: Role, workspace: str, *, has_rows: bool = True) -> DeskPage:
        """Let somebody work, with that workspace in front and everything in it read; not all see patients."""
        window = self.window
        window.sign_out()
        window.workspace = workspace
        window.sign_in(next(person for person in window.people if person.login == login), role)
        live, page = window.live, window.page
        assert live is not None
        assert page is not None
        window.activateWindow()
        self.until(lambda: not has_rows or (bool(live.referrals.by_id) and live.state is not None))
        self.until(lambda: not has_rows or page.session.frame is not None)
        self.rest()
        return page

    def rest(self) -> None:
        """Wait until what rests on the screen has been read and laid out."""
        QTest.qWait(_RESTED_MS)
        self.settle()

    def settle(self) -> None:
        """Wait until all has been read and nothing moves."""
        settle(self.window, lambda: self.window.background.busy > 0)

    def until(self, holds: Callable[[], bool]) -> None:
        """Wait until this holds."""
        ends_at = time.monotonic() + _LONGEST_S
        while not holds():
            if time.monotonic() > ends_at:
                raise TimeoutError("The window does not come to show what was asked of it.")
            QTest.qWait(10)

    def strike(self) -> None:
        """Close the window and leave nothing behind."""
        self.window.close()
        delete(self.window)


def _choose_first(page: DeskPage) -> None:
    """The first row, as somebody chooses it who comes to a table by keys."""
    view = getattr(page.front, "view", None) or getattr(getattr(page.front, "queue", None), "view", None)
    if isinstance(view, LiveView):
        view.enter()


def _front(login: str, role: Role, workspace: str) -> Callable[[Stage], None]:
    def show(stage: Stage) -> None:
        _choose_first(stage.sit(login, role, workspace))
        stage.rest()

    return show


def _workspace(one: workspaces.Workspace) -> Callable[[Stage], None]:
    def show(stage: Stage) -> None:
        stage.window.sign_out()
        person = next(who for who in stage.window.people if one.roles & set(who.roles))
        role = next(role for role in person.roles if role in one.roles)
        _choose_first(stage.sit(person.login, role, one.name, has_rows=False))
        stage.rest()

    return show


def _record(is_wanted: Callable[[ReferralRow], bool]) -> Callable[[Stage], None]:
    """The side panel of the first such patient, beside the board."""

    def show(stage: Stage) -> None:
        page = stage.sit("jo.bates", Role.COORDINATOR, "board")
        rows = page.session.live.referrals.by_id.values()
        page.open_record(next(row.id for row in rows if is_wanted(row)))
        stage.rest()

    return show


def _sign_in(stage: Stage) -> None:
    stage.window.sign_out()
    stage.rest()


def _not_opened(stage: Stage) -> None:
    stage.window.sign_out()
    stage.window.start.say_failed(
        "The database at db.example does not answer. Check the network, then try again."
    )
    stage.rest()


def _keys(stage: Stage) -> None:
    page = stage.sit("jo.bates", Role.COORDINATOR, "board")
    page.session.commands.action("window.help").trigger()
    stage.rest()


def _bar(text: str) -> Callable[[Stage], None]:
    """The command bar over the board, with what it has found for a text."""

    def show(stage: Stage) -> None:
        page = stage.sit("jo.bates", Role.COORDINATOR, "board")
        if isinstance(page.front, BoardWorkspace):
            page.front.referrals.view.enter()
        page.session.commands.run("window.bar")
        page.bar.field.setText(text)
        stage.until(lambda: page.bar.has_answer)
        stage.rest()

    return show


def _map(*commands: str) -> Callable[[Stage], None]:
    """The map beside the board, after these commands of it."""

    def show(stage: Stage) -> None:
        page = stage.sit("jo.bates", Role.COORDINATOR, "board")
        for command in commands:
            page.session.commands.run(command)
            stage.rest()

    return show


def _done(stage: Stage) -> None:
    """A sentence that says what was done."""
    page = stage.sit("jo.bates", Role.COORDINATOR, "board")
    page.session.say("The contact is saved.", "ok")
    stage.rest()


def _changed(stage: Stage) -> DeskPage:
    """Somebody comes back and is told what others changed."""
    page = stage.sit("jo.bates", Role.COORDINATOR, "board")
    session, looking = page.session, page.session.looking
    looking.begin()
    stage.until(lambda: looking.is_known)
    looking.acted()
    clinician = next(one for one in stage.window.people if one.login == "helen.osei")
    desk = stage.window.parts.desk(Actor(clinician.id, clinician.name, Role.CLINICIAN))  # type: ignore[union-attr]
    rows = sorted(session.live.referrals.by_id.values(), key=lambda row: row.id)
    waiting = [row for row in rows if row.is_waiting and not row.asks_ambulance]
    desk.referrals.worse(waiting[0].id, "Drowsier than an hour ago")
    for row in [one for one in waiting if one.is_untriaged][:2]:
        desk.triage.triage(row.id, row.version, 2)
    last = waiting[-1]
    desk.referrals.cancel(last.id, last.version, "The practice", "Admitted already")
    looking.away_after = dt.timedelta(0)
    looking.acted()
    stage.until(page.since.isVisible)
    looking.away_after = dt.timedelta(minutes=5)
    stage.rest()
    return page


def _since(stage: Stage) -> None:
    _changed(stage)


def _since_list(stage: Stage) -> None:
    _changed(stage).since.open_list()
    stage.rest()


def _nothing_read(stage: Stage) -> None:
    """A board that could not be read yet."""
    page = stage.sit("claire.whitmore", Role.SUPERVISOR, "load")
    live = page.session.live
    live.stop()
    live._clear()
    live.state = FeedState(False, True, None, "Connecting", "The database file is on a disk that is gone.")
    live.state_changed.emit(live.state)
    live.changed.emit()
    stage.rest()


def _wallboard(stage: Stage) -> None:
    """Over the screen, as from the command."""
    page = stage.sit("claire.whitmore", Role.SUPERVISOR, "load")
    page.session.commands.run("load.wallboard")
    assert page.wallboard.board is not None
    page.wallboard.board.resize(stage.window.size())
    stage.rest()


def _wallboard_old(stage: Stage) -> None:
    """The same when nothing has been heard for a while."""
    _wallboard(stage)
    page = stage.window.page
    assert page is not None
    stage.window.live.stop()  # type: ignore[union-attr]
    QTest.qWait(_HEARD_MS)  # what was on its way arrives first
    page.session.live.heard_at -= 60
    assert page.wallboard.board is not None
    page.wallboard.board.look()


def _send_now(stage: Stage) -> None:
    """Somebody comes on duty, and a patient who must not wait can be sent somebody."""
    page = stage.sit("jo.bates", Role.COORDINATOR, "board")
    session, live = page.session, page.session.live
    workforce = session.desk.workforce
    said = {"name": "Nia Rees", "profession": "paramedic_practitioner", "employer": "ambulance_trust"}
    people.add_practitioner(session.desk.basis.database, MOMENT, practitioner_plan.read(said))
    who = next(one for one in workforce.practitioners() if one.name == said["name"])
    ends_at = MOMENT + dt.timedelta(hours=5)
    workforce.shift_on(who.id, min(live.hubs.by_id), Placement.HOME_VISITING, None, ends_at)
    workforce.position(who.id, 51.0790, 1.1650)
    stage.until(lambda: page.session.offers.best is not None)
    stage.rest()


def _addresses(stage: Stage) -> None:
    """A referral came without an address, and one was corrected that the practitioner does not know yet."""
    page = stage.sit("jo.bates", Role.COORDINATOR, "board")
    session, live = page.session, page.session.live
    rows = sorted(live.referrals.by_id.values(), key=lambda row: row.id)
    on_the_way = next(row for row in rows if row.visit_status is VisitStatus.EN_ROUTE)
    desk, new = session.desk.referrals, ("14 Castle Street, Dover", "CT16 1PD")
    desk.correct_address(on_the_way.id, on_the_way.version, *new, "The daughter rang")
    bare = next(row for row in rows if row.is_waiting and not row.is_untriaged and not row.asks_ambulance)
    with session.desk.basis.database.work(session.actor, MOMENT) as work:
        referral = work.get(Referral, bare.id)
        referral.visit_address, referral.visit_postcode, referral.area = "", None, ""
    stage.until(lambda: not live.referrals.by_id[bare.id].address)
    assert isinstance(page.front, BoardWorkspace)
    page.front.referrals.view.select_id(bare.id)
    page.open_record(bare.id)
    stage.rest()


def _addresses_alone(stage: Stage) -> None:
    """A clinician who is alone hears of it too."""
    page = stage.sit("helen.osei", Role.CLINICIAN, "load")
    if not any(is_about_address(row.subject) for row in page.session.live.tasks.by_id.values()):
        _addresses(stage)
        stage.sit("helen.osei", Role.CLINICIAN, "load")


def _others_there(stage: Stage) -> None:
    """Others have some rows open: one reads, one writes, two share one, and one may be gone."""
    page = stage.sit("jo.bates", Role.COORDINATOR, "board")
    presence = page.session.presence
    presence.end()
    rows = list(page.session.live.referrals.by_id.values())
    rows.sort(key=referral_cells.order)

    def there(place: int, person: str, minutes: int, silent: int = 0, *, is_editing: bool = False) -> Opened:
        since, heard = dt.timedelta(minutes=minutes), dt.timedelta(seconds=silent)
        at, row = presence.server_now(), rows[place].id
        role = Role.CLINICIAN if person.startswith("H") else Role.COORDINATOR
        return Opened(f"{person}{place}", 0, person, role, "", row, is_editing, at - since, at - heard)

    presence.take(
        (
            there(0, "Helen Osei", 4, is_editing=True),
            there(1, "Priya Nair", 2),
            there(2, "Tom Wells", 9, silent=55),
            there(4, "Priya Nair", 3),
            there(4, "Helen Osei", 1),
            there(2, "Helen Osei", 1),
        )
    )
    page.open_record(rows[2].id)
    stage.rest()


def _reconnecting(stage: Stage) -> None:
    """The line to the database is lost, and every pane says as of when it was true."""
    live = stage.sit("jo.bates", Role.COORDINATOR, "board").session.live
    live.stop()
    QTest.qWait(_HEARD_MS)
    live.heard_at -= _SILENT_FOR_S
    assert live.state is not None
    live.state_changed.emit(live.state)
    why = "The database does not answer. Doorstep tries again by itself; what you type is kept."
    live.state = FeedState(False, False, live.as_of, "Reconnecting", why)
    live.state_changed.emit(live.state)
    stage.rest()


def _nothing_found(stage: Stage) -> None:
    """A table in which nothing is left."""
    page = stage.sit("jo.bates", Role.COORDINATOR, "board")
    field = next(one for one in page.front.findChildren(SearchField))
    QTest.keyClicks(field, "zzzz")
    stage.rest()


# As long as people write: on the lowest screen too it may cut nothing else off.
_LONG_REASON = (
    "Its practitioner has left the service and cannot be reached. The practice has rung twice, and the"
    " daughter asks what was agreed about the blood test on Friday; the duty clinician has read it through."
)


def _released(stage: Stage) -> None:
    """A report that the supervisor released without a signature, and sees that it stands so."""
    page = stage.sit("claire.whitmore", Role.SUPERVISOR, "reports")
    session = page.session
    rows = sorted(session.live.reports.by_id.values(), key=report_cells.order)
    desk = session.desk
    row = next(
        one
        for one in rows
        if one.status is ReportStatus.DRAFTED
        and not desk.reports.what_is_missing(one.id, desk.reports.content(one.id))
    )
    desk.reports.release(row.id, row.version, _LONG_REASON)
    stage.until(lambda: session.live.reports.by_id[row.id].is_released)
    session.show_row("reports", "report", row.id)
    stage.rest()


def _closed(stage: Stage) -> None:
    """A hub that somebody has closed for the day; in the demo patients stand in the way of that."""
    session = stage.sit("jo.bates", Role.COORDINATOR, "hub").session
    shown = min(session.live.hubs.by_id)
    with session.desk.basis.database.work(session.actor, MOMENT) as work:
        hub = work.get(Hub, shown)
        hub.is_closed_down, hub.closed_down_at = True, MOMENT
    stage.until(lambda: session.live.hubs.by_id[shown].is_closed_down)
    stage.rest()


def _calls(stage: Stage) -> None:
    """The call list of practices instead of the reports."""
    page = stage.sit("jo.bates", Role.COORDINATOR, "reports")
    page.session.commands.run("calls.open")
    stage.rest()


SCENES: dict[str, Callable[[Stage], None]] = {
    "start": _sign_in,
    "start-failed": _not_opened,
    "board": _front("jo.bates", Role.COORDINATOR, "board"),
    "board-supervisor": _front("claire.whitmore", Role.SUPERVISOR, "board"),
    "panel": _record(lambda row: row.worse_at is not None),
    "panel-marker": _record(lambda row: row.markers > 0),
    "presence": _others_there,
    "map": _map("map.show"),
    "map-chosen": _map("map.show", "map.patient"),
    "map-list": _map("map.list"),
    "notice": _done,
    "keys": _keys,
    "bar": _bar("fol"),
    "bar-next": _bar(""),
    "bar-nothing": _bar("zzzz"),
    "hub": _front("helen.osei", Role.CLINICIAN, "hub"),
    "reports": _front("jo.bates", Role.COORDINATOR, "reports"),
    "load": _front("claire.whitmore", Role.SUPERVISOR, "load"),
    "calls": _calls,
    "since": _since,
    "since-list": _since_list,
    "nothing-read": _nothing_read,
    "wallboard": _wallboard,
    "wallboard-old": _wallboard_old,
    "send-now": _send_now,
    "nothing-found": _nothing_found,
    "reconnecting": _reconnecting,
}
# A workspace that is new is shown too, with somebody in it who may use it.
SCENES |= {one.name: _workspace(one) for one in workspaces.ALL if one.name not in SCENES}
# Last, since all that come after would show what these do.
SCENES |= {
    "reports-released": _released,
    "hub-closed": _closed,
    "addresses": _addresses,
    "addresses-alone": _addresses_alone,
}


@contextmanager
def staged(size: str) -> Iterator[Stage]:
    """A window of that size over a demo of its own; what a scene has opened goes with it."""
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "demo.sqlite"
        demo = os.environ.get(demo_once.VARIABLE)
        if demo is None:
            demo_once.fill(file)
        else:
            shutil.copy(demo, file)
        stage = Stage(f"sqlite:///{file}", size)
        try:
            yield stage
        finally:
            stage.strike()


def shown_in(stage: Stage) -> QWidget:
    """What a picture is taken of: the dialog or wallboard that the scene has opened, else the window."""
    page = stage.window.page
    if page is not None and page.wallboard.board is not None:
        return page.wallboard.board
    dialogs = [one for one in stage.window.findChildren(QDialog) if one.isVisible()]
    return dialogs[-1] if dialogs else stage.window


def put_away(stage: Stage) -> None:
    """Close what the scene has opened."""
    for dialog in stage.window.findChildren(QDialog):
        dialog.close()
    if stage.window.page is not None and stage.window.page.wallboard.board is not None:
        stage.window.page.wallboard.board.close()
