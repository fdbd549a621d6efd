"""A key-safe code at the window: after a reason, for half a minute; and a record that asks for its reason."""

from pytestqt.qtbot import QtBot

from db.models import Task
from tests.services.team import Team
from tests.support.sitting import Seat
from tests.ui.dialogs.conftest import Opened
from tests.ui.dialogs.keys import press
from ui.dialogs.key_safe import SHOWN_S, KeySafeDialog
from ui.dialogs.new_referral import NewReferralDialog
from ui.panel.record_panel import RecordPanel


def test_that_a_code_is_shown_after_a_reason_and_covered_again(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    key = team.received()
    team.jo.key_safes.keep(key, "4711", "left of the door")
    dialog = KeySafeDialog(jo.session, team.row(key), jo.window)
    opened(dialog)
    press("Ctrl+Return")
    assert dialog.code.text() == ""  # nothing without a reason
    dialog.why.setCurrentIndex(0)
    press("Ctrl+Return")
    qtbot.waitUntil(dialog.card.isVisible)
    assert (dialog.code.text(), dialog.place.text()) == ("4711", "left of the door")
    for _ in range(SHOWN_S):
        jo.countdown.ticked.emit()
    assert not dialog.card.isVisible()
    assert dialog.code.text() + dialog.place.text() + dialog.code.accessibleName() == ""


def test_that_a_half_typed_code_is_kept_in_no_file(jo: Seat, opened: Opened) -> None:
    dialog = NewReferralDialog(jo.session, jo.window)
    opened(dialog)
    dialog.fields.key_safe.insert("4711")
    dialog.fields.key_safe_place.insert("left of the door")
    assert dialog.typed() is None
    dialog.fields.problem.insert("Fall")
    kept = [one["value"] for one in dialog.typed() or []]
    assert "Fall" in kept
    assert not {"4711", "left of the door"} & {one for one in kept if isinstance(one, str)}


def test_that_a_record_outside_of_the_work_asks_why_and_opens_with_the_words(
    team: Team, jo: Seat, qtbot: QtBot
) -> None:
    key = team.received()
    team.jo.referrals.cancel(key, team.version(key), "The sender rang")
    with team.database.work(team.actors["jo"], team.clock()) as work:
        for task in work.session.query(Task).filter(Task.done_at.is_(None)):
            task.done_at = work.now
    team.clock.pass_minutes(2 * 24 * 60)
    panel = RecordPanel(jo.session)
    qtbot.addWidget(panel)
    panel.show()
    panel.open(key)
    qtbot.waitUntil(panel.reason.isVisible)
    panel.reason.button.click()
    assert panel.reason.error.isVisible()
    panel.reason.field.setText("A complaint about that day")
    panel.reason.button.click()
    qtbot.waitUntil(lambda: panel.record is not None)
    assert not panel.reason.isVisible()
