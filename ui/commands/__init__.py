"""Every command of the window, by area, collected once."""

from ui.actions import Command
from ui.commands import (
    calls,
    desk,
    general,
    hub,
    hub_itself,
    load,
    people,
    practitioner,
    referral,
    report,
    visit,
)
from ui.commands import map as map_
from ui.session import Session

_AREAS = (desk, referral, visit, practitioner, hub, hub_itself, report, calls, load, map_, people, general)


def all_commands() -> tuple[Command[Session], ...]:
    """The commands in the order in which the help lists them."""
    return tuple(command for area in _AREAS for command in area.COMMANDS)
