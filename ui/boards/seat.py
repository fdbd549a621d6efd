"""The seat of the person who works at a hub: as what they see patients, and who is theirs to call."""

from console.domain.rows import HubRow, PractitionerRow, QueueRow
from console.domain.words import Profession
from ui.boards.hub_load import load_of, next_to_call
from ui.session import Session


def own_practitioner(session: Session) -> PractitionerRow | None:
    """This person as a practitioner, when they are one and on the board."""
    own = session.person.practitioner_id
    return None if own is None else session.live.practitioners.by_id.get(own)


def profession_of(session: Session) -> Profession | None:
    """As what this person sees patients; None for one who calls for others."""
    own = own_practitioner(session)
    return own.profession if own else None


def hubs_of(session: Session) -> list[HubRow]:
    """The hubs of this person in a fixed order, so that each keeps its key."""
    return sorted(session.live.hubs.by_id.values(), key=lambda hub: hub.id)


def shown_hub(session: Session) -> HubRow | None:
    """The hub that is worked in: the chosen one, else the first."""
    hubs = hubs_of(session)
    return next((hub for hub in hubs if hub.id == session.hub_id), hubs[0] if hubs else None)


def next_patient(session: Session) -> QueueRow | None:
    """Who is called next in the hub that is worked in."""
    hub = shown_hub(session)
    if hub is None:
        return None
    return next_to_call(load_of(session.live, hub, session.now(), session.clocks), profession_of(session))
