"""What the side panel says of a referral that has ended, and of a report that nobody has written."""

import datetime as dt
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from console.domain.words import Channel, ContactResult, ContactWith, OutcomeDisposition
from console.services.forms import Identity
from db.models import Patient
from tests.services.hubs_at_work import filled, report_version, sam
from tests.services.team import Team, new_referral
from tests.support.ready_team import ready_team
from ui.panel.sections import sections
from ui.widgets.looks import column


@pytest.fixture
def team(sqlite_url: str, now: dt.datetime) -> Iterator[Team]:
    """The small service."""
    with ready_team(sqlite_url, now) as team:
        yield team


def _told(team: Team, referral_id: int, qtbot: QtBot) -> str:
    """All that the panel says of a referral."""
    sheet = QWidget()
    qtbot.addWidget(sheet)
    whole = column(sheet)
    for part in sections(team.ann.records.open(referral_id), team.clock()):
        whole.addWidget(part)
    return "\n".join(one.text() for one in sheet.findChildren(QLabel))


def test_that_no_clock_runs_once_a_referral_has_ended(team: Team, qtbot: QtBot) -> None:
    key = team.triaged(3)
    assert "by the clock of" in _told(team, key, qtbot)
    team.ann.contacts.advise(key, team.version(key), "Rest and fluids", disposition=OutcomeDisposition.ADVICE)
    assert not team.row(key).status.is_open
    team.clock.pass_minutes(300)
    told = _told(team, key, qtbot)
    assert "by the clock of" not in told
    other = team.received()
    team.jo.referrals.mark_duplicate(other, key, team.version(other))
    assert "Triage\n" not in _told(team, other, qtbot)


def test_that_nothing_is_asked_at_once_about_a_referral_that_was_entered_by_mistake(
    team: Team, qtbot: QtBot
) -> None:
    key = team.received(new_referral(disposition="Dx012"))
    assert "Ring ambulance control" in _told(team, key, qtbot)
    step = team.jo.last_undoable()
    assert step is not None
    team.jo.undo(step.id)
    assert "Ring ambulance control" not in _told(team, key, qtbot)


def test_that_telephone_numbers_are_shown_in_the_groups_of_the_forms(team: Team, qtbot: QtBot) -> None:
    key = team.received(new_referral(caller_phone="020 79460000"))
    rung = team.jo.contacts
    rung.record(key, ContactWith.PATIENT, Channel.TELEPHONE, "01303123456", ContactResult.NO_REPLY)
    told = _told(team, key, qtbot)
    assert told.count("01303 123456") == 2  # of the patient, and of the call in vain
    assert "020 7946 0000" in told
    assert "01303123456" not in told


def test_that_the_panel_says_who_decides_about_a_patient_nobody_reached_until_it_is_decided(
    team: Team, qtbot: QtBot
) -> None:
    key, visit = team.on_scene()
    team.jo.visits.no_access(visit, team.visit_version(key), True, "Curtains drawn")
    why = "Nobody answered the door, and there is concern."
    assert f"{why} A clinician decides what happens, asked 14:00." in _told(team, key, qtbot)
    (asked,) = team.ann.records.open(key).tasks
    team.ann.tasks.accept(asked.id, asked.version)
    assert f"{why} Ann Lee decides what happens, asked 14:00." in _told(team, key, qtbot)
    team.ann.contacts.decide_failed_contact(key, team.version(key), "Sam tries the back door")
    assert why not in _told(team, key, qtbot)


def test_that_a_report_is_written_by_nobody_before_it_is_written(team: Team, qtbot: QtBot) -> None:
    key = team.triaged(3)
    team.ann.contacts.advise(key, team.version(key), "Rest and fluids", disposition=OutcomeDisposition.ADVICE)
    told = _told(team, key, qtbot)
    assert "to be written by Ann Lee" in told


def test_that_what_was_flagged_is_told_with_one_full_stop_each(team: Team, qtbot: QtBot) -> None:
    key = team.received(new_referral(flags=("Diabetes", "The sender marked this report restricted.")))
    assert "Diabetes. The sender marked this report restricted." in _told(team, key, qtbot).split("\n")


def test_that_identifiers_are_asked_for_until_they_are_read_back(team: Team, qtbot: QtBot) -> None:
    key = team.received(new_referral(identity_read_back=False))
    owed = "Two identifiers were not read back"
    assert owed in _told(team, key, qtbot)
    seen = team.stored(Patient, team.row(key).patient_id)
    who = Identity(family_name="Marsh", given_name="Ivor", birth_date=seen.birth_date)
    team.jo.referrals.correct_identity(key, team.version(key), who, "Misheard", seen.version)
    assert owed not in _told(team, key, qtbot)
    step = team.jo.last_undoable()
    assert step is not None
    team.jo.undo(step.id)
    assert owed in _told(team, key, qtbot)


def test_that_an_address_that_whoever_is_sent_does_not_know_stands_on_top(team: Team, qtbot: QtBot) -> None:
    key, visit = team.allocated()
    untold = "Sam Hill does not know the corrected address"
    team.jo.referrals.correct_address(key, team.version(key), "6 Sea Road", "CT21 5AA", "The caller")
    assert untold in _told(team, key, qtbot)
    team.jo.visits.acknowledge(visit, team.visit_version(key))
    assert untold not in _told(team, key, qtbot)


def test_that_an_address_that_ambulance_control_does_not_know_stands_on_top(team: Team, qtbot: QtBot) -> None:
    key, visit = team.allocated()
    team.jo.visits.acknowledge(visit, team.visit_version(key))
    team.jo.ambulance.upgrade(key, team.version(key), "Chest pain")
    team.jo.referrals.correct_address(key, team.version(key), "6 Sea Road", "CT21 5AA", "The caller")
    sam, control = "Sam Hill does not know the corrected", "Ambulance control does not know the corrected"
    told = _told(team, key, qtbot)
    assert sam in told
    assert control in told
    team.jo.visits.hand_back(visit, team.visit_version(key), "Car")
    told = _told(team, key, qtbot)
    assert sam not in told
    assert control in told


def test_that_a_new_version_is_offered_of_the_report_alone_on_which_the_key_works(
    team: Team, qtbot: QtBot
) -> None:
    key, visit = team.on_scene()
    report = team.jo.visits.no_access(visit, team.visit_version(key), True, "Curtains drawn")
    reports = sam(team).reports
    reports.draft(report, report_version(team, report), filled(reports.content(report)))
    reports.sign(report, report_version(team, report))
    team.jo.reports.sent(report, report_version(team, report), Channel.MAIL, "")
    team.jo.reports.accepted(report, report_version(team, report), "Dr Lowe")
    assert "Ctrl+R writes a new version" in _told(team, key, qtbot)
    team.ann.contacts.decide_failed_contact(key, team.version(key), "Spoke to her, she waits")
    team.ann.contacts.advise(key, team.version(key), "Rest and fluids")
    told = _told(team, key, qtbot)
    assert "accepted" in told
    assert "Ctrl+R writes a new version" not in told
