"""What holds at this site: its clocks from the stored settings, and the working days of England."""

import functools
from collections.abc import Mapping
from typing import Any

from console.domain.calendar import WorkingCalendar
from console.domain.clocks import ClockSettings
from console.settings import REGISTRY, Value

_CLOCK = "clock."


@functools.cache
def england() -> WorkingCalendar:
    """Give the working days of England, with the bank holidays of every year that is asked for."""
    import holidays  # slow to load, and needed only when a clock looks beyond today

    bank_holidays = holidays.country_holidays("GB", subdiv="ENG")
    return WorkingCalendar(lambda day: day in bank_holidays)


def setting(name: str, stored: Mapping[str, Any]) -> Value:
    """Give one setting of the service from the stored ones that are in force, else its default."""
    declared = REGISTRY[name]
    return declared.read(stored[name]) if name in stored else declared.default


def clocks(stored: Mapping[str, Any]) -> ClockSettings:
    """Give every figure of the clocks from the stored settings that are in force, else the defaults."""
    names = [name for name in REGISTRY if name.startswith(_CLOCK)]
    figures: dict[str, Any] = {name.removeprefix(_CLOCK): setting(name, stored) for name in names}
    return ClockSettings(**figures)
