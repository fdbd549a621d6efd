"""Every command does something: its dialog is there, its key is its own, and the role decides."""

import datetime as dt
from functools import partial
from importlib import import_module
from typing import get_args

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from console.domain.words import ReportStatus, Role, VisitStatus
from db.models import Report
from tests.ui.conftest import LONG_MS, SignInAs
from ui.commands import all_commands
from ui.commands.opening import Opens
from ui.desk_page import DeskPage
from ui.dialogs.base import DecisionDialog
from ui.selection import Kind

OPENING = {command.id: command.run for command in all_commands() if isinstance(command.run, Opens)}
# Three calls that nobody answered, a report that is signed and not sent, a closed hub, a booking: the demo
# has none.
NOT_IN_DEMO = {"referral.contact_decision", "report.sent", "hub.open", "hub.booking"}
KINDS: tuple[Kind, ...] = tuple(kind for kind in get_args(Kind) if kind != "staff")
DESK = (Role.COORDINATOR, Role.CLINICIAN, Role.SUPERVISOR)


@pytest.mark.parametrize("command_id", OPENING)
def test_that_the_dialog_of_a_command_is_there(command_id: str) -> None:
    opens = OPENING[command_id]
    made = getattr(import_module(opens.place), opens.dialog)
    assert issubclass(made, DecisionDialog)


def rows_of(page: DeskPage) -> list[tuple[Kind, int]]:
    """Everything on the board that can be chosen."""
    live = page.session.live
    by_kind: tuple[tuple[Kind, list[int]], ...] = (
        ("referral", list(live.referrals.by_id)),
        ("practitioner", list(live.practitioners.by_id)),
        ("queue_entry", list(live.queue.by_id)),
        ("report", list(live.reports.by_id)),
        ("task", list(live.tasks.by_id)),
        ("hub", list(live.hubs.by_id)),
        ("practice", list(page.session.calls)),
    )
    return [(kind, row_id) for kind, ids in by_kind for row_id in ids]


def acknowledge_one(page: DeskPage, qtbot: QtBot) -> None:
    """Let one practitioner acknowledge: the demo has somebody at every step of a visit but this."""
    rows = page.session.live.referrals.by_id
    row = next(one for one in rows.values() if one.visit_status is VisitStatus.ALLOCATED)
    assert row.visit_id is not None
    assert row.visit_version is not None
    page.session.desk.visits.acknowledge(row.visit_id, row.visit_version)
    qtbot.waitUntil(lambda: rows[row.id].visit_status is VisitStatus.ACKNOWLEDGED, timeout=LONG_MS)


def let_a_practice_be_called(page: DeskPage, qtbot: QtBot) -> None:
    """Let one report have waited for an answer for days: the demo has none that is so old."""
    session = page.session
    now = session.now()
    row = next(one for one in session.live.reports.by_id.values() if one.practice_id is not None)
    with session.desk.basis.database.work(session.actor, now) as work:
        report = work.get(Report, row.id)
        report.status = ReportStatus.SENT
        report.sent_at = report.signed_at = now - dt.timedelta(days=3)
    session.go_to("reports")
    qtbot.waitUntil(lambda: bool(session.calls), timeout=LONG_MS)


def is_idle(page: DeskPage) -> bool:
    """Whether nothing is under way."""
    return page.session.background.busy == 0


def open_and_leave(page: DeskPage, opens: Opens, qtbot: QtBot) -> None:
    """Open a dialog on what is chosen, look that it is there, and leave it."""
    opens(page.session)
    opened = [one for one in page.window().findChildren(QDialog) if one.isVisible()]
    assert [type(one).__name__ for one in opened] == [opens.dialog]
    opened[0].reject()
    qtbot.waitUntil(partial(is_idle, page), timeout=LONG_MS)


def test_that_every_command_really_opens_its_dialog(sign_in: SignInAs, qtbot: QtBot) -> None:
    # Those of administrators are opened where there are logins: tests/ui/test_administration.py.
    left = {name: opens for name, opens in OPENING.items() if not name.startswith("people.")}
    for number, role in enumerate((Role.COORDINATOR, *DESK)):
        page = sign_in(role)
        if number == 1:
            acknowledge_one(page, qtbot)
        let_a_practice_be_called(page, qtbot)
        for kind, row_id in rows_of(page):
            for every in KINDS:
                page.session.choose("board", every, row_id if every == kind else None)
            # What is decided about a whole hub is not offered on the board.
            page.session.choose("load", "hub", row_id if kind == "hub" else None)
            for workspace in ("board", "load"):
                page.session.come_to_front(workspace)
                for command_id in [one for one in left if page.session.commands.is_enabled(one)]:
                    open_and_leave(page, left.pop(command_id), qtbot)
    assert set(left) <= NOT_IN_DEMO, f"No row of the demo can be used to open {sorted(left)}"
    page = sign_in(Role.CLINICIAN)
    let_a_practice_be_called(page, qtbot)
    page.session.come_to_front("board")
    for kind in KINDS:
        page.session.choose("board", kind, next(row_id for one, row_id in rows_of(page) if one == kind))
    for opens in left.values():
        open_and_leave(page, opens, qtbot)


def test_that_a_coordinator_may_not_triage_and_a_clinician_may(sign_in: SignInAs) -> None:
    for role, may in ((Role.COORDINATOR, False), (Role.CLINICIAN, True)):
        page = sign_in(role)
        untriaged = next(row for row in page.session.live.referrals.by_id.values() if row.is_untriaged)
        page.session.choose("board", "referral", untriaged.id)
        assert page.session.commands.is_enabled("referral.triage") is may


def test_that_a_command_never_acts_on_a_row_that_is_out_of_sight(sign_in: SignInAs) -> None:
    page = sign_in(Role.CLINICIAN)
    session = page.session
    row = next(iter(session.live.referrals.by_id.values()))
    session.choose("board", "referral", row.id)
    assert session.referral_id == row.id
    session.come_to_front("reports")
    assert not page.session.commands.is_enabled("referral.worse")
    session.come_to_front("board")
    assert page.session.commands.is_enabled("referral.worse")


def test_that_no_command_is_without_a_key_and_no_key_is_given_twice() -> None:
    keys = [command.shortcut for command in all_commands()]
    assert all(keys)
    assert len(set(keys)) == len(keys)
