"""Which dialogs the pictures show, and on what."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtTest import QTest

from console.domain.rows import ReferralRow
from console.domain.words import MarkerKind, Source, VisitStatus
from tests.services.team import Team
from tests.support.sitting import Seat
from ui.dialogs.allocate import AllocateDialog
from ui.dialogs.base import DecisionDialog
from ui.dialogs.new_referral import NewReferralDialog
from ui.dialogs.priority import PriorityDialog
from ui.dialogs.step import StepDialog
from ui.dialogs.triage import TriageDialog


@dataclass
class Scene:
    """The service, and the referral that the picture is about."""

    team: Team
    key: int

    @property
    def row(self) -> ReferralRow:
        """The referral as the board shows it."""
        return self.team.row(self.key)


@dataclass
class Sample:
    """Who sits there, what has happened, and which dialog they open."""

    who: str
    set_up: Callable[[Team], int]
    make: Callable[[Seat, Scene], DecisionDialog]
    then: Callable[[DecisionDialog], None] | None = None


def _received(team: Team) -> int:
    return team.received()


def _triaged(team: Team) -> int:
    return team.triaged()


def _on_scene(team: Team) -> int:
    return team.on_scene()[0]


def _allocated(team: Team) -> int:
    return team.allocated()[0]


def _with_marker(team: Team) -> int:
    key = team.triaged()
    row = team.row(key)
    review = team.clock().date() + dt.timedelta(days=90)
    add = team.jo.markers.add
    dog = "Large dog in the garden: ring first, the daughter ties it up."
    add(row.patient_id, None, None, MarkerKind.ANIMAL, dog, review, key)
    neighbour = "Aggressive neighbour on the stairs."
    add(None, "CT21 5AA", "4 Sea Road, Hythe", MarkerKind.TWO_PEOPLE, neighbour, review, key)
    return key


def _step(to: VisitStatus) -> Callable[[Seat, Scene], DecisionDialog]:
    return lambda seat, scene: StepDialog(seat.session, scene.row, to, seat.window)


def _wrong(dialog: DecisionDialog) -> None:
    dialog.primary.click()


def _type_known(dialog: DecisionDialog) -> None:
    assert isinstance(dialog, NewReferralDialog)
    fields = dialog.fields
    fields.source.put(Source.GP_PRACTICE)
    words = {
        fields.caller: "Dr Osei",
        fields.nhs_number: "9434765919",
        fields.family: "Marsh",
        fields.born: "2/3/1941",
        fields.problem: "Fall, cannot get up alone",
    }
    for field, text in words.items():
        QTest.keyClicks(field, text)
    fields.priority.put(2)
    fields.by_clinician.setChecked(True)
    fields.caller.setFocus()


SAMPLES: dict[str, Sample] = {
    "new_referral": Sample("jo", _received, lambda seat, _: NewReferralDialog(seat.session, seat.window)),
    "new_referral_known": Sample(
        "jo", _received, lambda seat, _: NewReferralDialog(seat.session, seat.window), _type_known
    ),
    "new_referral_wrong": Sample(
        "jo", _received, lambda seat, _: NewReferralDialog(seat.session, seat.window), _wrong
    ),
    "triage": Sample(
        "ann", _received, lambda seat, scene: TriageDialog(seat.session, scene.row, seat.window)
    ),
    "triage_wrong": Sample(
        "ann", _received, lambda seat, scene: TriageDialog(seat.session, scene.row, seat.window), _wrong
    ),
    "priority": Sample(
        "jo", _triaged, lambda seat, scene: PriorityDialog(seat.session, scene.row, seat.window)
    ),
    "allocate": Sample(
        "jo", _triaged, lambda seat, scene: AllocateDialog(seat.session, scene.row, seat.window)
    ),
    "allocate_markers": Sample(
        "jo", _with_marker, lambda seat, scene: AllocateDialog(seat.session, scene.row, seat.window)
    ),
    "acknowledged": Sample("jo", _allocated, _step(VisitStatus.ACKNOWLEDGED)),
    "clear": Sample("jo", _on_scene, _step(VisitStatus.CLEAR)),
}
