"""A person at the window: all they do is press keys; what they see is read from widgets and rows."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget

from console.domain.rows import PractitionerRow, QueueRow, ReferralRow, ReportRow, TaskRow
from tests.end_to_end.hands import Hands
from ui.boards.keyed_table import KeyedTableModel
from ui.boards.live_view import LiveView
from ui.desk_page import DeskPage
from ui.dialogs.base import DecisionDialog
from ui.live_updates import LiveUpdates


class AtTheDesk(Hands):
    """Signs in, works in dialogs and tables, and reads what they say."""

    # Who works here

    def sign_in(self, name: str, role: str = "") -> None:
        """Type a part of one's name and press Enter; with several roles, go on to the one that is meant."""
        start = self.window.start
        self.waits_until(lambda: start.sign_in and QApplication.focusWidget() is start.sign_in.name)
        self.type(name)
        self.press("Return")
        if self.window.page is None:
            sign_in = self.window.start.sign_in
            assert sign_in is not None
            for _ in sign_in.role_buttons:
                here = QApplication.focusWidget()
                if role in sign_in.role_buttons[0].text() and here is sign_in.role_buttons[0]:
                    break
                self.press("Tab")
            self.press("Return")
        self.waits_until(
            lambda: self.window.page is not None and self.live.as_of is not None,
            lambda: f"{name} cannot sign in: the keys go to {self.has_keyboard!r}.",
        )
        assert self.page.session.actor.name.endswith(name) or name in self.page.session.actor.name

    def hands_over_to(self, name: str, role: str = "") -> None:
        """Let somebody else work here."""
        self.press("Ctrl+Shift+L")
        self.waits_until(lambda: self.window.page is None)
        self.sign_in(name, role)

    # Dialogs

    @property
    def dialog(self) -> DecisionDialog | None:
        """The dialog that stands over the window."""
        shown = [one for one in self.window.findChildren(DecisionDialog) if one.isVisible()]
        return shown[0] if shown else None

    @property
    def dialog_title(self) -> str:
        """The title of the dialog, empty while there is none."""
        dialog = self.dialog
        return "" if dialog is None else dialog.windowTitle()

    def opens(self, key: str, title: str) -> None:
        """Press the key of a command, and see its dialog come up."""
        self.waits_until(lambda: not self.dialog_title, lambda: f"{self.dialog_title!r} is still open.")
        about = f"the keys go to {self.has_keyboard!r}, about {self.acts_on!r}"
        self.waits_until(lambda: self.offers(key), lambda: f"{key} is not offered; {about}.")
        self.press(key)
        self.waits_until(lambda: self.dialog_title, lambda: f"{key} opens nothing; {about}.")
        assert self.dialog_title.startswith(title), self.dialog_title
        self.waits_until(self._dialog_has_keyboard)

    def _dialog_has_keyboard(self) -> bool:
        dialog, here = self.dialog, QApplication.focusWidget()
        return dialog is not None and here is not None and dialog.isAncestorOf(here)

    def offers(self, key: str) -> bool:
        """Whether the command of this key can be used now: its button is not greyed."""
        named = QKeySequence(key).toString()
        return any(one.isEnabled() and one.shortcut().toString() == named for one in self.window.actions())

    def submit(self, says: str = "") -> None:
        """Press Ctrl+Enter, see the dialog go, and read what the window says."""
        dialog = self.dialog
        assert dialog is not None, "No dialog is open."
        self.press("Ctrl+Return")
        self.waits_until(lambda: self.dialog is not dialog or self.wrong)
        assert not self.wrong, self.wrong
        QApplication.processEvents()  # what has just closed still takes the keys away
        if says:
            self.is_told(says)

    def is_refused(self, *words: str) -> None:
        """Press Ctrl+Enter and read why it cannot be done; what was typed is still there."""
        dialog = self.dialog
        self.press("Ctrl+Return")
        self.waits_until(lambda: self.wrong)
        assert self.dialog is dialog
        for word in words:
            assert word in self.wrong, self.wrong

    @property
    def wrong(self) -> str:
        """What the open dialog says is wrong."""
        dialog = self.dialog
        if dialog is None or dialog.is_busy:
            return ""
        labels = [one for one in dialog.findChildren(QLabel) if one.property("look") == "error"]
        return "\n".join(one.text() for one in labels if one.isVisible() and one.text())

    def leave(self) -> None:
        """Press Escape; what was typed is thrown away when that is asked."""
        dialog = self.dialog
        self.press("Esc")
        if self.dialog is dialog and dialog is not None and dialog.isVisible():
            self.press("Tab")
            self.press("Return")
        self.waits_until(lambda: self.dialog is not dialog)
        QApplication.processEvents()

    def shown(self) -> str:
        """All words that the open dialog shows."""
        dialog = self.dialog
        return "" if dialog is None else words_of(dialog)

    def text_of(self, name: str) -> str:
        """What stands in a line of the open dialog."""
        assert self.dialog is not None
        return next(one for one in self.dialog.findChildren(QLineEdit) if one.accessibleName() == name).text()

    # The window

    @property
    def page(self) -> DeskPage:
        """The window while somebody works."""
        assert self.window.page is not None
        return self.window.page

    @property
    def live(self) -> LiveUpdates:
        """The rows that the boards show."""
        return self.page.session.live

    @property
    def notice(self) -> str:
        """What the window says at its foot."""
        notices = self.page.notices
        return notices.sentence.text() if notices.isVisible() else ""

    def is_told(self, words: str) -> None:
        """Wait until the window says so."""
        self.waits_until(lambda: words in self.notice, lambda: f"Not {words!r} but {self.notice!r}")

    def goes_to(self, key: str, workspace: str) -> None:
        """Bring a workspace to the front by its key."""
        self.press(key)
        self.waits_until(lambda: self.page.session.selection.front == workspace)

    def in_pane(self, name: str) -> QWidget:
        """Go with F6 from pane to pane until this one has the keyboard."""
        passed: list[str] = []
        for _ in range(12):
            here = QApplication.focusWidget()
            if here is not None:
                passed.append(here.accessibleName())
                if here.accessibleName() == name:
                    return here
            self.press("F6")
        raise AssertionError(f"F6 does not come to {name!r}: {passed}")

    def chooses(self, table: str, wanted: Callable[[Any], bool]) -> None:
        """Walk down a table with the arrow keys until the wanted row is chosen."""
        view = self.in_pane(table)
        assert isinstance(view, LiveView)
        model = view.model()
        assert isinstance(model, KeyedTableModel)
        self.waits_until(lambda: any(wanted(row) for row in model.rows()))
        self.press("Home")
        for _ in range(model.rowCount()):
            row = view.selected_row()
            if row is not None and wanted(row):
                return
            self.press("Down")
        raise AssertionError(f"The arrow keys do not come to the row in {table!r}.")

    def finds(self, family_name: str) -> ReferralRow:
        """Find a patient on the board by name, as from a telephone call: Ctrl+F, the name, Enter."""
        self.waits_until(lambda: self.referral(family_name))
        self.press("Ctrl+F")
        self.type(family_name.lower())
        self.press("Return")
        self.waits_until(
            lambda: self.acts_on == family_name,
            lambda: (
                f"Looked for {family_name!r}, the keys act on {self.acts_on!r} from {self.has_keyboard!r}"
            ),
        )
        row = self.referral(family_name)
        assert row is not None
        return row

    @property
    def acts_on(self) -> str:
        """The family name of the patient whom the keys act on."""
        row = self.page.session.referral
        return "" if row is None else row.family_name

    def now_acts_on(self, family_name: str) -> None:
        """Wait until the keys act on this patient."""
        self.waits_until(
            lambda: self.acts_on == family_name,
            lambda: (
                f"Not on {family_name!r} but on {self.acts_on!r}, from {self.has_keyboard!r}: {self.notice}"
            ),
        )

    # Rows, as the boards show them

    def referral(self, family_name: str) -> ReferralRow | None:
        """A referral on the board."""
        return _named(self.live.referrals.by_id.values(), family_name)

    def entry(self, family_name: str) -> QueueRow | None:
        """A patient in a hub's queue."""
        return _named(self.live.queue.by_id.values(), family_name)

    def report(self, family_name: str) -> ReportRow | None:
        """A report that a practice waits for."""
        return _named(self.live.reports.by_id.values(), family_name)

    def practitioner(self, name: str) -> PractitionerRow | None:
        """Somebody on the list of practitioners."""
        return next((row for row in self.live.practitioners.by_id.values() if row.name == name), None)

    def tasks(self) -> list[TaskRow]:
        """What is asked of somebody."""
        return list(self.live.tasks.by_id.values())


_Named = TypeVar("_Named", ReferralRow, QueueRow, ReportRow)


def _named(rows: Iterable[_Named], family_name: str) -> _Named | None:
    return next((row for row in rows if row.family_name == family_name), None)


def words_of(widget: QWidget) -> str:
    """All words that a widget shows."""
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisible())
