"""What comes back after a report was sent: delivered, accepted by name, rejected; or held back."""

from dataclasses import replace

from console.domain.acting import NOW, Happened
from console.domain.permissions import Deed
from console.domain.report import reasons_not_to_accept
from console.domain.words import ReportStatus, TaskKind
from console.services.basis import Basis, refuse
from console.services.report_parts import locked, ready_at, report_step, settle, to_own_practice
from console.services.steps import happened_at
from db.models import Report
from db.unit_of_work import UnitOfWork


class ReportAnswers:
    """The last steps of a report's life."""

    _basis: Basis

    def delivered(self, report_id: int, seen_version: int, happened: Happened = NOW) -> None:
        """The report has arrived; nobody has said yet that they read it."""
        with self._basis.work(Deed.SEND_REPORT) as work:
            report, _ = locked(work, report_id, seen_version, ReportStatus.DELIVERED)
            at = happened_at(work, happened, report.sent_at)
            report.status, report.delivered_at, report.last_result = ReportStatus.DELIVERED, at, "Delivered"
            report_step(work, report, "delivered", "Report delivered", replace(happened, at=at))

    def accepted(self, report_id: int, seen_version: int, by_whom: str, happened: Happened = NOW) -> None:
        """A named person at the practice has accepted the report; it owes nothing more."""
        with self._basis.work(Deed.SEND_REPORT) as work:
            report, _ = locked(work, report_id, seen_version, ReportStatus.ACCEPTED)
            refuse(reasons_not_to_accept(is_sent=report.sent_at is not None))
            refuse(() if by_whom.strip() else ("Name who accepted it at the practice.",))
            accept(work, report, by_whom.strip(), happened)

    def rejected(self, report_id: int, seen_version: int, reason: str, happened: Happened = NOW) -> None:
        """The practice did not take the report; it is written or sent again."""
        self._stopped(report_id, seen_version, ReportStatus.REJECTED, reason, happened)

    def hold(self, report_id: int, seen_version: int, reason: str) -> None:
        """Hold a report back until a person decides: restricted, deceased, moved, no practice."""
        self._stopped(report_id, seen_version, ReportStatus.HELD, reason, NOW)

    def _stopped(
        self, report_id: int, seen_version: int, status: ReportStatus, reason: str, happened: Happened
    ) -> None:
        with self._basis.work(Deed.SEND_REPORT) as work:
            report, referral = locked(work, report_id, seen_version, status)
            refuse(() if reason.strip() else (f"Say why it is {status.label.lower()}.",))
            stop(work, report, status, reason.strip(), happened)
            to_own_practice(work, report, referral)  # which may have been found out since it was sent


def accept(work: UnitOfWork, report: Report, by_whom: str, happened: Happened) -> None:
    """Let a named person at the practice have accepted a locked report."""
    at = happened_at(work, happened, report.delivered_at or report.sent_at)
    report.status, report.accepted_at = ReportStatus.ACCEPTED, at
    report.accepted_by, report.last_result = by_whom, f"Accepted by {by_whom}"
    settle(work, report, "The report was accepted.", TaskKind.REPORT_LATE, TaskKind.REPORT_OWNER)
    report_step(work, report, "accepted", f"Report accepted by {by_whom}", replace(happened, at=at))


def stop(work: UnitOfWork, report: Report, status: ReportStatus, reason: str, happened: Happened) -> None:
    """Let a locked report be rejected or held, and say why."""
    at = happened_at(work, happened, report.sent_at or ready_at(report))
    report.status, report.last_result = status, f"{status.label}: {reason}"
    words = f"Report {status.label.lower()}: {reason}"
    report_step(work, report, status.value, words, replace(happened, at=at))
