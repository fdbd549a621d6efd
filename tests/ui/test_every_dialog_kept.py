"""Every dialog that a command opens can be opened again from what is kept of it."""

import json
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from console.domain.words import Role
from console.services.kept_forms import KeptForm
from tests.ui.conftest import LONG_MS, SignInAs
from ui.commands.opening import Opens, reopen
from ui.desk_page import DeskPage
from ui.dialogs.base import DecisionDialog
from ui.selection import Kind
from ui.session import Session

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
# What the demo has rows for; a command of another moment is opened by the same few lines.
AT_LEAST = {
    "NewReferralDialog", "ContactDialog", "MarkerDialog", "ArriveDialog", "TriageDialog", "ReportDialog",
    "SignReportDialog", "StreamDialog", "DivertHubDialog", "ShiftDialog",
}  # fmt: skip


def shown(session: Session) -> DecisionDialog | None:
    """The dialog that is open."""
    found = [one for one in session.window.findChildren(DecisionDialog) if one.isVisible()]
    assert len(found) <= 1
    return found[0] if found else None


def leave(dialog: DecisionDialog, qtbot: QtBot) -> None:
    """Close a dialog in which nothing was typed, once what it reads has come."""
    background = dialog.window().parent().background  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: not background.busy, timeout=LONG_MS)
    dialog.reject()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def places(page: DeskPage) -> Iterator[None]:
    """Choose rows of each kind, one after the other, in the workspace where they are."""
    live = page.session.live
    kinds: tuple[tuple[str, Kind, list[int]], ...] = (
        ("board", "referral", list(live.referrals.by_id)),
        ("board", "practitioner", list(live.practitioners.by_id)[:2]),
        ("board", "task", list(live.tasks.by_id)[:2]),
        ("hub", "queue_entry", list(live.queue.by_id)),
        ("reports", "report", list(live.reports.by_id)),
        ("load", "hub", list(live.hubs.by_id)[:1]),
    )
    for workspace, kind, ids in kinds:
        if workspace not in page.session.workspaces:
            continue
        page.go_to(workspace)
        for row_id in ids:
            page.session.choose(workspace, kind, row_id)
            yield
            page.session.choose(workspace, kind, None)


def opens_a_dialog(session: Session, command_id: str) -> bool:
    """Whether a command opens a dialog now."""
    run = session.commands[command_id].run
    return isinstance(run, Opens) and session.commands.is_enabled(command_id)


def test_that_every_dialog_can_be_opened_again(sign_in: SignInAs, qtbot: QtBot) -> None:
    done: set[str] = set()
    names: set[str] = set()
    for role in (Role.CLINICIAN, Role.COORDINATOR, Role.SUPERVISOR):
        page = sign_in(role)
        session = page.session
        for _ in places(page):
            for command in session.commands:
                if command.id in done or not opens_a_dialog(session, command.id):
                    continue
                done.add(command.id)
                session.commands.run(command.id)
                first = shown(session)
                assert first is not None, command.id
                assert first.keeper is not None, command.id
                opens = json.loads(json.dumps(first.keeper.opens))
                title = first.windowTitle()
                leave(first, qtbot)
                assert reopen(session, KeptForm("1", session.person.login, title, "", opens, session.now()))
                again = shown(session)
                assert type(again) is type(first)
                assert again is not None
                assert again.windowTitle() == title
                names.add(type(again).__name__)
                leave(again, qtbot)
    assert names >= AT_LEAST
