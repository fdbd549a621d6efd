"""Outcome reports: written in whole versions, signed by the clinician of the contact, sent, and answered."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from console.domain import report as rules
from console.domain.acting import NOW, Happened
from console.domain.calendar import age_in_years, local_day
from console.domain.merging import Difference
from console.domain.permissions import Deed
from console.domain.refusals import Refused
from console.domain.report_content import ReportContent, from_json, to_json
from console.domain.words import Channel, ReportStatus, TaskKind
from console.services import outcomes, site
from console.services.basis import Basis, refuse
from console.services.report_answers import ReportAnswers
from console.services.report_content import known_content
from console.services.report_merge import Drafted, put_together
from console.services.report_parts import (
    is_released,
    locked,
    not_sent,
    owed_from_now,
    ready_at,
    report_step,
    settle,
    to_own_practice,
    without_signature,
)
from console.services.steps import happened_at
from db.models import (
    Outcome,
    Patient,
    Practice,
    Practitioner,
    Referral,
    Report,
    ReportVersion,
    Staff,
)
from db.queries import care
from db.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class WrittenVersion:
    """One version of a report as it was written, and who signed it when."""

    number: int
    content: ReportContent
    written_by: str
    written_at: dt.datetime
    signed_at: dt.datetime | None


class Reports(ReportAnswers):
    """What is done about a report until the practice has accepted it."""

    def __init__(self, basis: Basis) -> None:
        self._basis = basis

    def content(self, report_id: int) -> ReportContent:
        """Give the newest version, or what is known already when nothing is written."""
        with self._basis.database.read() as session:
            report = session.get_one(Report, report_id)
            version = care.report_version(session, report_id, report.content_version)
            return known_content(session, report) if version is None else from_json(version.content)

    def versions(self, report_id: int) -> tuple[WrittenVersion, ...]:
        """Give every version that was written, the oldest first."""
        with self._basis.database.read() as session:
            return tuple(
                WrittenVersion(row.number, from_json(row.content), written_by, row.written_at, row.signed_at)
                for row, written_by in care.report_versions(session, report_id)
            )

    def what_is_missing(self, report_id: int, content: ReportContent) -> tuple[str, ...]:
        """Give what this content still owes before it can be signed."""
        with self._basis.database.read() as session:
            referral = session.get_one(Referral, session.get_one(Report, report_id).referral_id)
            birth_date = session.get_one(Patient, referral.patient_id).birth_date
        return rules.what_is_missing(content, age_years=_age(birth_date, self._basis.now()))

    def draft(
        self, report_id: int, seen_version: int, content: ReportContent, *, is_alone: bool = False
    ) -> Drafted:
        """Write a whole new version; one that was sent goes again when this is signed.

        What others wrote since it was seen is put together with it, unless a field must be chosen, or
        `is_alone` asks to see whatever they wrote: then it raises `Conflicting`.
        """
        with self._basis.work(Deed.WRITE_REPORT) as work:
            report, referral = locked(work, report_id)
            content, taken = put_together(work, report, seen_version, content, is_alone=is_alone)
            outcome = work.lock(Outcome, report.outcome_id)
            if report.status is not ReportStatus.DRAFTED:
                refuse(rules.reasons_not_to_move(report.status, ReportStatus.DRAFTED))
            before = care.report_version(work.session, report.id, report.content_version)
            self._telephone(work, referral, report, before, content)
            was_sent = report.sent_at is not None
            _draft_again(report)
            to_own_practice(work, report, referral)
            if was_sent:  # it goes again whole
                owed_from_now(work, report)
            _write(work, report, content)  # last: it is one write of the report, by which others know an edit
            _tell_outcome(outcome, content)
            said = "changed after it was sent; it goes again whole" if was_sent else "written"
            words = f"Report version {report.content_version} {said}{_with_whom(taken)}"
            report_step(work, report, "drafted", words, undoable=False)
        return Drafted(report.content_version, taken)

    def sign(self, report_id: int, seen_version: int, happened: Happened = NOW) -> None:
        """The clinician of the contact signs the newest version, with nothing missing."""
        with self._basis.work(Deed.SIGN_REPORT) as work:
            report, referral = locked(work, report_id, seen_version, ReportStatus.SIGNED)
            outcome = work.get(Outcome, report.outcome_id)
            version = _newest(work, report)
            birth_date = work.get(Patient, referral.patient_id).birth_date
            registration = _registration(work, outcome)
            refuse(
                rules.reasons_not_to_sign(
                    work.actor.role,
                    staff_id=work.actor.staff_id,
                    contact_by_id=_contact_by(work, outcome),
                    registration=registration,
                    content=from_json(version.content),
                    age_years=_age(birth_date, outcome.ended_at),
                )
            )
            at = happened_at(work, happened, outcome.ended_at)
            report.status, report.signed_at, report.signed_by_id = (
                ReportStatus.SIGNED,
                at,
                work.actor.staff_id,
            )
            version.signed_at, version.signed_by_id = at, work.actor.staff_id
            words = f"Report version {version.number} signed ({registration})"
            report_step(work, report, "signed", words, replace(happened, at=at))

    def release(self, report_id: int, seen_version: int, why: str, happened: Happened = NOW) -> None:
        """The supervisor lets the newest version go that its clinician has not signed, and says why."""
        with self._basis.work(Deed.RELEASE_REPORT) as work:
            report, referral = locked(work, report_id, seen_version)
            outcome = work.get(Outcome, report.outcome_id)
            version = care.report_version(work.session, report.id, report.content_version)
            refuse(
                rules.reasons_not_to_release(
                    work.actor.role,
                    status=report.status,
                    is_released=is_released(report),
                    content=None if version is None else from_json(version.content),
                    age_years=_age(work.get(Patient, referral.patient_id).birth_date, outcome.ended_at),
                    why=why,
                )
            )
            at = happened_at(work, happened, outcome.ended_at)
            report.released_version, report.released_at = report.content_version, at
            report.released_by_id, report.released_because = work.actor.staff_id, why.strip()
            words = f"Report version {report.content_version} released without a signature: {why.strip()}"
            report_step(work, report, "released", words, replace(happened, at=at))

    def sent(
        self, report_id: int, seen_version: int, channel: Channel, to: str, happened: Happened = NOW
    ) -> None:
        """The signed or released report was sent by hand: by which channel, to whom."""
        with self._basis.work(Deed.SEND_REPORT) as work:
            report, _ = locked(work, report_id, seen_version, ReportStatus.SENT)
            to = to.strip() or _practice_name(work, report)
            refuse(() if to else ("There is no practice on this report: say to whom it was sent.",))
            at = happened_at(work, happened, ready_at(report))
            report.status, report.sent_at = ReportStatus.SENT, at
            report.sent_by_id, report.sent_by_channel = work.actor.staff_id, channel
            report.delivered_at = report.accepted_at = report.accepted_by = None
            report.last_result = f"Sent to {to} by {channel.label.lower()}"
            settle(work, report, "The report was sent.", TaskKind.REPORT_LATE, TaskKind.REPORT_OWNER)
            version = f"Report version {report.content_version}{without_signature(work, report)}"
            words = f"{version} sent to {to} by {channel.label.lower()}"
            report_step(work, report, "sent", words, replace(happened, at=at), undoable=False)

    def _telephone(
        self,
        work: UnitOfWork,
        referral: Referral,
        report: Report,
        before: ReportVersion | None,
        content: ReportContent,
    ) -> None:
        """Ask for a telephone call for every reason that the version before did not give already."""
        calendar = site.england()
        known = rules.telephone_rule(from_json(before.content), work.now, calendar) if before else ()
        for reason in rules.telephone_rule(content, work.now, calendar):
            if reason not in known:
                outcomes.telephone_now(work, referral, report, reason)


def _with_whom(taken: Sequence[Difference]) -> str:
    """Whose changes went into it, each once."""
    names = tuple(dict.fromkeys(one.by for one in taken))
    return f", with what {' and '.join(names)} wrote meanwhile" if names else ""


def _newest(work: UnitOfWork, report: Report) -> ReportVersion:
    version = care.report_version(work.session, report.id, report.content_version)
    if version is None:
        raise Refused("Write the report first.")
    return version


def _write(work: UnitOfWork, report: Report, content: ReportContent) -> None:
    report.content_version += 1
    work.add(
        ReportVersion(
            report_id=report.id,
            number=report.content_version,
            content=to_json(content),
            written_by_id=work.actor.staff_id,
            written_at=work.now,
        )
    )


def _draft_again(report: Report) -> None:
    """A new version is nobody's signature, delivery or answer; the timeline keeps those of earlier ones.

    What was released stays written: the release names its version, which this is not.
    """
    report.status = ReportStatus.DRAFTED
    report.signed_at = report.signed_by_id = None
    not_sent(report)


def _tell_outcome(outcome: Outcome, content: ReportContent) -> None:
    """The figures count from the outcome: what the clinician writes is what it says."""
    outcome.disposition = content.disposition or outcome.disposition
    outcome.admission_prevented = content.admission_prevented
    outcome.prevented_judged_by = content.prevented_judged_by or None
    outcome.prevented_because = content.prevented_because or None


def _contact_by(work: UnitOfWork, outcome: Outcome) -> int | None:
    """The login of the practitioner who saw the patient; None where nobody was sent, or they have none."""
    if outcome.practitioner_id is None:
        return None
    return work.get(Practitioner, outcome.practitioner_id).staff_id


def _registration(work: UnitOfWork, outcome: Outcome) -> str | None:
    own = work.get(Staff, work.actor.staff_id).registration
    if own or outcome.practitioner_id is None:
        return own
    practitioner = work.get(Practitioner, outcome.practitioner_id)
    return practitioner.registration if practitioner.staff_id == work.actor.staff_id else None


def _practice_name(work: UnitOfWork, report: Report) -> str:
    return work.get(Practice, report.practice_id).name if report.practice_id else ""


def _age(birth_date: dt.date | None, at: dt.datetime) -> int | None:
    return age_in_years(birth_date, local_day(at)) if birth_date else None
