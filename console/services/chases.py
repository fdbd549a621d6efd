"""What was chased, to be read: the steps about one report, and whether chasing works."""

import datetime as dt
from collections.abc import Collection

from console.domain.chase_figure import OVER_DAYS, ChaseFigure, chase_figure
from console.domain.chase_words import Subject
from console.domain.rows import ChaseRow
from console.services.basis import Basis
from db.queries.chases import read_chased, read_chases


class Chases:
    """The ladders as they went."""

    def __init__(self, basis: Basis) -> None:
        self._basis = basis

    def of_report(self, report_id: int) -> tuple[ChaseRow, ...]:
        """Give every step that came due about one report, the oldest first."""
        with self._basis.database.read() as session:
            return read_chases(session, Subject.REPORT, report_id)

    def figure(self, hub_ids: Collection[int]) -> ChaseFigure:
        """Count how many chases of the last days were followed by the report within 2 hours."""
        now = self._basis.now()
        with self._basis.database.read() as session:
            return chase_figure(read_chased(session, hub_ids, now - dt.timedelta(days=OVER_DAYS)), now)
