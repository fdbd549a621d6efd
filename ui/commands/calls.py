"""Commands on the call list: what came of a call, with two keys."""

from console.domain.permissions import Deed
from ui.actions import Command
from ui.commands.conditions import call_with, may, the_practice, when
from ui.commands.general import has_workspace
from ui.commands.opening import Opens
from ui.dialogs.call_answers import Answer
from ui.session import Session

_GROUP = "Call list"


def _open(session: Session) -> None:
    session.go_to("reports", "calls")


def _no_reply(session: Session) -> None:
    """Nothing is asked: whoever rings ten practices in a row has better things to do."""
    row, calls = session.practice_to_call, session.desk.practice_calls
    if row is not None:
        ids = [one.row.id for one in row.reports]
        session.perform(lambda: calls.no_reply(row.practice_id, ids), f"{row.name}: no reply is recorded.")


def _asks(
    command_id: str, text: str, key: str, icon: str, answer: Answer, short: str, look: str = ""
) -> Command[Session]:
    opens = Opens("call", "CallDialog", the_practice, (answer,))
    why_not = call_with(Deed.CALL_PRACTICE)
    return Command(command_id, text, key, icon, why_not, opens, _GROUP, look, short)


COMMANDS: tuple[Command[Session], ...] = (
    Command(
        "calls.open",
        "Call list of practices",
        "Alt+C",
        "phone",
        when(may(Deed.CALL_PRACTICE), has_workspace("reports")),
        _open,
        _GROUP,
    ),
    _asks("calls.spoke", "Call: spoke to somebody", "F11, S", "phone", Answer.SPOKE, "Spoke", "primary"),
    Command(
        "calls.no_reply",
        "Call: no reply",
        "F11, N",
        "x",
        call_with(Deed.CALL_PRACTICE),
        _no_reply,
        _GROUP,
        short="No reply",
    ),
    _asks("calls.accepted", "Call: accepted by name", "F11, A", "check", Answer.ACCEPTED, "Accepted"),
    _asks("calls.again", "Call: wants it again", "F11, R", "send", Answer.AGAIN, "Send again"),
    _asks("calls.wrong", "Call: wrong number", "F11, W", "triangle-alert", Answer.WRONG, "Wrong number"),
    Command(
        "calls.snooze",
        "Snooze the calls, or end the snooze",
        "F11, Z",
        "bell-off",
        call_with(Deed.SNOOZE),
        Opens("snooze", "SnoozeCallsDialog", the_practice),
        _GROUP,
        short="Snooze",
    ),
)
