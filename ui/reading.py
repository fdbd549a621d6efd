"""What is read in the side panel: also a referral that has ended, and its report, which no list holds."""

from typing import TYPE_CHECKING

from console.domain.rows import ReferralRecord, ReferralRow, ReportRow

if TYPE_CHECKING:
    from ui.session import Session


class Reading:
    """The record in the side panel; while another patient is chosen nothing of it is handed out."""

    def __init__(self, session: "Session") -> None:
        """Nothing is read yet."""
        self._session = session
        self._record: ReferralRecord | None = None

    def show(self, record: ReferralRecord | None) -> None:
        """The side panel says which record stands in it."""
        if record != self._record:
            self._record = record
            self._session.commands.refresh()

    @property
    def referral(self) -> ReferralRow | None:
        """The referral that is read."""
        record = self._record
        if record is None or self._session.referral_id not in (None, record.row.id):
            return None
        return record.row

    @property
    def report(self) -> ReportRow | None:
        """Its newest report."""
        record = self._record
        if record is None or self.referral is None or not record.reports:
            return None
        newest = record.reports[-1]
        return self._session.live.reports.by_id.get(newest.id, newest)
