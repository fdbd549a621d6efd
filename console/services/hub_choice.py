"""Which hub has a referral: never none, and always for a reason that can be said."""

from collections.abc import Sequence

from console.domain.refusals import Refused
from console.planning.places import Places, distance_km
from console.services import site
from db.models import Hub, Practice
from db.queries import care, lookups
from db.unit_of_work import UnitOfWork


def hub_for(
    work: UnitOfWork, places: Places, hub_id: int | None, practice: Practice | None, postcode: str | None
) -> Hub:
    """Choose the hub: the one named, else the practice's, the district's, the nearest, the intake hub."""
    if hub_id is not None:
        return work.get(Hub, hub_id)
    hubs = lookups.hubs(work.session)
    if not hubs:
        raise Refused("No hub is set up yet: set the service up first.")
    if practice is not None and practice.hub_id is not None:
        return _following_divert(work, work.get(Hub, practice.hub_id))
    chosen = _of_district(work, hubs, postcode) or _nearest(hubs, places, postcode) or hubs[0]
    return _following_divert(work, chosen)


def _of_district(work: UnitOfWork, hubs: Sequence[Hub], postcode: str | None) -> Hub | None:
    if postcode is None:
        return None
    stored = care.settings_in_force(work.session, work.now)
    codes = site.value("intake.hub_by_district", stored)
    code = codes.get(postcode.split()[0]) if isinstance(codes, dict) else None
    return next((hub for hub in hubs if hub.code == code), None)


def _nearest(hubs: Sequence[Hub], places: Places, postcode: str | None) -> Hub | None:
    point = places.locate(postcode) if postcode else None
    if point is None:
        return None
    placed = [
        (distance_km(point, (hub.lat, hub.lon)), hub.id, hub)
        for hub in hubs
        if hub.lat is not None and hub.lon is not None
    ]
    return min(placed)[2] if placed else None


def _following_divert(work: UnitOfWork, hub: Hub) -> Hub:
    """A hub that diverts sends new patients on; one step only: two diverts cannot chase each other."""
    is_diverting = hub.diverts_until is not None and hub.diverts_until > work.now
    return work.get(Hub, hub.diverts_to_id) if is_diverting and hub.diverts_to_id else hub
