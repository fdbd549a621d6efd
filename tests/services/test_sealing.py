"""The audit is sealed into a chain, and whatever is done to it afterwards is found."""

import datetime as dt
from contextlib import closing

import pytest
from sqlalchemy import insert, text

from console import audit_command
from console.commands import COULD_NOT_RUN, DONE, SOME_REFUSED, Voice, guarded
from console.domain.refusals import Refused
from console.services import audit_check, condition
from db import audit_chain
from db.audit_chain import BEFORE_ALL, COLUMNS
from db.connect import for_writing, introduce
from db.engine import open_database
from db.models import Hub, Staff
from db.queries.service import SYSTEM_LOGIN
from tests.services.sealed import blocks, checked, head, ids, meddle, seal, wrong
from tests.services.team import Team, build
from tests.support.secured import SecuredTeam

COPIED = ", ".join(COLUMNS[1:])


def columns(team: Team) -> str:
    """Give the columns of a line besides its number, which SQLite has one fewer of."""
    return COPIED.replace(" txid,", "") if team.database.dialect == "sqlite" else COPIED


def take_back(team: Team, code: str) -> None:
    """Write something and take it back: the numbers of its lines are used by nobody then."""
    with for_writing(team.database.engine).connect() as connection:
        introduce(connection, team.actors["jo"], "console")
        connection.execute(insert(Hub).values(code=code, name="Taken back"))
        connection.rollback()


@pytest.fixture
def three_blocks(team: Team) -> Team:
    """A service whose audit is sealed in three blocks, with gaps as rolled-back work leaves them."""
    for number in range(3):
        team.received()
        take_back(team, f"x{number}")
        seal(team)
    assert len(blocks(team.database)) == 3
    return team


def test_that_every_line_is_sealed_once_and_in_a_chain(three_blocks: Team) -> None:
    found = blocks(three_blocks.database)
    assert [one.number for one in found] == [1, 2, 3]
    assert [one.previous for one in found] == [BEFORE_ALL, *(one.hash for one in found[:-1])]
    assert [one.first_id for one in found] == [1, *(one.last_id + 1 for one in found[:-1])]
    assert sum(one.lines for one in found) == len(ids(three_blocks.database))
    told = checked(three_blocks.database)
    assert (told.wrong, told.blocks, told.sealed) == ([], 3, len(ids(three_blocks.database)))
    assert told.lines[-1] == "No line waits to be sealed."
    assert seal(three_blocks) == 0, "what is sealed is not sealed again"


def test_that_a_line_covers_every_column_of_the_audit(team: Team) -> None:
    with team.database.read() as session:
        held = session.execute(text("SELECT * FROM audit_log")).keys()
    assert set(held) | {"txid"} == set(COLUMNS)


def test_that_many_lines_are_sealed_in_blocks_that_a_check_can_name(team: Team) -> None:
    team.received()
    sealed = 0
    for _ in range(40):
        with team.database.work(team.doorstep.actor, team.clock()) as work:
            sealed += audit_chain.seal(work, 7)
    found = blocks(team.database)
    assert sealed == len(ids(team.database)) == sum(one.lines for one in found)
    assert {one.lines for one in found[:-1]} == {7}
    assert wrong(team.database) == []


MEDDLING = {
    "the first line of all is removed": (
        "DELETE FROM audit_log WHERE id = :first",
        "line was removed of its ",
    ),
    "a line is removed": ("DELETE FROM audit_log WHERE id = :inside", "Block 2, lines "),
    "a line is emptied": ("UPDATE audit_log SET new = NULL WHERE id = :inside", "was changed"),
    "another is named": ("UPDATE audit_log SET actor_name = 'Ann Lee' WHERE id = :inside", "was changed"),
    "a login is changed": ("UPDATE audit_log SET login = 'ann' WHERE id = :inside", "was changed"),
    "the newest sealed line is removed": ("DELETE FROM audit_log WHERE id = :last", "Block 3, lines "),
    "a line changes its place": ("UPDATE audit_log SET id = -id WHERE id = :inside", "they were put in"),
    "a block is changed": ("UPDATE audit_block SET lines = lines + 1 WHERE number = 2", "Block 2, lines "),
    "a block's time is changed": (
        "UPDATE audit_block SET sealed_at = '2001-01-01 00:00:00.000000' WHERE number = 2",
        "Block 2, lines ",
    ),
    "a block is removed": ("DELETE FROM audit_block WHERE number = 2", "blocks are missing"),
    "the first block is removed": ("DELETE FROM audit_block WHERE number = 1", "blocks are missing"),
    "a block has another hash": (
        "UPDATE audit_block SET hash = previous WHERE number = 2",
        "does not follow the one before it",
    ),
}


@pytest.mark.parametrize("what", MEDDLING)
def test_that_what_a_superuser_does_to_sealed_lines_is_found(what: str, three_blocks: Team) -> None:
    statement, sentence = MEDDLING[what]
    every = ids(three_blocks.database)
    second = blocks(three_blocks.database)[1]
    if three_blocks.database.dialect == "postgresql":
        statement = statement.replace("SET id = -id", "SET id = DEFAULT, login = 'x'")
    values = {"first": every[0], "inside": second.first_id + 1, "last": every[-1]}
    used = {name: value for name, value in values.items() if f":{name}" in statement}
    meddle(three_blocks.database, statement, **used)
    told = wrong(three_blocks.database)
    assert told
    if "SET id" not in statement:
        assert any(sentence in line for line in told), told


def test_that_a_line_that_is_put_in_later_is_found(three_blocks: Team) -> None:
    every = ids(three_blocks.database)
    gap = next((one for one in range(every[0], every[-1]) if one not in every), 0)  # SQLite leaves none
    overriding = " OVERRIDING SYSTEM VALUE" if three_blocks.database.dialect == "postgresql" else ""
    names = columns(three_blocks)
    copy = f"SELECT :gap, {names} FROM audit_log WHERE id = :of"  # noqa: S608 - our own names
    put = f"INSERT INTO audit_log (id, {names}){overriding} {copy}"
    meddle(three_blocks.database, put, gap=gap, of=every[-1])
    (told,) = wrong(three_blocks.database)
    assert "put in" in told


def cut_off(team: Team) -> None:
    """Remove the newest block with its lines, as if it had never been."""
    last = head(team.database)
    meddle(
        team.database,
        "DELETE FROM audit_log WHERE id >= :first",
        "DELETE FROM audit_block WHERE number = :number",
        first=last.first_id,
        number=last.number,
    )


def test_that_cutting_the_newest_off_is_found_by_a_hash_that_was_kept_outside(three_blocks: Team) -> None:
    kept = [one.hash for one in blocks(three_blocks.database)]
    assert wrong(three_blocks.database, *kept) == []
    last = head(three_blocks.database)
    meddle(three_blocks.database, "DELETE FROM audit_log WHERE id >= :first", first=last.first_id)
    assert wrong(three_blocks.database), "the block that is left tells"
    meddle(three_blocks.database, "DELETE FROM audit_block WHERE number = :number", number=last.number)
    assert wrong(three_blocks.database) == [], "nothing inside can tell any more"
    (told,) = wrong(three_blocks.database, *kept)
    assert kept[-1] in told
    assert "cut off" in told


def test_that_a_chain_that_was_written_anew_is_found_by_a_hash_that_was_kept_outside(
    three_blocks: Team,
) -> None:
    kept = head(three_blocks.database).hash
    database = three_blocks.database
    meddle(database, "DELETE FROM audit_block", "DELETE FROM audit_log WHERE id = 2")
    with for_writing(database.engine).begin() as connection:
        if database.dialect == "postgresql":
            connection.execute(text("UPDATE audit_mark SET through_id = 0"))
    seal(three_blocks)
    assert wrong(database) == []
    assert kept in wrong(database, kept)[0]


def voiced() -> tuple[Voice, list[str], list[str]]:
    said: list[str] = []
    refused: list[str] = []
    return Voice(said.append, refused.append), said, refused


def test_that_the_commands_print_the_head_and_check_against_it(three_blocks: Team) -> None:
    url, sealed = three_blocks.database.url, len(ids(three_blocks.database))
    with three_blocks.database.work(three_blocks.actors["jo"], three_blocks.clock()) as work:
        work.add(Staff(login=SYSTEM_LOGIN, name="Doorstep"))
    voice, said, refused = voiced()
    assert guarded(lambda: audit_command.head(url, voice), voice) == DONE
    (line,) = said
    last = head(three_blocks.database)
    assert line.startswith(f"audit head: block 3, lines to {last.last_id}, sealed ")
    assert line.endswith(f" UTC: {last.hash}")
    said.clear()
    assert guarded(lambda: audit_command.verify(url, voice, heads=[line]), voice) == DONE
    assert said[-1] == "The audit is as it was sealed."
    assert said[-2] == "That it was checked, and how it ended, is in the audit."
    assert f"Verified up to line {last.last_id:,} on " in _told_by_doctor(three_blocks)
    assert any(one.startswith(f"{sealed:,} lines in 3 blocks were checked in ") for one in said)
    cut_off(three_blocks)
    said.clear()
    assert guarded(lambda: audit_command.verify(url, voice, heads=[last.hash]), voice) == SOME_REFUSED
    assert last.hash in refused[-1]
    assert said[-1] == "The audit is not as it was sealed."
    assert "and was not as it was sealed: faults 1." in _told_by_doctor(three_blocks)
    assert guarded(lambda: audit_command.verify(url, voice, heads=["12"]), voice) == COULD_NOT_RUN


def _told_by_doctor(team: Team) -> str:
    return "\n".join(condition.describe(team.database))


def test_that_a_single_line_and_a_single_block_are_not_called_lines_and_blocks(team: Team) -> None:
    seal(team)
    first = head(team.database).first_id
    meddle(team.database, "DELETE FROM audit_log WHERE id > :first", first=first)
    with team.database.work(team.actors["jo"], team.clock()) as work:
        work.add(Staff(login=SYSTEM_LOGIN, name="Doorstep"))
    found = checked(team.database)
    assert any(one.startswith("1 line in 1 block was checked in ") for one in found.lines)
    assert found.lines[-1].startswith("1 line is not sealed yet, ")
    assert "in 1 block." in _told_by_doctor(team)


def test_that_there_is_no_head_before_the_first_block(team: Team) -> None:
    voice, _, refused = voiced()
    assert guarded(lambda: audit_command.head(team.database.url, voice), voice) == COULD_NOT_RUN
    assert refused == [audit_command.NO_HEAD]


def test_that_lines_that_wait_are_told_and_doctor_says_when_sealing_lags(
    database_url: str, now: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(open_database(database_url)) as database:
        _lags(build(database, now), monkeypatch)  # written just now, and not copied from an earlier test


def _lags(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    waiting = len(ids(team.database))
    # The service may have been written a while ago, and copied for this test.
    assert (
        checked(team.database)
        .lines[-1]
        .startswith(f"{waiting:,} lines are not sealed yet, the oldest since ")
    )
    assert condition.describe(team.database)[-4:-2] == [
        "The audit is not sealed yet.",
        "Nobody has checked the chain yet.",
    ]
    monkeypatch.setattr(audit_check, "LATE_AFTER", audit_check.LATE_AFTER * 0)
    assert condition.describe(team.database)[-1].startswith("Sealing lags behind: ")
    seal(team)
    assert condition.describe(team.database)[-2] == "No line waits to be sealed."


def test_that_at_a_secured_database_a_worker_seals_and_its_owner_alone_checks(
    secured_team: SecuredTeam,
) -> None:
    secured_team.received()
    assert seal(secured_team) > 0
    assert wrong(secured_team.database) == []
    auditor = secured_team.database_of("ray")
    assert head(auditor) == head(secured_team.database), "the head may be read"
    with pytest.raises(Refused, match="sees the audit of its own hubs alone"):
        audit_check.check(auditor)
    for login in ("ray", "al", "worker.one"):
        with secured_team.database_of(login).read() as session:
            assert audit_chain.unsealed(session) == (0, None)
