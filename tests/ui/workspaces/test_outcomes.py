"""What came of a contact, each kind by keys: a death, a refusal, advice by telephone."""

import pytest

from console.domain.words import (
    OutcomeDisposition,
    OutcomeKind,
    ReferralStatus,
    Stream,
)
from db.models import Outcome, Patient, QueueEntry, Referral, Report
from tests.services.team import Team, new_referral
from tests.ui.workspaces.at_board import Key, Sit, at, at_board, choose, fill
from tests.ui.workspaces.conftest import CTRL, arrived
from ui.boards.hub_workspace import HubWorkspace

# The offscreen platform says so of sizes and of the lists that open below a field.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def came(team: Team, referral_id: int) -> tuple[OutcomeKind, OutcomeDisposition | None]:
    """What the outcome of a referral is."""
    with team.database.read() as session:
        outcome = session.query(Outcome).where(Outcome.referral_id == referral_id).one()
        assert session.query(Report).where(Report.outcome_id == outcome.id).count() == 1
        return outcome.kind, outcome.disposition


@pytest.mark.parametrize(
    ("typed", "came_of_it"),
    [
        ("advice", (OutcomeKind.PHONE_ADVICE, OutcomeDisposition.ADVICE)),
        ("refused", (OutcomeKind.REFUSAL, OutcomeDisposition.NOT_SEEN)),
        ("death", (OutcomeKind.DEATH, OutcomeDisposition.DIED)),
    ],
)
def test_that_a_clinician_settles_it_by_telephone(
    sit: Sit, team: Team, typed: str, came_of_it: tuple[OutcomeKind, OutcomeDisposition]
) -> None:
    key = team.triaged()
    team.clock.pass_minutes(30)
    ann = at_board(sit, "ann")
    choose(ann, key)
    ann.press(Key.Key_G, CTRL)
    ann.dialog()
    fill(ann, What_was_said="Spoke to her daughter", What_it_was=typed)
    if typed == "advice":
        fill(ann, What_became="Advice", Admission_prevented="No")
    fill(ann, When_the_call_ended="-10")
    ann.submit()
    assert came(team, key) == came_of_it
    referral = team.stored(Referral, key)
    assert (referral.status, referral.seen_at) == (ReferralStatus.CLOSED, at(14, 20))
    is_death = came_of_it[0] is OutcomeKind.DEATH
    assert ("telephone_gp" in team.tasks(key)) is is_death
    assert (team.stored(Patient, referral.patient_id).deceased_at is not None) is is_death


def test_that_telephone_advice_is_a_clinicians_and_needs_triage(sit: Sit, team: Team) -> None:
    untriaged, triaged = (
        team.received(),
        team.triaged(form=new_referral(family_name="Osman", nhs_number=None)),
    )
    for login, may in (("jo", False), ("ann", True)):
        person = at_board(sit, login)
        choose(person, triaged)
        assert person.session.commands.is_enabled("referral.advice") is may
        choose(person, untriaged)
        assert not person.session.commands.is_enabled("referral.advice")


def test_that_a_death_at_a_hub_is_kept_and_telephoned(sit: Sit, team: Team) -> None:
    entry = arrived(team, "Marsh")
    queue = team.ann.hub_queue
    queue.stream(entry, team.stored(QueueEntry, entry).version, Stream.GP_NEEDED, 1, True, "Collapsed")
    queue.begin(entry, team.stored(QueueEntry, entry).version, team.ids["gil"])
    team.clock.pass_minutes(10)
    ann = sit("ann", HubWorkspace, "hub")
    workspace = ann.workspace
    assert isinstance(workspace, HubWorkspace)
    workspace.queue.view.setFocus()
    ann.session.choose("hub", "queue_entry", entry)
    ann.press(Key.Key_F10)
    ann.dialog()
    fill(ann, What_it_was="death", When_it_ended="-5")
    ann.submit()
    referral = team.stored(Referral, team.stored(QueueEntry, entry).referral_id)
    assert came(team, referral.id) == (OutcomeKind.DEATH, OutcomeDisposition.DIED)
    assert "telephone_gp" in team.tasks(referral.id)
    assert team.stored(Patient, referral.patient_id).deceased_at == at(14, 5)


def test_that_a_safe_refusal_at_the_door_closes_and_owes_a_report(sit: Sit, team: Team) -> None:
    key, _ = team.on_scene()
    jo = at_board(sit, "jo")
    choose(jo, key)
    jo.press(Key.Key_J, CTRL)
    jo.dialog()
    fill(jo, What_it_means="Refused", What_was_found="Well, wants nobody", What_Sam="She sent me away")
    jo.submit()
    assert came(team, key) == (OutcomeKind.REFUSAL, OutcomeDisposition.NOT_SEEN)
    assert team.stored(Referral, key).status is ReferralStatus.CLOSED
