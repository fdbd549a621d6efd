"""Commands on the chosen outcome report."""

from console.domain.permissions import Deed, reasons_anothers
from console.domain.words import ReportStatus
from ui.actions import Command
from ui.commands.conditions import report_with, the_report, when
from ui.commands.needs import answerable, ready_to_send, releasable, report_at, unaccepted
from ui.commands.opening import Opens
from ui.session import Session

_GROUP = "Report"


def _is_ones_own(session: Session) -> str:
    """Nobody reads a whole report through to learn that another signs it."""
    row = the_report(session)
    return "" if row is None else session.why_anothers(row)


def _is_in_reach(session: Session) -> str:
    """A practitioner works at the reports of their own contacts: nothing is typed to be refused."""
    row, actor = the_report(session), session.actor
    reasons = () if row is None else reasons_anothers(actor.role, actor.staff_id, row.contact_by_id)
    return " ".join(reasons)


COMMANDS: tuple[Command[Session], ...] = (
    Command(
        "report.write",
        "Write report",
        "Ctrl+R",
        "pencil",
        when(report_with(Deed.WRITE_REPORT), _is_in_reach),
        Opens("report", "ReportDialog", the_report),
        _GROUP,
        "primary",
    ),
    Command(
        "report.sign",
        "Sign report",
        "Ctrl+Shift+G",
        "signature",
        when(report_with(Deed.SIGN_REPORT, report_at(ReportStatus.DRAFTED)), _is_ones_own),
        Opens("report", "SignReportDialog", the_report),
        _GROUP,
        "primary",
    ),
    Command(
        "report.release",
        "Release without a signature",
        "Alt+R",
        "file-check",
        report_with(Deed.RELEASE_REPORT, releasable),
        Opens("report_release", "ReleaseReportDialog", the_report),
        _GROUP,
        "danger",
        short="Release unsigned",
    ),
    Command(
        "report.sent",
        "Sent by hand",
        "Ctrl+Shift+E",
        "send",
        when(report_with(Deed.SEND_REPORT, ready_to_send), _is_in_reach),
        Opens("report_sent", "ReportSentDialog", the_report),
        _GROUP,
        "primary",
    ),
    Command(
        "report.result",
        "Answer of the practice, or hold back",
        "Ctrl+Shift+N",
        "inbox",
        when(report_with(Deed.SEND_REPORT, answerable), _is_in_reach),
        Opens("report_result", "ReportResultDialog", the_report),
        _GROUP,
        "primary",
        short="Answer or hold back",
    ),
    Command(
        "report.snooze",
        "Snooze, or end the snooze",
        "Alt+Z",
        "bell-off",
        report_with(Deed.SNOOZE, unaccepted),
        Opens("snooze", "SnoozeReportDialog", the_report),
        _GROUP,
        short="Snooze",
    ),
)
