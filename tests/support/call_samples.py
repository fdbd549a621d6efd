"""The dialogs about calls to practices, for the pictures."""

from collections.abc import Callable

from console.domain.call_list import PracticeToCall, call_list
from console.domain.ladder import Frame
from console.domain.words import Channel
from db.models import Report
from tests.domain.england import ENGLAND
from tests.services.team import Team
from tests.support.dialog_samples import Sample, Scene, signed
from tests.support.sitting import Seat
from ui.dialogs.base import DecisionDialog
from ui.dialogs.call import CallDialog
from ui.dialogs.call_answers import Answer
from ui.dialogs.snooze import SnoozeCallsDialog


def _unanswered(team: Team) -> int:
    """A report that was sent and has not arrived after a day."""
    key = signed(team)
    with team.database.read() as session:
        report = session.query(Report).one()
    team.jo.reports.sent(report.id, report.version, Channel.MAIL, "")
    team.clock.pass_minutes(24 * 60 + 1)
    return key


def _to_call(seat: Seat, scene: Scene) -> PracticeToCall:
    rows = seat.live.reports.by_id.values()
    return call_list(rows, scene.team.clock(), Frame(ENGLAND))[0]


def _call(answer: Answer) -> Callable[[Seat, Scene], DecisionDialog]:
    return lambda seat, scene: CallDialog(seat.session, _to_call(seat, scene), answer, seat.window)


def _snooze(seat: Seat, scene: Scene) -> DecisionDialog:
    return SnoozeCallsDialog(seat.session, _to_call(seat, scene), seat.window)


CALL_SAMPLES: dict[str, Sample] = {
    **{f"call_{answer.value}": Sample("jo", _unanswered, _call(answer)) for answer in Answer},
    "call_snooze": Sample("jo", _unanswered, _snooze),
}
