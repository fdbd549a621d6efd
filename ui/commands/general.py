"""Commands of the window itself."""

from collections.abc import Callable
from pathlib import Path

from ui.actions import LOCK_KEY, Command
from ui.commands.conditions import WhyNot, always
from ui.session import Ask, Session
from ui.time_text import local

_GROUP = "Window"


def _asks(what: Ask) -> Callable[[Session], None]:
    return lambda session: session.asked.emit(what)


def _goes_to(workspace: str) -> Callable[[Session], None]:
    return lambda session: session.go_to(workspace)


def has_workspace(workspace: str) -> WhyNot:
    """When this person's role works there."""

    def why_not(session: Session) -> str:
        if workspace in session.workspaces:
            return ""
        role = session.actor.role.label.lower()
        return f"The role {role} has no {workspace.capitalize()}: change to a role that works there."

    return why_not


def _referral_is_known(session: Session) -> str:
    return "" if session.referral_id is not None else "Choose a referral first."


def _open(session: Session) -> None:
    if (referral_id := session.referral_id) is not None:
        session.open_record(referral_id)


def _key_card(session: Session) -> None:
    """Write the card of all keys, and open it in whatever prints a PDF."""
    from ui import key_card  # what draws on paper is loaded when it is wanted
    from ui.pack.printing import open_file

    def say(file: Path) -> None:
        printed = "open: print it from there. It is kept as" if open_file(file) else "kept as"
        session.say(f"The key card is {printed} {file}.", "ok")

    lines, today = session.commands.help(), local(session.now()).date()
    session.perform(lambda: key_card.write_to_documents(lines, today), then=say)


def _is_unread(session: Session) -> str:
    if session.selection.front in session.looking.unread:
        return ""
    return "Nothing here waits to be seen: what others change while you are away is told when you come back."


def _seen(session: Session) -> None:
    session.looking.seen(session.selection.front)


_in = has_workspace

COMMANDS: tuple[Command[Session], ...] = (
    Command(
        "window.board",
        "Board",
        "Ctrl+1",
        "layout-dashboard",
        _in("board"),
        _goes_to("board"),
        _GROUP,
    ),
    Command("window.hub", "Hub", "Ctrl+2", "hospital", _in("hub"), _goes_to("hub"), _GROUP),
    Command(
        "window.reports",
        "Reports",
        "Ctrl+3",
        "file-text",
        _in("reports"),
        _goes_to("reports"),
        _GROUP,
    ),
    Command("window.load", "Load", "Ctrl+4", "gauge", _in("load"), _goes_to("load"), _GROUP),
    Command("window.audit", "Audit", "Ctrl+7", "history", _in("audit"), _goes_to("audit"), _GROUP),
    Command(
        "window.administration",
        "Administration",
        "Ctrl+8",
        "user-check",
        _in("administration"),
        _goes_to("administration"),
        _GROUP,
    ),
    Command(
        "window.bar",
        "Find anything",
        "Ctrl+K",
        "search",
        always,
        _asks(Ask.BAR),
        _GROUP,
        short="Find",
    ),
    Command("window.find", "Find on the board", "Ctrl+F", "search", always, _asks(Ask.FIND), _GROUP),
    Command("window.panes", "Go to the next pane", "F6", "arrow-right", always, _asks(Ask.NEXT_PANE), _GROUP),
    Command("window.tasks", "Go to my tasks", "Ctrl+Y", "user-check", _in("board"), _asks(Ask.TASKS), _GROUP),
    Command(
        "window.since",
        "What changed since I looked",
        "Alt+N",
        "history",
        always,
        _asks(Ask.SINCE),
        _GROUP,
    ),
    Command("window.seen", "All that changed is seen", "Alt+X", "check", _is_unread, _seen, _GROUP),
    Command("window.columns", "Choose columns", "Alt+O", "settings", always, _asks(Ask.COLUMNS), _GROUP),
    Command("referral.open", "Open the referral", "F4", "eye", _referral_is_known, _open, _GROUP),
    Command("window.undo", "Undo my last step", "Ctrl+Z", "undo-2", always, _asks(Ask.UNDO), _GROUP),
    Command("window.help", "Keys and commands", "F1", "keyboard", always, _asks(Ask.HELP), _GROUP),
    Command("window.key_card", "Key card to print", "Alt+K", "keyboard", always, _key_card, _GROUP),
    Command("window.lock", "Lock the window", LOCK_KEY, "lock", always, _asks(Ask.LOCK), _GROUP),
    Command(
        "window.person",
        "Change person or role",
        "Ctrl+Shift+L",
        "circle-user",
        always,
        _asks(Ask.SIGN_OUT),
        _GROUP,
    ),
    Command("window.theme", "Light or dark", "Ctrl+Shift+K", "eye", always, _asks(Ask.THEME), _GROUP),
    Command("window.sound", "Sound off or on", "Alt+M", "bell", always, _asks(Ask.SOUND), _GROUP),
    Command(
        "window.pack", "Print the downtime pack", "Alt+D", "file-text", _in("board"), _asks(Ask.PACK), _GROUP
    ),
    Command("window.quit", "Close Doorstep", "Ctrl+Q", "log-out", always, _asks(Ask.QUIT), _GROUP),
)
