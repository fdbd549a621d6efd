"""What stands in the window before anybody works: opening, failed, or who is working here."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from ui.widgets.busy_bar import BusyBar
from ui.widgets.looks import Card, column, empty_layout, label, line
from ui.widgets.ringed import RingedButton
from ui.widgets.scrolled import Scrolled

if TYPE_CHECKING:  # this is painted before anybody is known
    from pathlib import Path

    from console.domain.rows import Person
    from console.domain.sign_in import Connection
    from ui.role_choice import RoleChoice
    from ui.sign_in import SignIn
    from ui.way_in import WayIn


class StartPage(QWidget):
    """One card in the middle; what it says depends on how far the console is."""

    retried = Signal()
    signed_in = Signal(object, object)  # the Person and their Role
    asked = Signal()  # who is working here
    entered = Signal(object)  # the Entry of who wants to come in
    added = Signal(object)  # a Connection to be kept
    left = Signal()  # somebody else wants to sign in
    failed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """The console is being opened."""
        super().__init__(parent)
        inside = QWidget()
        self._middle = column(inside)
        column(self).addWidget(Scrolled(inside))
        self.sign_in: SignIn | None = None
        self.way_in: WayIn | None = None
        self.role_choice: RoleChoice | None = None
        self._told: tuple[str, ...] = ()  # what stands on the card, while it says why it failed
        self._pack: Path | None = None  # what is offered meanwhile
        self.say_opening()

    def say_opening(self) -> None:
        """Say that the database is being opened."""
        card = _card("Opening the board", "The first start takes a little longer.")
        card.add((BusyBar("Opening the board"),))
        self._show(card)

    def say_closing(self) -> None:
        """Say why the window is still there although it was closed."""
        card = _card("Closing", "Doorstep closes as soon as what it has begun is finished.")
        card.add((BusyBar("Closing"),))
        self._show(card)

    def say_failed(self, *reasons: str, details: str = "") -> None:
        """Say why it could not be opened, and offer to try again."""
        told = (*reasons, details)
        if told == self._told:
            return  # tried again by itself, with the same result: nothing moves under the hand
        card = _card("The board could not be opened", "\n".join(reasons))
        if details:
            where = label(details, "small", wraps=True)
            where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            card.add((where,))
        again = RingedButton("Try again")
        again.setProperty("look", "primary")
        again.clicked.connect(self.retried)
        self._foot = line()
        self._foot.addWidget(again)
        self._foot.addStretch(1)
        card.body.addLayout(self._foot)
        self._show(card)
        self._told = told
        again.setFocus()
        self.failed.emit(" ".join(reasons))

    def offer_pack(self, pack: "Path | None") -> None:
        """Offer the newest downtime pack of this computer: the board may be away for long."""
        if pack is None or not (self._told or self.way_in) or self._pack is not None:
            return
        self._pack = pack
        words = f"Open the downtime pack {pack.stem.removeprefix('downtime-')[:15]}"
        opens = QPushButton(words)
        opens.clicked.connect(self._open_pack)
        self._foot.insertWidget(1, opens)

    def _open_pack(self) -> None:
        from ui.pack.printing import open_file

        if self._pack is not None:
            open_file(self._pack)

    def ask_who(self, people: "Sequence[Person]") -> None:
        """Ask who is working here."""
        from ui.sign_in import SignIn

        self.sign_in = SignIn(people)
        self.sign_in.chosen.connect(self.signed_in)
        self._show(self.sign_in)
        self.asked.emit()

    def ask_way_in(
        self, connections: "Sequence[Connection]", *, login: str = "", keeps: bool = False
    ) -> "WayIn":
        """Ask who signs in, where and by which password."""
        from ui.way_in import WayIn

        self.way_in = WayIn(connections, login=login, keeps=keeps)
        self.way_in.entered.connect(self.entered)
        self.way_in.added.connect(self.added)
        self._foot = self.way_in.foot
        self._show(self.way_in)
        self.way_in.begin()
        return self.way_in

    def ask_role(self, person: "Person") -> "RoleChoice":
        """Ask whoever has signed in as what they work."""
        from ui.role_choice import RoleChoice

        self.role_choice = RoleChoice(person)
        self.role_choice.chosen.connect(self.signed_in)
        self.role_choice.left.connect(self.left)
        self._show(self.role_choice)
        self.asked.emit()
        return self.role_choice

    @property
    def is_asking(self) -> bool:
        """Whether a person is asked for something here, which nothing may take away from them."""
        return any((self.sign_in, self.way_in, self.role_choice))

    def _show(self, card: Card) -> None:
        self._told, self._pack = (), None
        for name in ("sign_in", "way_in", "role_choice"):
            if card is not getattr(self, name):
                setattr(self, name, None)
        empty_layout(self._middle)
        self._middle.addStretch(2)
        # Between stretches, not aligned: an aligned card is not asked how high its wrapped sentences are.
        across = line(gap=0)
        across.addStretch(1)
        across.addWidget(card)
        across.addStretch(1)
        self._middle.addLayout(across)
        self._middle.addStretch(3)
        card.show()  # now, not when Qt comes to it: until then a key that is pressed would go nowhere


def _card(title: str, sentence: str) -> Card:
    card = Card(title, margin=24)
    card.setFixedWidth(520)
    card.add((label(sentence, "mute", wraps=True),))
    return card


def newest_pack() -> "Path | None":
    """Give the newest downtime pack of this computer; asked beside the window, its folder may be far away."""
    from console.services.pack_files import pack_folder

    return pack_folder().newest()
