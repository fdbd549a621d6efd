"""What a pane says that has nothing to show, in one place: whether all is well, or nothing can be known."""

from typing import NamedTuple

from ui.session import Session

NO_HUB = "No hub is set up yet. An administrator sets the service up from its file: main.py setup."


class Why(NamedTuple):
    """An icon and a sentence."""

    icon: str
    words: str


def why_empty(session: Session, calm: str, icon: str = "circle-check", what: str = "The board") -> Why:
    """Say `calm` only when that is known: no pane looks as if nobody waited while nothing was read."""
    live = session.live
    if live.as_of is None and live.state is not None and not live.state.is_live:
        why = f"{live.state.why} " if live.state.why else ""
        return Why(
            "wifi-off", f"{what} cannot be read. {why}It is tried again every second: you need do nothing."
        )
    if live.as_of is None:
        return Why("refresh-cw", f"{what} is being read.")
    if not session.person.hub_ids:
        return Why("lock", "You have no hub, so nothing is shown. Ask an administrator to add you to one.")
    return Why(icon, calm)
