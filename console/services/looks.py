"""What a person's own eye needs, kept in the database: it is theirs at whatever workstation they sit."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from console.domain.looks import Arranged
from console.domain.since import FARTHEST, SHOWS_PEOPLE, Mark, Since, what_changed
from console.services import site
from console.services.basis import Basis
from console.settings import Value
from db.connect import server_time
from db.queries import care, looks
from db.queries.since import read_standing, read_written


@dataclass(frozen=True, slots=True)
class KeptLooks:
    """All that was kept of one person, and by which figures of the service they look."""

    arranged: tuple[Arranged, ...]
    marks: Mapping[str, Mark]
    away_after: dt.timedelta
    lock_after: dt.timedelta
    shows_names: bool


class Looks:
    """Arrangements of the window, and until when each workspace has been seen."""

    def __init__(self, basis: Basis) -> None:
        self._basis = basis

    def kept(self) -> KeptLooks:
        """Give all that is kept of this person."""
        staff_id = self._basis.actor.staff_id
        with self._basis.database.read() as session:
            stored = care.settings_in_force(session, self._basis.now())
            return KeptLooks(
                tuple(looks.arrangements(session, staff_id)),
                looks.marks(session, staff_id),
                _minutes(site.value("look.away_after", stored)),
                _minutes(site.value("lock.after", stored)),
                site.value("wallboard.names", stored) is True,
            )

    def arrange(self, arranged: Collection[Arranged]) -> None:
        """Keep how this person arranged parts of the window."""
        with self._basis.database.work(self._basis.actor, self._basis.now()) as work:
            looks.arrange(work.session, self._basis.actor.staff_id, arranged, work.now)

    def see(self, seen: Mapping[str, Mark]) -> None:
        """Keep until where this person has seen each of these workspaces."""
        with self._basis.database.work(self._basis.actor, self._basis.now()) as work:
            looks.see(work.session, self._basis.actor.staff_id, seen)

    def since(self, workspace: str, seen: Mark, hub_ids: Collection[int]) -> Since:
        """Give what others changed in a workspace since a mark."""
        with self._basis.database.read() as session:
            written, is_cut = read_written(session, workspace, seen, hub_ids)
            standing = read_standing(session, workspace, written, hub_ids)
            server = server_time(session.connection())
        oldest, ahead = server - FARTHEST, self._basis.now() - server
        # What has no time of its own has that of the server, which in a training is another.
        written = [
            replace(one, written_at=one.written_at + ahead) if one.written_at else one for one in written
        ]
        rows = what_changed(written, standing, hub_ids, self._basis.actor.staff_id)
        shown = tuple(row for row in rows if row.row_id and _is_shown(workspace, row.about.value))
        return Since(workspace, max(seen.seen_at, oldest), shown, is_cut)


def _minutes(figure: Value) -> dt.timedelta:
    return dt.timedelta(minutes=figure if isinstance(figure, int) else 0)


def _is_shown(workspace: str, about: Any) -> bool:
    return about != "step" or workspace in SHOWS_PEOPLE
