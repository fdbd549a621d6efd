"""Reading the audit: by patient, person and time, in sentences; and a copy that is in it itself."""

import csv
import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Enum, text

from console.domain import audit_values, audit_words, ladders
from console.domain.audit_rows import AuditKind, AuditLine, AuditWish, Cursor, Names
from console.domain.refusals import Refused
from console.domain.words import Role
from console.services.desk import Desk
from db.base import Base, PortableJSON
from tests.services.team import Team, new_referral
from tests.support.secured import SecuredTeam

ASK = text("SELECT request_record(:patient, NULL, 'coordinator', 'x', 'curious', :at)")


@pytest.fixture
def ray(team: Team) -> Desk:
    """An auditor's desk."""
    team.actors["audit"] = replace(team.actors["jo"], name="Ray Cole", role=Role.AUDITOR)
    return team.desk("audit")


def told(desk: Desk, wish: AuditWish = AuditWish()) -> list[str]:  # noqa: B008 - it never changes
    return [audit_words.sentence(line) for line in desk.audits.page(wish).lines]


def all_of(desk: Desk, wish: AuditWish, size: int) -> Iterator[AuditLine]:
    before: Cursor | None = None
    while True:
        page = desk.audits.page(wish, before, size)
        assert len(page.lines) <= size
        yield from page.lines
        before = page.more
        if before is None:
            return


def test_that_the_audit_is_read_by_patient_and_nothing_of_another_is_among_it(team: Team, ray: Desk) -> None:
    key = team.triaged()
    team.received(new_referral(family_name="Brook", nhs_number=None, practice_id=team.ids["practice"]))
    team.ann.records.open(key)
    (found,) = ray.audits.find_patients("mar ivy")
    wish = AuditWish(patient_id=found.id)
    page = ray.audits.page(wish)
    assert {line.patient for line in page.lines} == {"MARSH, Ivy"}
    assert "Opened the record" in told(ray, wish)
    assert {line.referral_number for line in page.lines} <= {None, team.row(key).number}
    assert [one.id for one in ray.audits.find_patients(team.row(key).number)] == [found.id]
    assert [one.id for one in ray.audits.find_patients("943 476 5919")] == [found.id]


def test_that_pages_give_every_line_once_the_newest_first(team: Team, ray: Desk) -> None:
    team.triaged()
    patient = ray.audits.find_patients("Marsh")[0].id
    for wish in (AuditWish(), AuditWish(patient_id=patient), AuditWish(staff_id=team.actors["jo"].staff_id)):
        ray.audits.page(wish)  # which leaves its own line
        whole = list(ray.audits.page(wish, None, 10_000).lines)
        by_page = list(all_of(ray, wish, 3))
        assert [line.id for line in by_page] == [line.id for line in whole]
        assert whole == sorted(whole, key=lambda line: (line.at, line.id), reverse=True)
        assert len(whole) > 3


def test_that_the_audit_is_read_by_person_time_and_kind(team: Team, ray: Desk) -> None:
    key = team.triaged()
    team.ann.records.open(key, "The daughter asked")
    by_ann = ray.audits.page(AuditWish(staff_id=team.actors["ann"].staff_id)).lines
    assert {line.who for line in by_ann} == {"Ann Lee"}
    assert told(ray, AuditWish(kind=AuditKind.LOOKS)) == [
        "Read the audit: Everything, by Ann Lee",
        "Opened the record",
    ]
    newest = by_ann[0].at
    assert ray.audits.page(AuditWish(since=newest + dt.timedelta(seconds=1))).lines == ()
    earlier = ray.audits.page(AuditWish(until=newest)).lines
    assert earlier
    assert all(line.at < newest for line in earlier)
    assert {line.tbl for line in ray.audits.page(AuditWish(kind=AuditKind.PEOPLE)).lines} >= {"staff", "hub"}


def test_that_an_auditor_s_own_reading_is_in_the_audit_once_for_each_question(team: Team, ray: Desk) -> None:
    team.received()
    patient = ray.audits.find_patients("Marsh")[0].id
    about = AuditWish(kind=AuditKind.LOOKS, patient_id=patient)
    for _ in range(2):  # to read anew, or on, is to ask the same
        ray.audits.page(about)
    assert told(ray, about) == [f"Read the audit: Who looked, about patient {patient}"]
    team.clock.pass_minutes(16)
    assert len(told(ray, about)) == 1
    page = ray.audits.page(about)
    assert [line.who for line in page.lines] == ["Ray Cole", "Ray Cole"]
    assert {line.patient for line in page.lines} == {"MARSH, Ivy"}


def test_that_a_change_is_told_with_what_was_before(team: Team, ray: Desk) -> None:
    key = team.triaged(3)
    team.jo.triage.change_priority(key, team.version(key), 2)
    page = ray.audits.page(AuditWish(patient_id=ray.audits.find_patients("Marsh")[0].id))
    changed = next(line for line in page.lines if line.tbl == "referral" and "priority" in (line.new or {}))
    assert audit_words.sentence(changed).startswith("Changed the referral: priority")
    assert ("Priority", "3", "2") in list(audit_values.values(changed, page.names))


def test_that_what_a_step_changed_is_told_row_by_row_as_a_person_reads_it(team: Team, ray: Desk) -> None:
    key = team.triaged(3)
    team.jo.triage.change_priority(key, team.version(key), 2)
    page = ray.audits.page(AuditWish(patient_id=ray.audits.find_patients("Marsh")[0].id))
    steps = [line for line in page.lines if line.tbl == "step" and line.op == "I"]
    changed = [one for line in steps for one in audit_values.changes(line, page.names)]
    assert ("U", "referral", key) in [one[:3] for one in changed]
    held = [one for *_, values in changed for one in values]
    assert ("Priority", "3", "2") in held
    assert ("Status", "Needs triage", "Triaged") in held
    for line in page.lines:
        for name, was, is_now in audit_values.values(line, page.names):
            assert not [text for text in (was, is_now) if text.startswith(("{", "["))], name


def test_that_a_chase_is_told_by_the_names_of_its_ladder_and_step_and_of_whom_it_asks() -> None:
    for ladder in ladders.BY_NAME.values():
        for step in ladder.steps:
            chase: dict[str, object] = {
                "ladder": ladder.name,
                "step": step.name,
                "recipient": Role.COORDINATOR.value,
            }
            told = [now for *_, now in audit_values.values(line_of("chase", chase), Names())]
            assert told == [ladder.label, step.label, "Hub coordinator"]
    one: dict[str, object] = {"ladder": "gone", "step": "first_call", "recipient": "staff:3"}
    told = [now for *_, now in audit_values.values(line_of("chase", one), Names(staff={3: "Sam Hill"}))]
    assert told == ["gone", "first call", "Sam Hill"]


def test_that_no_line_shows_a_word_of_the_program_or_a_number_without_what_it_stands_for(
    team: Team, ray: Desk
) -> None:
    key, _ = team.allocated()
    team.ann.records.open(key, "The daughter asked")
    page = ray.audits.page(AuditWish(patient_id=ray.audits.find_patients("Marsh")[0].id))
    steps = [
        *(one for line in page.lines for one in audit_values.values(line, page.names)),
        *(one for line in page.lines for *_, held in audit_values.changes(line, page.names) for one in held),
    ]
    told = {(name, now) for name, _, now in steps}
    assert ("Referral", team.row(key).number) in told
    assert ("Patient", "MARSH, Ivy") in told
    assert "visit.allocated" not in {now for _, now in told}
    named = {"Patient", "Referral", "Visit", "Outcome", "Queue entry", "Practitioner", "Hub", "By"}
    assert not [one for one in told if one[0] in named and one[1].isdecimal()]
    chase: dict[str, object] = {"subject_kind": "visit", "subject_id": 45, "round": 4711, "undoes_id": 3}
    held = list(audit_values.values(line_of("chase", chase), Names()))
    assert [now for *_, now in held] == ["visit 45", "step 3"]
    about = Names(referrals={45: "R-0012"})
    chase["subject_kind"] = "referral"
    assert ("Subject", "nothing", "R-0012") in list(audit_values.values(line_of("chase", chase), about))
    step = line_of("step", {"on_behalf_of_id": 4})
    told_by = list(audit_values.values(step, Names(practitioners={4: "Sam Hill"})))
    assert told_by == [("On behalf of", "nothing", "Sam Hill")]


def test_that_every_word_and_every_list_of_the_database_is_told_as_a_person_reads_it() -> None:
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, Enum):
                words: Any = column.type.enum_class
                for word in words:
                    line = line_of(table.name, {column.name: word.value})
                    assert [now for *_, now in audit_values.values(line, Names())] == [word.label]
            elif isinstance(column.type, type(PortableJSON)) and column.name != "changes":
                line = line_of(table.name, {column.name: '["01303 1", "01303 2"]'})
                assert [now for *_, now in audit_values.values(line, Names())] == ["01303 1\n01303 2"]


def line_of(table: str, new: dict[str, object]) -> AuditLine:
    at = dt.datetime(2026, 1, 14, tzinfo=dt.UTC)
    asked = (None, None, None, None)
    return AuditLine(1, at, "jo", None, None, None, None, table, "I", 1, *asked, None, new)


def test_that_a_copy_of_the_audit_is_in_the_audit_before_it_is_written(
    team: Team, ray: Desk, tmp_path: Path
) -> None:
    key = team.received()
    team.jo.referrals.worse(key, "=2+5 is what she said")
    with pytest.raises(Refused, match="Say why"):
        ray.audits.export(AuditWish(), " ", tmp_path)
    file, count = ray.audits.export(AuditWish(), "Yearly review", tmp_path)
    with file.open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert len(rows) == count > 10
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())
    assert file.stat().st_mode & 0o777 == 0o600
    assert (rows[0]["what"], rows[0]["why"]) == (
        "Took a copy of the audit away: Everything",
        "Yearly review",
    )
    with pytest.raises(Refused, match="could not be written"):
        ray.audits.export(AuditWish(), "Yearly review", tmp_path / "nowhere")
    assert told(ray).count("Took a copy of the audit away: Everything") == 2


def test_that_nobody_but_an_auditor_reads_the_audit(team: Team) -> None:
    for role in (one for one in Role if one is not Role.AUDITOR):
        team.actors["other"] = replace(team.actors["jo"], role=role)
        with pytest.raises(Refused, match="may not read the audit"):
            team.desk("other").audits.page(AuditWish())


def test_that_an_auditor_sees_who_was_refused_and_how_far_it_is_sealed(secured_team: SecuredTeam) -> None:
    team = secured_team
    key = team.received()
    patient = team.row(key).patient_id
    with team.database.engine.begin() as connection:
        connection.exec_driver_sql("SELECT staff_hubs('jo', ARRAY[]::bigint[])")
    with team.database_of("jo").work(team.actors["jo"], team.clock()) as work:
        values = {"patient": patient, "at": team.clock()}
        work.session.execute(ASK, values)
    ray = team.desk("ray")
    assert told(ray, AuditWish(kind=AuditKind.REFUSED)) == [
        "Asked for the record of another hub's patient, and was given nothing"
    ]
    assert ray.audits.chain().waiting > 0
    assert ray.audits.chain().checked is None
    jo = team.database_of("jo")
    with (
        pytest.raises(Refused, match="completes its patient"),
        jo.work(team.actors["jo"], team.clock()) as work,
    ):
        work.session.execute(
            text("SELECT complete_patient(:patient, '1', '', NULL, NULL)"), {"patient": patient}
        )
    with pytest.raises(Refused, match="Open this record first"), jo.read() as session:
        session.execute(text("SELECT * FROM open_record(0)"))
    for _ in range(2):  # a window reads again and again
        with pytest.raises(Refused, match="does not let your login do this"), jo.read() as session:
            session.execute(text("SELECT phone FROM patient"))
    refused = ray.audits.page(AuditWish(kind=AuditKind.REFUSED)).lines[:3]
    assert [line.who for line in refused] == ["Jo Bates"] * 3
    assert [audit_words.sentence(line).partition(":")[0] for line in refused] == ["Was refused"] * 3
    assert "Only who takes in a referral completes its patient." in audit_words.sentence(refused[2])
    assert all(line.is_refused for line in refused)
    assert [line.actor_name for line in ray.audits.page(AuditWish(patient_id=patient)).lines][:1] == [
        "Jo Bates"
    ]


def test_that_a_clock_is_called_as_on_the_screen(team: Team, ray: Desk) -> None:
    key = team.triaged()
    team.ann.ambulance.upgrade(key, team.version(key), "Chest pain")
    page = ray.audits.page(AuditWish())
    held = [one for line in page.lines for one in audit_values.values(line, page.names)]
    assert ("Due clock", "Response", "999") in held
