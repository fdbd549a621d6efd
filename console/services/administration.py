"""What an administrator does about people at the window: the same steps as `main.py staff`, in their name."""

from console.domain.permissions import Deed, reasons_not_permitted
from console.domain.refusals import Refused
from console.domain.staff import Account, NewPerson, OwnLogin, Staffing, StaffRow
from console.domain.words import Role
from console.services import accounts, people
from console.services.basis import Basis, refuse
from db.models import Staff
from db.queries import accounts as stored
from db.queries import care, service

NO_ROLE = "Choose at least one role."
THERE_ALREADY = "There is somebody with the login {login} already: choose them in the list."
NO_HUB = "Choose at least one hub."


class Administration:
    """People, roles, hubs and logins; the database holds an administrator to the same."""

    def __init__(self, basis: Basis) -> None:
        self._basis = basis

    def staffing(self) -> Staffing:
        """Give everybody, also those who may not come in any more."""
        self._require()
        database = self._basis.database
        has_logins = database.capabilities.has_roles
        with database.read() as session:
            everybody = [one for one in stored.everybody(session) if one.login != service.SYSTEM_LOGIN]
            roles, hubs = care.roles_of_people(session), care.hubs_of_people(session)
            codes = {hub.id: hub.code for hub in service.hubs(session)}
            names = {hub.code: hub.name for hub in service.hubs(session)}
            logins = stored.logins(session, [one.login for one in everybody]) if has_logins else None
            rows = tuple(
                StaffRow(
                    id=one.id,
                    login=one.login,
                    name=one.name,
                    roles=tuple(role for role in Role if role in roles.get(one.id, ())),
                    hubs=tuple(code for key, code in codes.items() if key in hubs.get(one.id, ())),
                    account=_account(one, logins),
                    is_me=has_logins and one.id == self._basis.actor.staff_id,
                    registration=one.registration,
                    mail=one.mail,
                )
                for one in everybody
            )
        return Staffing(rows, names, has_logins)

    def add(self, person: NewPerson) -> str:
        """Add a person, with a login where everybody has one."""
        self._require()
        if not person.roles:
            raise Refused(NO_ROLE)
        if not person.hubs:
            raise Refused(NO_HUB)
        database, actor, now = self._basis.database, self._basis.actor, self._basis.now()
        with database.read() as session:
            if service.staff_by_login(session, person.login) is not None:
                raise Refused(THERE_ALREADY.format(login=person.login))
        return people.add(
            database,
            now,
            login=person.login,
            name=person.name,
            roles=person.roles,
            registration=person.registration,
            hub_codes=person.hubs,
            mail=person.mail,
            by=actor,
            own=OwnLogin(person.login, person.password),
        )

    def set_roles(self, login: str, roles: tuple[Role, ...]) -> str:
        """Let a person have exactly these roles."""
        self._require()
        if not roles:
            raise Refused(NO_ROLE)
        return accounts.set_roles(self._basis.database, self._basis.actor, self._basis.now(), login, roles)

    def set_hubs(self, login: str, codes: tuple[str, ...]) -> str:
        """Let a person see exactly these hubs."""
        self._require()
        if not codes:
            raise Refused(NO_HUB)
        return accounts.set_hubs(self._basis.database, self._basis.actor, self._basis.now(), login, codes)

    def let_in(self, login: str, password: str | None) -> str:
        """Give a person a new password, or let them in by other means; also one who was disabled."""
        self._require()
        return accounts.let_in(self._basis.database, self._basis.actor, self._basis.now(), login, password)

    def disable(self, login: str) -> str:
        """Let a person in no more, and end what they have open."""
        self._require()
        return accounts.disable(self._basis.database, self._basis.actor, self._basis.now(), login)

    def _require(self) -> None:
        refuse(reasons_not_permitted(self._basis.actor.role, Deed.MANAGE_PEOPLE))


def _account(person: Staff, logins: dict[str, tuple[bool, bool]] | None) -> Account:
    if not person.is_active:
        return Account.DISABLED
    if logins is None:
        return Account.ACTIVE
    if person.login not in logins:
        return Account.NO_LOGIN
    may_sign_in, has_run_out = logins[person.login]
    if not may_sign_in:
        return Account.DISABLED
    return Account.RUN_OUT if has_run_out else Account.ACTIVE
