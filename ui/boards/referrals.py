"""The pending referrals: filters, search, the table, and the commands of the chosen row."""

import datetime as dt

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from console.domain.permissions import Deed
from console.domain.rows import ReferralRow
from ui.boards import referral_cells as cells
from ui.boards import tally
from ui.boards.decisions import who_decides
from ui.boards.delegates import RowDelegate
from ui.boards.emptiness import why_empty
from ui.boards.following import follow
from ui.boards.keyed_table import KeyedTableModel
from ui.boards.live_view import LiveView
from ui.boards.next_steps import for_referral
from ui.boards.send_now import badge
from ui.said import is_said
from ui.session import Session
from ui.widgets.action_bar import ActionBar, KeyButton
from ui.widgets.feed_age import PaneAge
from ui.widgets.filters import FilterChips, SearchField
from ui.widgets.looks import Card, line, restyle
from ui.widgets.messages import EmptyState

HEAD = 34
_ROOM_IN_BAR = 4
_TWO_ROWS = 128
_WITH_TITLE = 830
_AROUND_HEAD = 2 * 12 + 5 * 10  # margins, and the gaps of the head


class ReferralsPane(Card):
    """What is waiting, in the order in which it must be acted on."""

    chose = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Empty until the board has been read."""
        super().__init__("Pending referrals", margin=12, parent=parent)
        self._session = session
        self._filter, self._typed = "all", ""
        self.model: KeyedTableModel[ReferralRow] = KeyedTableModel(
            cells.columns(session.now, self._offered, session.presence.here, self._decides),
            key=lambda row: row.id,
            order=cells.order,
            spoken=self._spoken,
            now=session.now,
            parent=self,
        )
        delegate = RowDelegate(self.model, cells.is_over)
        self.view: LiveView[ReferralRow] = LiveView(self.model, delegate, session.countdown)
        self.view.setAccessibleName("Pending referrals")
        self.view.setObjectName("referrals")
        self.age = PaneAge(self.view, session.countdown)
        kinds = [(name, words) for name, (words, _) in tally.FILTERS.items()]
        self.chips = FilterChips(kinds, "Show", wraps=True)
        self.search = SearchField("Find")
        self.hidden = QPushButton()
        self.bar = ActionBar(session.commands, self.view)
        self.more = KeyButton("More")
        self.empty = EmptyState("circle-check", "")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.search.setMinimumWidth(116)
        self.search.setAccessibleName(
            "Find by name, NHS number, birth date, number, problem, place or practice"
        )
        self.search.setToolTip(f"{self.search.accessibleName()} (Ctrl+F)")
        self.search.setMaximumWidth(260)
        self.title.setMinimumHeight(HEAD)
        self.head.addWidget(self.chips)
        self.head.addWidget(self.search, 1)
        restyle(self.hidden, look="warning")
        self.hidden.hide()
        self.empty.hide()
        self.view.setMinimumHeight(_TWO_ROWS)  # fewer cannot be compared; a low window scrolls
        foot = line(gap=8)
        foot.addWidget(self.bar, 1)
        foot.addWidget(self.more)
        self.body.addWidget(self.hidden)
        self.body.addWidget(self.view, 1)
        self.body.addWidget(self.empty, 1)
        self.body.addLayout(foot)

    def _connect(self) -> None:
        session = self._session
        self.chips.chosen.connect(self.show_only)
        self.search.searched.connect(self._search)
        self.search.left.connect(self.view.enter)
        self.hidden.clicked.connect(self.show_all)
        self.empty.acted.connect(self.show_all)
        self.more.clicked.connect(self._show_more)
        self.view.selected.connect(self.chose)
        self.view.opened.connect(session.open_record)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(self._menu_at)
        session.offers.changed.connect(self.view.viewport().update)
        session.presence.changed.connect(self.view.viewport().update)
        follow(session.live.referrals, self.model)

    def _offered(self, row: ReferralRow) -> str:
        """Who could be sent to this patient now, for those who may send."""
        offer = self._session.offers.of(row.id)
        return badge(offer) if offer is not None and self._session.may(Deed.ALLOCATE) else ""

    def _decides(self, row: ReferralRow) -> str:
        return who_decides(row, self._session)

    def _spoken(self, row: ReferralRow, now: dt.datetime) -> str:
        here = self._session.presence.here(row.id)
        return cells.spoken(row, now, self._offered(row), here, self._decides(row))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow, title and waiting time give way: no filter, no count and no name is cut."""
        super().resizeEvent(event)
        self.view.choice.leave_out("waiting", is_out=self.width() < _WITH_TITLE)
        self._fit_title()

    def _fit_title(self) -> None:
        """With long counts the title gives way sooner."""
        beside = self.aside.sizeHint().width() + self.chips.sizeHint().width() + self.search.minimumWidth()
        taken = self.title.sizeHint().width() + beside + _AROUND_HEAD
        self.title.setVisible(self.width() >= max(_WITH_TITLE, taken))

    def minimumSizeHint(self) -> QSize:
        """As if without the title, which gives way."""
        hint = super().minimumSizeHint()
        taken = self.title.sizeHint().width() + 10 if self.title.isVisibleTo(self) else 0
        return QSize(hint.width() - taken, hint.height())

    # Filters

    def show_all(self) -> None:
        """Hide nothing."""
        self.search.clear()
        self._typed = ""
        self.show_only("all")

    def show_only(self, name: str) -> None:
        """Narrow the board down to one kind of row; a figure of the strip may ask for one without a chip."""
        self._filter = name
        if name in tally.FILTERS:
            self.chips.choose(name)
        self._narrow()

    def _search(self, typed: str) -> None:
        self._typed = typed.casefold()
        self._narrow()

    def _narrow(self) -> None:
        is_all = self._filter == "all" and not self._typed
        self.model.set_filter(None if is_all else self._wants)
        self.tell()

    def _wants(self, row: ReferralRow) -> bool:
        wanted = tally.ALL[self._filter][1]
        name = f"{row.family_name} {row.given_name}"
        return wanted(row, self._session.now()) and is_said(self._typed, found_by(row), name)

    # What stands around the table

    def tell(self) -> None:
        """Say how many rows are shown and hidden, and never hide silently what must be acted on."""
        shown, hidden = self.model.rowCount(), self.model.hidden
        self.say_aside(f"{shown} of {shown + hidden}" if hidden else f"{shown}")
        self._fit_title()
        named = "" if self._filter in tally.FILTERS else f"Only {tally.ALL[self._filter][0].lower()}. "
        out_of_sight = _out_of_sight(self._hidden_rows(), self._session)
        told = f"{hidden} hidden. {named}{out_of_sight}".strip()
        self.hidden.setText(f"{told}  Show all")
        self.hidden.setVisible(bool(hidden) and bool(shown))
        restyle(self.hidden, tone="bad" if out_of_sight else "plain")
        self._tell_empty(shown, hidden, out_of_sight)

    def _tell_empty(self, shown: int, hidden: int, out_of_sight: str) -> None:
        self.view.setVisible(shown > 0)
        self.empty.setVisible(shown == 0)
        if hidden:
            self.empty.say("search", f"Nothing here matches; {hidden} hidden. {out_of_sight}", "Show all")
        else:
            calm = "Nobody is waiting. New referrals appear here by themselves."
            self.empty.say(*why_empty(self._session, calm))

    def _hidden_rows(self) -> list[ReferralRow]:
        if not self.model.hidden:
            return []
        return [
            row for row in self._session.live.referrals.by_id.values() if self.model.row_of(row.id) is None
        ]

    def show_counts(self, counts: dict[str, int]) -> None:
        """Write the counts into the chips."""
        for name, (words, _) in tally.FILTERS.items():
            figure = counts[name] if name != "all" else 0
            self.chips.say(name, f"{words} {figure}" if figure else words)
        self._fit_title()

    def show_actions(self) -> None:
        """Offer the commands of the chosen row, those of its next step first."""
        row = self.view.selected_row()
        if row is None:
            self.bar.show_commands("Choose a referral to act on it", ())
            self.more.hide()
            return
        self.bar.show_commands(cells.name_of(row), self._fitting(for_referral(row, self._session)))
        self.more.show()

    def _fitting(self, command_ids: tuple[str, ...]) -> tuple[str, ...]:
        return command_ids[:_ROOM_IN_BAR]

    def _menu_at(self, where: QPoint) -> None:
        self._menu().popup(self.view.viewport().mapToGlobal(where))

    def _show_more(self) -> None:
        menu = self._menu()
        menu.popup(self.more.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

    def _menu(self) -> QMenu:
        """Every command that the chosen row allows now."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        group = ""
        for command in self._session.commands:
            if command.group in ("Window", "Take in", "Map") or command.why_not(self._session):
                continue
            if group and command.group != group:
                menu.addSeparator()
            group = command.group
            menu.addAction(self._session.commands.action(command.id))
        return menu


def found_by(row: ReferralRow) -> str:
    """All text by which a row can be found."""
    born = f"{row.birth_date:%d/%m/%Y}" if row.birth_date else None
    parts = (
        row.number, row.family_name, row.given_name, row.nhs_number, born, row.problem, row.area, row.address,
        row.postcode, (row.postcode or "").replace(" ", ""), row.practice, row.practice_code,
        row.practitioner, row.hub, row.source.label, row.phone,
    )  # fmt: skip
    return " ".join(part for part in parts if part).casefold()


def _out_of_sight(hidden: list[ReferralRow], session: Session) -> str:
    """What of the hidden must be acted on."""
    now = session.now()
    kinds = (
        ("overdue", sum(cells.is_over(row, now) for row in hidden)),
        ("not triaged", sum(row.is_untriaged for row in hidden)),
    )
    told = " and ".join(f"{number} {words}" for words, number in kinds if number)
    return f"Among them {told}." if told else ""
