"""Files come in: bytes first, then judged; nothing is dropped and nothing is taken twice."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest

from console.domain.words import MessageState, ReferralStatus
from console.services import imports, setup
from console.settings import refused_folder
from db.base import Numbered
from db.engine import Database, open_database
from db.models import Patient, Practice, ReceivedMessage, Referral
from tests.support.itk111_builder import Report, envelope

Row = TypeVar("Row", bound=Numbered)
MESSAGES = "itk111"
HOSTILE = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>'


@pytest.fixture
def database(database_url: str, now: dt.datetime) -> Iterator[Database]:
    """A service that is set up; the test runs once on each dialect."""
    opened = open_database(database_url)
    setup.apply(opened, now)
    yield opened
    opened.close()


def take(database: Database, now: dt.datetime, *paths: Path) -> list[imports.FileOutcome]:
    return list(imports.referrals(database, list(paths), lambda: now))


def stored(database: Database, model: type[Row]) -> list[Row]:
    with database.read() as session:
        return list(session.query(model).order_by(model.id))


def test_that_every_real_message_becomes_one_referral(
    database: Database, now: dt.datetime, shared_data: Path
) -> None:
    outcomes = take(database, now, shared_data / MESSAGES)
    assert not [outcome for outcome in outcomes if outcome.is_refused]
    referrals = stored(database, Referral)
    assert len(referrals) == len(outcomes) == 6
    assert {referral.status for referral in referrals} == {ReferralStatus.RECEIVED}
    by_code = {referral.disposition: referral for referral in referrals}
    assert by_code["Dx06"].disposition_due_at == dt.datetime(2021, 4, 6, 17, 11, 54, tzinfo=dt.UTC)
    assert by_code["Dx01"].asks_ambulance
    assert by_code["Dx09"].disposition_due_at is None
    assert not any(patient.nhs_number_verified for patient in stored(database, Patient)[1:])


def test_that_a_practice_without_a_usable_code_is_said_with_its_name_and_number(
    database: Database, now: dt.datetime, shared_data: Path
) -> None:
    take(database, now, shared_data / MESSAGES)
    issues = [issue for one in stored(database, Referral) for issue in one.issues]
    asked = "As the patient's own practice the message says: "
    said = [issue.removeprefix(asked) for issue in issues if issue.startswith(asked)]
    assert said == ["UNKNOWN (Z10000).", *["Medway Medical Practice (V396F), 01634 111222."] * 3]


def test_that_the_bytes_are_kept_as_they_came(
    database: Database, now: dt.datetime, shared_data: Path
) -> None:
    file = min((shared_data / MESSAGES).iterdir())
    take(database, now, file)
    (message,) = stored(database, ReceivedMessage)
    assert (message.body, message.state) == (file.read_bytes(), MessageState.READ)


def test_that_the_same_bytes_are_one_referral_however_often_they_come(
    database: Database, now: dt.datetime, shared_data: Path
) -> None:
    file = min((shared_data / MESSAGES).iterdir())
    (first,) = take(database, now, file)
    (again,) = take(database, now, file)
    (referral,) = stored(database, Referral)
    assert first.sentence == f"Received as {referral.number}."
    assert again.sentence == f"Received before, as {referral.number}."
    assert [row.state for row in stored(database, ReceivedMessage)] == [
        MessageState.READ,
        MessageState.REPEATED,
    ]


def test_that_a_report_that_was_refused_is_tried_again_and_the_others_are_not(
    database: Database, now: dt.datetime, tmp_path: Path
) -> None:
    file = tmp_path / "message.xml"
    tomorrow = f"{now + dt.timedelta(days=1):%Y%m%d}"
    child = Report().with_(
        nhs="", person=f'<name><family>Hill</family></name><birthTime value="{tomorrow}"/>'
    )
    file.write_bytes(envelope(Report().xml(), child.xml()))
    for _ in range(2):
        (outcome,) = take(database, now, file)
        (first,) = stored(database, Referral)
        assert outcome.is_refused
        assert outcome.sentence.startswith(f"Received as {first.number}. Report 2: The date of birth")
        whole, part = stored(database, ReceivedMessage)[-2:]
        assert (whole.state, part.state) == (MessageState.REFUSED, MessageState.REFUSED)
        assert part.issues == ["The date of birth lies in the future: check it."]
    (outcome,) = take(database, now + dt.timedelta(days=2), file)
    numbers = [referral.number for referral in stored(database, Referral)]
    assert outcome.sentence == f"Received as {', '.join(numbers)}."
    assert len(numbers) == 2
    assert stored(database, ReceivedMessage)[-2].state is MessageState.READ
    (outcome,) = take(database, now + dt.timedelta(days=2), file)
    assert outcome.sentence == f"Received before, as {', '.join(numbers)}."


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "empty"),
        (b"<a><b>", "cut short"),
        (HOSTILE, "document type"),
        (b"<a>" * 100_000 + b"</a>" * 100_000, "Refused and kept"),
        (b"<note>nothing of a patient</note>", "no NHS 111 report"),
    ],
    ids=["empty", "truncated", "entity", "deep", "another format"],
)
def test_that_what_cannot_be_read_is_refused_in_a_sentence_and_kept(
    database: Database, now: dt.datetime, tmp_path: Path, content: bytes, sentence: str
) -> None:
    file = tmp_path / "message.xml"
    file.write_bytes(content)
    (outcome,) = take(database, now, file)
    assert outcome.is_refused
    assert sentence in outcome.sentence
    (message,) = stored(database, ReceivedMessage)
    assert (message.body, message.state) == (content, MessageState.REFUSED)
    assert message.issues


def test_that_a_file_of_more_than_20_mb_leaves_its_beginning_and_a_copy(
    database: Database, now: dt.datetime, tmp_path: Path
) -> None:
    file = tmp_path / "large.xml"
    with file.open("wb") as content:
        content.truncate(imports.LARGEST_BYTES + 1)
    (outcome,) = take(database, now, file)
    assert "larger than 20 MB" in outcome.sentence
    (message,) = stored(database, ReceivedMessage)
    assert (len(message.body), message.size, message.is_whole) == (1024 * 1024, file.stat().st_size, False)
    assert (refused_folder() / message.sha256).stat().st_size == file.stat().st_size


def test_that_a_path_without_a_file_is_said(database: Database, now: dt.datetime, tmp_path: Path) -> None:
    (outcome,) = take(database, now, tmp_path / "absent.xml")
    assert (outcome.is_refused, outcome.sentence) == (True, "There is no file here. Check the path.")


def test_that_practices_are_added_once_and_find_their_hub_by_district(
    database: Database, now: dt.datetime, tmp_path: Path
) -> None:
    file = tmp_path / "practices.csv"
    file.write_text("ods_code,name,postcode,phone\nG82015,Old Name,CT16 1AB,01304 240553\nbad,Bad,,\n")
    first = imports.practices(database, file, now)
    assert first.sentence == "Practices: 1 added, 0 brought up to date, 1 lines left out."
    assert "Line 3" in first.refused[0]
    file.write_text("ods_code,name,postcode\nG82015,New Name,CT16 1AB\n")
    assert "0 added, 1 brought" in imports.practices(database, file, now).sentence
    (practice,) = stored(database, Practice)
    assert (practice.name, practice.phone) == ("New Name", "01304 240553")
    assert practice.hub_id is not None


@pytest.mark.parametrize("name", ["Joy", "Joy (daughter)"])
def test_that_who_called_is_said_once_where_the_sender_wrote_it_behind_the_name(
    database: Database, now: dt.datetime, tmp_path: Path, name: str
) -> None:
    report = Report()
    file = tmp_path / "message.xml"
    informant = report.informant.replace("<given>Joy</given><family>Marsh</family>", f"<given>{name}</given>")
    file.write_bytes(envelope(report.with_(informant=informant).xml()))
    take(database, now, file)
    (referral,) = stored(database, Referral)
    assert referral.caller.casefold() == "joy (daughter)"


def test_that_a_message_about_who_is_on_the_board_already_says_so(
    database: Database, now: dt.datetime, tmp_path: Path
) -> None:
    for ended in ("20260114132000+0000", "20260114135000+0000"):
        file = tmp_path / f"{ended[:12]}.xml"
        file.write_bytes(envelope(Report().with_(ended=ended).xml()))
        take(database, now, file)
    first, second = stored(database, Referral)
    assert not [issue for issue in first.issues if "stood on the board" in issue]
    (said,) = (issue for issue in second.issues if "stood on the board" in issue)
    assert said.startswith(f"{first.number} stood on the board when this came: same ")
