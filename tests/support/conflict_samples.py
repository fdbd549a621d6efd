"""What pictures show of two people who edited the same."""

import datetime as dt
from dataclasses import replace

from console.domain.clinical_words import MedicineAction
from console.domain.merging import Conflicting
from console.domain.news2 import Observations
from console.domain.report_content import Medicine
from db.models import Report
from tests.services.hubs_at_work import open_from_8_to_8, seen
from tests.services.team import Team
from tests.support.dialog_samples import Sample, Scene
from tests.support.sitting import Seat
from ui.dialogs.base import DecisionDialog
from ui.dialogs.conflict import ConflictDialog
from ui.dialogs.identity import IdentityDialog


def _triaged(team: Team) -> int:
    return team.triaged(priority=3)


def _reported(team: Team) -> int:
    open_from_8_to_8(team)
    return seen(team)[0]


def _priorities(seat: Seat, scene: Scene) -> DecisionDialog:
    team, key = scene.team, scene.key
    version = team.version(key)
    team.ann.triage.change_priority(key, version, 1, "In more pain")
    try:
        team.jo.triage.change_priority(key, version, 2, "In pain")
    except Conflicting as told:
        return ConflictDialog(seat.window, told.conflict, team.clock())
    raise AssertionError("The second of two priorities was saved unasked.")


def _reports(seat: Seat, scene: Scene) -> DecisionDialog:
    team = scene.team
    with team.database.read() as session:
        report = session.query(Report).one()
    first = team.jo.reports.content(report.id)
    aspirin = Medicine("Paracetamol 500 mg tablets", MedicineAction.GIVEN, "1 g", "oral", "2", "PGD 12")
    theirs = replace(
        first,
        history="Fell in the night on the way to the bathroom, no loss of consciousness. Found at six.",
        observations=Observations(16, 97, systolic=130, pulse=80, on_oxygen=False, temperature=36.8),
        advice="Call 111 if the pain is worse",
        medicines=(aspirin,),
    )
    mine = replace(
        first,
        history="Slipped on the stairs at about four, could not get up alone.",
        observations=Observations(22, 94, systolic=118, pulse=104, on_oxygen=False, temperature=37.4),
    )
    team.ann.reports.draft(report.id, report.version, theirs)
    team.clock.at += dt.timedelta(minutes=3)
    try:
        team.jo.reports.draft(report.id, report.version, mine)
    except Conflicting as told:
        return ConflictDialog(seat.window, told.conflict, team.clock())
    raise AssertionError("The second of two reports was saved unasked.")


CONFLICT_SAMPLES = {
    "identity": Sample(
        "jo", _triaged, lambda seat, scene: IdentityDialog(seat.session, scene.row, seat.window)
    ),
    "conflict": Sample("jo", _triaged, _priorities),
    "conflict_report": Sample("jo", _reported, _reports),
}
