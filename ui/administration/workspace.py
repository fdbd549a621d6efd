"""Administration: everybody of the service, as what and where they work, and whether they come in."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from console.domain.refusals import Refused
from console.domain.staff import Account, Staffing, StaffRow, matches
from ui import theme
from ui.background import FAULT, Failure
from ui.boards.table_dress import dress
from ui.commands.people import NAME
from ui.session import Session
from ui.widgets.action_bar import ActionBar
from ui.widgets.filters import SearchField
from ui.widgets.looks import Card, column
from ui.widgets.messages import EmptyState

_HEADS = ("NAME", "LOGIN", "WORKS AS", "SEES", "STATE")
_STEPS = ("people.add", "people.roles", "people.hubs", "people.password", "people.disable")
_ROW = 40
_LOADING = "The people of this service are being read."
_NOBODY = "Nobody here is like that. Type another part of a name, a login or a role."
_TONES = {Account.DISABLED: "bad", Account.RUN_OUT: "warn", Account.NO_LOGIN: "warn"}


class AdministrationWorkspace(QWidget):
    """One table, read when one comes to it and after each step; the keys act on the chosen person."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Nobody is known yet."""
        super().__init__(parent)
        self._session = session
        self._rows: list[StaffRow] = []
        self.card = Card("People", margin=12)
        self.search = SearchField("Find name, login or role")
        self.search.setMaximumWidth(320)
        self.search.setMinimumWidth(270)
        self.table = _table()
        self.empty = EmptyState("refresh-cw", _LOADING)
        self.bar = ActionBar(session.commands, self.table, shows_all=True)
        self.card.head.addWidget(self.search)
        self.card.body.addWidget(self.table, 1)
        self.card.body.addWidget(self.empty, 1)
        self.card.body.addWidget(self.bar)
        column(self, gap=10).addWidget(self.card, 1)
        self.table.hide()
        self.table.itemSelectionChanged.connect(self._choose)
        self.table.itemActivated.connect(self._open)
        self.search.searched.connect(self._fill)
        self.search.left.connect(self.table.setFocus)
        self.empty.acted.connect(self.read)
        session.staff_changed.connect(self.read)
        session.chosen.connect(self._show_actions)
        self._show_actions()
        self.read()

    def panes(self) -> list[QWidget]:
        """What F6 goes through."""
        return [self.table if self.table.isVisibleTo(self) else self.empty.button, self.search]

    def focus_search(self) -> None:
        """Find somebody."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def read(self) -> None:
        """Ask who there is."""
        session = self._session
        session.background.run(
            session.desk.administration.staffing, self._take, self._failed, refused=self._refused, owner=self
        )

    def _take(self, found: Staffing) -> None:
        was_shown = self.table.isVisibleTo(self)
        self._session.staffing = found
        self._fill()
        disabled = sum(row.account is Account.DISABLED for row in found.rows)
        self.card.say_aside(f"{len(found.rows)} people" + (f", {disabled} disabled" if disabled else ""))
        self._session.commands.refresh()
        self._show_actions()
        if not was_shown and self.isVisible():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _refused(self, refusal: Refused) -> None:
        self.table.hide()
        self.empty.show()
        self.empty.say("lock", str(refusal), "Try again")

    def _failed(self, failure: Failure) -> None:
        self._refused(Refused(FAULT))
        self._session.failed(failure)

    # The table

    def _fill(self, _: str = "") -> None:
        """Show whoever fits what is typed; whoever is chosen stays so."""
        staffing = self._session.staffing
        if staffing is None:
            return
        chosen = self._session.staff_row
        self._rows = [row for row in staffing.rows if matches(row, self.search.text())]
        self.table.blockSignals(True)
        self.table.setRowCount(len(self._rows))
        for line, row in enumerate(self._rows):
            roles = ", ".join(role.label for role in row.roles) or "No role"
            name = f"{row.name} (you)" if row.is_me else row.name
            cells = (name, row.login, roles, staffing.hub_names(row), row.account.label)
            for place, text in enumerate(cells):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                if place == 0:
                    item.setFont(theme.font(13, QFont.Weight.DemiBold))
                if place == len(cells) - 1 and row.account in _TONES:
                    item.setForeground(theme.current().colour(_TONES[row.account]))
                self.table.setItem(line, place, item)
        ids = [row.id for row in self._rows]
        self.table.selectRow(ids.index(chosen.id) if chosen is not None and chosen.id in ids else 0)
        self.table.blockSignals(False)
        self.table.setVisible(bool(self._rows))
        self.empty.setVisible(not self._rows)
        self.empty.say("search", _NOBODY)
        self._choose()

    def _choose(self) -> None:
        line = self.table.currentRow()
        row = self._rows[line] if 0 <= line < len(self._rows) else None
        self._session.choose(NAME, "staff", None if row is None else row.id)
        self._session.commands.refresh()
        self._show_actions()

    def _open(self) -> None:
        self._session.commands.run("people.roles")

    def _show_actions(self) -> None:
        row = self._session.staff_row
        fitting = tuple(one for one in _STEPS if self._session.commands.is_enabled(one))
        words = "Add a person, or choose one" if row is None else f"{row.name} · {row.login}"
        self.bar.show_commands(words, fitting)


def _table() -> QTableWidget:
    made = QTableWidget(0, len(_HEADS))
    made.setHorizontalHeaderLabels(_HEADS)
    made.setAccessibleName("People")
    made.setObjectName("people")
    dress(made, _ROW)
    head = made.horizontalHeader()
    head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    fitted, stretched = QHeaderView.ResizeMode.ResizeToContents, QHeaderView.ResizeMode.Stretch
    for place, mode in enumerate((fitted, fitted, stretched, stretched, fitted)):
        head.setSectionResizeMode(place, mode)
    return made
