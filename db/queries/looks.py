"""What is kept of a person's own eye: arrangements of the window, and until when each workspace was seen."""

import datetime as dt
from collections.abc import Collection, Mapping

from sqlalchemy import bindparam, select, text
from sqlalchemy.orm import Session

from console.domain.looks import Arranged
from console.domain.since import Mark
from db.base import PortableJSON, UTCDateTime
from db.models import Arrangement, Look

# Two consoles of one person may write at once: the later one holds.
_ARRANGE = text(
    "INSERT INTO arrangement (staff_id, name, screen, value, kept_at)"
    " VALUES (:staff_id, :name, :screen, :value, :kept_at)"
    " ON CONFLICT (staff_id, name, screen) DO UPDATE SET value = excluded.value, kept_at = excluded.kept_at"
).bindparams(bindparam("value", type_=PortableJSON), bindparam("kept_at", type_=UTCDateTime()))
_SEE = text(
    "INSERT INTO look (staff_id, workspace, mark, seen_at) VALUES (:staff_id, :workspace, :mark, :seen_at)"
    " ON CONFLICT (staff_id, workspace) DO UPDATE SET mark = excluded.mark, seen_at = excluded.seen_at"
    " WHERE look.seen_at < excluded.seen_at"
).bindparams(bindparam("seen_at", type_=UTCDateTime()))


def arrangements(session: Session, staff_id: int) -> list[Arranged]:
    """Give all that a person arranged."""
    columns = (Arrangement.name, Arrangement.screen, Arrangement.value)
    rows = session.execute(select(*columns).where(Arrangement.staff_id == staff_id))
    return [Arranged(*row) for row in rows]


def arrange(session: Session, staff_id: int, arranged: Collection[Arranged], at: dt.datetime) -> None:
    """Keep how a person arranged parts of the window, each over what was kept of it before."""
    values = [
        {"staff_id": staff_id, "name": one.name, "screen": one.screen, "value": one.value, "kept_at": at}
        for one in sorted(arranged, key=lambda one: (one.name, one.screen))
    ]
    if values:
        session.execute(_ARRANGE, values)


def marks(session: Session, staff_id: int) -> dict[str, Mark]:
    """Give until where a person has seen each workspace."""
    rows = session.execute(select(Look.workspace, Look.mark, Look.seen_at).where(Look.staff_id == staff_id))
    return {workspace: Mark(mark, seen_at) for workspace, mark, seen_at in rows}


def see(session: Session, staff_id: int, seen: Mapping[str, Mark]) -> None:
    """Keep until where a person has seen these workspaces; a mark never goes back in time."""
    values = [
        {"staff_id": staff_id, "workspace": workspace, "mark": one.mark, "seen_at": one.seen_at}
        for workspace, one in sorted(seen.items())
    ]
    if values:
        session.execute(_SEE, values)
