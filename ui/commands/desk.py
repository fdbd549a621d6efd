"""Commands that take somebody in."""

from console.domain.permissions import Deed
from ui.actions import Command
from ui.commands.conditions import may, when
from ui.commands.general import has_workspace
from ui.commands.opening import Opens
from ui.session import Session

_GROUP = "Take in"

COMMANDS: tuple[Command[Session], ...] = (
    Command(
        "referral.new",
        "New referral",
        "Ctrl+N",
        "plus",
        when(may(Deed.RECEIVE), has_workspace("board")),
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
        when(may(Deed.RECEIVE), has_workspace("board")),
        Opens("paper", "PaperDialog"),
        _GROUP,
    ),
)
