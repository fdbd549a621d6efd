"""What the services of reports share: the locked report, its tasks, its line on the timeline."""

import datetime as dt

from console.domain import clocks
from console.domain import report as rules
from console.domain.acting import NOW, Happened
from console.domain.chase_words import Subject
from console.domain.report_content import from_json
from console.domain.words import ReportStatus, TaskKind
from console.services import outcomes, site, tasks
from console.services.basis import refuse
from console.services.report_content import known_content
from console.services.steps import own_only
from db.models import Outcome, Referral, Report, Staff
from db.queries import care, watching
from db.unit_of_work import UnitOfWork


def is_released(report: Report) -> bool:
    """Tell whether a report goes without a signature: the supervisor released what stands in it now."""
    return rules.is_released(report.released_version, report.content_version, report.signed_at)


def ready_at(report: Report) -> dt.datetime | None:
    """Give since when a report can be sent: it was signed then, or released; None when neither counts."""
    return report.released_at if is_released(report) else report.signed_at


def without_signature(work: UnitOfWork, report: Report) -> str:
    """Say in the words of a step that a report is not signed, and who released it; empty of a signed one."""
    if report.released_by_id is None or not is_released(report):
        return ""
    return f", not signed but released by {work.get(Staff, report.released_by_id).name},"


def locked(
    work: UnitOfWork, report_id: int, seen_version: int | None = None, after: ReportStatus | None = None
) -> tuple[Report, Referral]:
    """Lock a report's referral and the report, unless it changed since or may not become `after`.

    Without `seen_version` whoever asks looks at that themselves. Practitioners work at the reports of their
    own contacts only.
    """
    referral = work.lock(Referral, work.get(Report, report_id).referral_id)
    report = work.lock(Report, report_id)
    own_only(work, work.get(Outcome, report.outcome_id).practitioner_id)
    if seen_version is not None:
        work.expect(report, seen_version, referral.id)
    if after is not None:
        refuse(rules.reasons_not_to_move(report.status, after, is_released=is_released(report)))
    return report, referral


def to_own_practice(work: UnitOfWork, report: Report, referral: Referral) -> None:
    """Let a report go to the own practice as it is known now; what another one had is to be sent yet."""
    if report.practice_id == referral.practice_id or report.status not in rules.GO_TO_OWN_PRACTICE:
        return
    report.practice_id = referral.practice_id
    if report.practice_id is not None:
        _telephone_anew(work, report, referral)
    if report.sent_at is None:
        return
    result = report.last_result
    not_sent(report)
    if report.status is ReportStatus.REJECTED:
        is_signed = report.signed_at is not None
        report.status = rules.status_for_another_practice(report.status, is_signed=is_signed)
        owed_from_now(work, report)
    else:
        report.last_result = result  # why it is held


def _telephone_anew(work: UnitOfWork, report: Report, referral: Referral) -> None:
    """Ask for every call that cannot wait: whoever was telephoned was another practice."""
    version = care.report_version(work.session, report.id, report.content_version)
    content = known_content(work.session, report) if version is None else from_json(version.content)
    for reason in rules.telephone_rule(content, work.now, site.england()):
        outcomes.telephone_now(work, referral, report, reason)


def not_sent(report: Report) -> None:
    """What nobody has sent nobody has received or answered; the timeline keeps what was before."""
    report.sent_at = report.sent_by_id = report.sent_by_channel = None
    report.delivered_at = report.accepted_at = report.accepted_by = report.last_result = None


def owed_from_now(work: UnitOfWork, report: Report) -> None:
    """Let the clocks of a report that goes again begin: it was sent before, and is not late already."""
    figures = site.clocks(work)
    report.due_at = clocks.report_due_at(work.now, figures)
    report.latest_at = clocks.report_latest_at(work.now, site.england(), figures)


def settle(work: UnitOfWork, report: Report, result: str, *kinds: TaskKind) -> None:
    """Finish every open task of these kinds about a report, and stop every chase that has not gone."""
    watching.cancel_queued(work.session, Subject.REPORT, report.id, work.now, result)
    for task in care.tasks_of_report(work.session, report.id, *kinds):
        tasks.settle(work, task, result)


def report_step(
    work: UnitOfWork,
    report: Report,
    kind: str,
    words: str,
    happened: Happened = NOW,
    *,
    undoable: bool = True,
) -> None:
    """Put a step of a report on the referral's timeline."""
    work.step(
        f"report.{kind}",
        words,
        hub_id=report.hub_id,
        referral_id=report.referral_id,
        happened=happened,
        undoable=undoable,
    )
