"""Who works here, and as what: the first thing that the console asks."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QShowEvent
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from console.domain.rows import Person
from console.domain.words import Role
from ui import theme
from ui.boards import painting
from ui.boards.painting import face
from ui.widgets.filters import FindField
from ui.widgets.looks import Card, empty_layout, label, line
from ui.widgets.reader_choice import ReaderChoice
from ui.widgets.ringed import RingedButton
from ui.workspaces import roles_with_a_workspace

_LIST_HEIGHT = 244
Index = QModelIndex | QPersistentModelIndex


class _NameField(FindField):
    """Finds names while one types; up and down move in the list below."""

    moved = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 5, Qt.Key.Key_PageUp: -5}
        if event.key() in steps:
            self.moved.emit(steps[Qt.Key(event.key())])
            return
        super().keyPressEvent(event)


class _PersonDelegate(QStyledItemDelegate):
    """Paints the name over the roles; the style sheet gives the ground of what is chosen."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        name, _, roles = str(index.data()).partition("\n")
        self.initStyleOption(option, index)
        option.text = ""
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        box, look = option.rect.adjusted(12, 0, -8, 0), theme.current()
        middle = box.center().y()
        text, mute = look.colour("text"), look.colour("mute")
        painting.write(painter, box.left(), middle - 9, box.width(), name, ink=text, used=face(13, 600))
        painting.write(painter, box.left(), middle + 10, box.width(), roles, ink=mute, used=face(12))


class SignIn(Card):
    """Type a name, choose a role, press Enter."""

    chosen = Signal(Person, Role)

    def __init__(self, people: Sequence[Person], parent: QWidget | None = None) -> None:
        """Offer everybody who may work at a console."""
        super().__init__("Who is working here?", margin=24, parent=parent)
        self.say_aside("No password is asked here.")
        self.setFixedWidth(520)
        self._people = [person for person in people if roles_with_a_workspace(person.roles)]
        self._others = [person for person in people if person not in self._people]
        self.name = _NameField("Type any part of your name")
        self.name.setAccessibleName("Your name")
        self.list = QListWidget()
        self.list.setItemDelegate(_PersonDelegate(self.list))
        self.list.setAccessibleName("People")
        self.list.setFixedHeight(_LIST_HEIGHT)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._says = label("", "mute", wraps=True)
        self._roles = line(gap=8)
        self._buttons: list[QPushButton] = []
        self.add((self.name, self.list, self._says))
        self.body.addLayout(self._roles)
        self.name.textChanged.connect(self._find)
        self.name.moved.connect(self._move)
        self.name.returnPressed.connect(self._enter)
        ReaderChoice(self.list)
        self.list.currentItemChanged.connect(self._show_roles)
        self.list.itemActivated.connect(self._enter)
        self._find("")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.name.setFocus()

    @property
    def person(self) -> Person | None:
        """Whoever is marked in the list."""
        place = self.list.currentRow()
        person = self.list.item(place).data(Qt.ItemDataRole.UserRole) if place >= 0 else None
        return person if isinstance(person, Person) else None

    @property
    def role_buttons(self) -> list[QPushButton]:
        """One button for each role of the marked person."""
        return list(self._buttons)

    def _find(self, typed: str) -> None:
        parts = typed.casefold().split()
        self.list.clear()
        for person in self._people:
            if all(part in _named(person) for part in parts):
                item = QListWidgetItem(
                    f"{person.name}\n{', '.join(role.label for role in roles_with_a_workspace(person.roles))}"
                )
                item.setData(Qt.ItemDataRole.UserRole, person)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, item.text().replace("\n", ", "))
                item.setSizeHint(QSize(0, 46))
                self.list.addItem(item)
        self.list.setCurrentRow(0)
        self._show_roles()

    def _move(self, steps: int) -> None:
        place = self.list.currentRow() + steps
        self.list.setCurrentRow(max(0, min(place, self.list.count() - 1)))

    def _show_roles(self) -> None:
        empty_layout(self._roles)
        self._buttons.clear()
        person = self.person
        if person is None:
            self._says.setText(self._why_nobody())
            return
        self._says.setText(f"{person.name} works as:")
        for number, role in enumerate(roles_with_a_workspace(person.roles)):
            button = RingedButton(role.label)
            button.setProperty("look", "primary" if number == 0 else "")
            button.setAutoDefault(True)
            button.clicked.connect(self._role_clicked)
            button.setProperty("role", role.value)
            self._roles.addWidget(button)
            self._buttons.append(button)
        self._roles.addStretch(1)

    def _why_nobody(self) -> str:
        """Somebody who is known and has nothing to do here is told so, and not that they are unknown."""
        parts = self.name.text().casefold().split()
        known = [one for one in self._others if parts and all(part in _named(one) for part in parts)]
        if not known:
            return "Nobody of that name may sign in. Ask your administrator to add you."
        roles = ", ".join(role.label.lower() for role in known[0].roles)
        return (
            f"{known[0].name} is {roles or 'without a role'}: there is no workspace for that. Ask your"
            " administrator for a role that works at a console."
        )

    def _role_clicked(self) -> None:
        button, person = self.sender(), self.person
        if isinstance(button, QPushButton) and person is not None:
            self.chosen.emit(person, Role(button.property("role")))

    def _enter(self) -> None:
        """With one role there is nothing more to ask; with several, the first is a Tab or an Enter away."""
        person = self.person
        if person is None:
            return
        roles = roles_with_a_workspace(person.roles)
        if len(roles) == 1:
            self.chosen.emit(person, roles[0])
        else:
            self.role_buttons[0].setFocus(Qt.FocusReason.TabFocusReason)


def _named(person: Person) -> str:
    return f"{person.name} {person.login}".casefold()
