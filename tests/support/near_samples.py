"""The sample dialogs of who is near and who is to be sent now."""

from PySide6.QtTest import QTest

from tests.services.team import Team, new_referral
from tests.support.dialog_samples import Sample
from ui.dialogs.allocate import AllocateDialog
from ui.dialogs.base import DecisionDialog


def _near(team: Team) -> int:
    """Somebody waits at a place on the map: two whose place is known, one whose was known too long ago."""
    team.jo.workforce.position(team.ids["gil"], 51.0790, 1.1650)
    team.clock.pass_minutes(12)
    form = new_referral(
        practice_id=team.ids["practice"], visit_address="4 Sea Road, Hythe", visit_postcode="CT21 5AB"
    )
    key = team.triaged(form=form)
    team.jo.workforce.position(team.ids["sam"], 51.0790, 1.1650)
    team.clock.pass_minutes(2)
    team.jo.workforce.position(team.ids["kit"], 51.1290, 1.3090)
    return key


def _choose_another(dialog: DecisionDialog) -> None:
    assert isinstance(dialog, AllocateDialog)
    QTest.keyClicks(dialog.search, "kit")
    dialog.primary.click()


NEAR_SAMPLES: dict[str, Sample] = {
    "allocate_near": Sample(
        "jo", _near, lambda seat, scene: AllocateDialog(seat.session, scene.row, parent=seat.window)
    ),
    "allocate_another": Sample(
        "jo",
        _near,
        lambda seat, scene: AllocateDialog(seat.session, scene.row, parent=seat.window),
        _choose_another,
    ),
}
