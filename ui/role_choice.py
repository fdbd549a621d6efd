"""Who has signed in chooses in which of their own roles they work; nobody else can be chosen."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QPushButton, QWidget

from console.domain.record_rows import Person
from console.domain.words import Role
from ui.widgets.looks import Card, label, line
from ui.widgets.ringed import RingedButton
from ui.workspaces import roles_with_a_workspace


class RoleChoice(Card):
    """One button for each role; the first has the keyboard."""

    chosen = Signal(Person, Role)
    left = Signal()

    def __init__(self, person: Person, parent: QWidget | None = None) -> None:
        """Offer the roles of this person that have a workspace."""
        super().__init__(f"{person.name}, you are signed in", margin=24, parent=parent)
        self.setFixedWidth(520)
        self._person = person
        self.roles = roles_with_a_workspace(person.roles)
        self.role_buttons: list[QPushButton] = []
        self.add((label(self._words(), "mute", wraps=True),))
        row = line(gap=8)
        for number, role in enumerate(self.roles):
            button = RingedButton(role.label)
            button.setProperty("look", "primary" if number == 0 else "")
            button.setProperty("role", role.value)
            button.setAutoDefault(True)
            button.clicked.connect(self._clicked)
            row.addWidget(button)
            self.role_buttons.append(button)
        row.addStretch(1)
        self.body.addLayout(row)
        self.other = QPushButton("Somebody else")
        self.other.setProperty("look", "quiet")
        self.other.setAutoDefault(True)
        self.other.clicked.connect(self.left)
        foot = line(gap=8)
        foot.addWidget(self.other)
        foot.addStretch(1)
        self.body.addLayout(foot)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        (self.role_buttons or [self.other])[0].setFocus(Qt.FocusReason.TabFocusReason)

    def _words(self) -> str:
        if self.roles:
            return "What you do is kept under your own name. Choose as what you work now:"
        named = ", ".join(role.label.lower() for role in self._person.roles)
        return (
            f"You are {named}: there is no workspace for that. Ask an administrator for a role that works at"
            " a console."
        )

    def _clicked(self) -> None:
        button = self.sender()
        if isinstance(button, QPushButton):
            self.chosen.emit(self._person, Role(button.property("role")))
