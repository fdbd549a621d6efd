"""Opening a hub again that was closed for the day by mistake."""

import datetime as dt

from PySide6.QtWidgets import QWidget

from console.domain.acting import Happened
from console.domain.rows import HubRow
from ui.dialogs.decision import Decision
from ui.session import Session
from ui.time_text import clock, day_clock

_STAYS = "Whoever was handed over, rebooked or accepted for the night stays where they are."


class OpenHubDialog(Decision):
    """Says what opens with the hub, and what does not."""

    def __init__(self, session: Session, hub_id: int | None, parent: QWidget | None = None) -> None:
        """The hub as it stands on the board."""
        self.hub = session.live.hubs.by_id.get(hub_id or 0)
        title = f"Open {self.hub.name if self.hub else 'hub'} again"
        super().__init__(session, title, _sentence(session, self.hub), title, parent=parent)
        self.setMinimumWidth(460)
        self.at = self.ask_when("When it opened again")

    def submit(self) -> None:
        hub = self.hub
        if hub is None or self.form.read() is None:
            return
        hubs, happened = self.session.desk.hubs, Happened(at=self.at.read())
        self.carry_out(lambda: hubs.open(hub.id, hub.version, happened), f"{hub.name} is open again.")


def _sentence(session: Session, hub: HubRow | None) -> str:
    if hub is None:
        return "Choose a hub first: Alt+1 or Alt+2 in the Hub workspace."
    now = session.now()
    told = [_arrivals(hub, now), _STAYS]
    if hub.diverts_to is not None and hub.diverts_until is not None and hub.diverts_until > now:
        told.insert(1, f"It still diverts to {hub.diverts_to} until {day_clock(hub.diverts_until, now)}.")
    return " ".join(told)


def _arrivals(hub: HubRow, now: dt.datetime) -> str:
    """Whose new arrivals are: outside of its hours they are not the hub's, opened again or not."""
    if hub.opens_at is None or hub.closes_at is None:
        return "It has no hours today: new arrivals stay the supervisor's."
    if now < hub.opens_at:
        return f"Its hours begin at {clock(hub.opens_at)}: until then new arrivals stay the supervisor's."
    if now >= hub.closes_at:
        return f"Its hours ended at {clock(hub.closes_at)}: new arrivals stay the supervisor's."
    return "New arrivals are the hub's again."
