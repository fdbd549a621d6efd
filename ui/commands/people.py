"""Commands about people: who comes in, as what, and where."""

from collections.abc import Callable

from console.domain.permissions import Deed
from console.domain.staff import Account, StaffRow
from ui.actions import Command
from ui.commands.conditions import WhyNot, may, when
from ui.commands.general import has_workspace
from ui.commands.opening import Opens
from ui.session import Session

_GROUP = "Administration"
NAME = "administration"
_NOT_YOURSELF = "Nobody changes their own roles, hubs or login: ask another administrator."
_NO_LOGINS = "No password is asked for here: only a shared database that was installed gives people logins."


def the_person(session: Session) -> StaffRow | None:
    """The chosen person."""
    return session.staff_row


def _in_front(session: Session) -> str:
    return "" if session.selection.front == NAME else "Go to Administration (Ctrl+8) first."


def _chosen(needs: Callable[[StaffRow], str] = lambda _: "") -> WhyNot:
    def why_not(session: Session) -> str:
        row = session.staff_row
        if row is None:
            return "Choose a person first."
        return _NOT_YOURSELF if row.is_me else needs(row)

    return when(may(Deed.MANAGE_PEOPLE), has_workspace(NAME), _in_front, why_not)


def _has_logins(session: Session) -> str:
    row, staffing = session.staff_row, session.staffing
    is_back = row is not None and row.account is Account.DISABLED
    return "" if staffing is None or staffing.has_logins or is_back else _NO_LOGINS


def _is_in(row: StaffRow) -> str:
    return f"{row.name} is disabled already." if row.account is Account.DISABLED else ""


COMMANDS: tuple[Command[Session], ...] = (
    Command(
        "people.add",
        "Add a person",
        "Ctrl+I, A",
        "plus",
        when(may(Deed.MANAGE_PEOPLE), has_workspace(NAME), _in_front),
        Opens("person_new", "NewPersonDialog"),
        _GROUP,
        "primary",
        short="Add",
    ),
    Command(
        "people.roles",
        "Change a person's roles",
        "Ctrl+I, R",
        "user-check",
        _chosen(),
        Opens("person", "RolesDialog", the_person),
        _GROUP,
        short="Roles",
    ),
    Command(
        "people.hubs",
        "Change a person's hubs",
        "Ctrl+I, H",
        "hospital",
        _chosen(),
        Opens("person", "HubsDialog", the_person),
        _GROUP,
        short="Hubs",
    ),
    Command(
        "people.password",
        "Give a person a new password",
        "Ctrl+I, P",
        "lock",
        when(_chosen(), _has_logins),
        Opens("person", "PasswordDialog", the_person),
        _GROUP,
        short="Password",
    ),
    Command(
        "people.disable",
        "Let a person in no more",
        "Ctrl+I, D",
        "x",
        _chosen(_is_in),
        Opens("person", "DisableDialog", the_person),
        _GROUP,
        "danger",
        short="Disable",
    ),
)
