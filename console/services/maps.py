"""The map that the consoles of a service show: its own map pack, else the one that comes with Doorstep."""

import datetime as dt
import hashlib
from pathlib import Path

from console.domain.map_layers import MapLayers, ShownMap
from console.domain.permissions import Deed
from console.exchange import map_bytes, map_pack
from console.services import accounts
from console.services.basis import Basis
from db.engine import Database
from db.models import MapPack
from db.queries import maps

SHIPPED = Path(__file__).resolve().parents[2] / "resources" / "map"


class Maps:
    """Reads the map; it holds nothing about anybody, so every role may."""

    def __init__(self, basis: Basis) -> None:
        self._basis = basis

    def shown_id(self) -> int | None:
        """Give the id of the service's newest map pack; None when it has none."""
        with self._basis.database.read() as session:
            return maps.newest_id(session)

    def shown(self) -> ShownMap:
        """Give the map that is to be shown."""
        with self._basis.database.read() as session:
            newest_id = maps.newest_id(session)
            body = None if newest_id is None else maps.body_of(session, newest_id)
        if body is None:
            return ShownMap(None, map_pack.read(SHIPPED))
        return ShownMap(newest_id, map_bytes.from_bytes(body))


def take_in(database: Database, folder: Path, now: dt.datetime) -> str:
    """Keep a map pack for every console of this database; gives what was done, in a sentence."""
    layers = map_pack.read(folder)
    body = map_bytes.to_bytes(layers)
    sha256 = hashlib.sha256(body).hexdigest()
    with database.work(accounts.importing(database, Deed.IMPORT_MAP), now) as work:
        if maps.newest_sha256(work.session) == sha256:
            return "This map is the one that is shown already: nothing was changed."
        work.add(
            MapPack(
                name=folder.resolve().name,
                sha256=sha256,
                size=len(body),
                body=body,
                imported_at=work.now,
                imported_by_id=work.actor.staff_id,
            )
        )
    return f"The map is kept: {_counted(layers)}. Every console shows it within a few minutes."


def _counted(layers: MapLayers) -> str:
    counts = (
        (len(layers.land), "piece of land", "pieces of land"),
        (len(layers.builtup), "built-up area", "built-up areas"),
        (len(layers.districts), "district", "districts"),
        (len(layers.roads), "road", "roads"),
        (len(layers.places), "place", "places"),
    )
    return ", ".join(f"{number} {one if number == 1 else many}" for number, one, many in counts)
