"""What an administrator changes about one person: roles, hubs, password, whether they come in at all."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from console.domain.staff import Account, StaffRow
from console.domain.words import Role
from ui.background import carried
from ui.dialogs.base import DecisionDialog
from ui.session import Session
from ui.widgets.fields import TickField
from ui.widgets.form import Form
from ui.widgets.password_field import PasswordField

ROLE_WORDS = {role.value: role.label for role in Role if role is not Role.SYSTEM}
EXTERNAL = "Comes in by other means"
_MEANS = "By Kerberos, LDAP or a certificate, without a password."
_HINT = "At least twelve letters: three words that belong nowhere together do."
NOT_THE_SAME = "The two passwords are not the same. Type both again."
NO_PASSWORD = "Type a password of at least 12 letters, or tick that this person comes in by other means."  # noqa: S105


def hubs_by_code(session: Session) -> dict[str, str]:
    """The names of all hubs by their codes, as the list of people has last read them."""
    return {} if session.staffing is None else session.staffing.hubs


class StaffDialog(DecisionDialog):
    """A step about people; what came of it is said at the foot of the window, and the list is read anew."""

    def __init__(
        self,
        session: Session,
        title: str,
        sentence: str,
        primary: str,
        *,
        look: str = "primary",
        parent: QWidget | None = None,
    ) -> None:
        """With an empty form."""
        super().__init__(parent, title, sentence, primary, look=look)
        self.session = session
        self.form = Form()
        self.body.addWidget(self.form)
        self.body.addStretch(1)  # two ticks stand together, however low the form is

    def carry(self, work: Callable[[], str]) -> None:
        """Do it beside the window."""
        self.perform(self.session.background, carried(work), self._told)

    def _told(self, sentence: str) -> None:
        self.session.say(sentence, "ok")
        self.session.staff_changed.emit()

    # Ticks, one for each role or hub

    def add_ticks(self, of: str, options: dict[str, str], ticked: tuple[str, ...]) -> None:
        """Ask which of these; `of` is the kind."""
        for value, words in options.items():
            tick = TickField()
            tick.setChecked(value in ticked)
            self.form.add(f"{of}.{value}", words, tick)

    def ticked(self, of: str, values: dict[str, object]) -> tuple[str, ...]:
        """Give those that are ticked."""
        return tuple(name.removeprefix(f"{of}.") for name, on in values.items() if name.startswith(of) and on)

    # A password, twice

    def add_password(self) -> None:
        """Ask for a new password."""
        self.form.add("password", "New password", PasswordField(), hint=_HINT)
        self.form.add("again", "The same again", PasswordField())
        self.form.add("external", EXTERNAL, TickField(), hint=_MEANS)

    def password_of(self, values: dict[str, object]) -> tuple[bool, str | None]:
        """Whether what was typed can be taken, and the password; None for other means."""
        if values["external"]:
            return True, None
        password = str(values["password"] or "")
        wrong = NO_PASSWORD if not password else NOT_THE_SAME if password != values["again"] else ""
        if wrong:
            self.form.show_errors({"password": wrong})
        return not wrong, password


class RolesDialog(StaffDialog):
    """Exactly these roles from now on."""

    def __init__(self, session: Session, row: StaffRow, parent: QWidget | None = None) -> None:
        """Ticked as they are."""
        sentence = f"{row.name} ({row.login}) has exactly these from now on."
        super().__init__(session, "Roles", sentence, "Save the roles", parent=parent)
        self.who, self.row = row.name, row
        self.add_ticks("role", ROLE_WORDS, tuple(role.value for role in row.roles))

    def submit(self) -> None:
        values = self.form.read() or {}
        roles = tuple(Role(word) for word in self.ticked("role", values))
        people, login = self.session.desk.administration, self.row.login
        self.carry(lambda: people.set_roles(login, roles))


class HubsDialog(StaffDialog):
    """Exactly these hubs from now on."""

    def __init__(self, session: Session, row: StaffRow, parent: QWidget | None = None) -> None:
        """Ticked as they are."""
        sentence = (
            f"{row.name} ({row.login}) sees exactly these from now on. A console that is open sees it when"
        )
        super().__init__(
            session, "Hubs", f"{sentence} its person signs in again.", "Save the hubs", parent=parent
        )
        self.who, self.row = row.name, row
        self.add_ticks("hub", hubs_by_code(session), row.hubs)

    def submit(self) -> None:
        values = self.form.read() or {}
        codes = self.ticked("hub", values)
        people, login = self.session.desk.administration, self.row.login
        self.carry(lambda: people.set_hubs(login, codes))


class PasswordDialog(StaffDialog):
    """A new password; whoever was disabled comes in again."""

    def __init__(self, session: Session, row: StaffRow, parent: QWidget | None = None) -> None:
        """Ask for it twice; where nobody has a login there is none to ask for."""
        is_back = row.account is Account.DISABLED
        self._has_logins = session.staffing is None or session.staffing.has_logins
        tail = "is let in again" if is_back else "signs in with it from now on"
        super().__init__(
            session,
            "Let in again" if is_back else "New password",
            f"{row.name} ({row.login}) {tail}. Only a proof of the password leaves this computer.",
            "Let in again" if is_back else "Give the password",
            parent=parent,
        )
        self.who, self.row = row.name, row
        if self._has_logins:
            self.add_password()

    def submit(self) -> None:
        password: str | None = None
        if self._has_logins:
            is_right, password = self.password_of(self.form.read() or {})
            if not is_right:
                return
        people, login = self.session.desk.administration, self.row.login
        self.carry(lambda: people.let_in(login, password))


class DisableDialog(StaffDialog):
    """Nobody comes in by this login any more, and what is open by it is ended."""

    def __init__(self, session: Session, row: StaffRow, parent: QWidget | None = None) -> None:
        """Say what follows from it."""
        super().__init__(
            session,
            "Let in no more",
            f"{row.name} ({row.login}) cannot sign in from now on, and what they have open is ended at once."
            " What they did stays in their name. A new password lets them in again.",
            "Let in no more",
            look="danger",
            parent=parent,
        )
        self.who, self.row = row.name, row

    def submit(self) -> None:
        people, login = self.session.desk.administration, self.row.login
        self.carry(lambda: people.disable(login))
