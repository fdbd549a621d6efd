"""What holds at this site now: its clocks from the settings, and the working days of England."""

import datetime as dt
import functools
from collections.abc import Container, Mapping
from typing import Any

from console.domain.calendar import WorkingCalendar
from console.domain.clocks import ClockSettings
from console.domain.ladder import Frame
from console.domain.ladder_settings import LadderSettings
from console.settings import REGISTRY, Value
from db.engine import Database
from db.queries import care
from db.unit_of_work import UnitOfWork

_CLOCK = "clock."
_LADDER = "ladder."


@functools.cache
def england() -> WorkingCalendar:
    """Give the working days of England, with the bank holidays of every year that is asked for."""
    return WorkingCalendar(lambda day: day in _bank_holidays())


@functools.cache
def _bank_holidays() -> Container[dt.date]:
    import holidays  # slow to load, and needed only when a clock looks beyond today

    return holidays.country_holidays("GB", subdiv="ENG")


def clocks(work: UnitOfWork) -> ClockSettings:
    """Give every figure of the clocks as it holds now."""
    return _clocks(care.settings_in_force(work.session, work.now))


def clocks_now(database: Database, now: dt.datetime) -> ClockSettings:
    """Give every figure of the clocks as it holds now, to whoever only shows them."""
    with database.read() as session:
        return _clocks(care.settings_in_force(session, now))


def frame(session: care.Open, now: dt.datetime) -> Frame:
    """Give all that the ladders go by as it holds now."""
    stored = care.settings_in_force(session, now)
    return Frame(england(), _clocks(stored), LadderSettings(**_figures(_LADDER, stored)))


def _clocks(stored: Mapping[str, Any]) -> ClockSettings:
    return ClockSettings(**_figures(_CLOCK, stored))


def _figures(prefix: str, stored: Mapping[str, Any]) -> dict[str, Any]:
    names = [name for name in REGISTRY if name.startswith(prefix)]
    return {name.removeprefix(prefix): value(name, stored) for name in names}


def value(name: str, stored: Mapping[str, Any]) -> Value:
    """Give one setting of the service from those that are stored and in force, else its default."""
    declared = REGISTRY[name]
    return declared.read(stored[name]) if name in stored else declared.default


def figure(work: UnitOfWork, name: str) -> int:
    """Give one figure of the service as it holds now."""
    found = value(name, care.settings_in_force(work.session, work.now))
    return found if isinstance(found, int) else 0


def service_name(database: Database, now: dt.datetime) -> str:
    """Give what the service is called."""
    with database.read() as session:
        return str(value("service.name", care.settings_in_force(session, now)))
