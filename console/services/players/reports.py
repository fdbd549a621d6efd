"""Scenes of reports: written and signed by the clinician, sent by hand, answered by the practice."""

import datetime as dt
from dataclasses import replace

from console.domain.clinical_words import Consciousness, MedicineAction
from console.domain.news2 import Observations
from console.domain.refusals import Refused
from console.domain.report_content import GpAction, Medicine, ReportContent
from console.domain.words import Channel, OutcomeKind, ReportStatus
from console.planning.day.words import Act
from console.services.players.stage import MOVED_ON, Scene, Stage


def draft(stage: Stage) -> None:
    """The clinician writes the report that nobody has begun."""
    seen = stage.report()
    if seen.status is not ReportStatus.OWED:
        raise Refused(MOVED_ON)
    reports = stage.desk.reports
    reports.draft(seen.id, seen.version, filled(reports.content(seen.id), stage.now))


def sign(stage: Stage) -> None:
    """The clinician signs."""
    seen = stage.report()
    stage.desk.reports.sign(seen.id, seen.version)


def sent(stage: Stage) -> None:
    """The coordinator has sent it by hand."""
    seen = stage.report()
    stage.desk.reports.sent(seen.id, seen.version, Channel.MAIL, "")


def delivered(stage: Stage) -> None:
    """It has arrived."""
    seen = stage.report()
    stage.desk.reports.delivered(seen.id, seen.version)


def accepted(stage: Stage) -> None:
    """The practice has it, by name."""
    seen = stage.report()
    stage.desk.reports.accepted(seen.id, seen.version, stage.event.words)


def rejected(stage: Stage) -> None:
    """The practice does not take it."""
    seen = stage.report()
    stage.desk.reports.rejected(seen.id, seen.version, stage.event.words)


def filled(content: ReportContent, now: dt.datetime) -> ReportContent:
    """Write a report as a practitioner would."""
    was_seen = content.kind is not OutcomeKind.PHONE_ADVICE
    seen = Observations(
        respiratory_rate=18,
        spo2=95,
        on_oxygen=False,
        systolic=128,
        pulse=84,
        consciousness=Consciousness.ALERT,
        temperature=37.2,
    )
    return replace(
        content,
        history="Three days of increasing symptoms. No chest pain. Eating and drinking a little.",
        examination="Chest clear. Abdomen soft. No rash."
        if was_seen
        else "By telephone: speaks in full sentences.",
        observations=seen if was_seen else content.observations,
        diagnosis=content.diagnosis or "As referred, mild; no red flags",
        treatment="Treated by the local guideline, by agreement with the patient.",
        medicines=(Medicine("Furosemide 40 mg tablets", MedicineAction.CHANGED, "80 mg in the morning"),),
        allergies="No known allergies",
        gp_actions=(GpAction("Blood test for kidney function", (now + dt.timedelta(days=6)).date()),),
        advice="Ring 111 or this service if it becomes worse; 999 for chest pain.",
        safeguarding=False,
        admission_prevented=bool(content.admission_prevented),
        prevented_judged_by=content.clinician if content.admission_prevented else "",
        prevented_because=content.prevented_because if content.admission_prevented else "",
    )


SCENES: dict[Act, Scene] = {
    Act.DRAFT: draft,
    Act.SIGN: sign,
    Act.SENT: sent,
    Act.DELIVERED: delivered,
    Act.ACCEPTED: accepted,
    Act.REJECTED: rejected,
}
