"""Commands on the chosen practitioner."""

from console.domain.permissions import Deed
from ui.actions import Command
from ui.commands.conditions import (
    may,
    practitioner_with,
    the_practitioner,
    the_visit_s_referral,
    visit_in_hand,
)
from ui.commands.opening import Opens
from ui.session import Session

_GROUP = "Practitioner"

COMMANDS: tuple[Command[Session], ...] = (
    Command(
        "practitioner.shift",
        "Shift on or off",
        "Ctrl+Shift+S",
        "calendar-clock",
        may(Deed.RECORD_SHIFT),
        Opens("shift", "ShiftDialog", the_practitioner),
        _GROUP,
    ),
    Command(
        "practitioner.position",
        "Position by hand",
        "Ctrl+Shift+O",
        "map-pin",
        practitioner_with(Deed.RECORD_POSITION),
        Opens("position", "PositionDialog", the_practitioner),
        _GROUP,
    ),
    Command(
        "practitioner.welfare",
        "Welfare call",
        "Alt+W",
        "phone",
        visit_in_hand(Deed.WELFARE),
        Opens("welfare", "WelfareDialog", the_visit_s_referral),
        _GROUP,
    ),
    Command(
        "practitioner.duress",
        "Duress: help now",
        "F12",
        "siren",
        may(Deed.DURESS),
        Opens("duress", "DuressDialog"),
        _GROUP,
        "danger",
        short="Duress",
    ),
    Command(
        "practitioner.divert",
        "Divert practitioner",
        "Ctrl+D",
        "refresh-cw",
        practitioner_with(Deed.DIVERT_PRACTITIONER),
        Opens("divert_practitioner", "DivertPractitionerDialog", the_practitioner),
        _GROUP,
        "danger",
    ),
)
