"""A new person: who they are, as what and where they work, and their first password."""

from PySide6.QtWidgets import QWidget

from console.domain.staff import NewPerson
from console.domain.words import Role
from ui.dialogs.person import ROLE_WORDS, StaffDialog, hubs_by_code
from ui.session import Session
from ui.widgets.checked_field import login_field
from ui.widgets.fields import TextField


class NewPersonDialog(StaffDialog):
    """One form from top to bottom."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Every hub is ticked; no role is."""
        sentence = "What they do here is kept under this name. A practitioner is added by main.py staff add."
        super().__init__(session, "Add a person", sentence, "Add the person", parent=parent)
        self._has_logins = session.staffing is not None and session.staffing.has_logins
        form, hubs = self.form, hubs_by_code(session)
        form.add("name", "Name", TextField(), needed="Type the name as others read it.")
        form.add(
            "login",
            "Login",
            login_field(),
            hint="Small letters, digits, dots and dashes, such as jo.bates.",
            needed="Type a login, such as jo.bates.",
        )
        form.add(
            "registration",
            "Registration (a duty clinician needs one)",
            TextField(),
            hint="Such as GMC 1234567.",
        )
        form.add("mail", "Mail address for reminders (may stay empty)", TextField())
        form.add_heading("Works as")
        self.add_ticks("role", ROLE_WORDS, ())
        form.add_heading("Sees")
        self.add_ticks("hub", hubs, tuple(hubs))
        if self._has_logins:
            form.add_heading("Comes in with")
            self.add_password()

    def submit(self) -> None:
        values = self.form.read()
        if values is None:
            return
        password: str | None = None
        if self._has_logins:
            is_right, password = self.password_of(values)
            if not is_right:
                return
        person = NewPerson(
            login=str(values["login"]),
            name=str(values["name"]),
            roles=tuple(Role(word) for word in self.ticked("role", values)),
            hubs=self.ticked("hub", values),
            registration=str(values["registration"]) if values["registration"] else None,
            mail=str(values["mail"]) if values["mail"] else None,
            password=password,
        )
        people = self.session.desk.administration
        self.carry(lambda: people.add(person))
