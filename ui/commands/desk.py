"""Commands that take somebody in."""

from console.domain.permissions import Deed
from ui.actions import Command
from ui.commands.conditions import may
from ui.commands.opening import Opens
from ui.session import Session

_GROUP = "Take in"

COMMANDS: tuple[Command[Session], ...] = (
    Command(
        "referral.new",
        "New referral",
        "Ctrl+N",
        "plus",
        may(Deed.RECEIVE),
        Opens("new_referral", "NewReferralDialog"),
        _GROUP,
        "primary",
    ),
    Command(
        "hub.arrive",
        "Arrive at hub",
        "Ctrl+H",
        "door-open",
        may(Deed.ARRIVE),
        Opens("new_referral", "ArriveDialog"),
        _GROUP,
    ),
    Command(
        "desk.paper",
        "Enter from paper",
        "Alt+B",
        "file-text",
        may(Deed.RECEIVE),
        Opens("paper", "PaperDialog"),
        _GROUP,
    ),
)
