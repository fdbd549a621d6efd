"""The service's settings: what holds, since when, and a change by a named person from a given time."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from console.domain.acting import Actor
from console.domain.calendar import from_local, local
from console.domain.permissions import Deed, may, reasons_not_permitted
from console.domain.refusals import Refused
from console.services import people, setup
from console.services.basis import refuse
from console.settings import REGISTRY, Scope, Setting
from db.engine import Database
from db.queries import care, watching

_HOW = "Give the time as YYYY-MM-DD or YYYY-MM-DD HH:MM, as the clock on the wall shows it."

_FIGURES = ("clock.", "ladder.")


@dataclass(frozen=True, slots=True)
class SettingLine:
    """One setting as it holds, or as it will; `since` is None while it stands at its default."""

    name: str
    value: str
    default: str
    since: dt.datetime | None
    is_planned: bool
    reason: str
    sentence: str


def lines(database: Database, now: dt.datetime) -> list[SettingLine]:
    """Give every setting of the service with what holds now, each followed by what is planned for it."""
    with database.read() as session:
        versions = care.setting_versions(session)
    found = []
    for setting in _of_the_service():
        mine = [one for one in versions if one.name == setting.name]
        past = [one for one in mine if one.effective_from <= now]
        if not past:
            found.append(_line(setting, setting.default, None, now))
        found += [_line(setting, setting.read(one.value), one, now) for one in past[-1:]]
        found += [_line(setting, setting.read(one.value), one, now) for one in mine if one not in past]
    return found


def change(
    database: Database,
    actor: Actor,
    now: dt.datetime,
    *,
    name: str,
    typed: str,
    reason: str,
    effective_from: dt.datetime | None = None,
) -> str:
    """Let a setting of the service hold from now or a later time; gives what was done as a sentence."""
    setting = _declared(name)
    refuse(reasons_not_permitted(actor.role, Deed.CHANGE_SETTINGS))
    refuse(_reasons_not_from(effective_from, now))
    refuse(() if reason.strip() else ("Say why the setting changes: --reason TEXT.",))
    try:
        value = setting.typed(typed)
    except ValueError as wrong:
        raise Refused(str(wrong)) from wrong
    at = effective_from or now
    with database.work(actor, now) as work:
        is_news = setup.put_setting(work, name, value, reason.strip(), actor.staff_id, at)
        if is_news and name.startswith(_FIGURES):  # they move the moments of what is late already
            watching.look_at_everything(work.session, at)
    if not is_news:
        return f"{name} is {setting.shown(value)} then already: nothing was changed."
    return f"{name} is {setting.shown(value)} from {said(at)}, by {actor.name}."


def author(database: Database, login: str, device: str = "") -> Actor:
    """Give the named person in a role that may change settings; refuse anybody else, and say who may."""
    person = next((one for one in people.people(database) if one.login == login), None)
    if person is None:
        raise Refused(f"Nobody here has the login {login}. `main.py staff list` shows who there is.")
    role = next((one for one in person.roles if may(one, Deed.CHANGE_SETTINGS)), None)
    if role is None:
        raise Refused(*reasons_not_permitted(person.roles[0], Deed.CHANGE_SETTINGS))
    return people.actor(person, role, device)


def read_from(text: str) -> dt.datetime:
    """Read the time from which something holds, on the wall clock of London."""
    try:
        wall = dt.datetime.fromisoformat(text.strip())
    except ValueError as wrong:
        raise Refused(f"{text} is no time. {_HOW}") from wrong
    if wall.tzinfo is not None:
        raise Refused(_HOW)
    return from_local(wall.date(), wall.time())


def said(at: dt.datetime) -> str:
    """Give a time as people read it."""
    return f"{local(at):%d/%m/%Y %H:%M}"


def _of_the_service() -> list[Setting]:
    return [setting for setting in REGISTRY.values() if setting.scope is Scope.SERVICE]


def _declared(name: str) -> Setting:
    setting = REGISTRY.get(name)
    if setting is None or setting.scope is not Scope.SERVICE:
        raise Refused(f"{name} is no setting of the service. `main.py settings list` shows those there are.")
    return setting


def _reasons_not_from(effective_from: dt.datetime | None, now: dt.datetime) -> tuple[str, ...]:
    if effective_from is None or effective_from >= now:
        return ()
    # What held in the past is how people were judged then.
    return (f"{said(effective_from)} has passed: a setting holds from now (leave --from out) or later.",)


def _line(setting: Setting, value: Any, version: Any, now: dt.datetime) -> SettingLine:
    return SettingLine(
        name=setting.name,
        value=setting.shown(value),
        default=setting.shown(setting.default),
        since=None if version is None else version.effective_from,
        is_planned=version is not None and version.effective_from > now,
        reason="" if version is None else version.reason,
        sentence=setting.sentence,
    )
