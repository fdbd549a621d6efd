"""Imports that are killed, that run twice at once, and files whose names or places are odd."""

import datetime as dt
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import func, select

from console.domain.permissions import Deed
from console.domain.words import MessageState
from console.services import accounts, imports, setup
from db.engine import Database, open_database
from db.models import Practice, ReceivedMessage, Referral
from db.queries import lookups, service
from tests.support.itk111_builder import Report, envelope, message
from tests.support.programs import PROCESSES

WAIT_S = 60
_COPIED = ("origin", "sha256", "size", "body", "is_whole", "message_key")


@pytest.fixture
def database(database_url: str, now: dt.datetime) -> Iterator[Database]:
    """A service that is set up; the test runs once on each dialect."""
    opened = open_database(database_url)
    setup.apply(opened, now)
    yield opened
    opened.close()


class DyingClock:
    """Gives the time so often, and then the process is killed as if its plug were pulled."""

    def __init__(self, at: dt.datetime, left: int) -> None:
        self.at, self.left = at, left

    def __call__(self) -> dt.datetime:
        """Give the time once more, or die."""
        self.left -= 1
        if self.left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return self.at


def take_in(url: str, paths: list[Path], now: Callable[[], dt.datetime]) -> None:
    """Import in a process of its own."""
    database = open_database(url)
    list(imports.referrals(database, paths, now))
    database.close()


def frozen(at: dt.datetime) -> DyingClock:
    """Give a clock that outlives any import."""
    return DyingClock(at, 10_000)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder that holds only what a test puts there."""
    made = tmp_path / "in"
    made.mkdir()
    return made


def count(database: Database, model: type[Referral | ReceivedMessage | Practice]) -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system knows no kill -9")
def test_that_an_import_killed_at_any_moment_is_finished_by_the_next(
    database: Database, database_url: str, now: dt.datetime, folder: Path
) -> None:
    file = folder / "message.xml"
    file.write_bytes(envelope(Report().xml(), Report().with_(nhs="").xml()))
    codes = []
    for steps in range(1, 12):
        process = PROCESSES.Process(target=take_in, args=(database_url, [file], DyingClock(now, steps)))
        process.start()
        process.join(WAIT_S)
        codes.append(process.exitcode)
        assert count(database, Referral) <= 2
        if process.exitcode == 0:
            break
    assert len(codes) > 3, "it was killed between keeping, adding the practice and receiving"
    assert codes[-1] == 0
    assert count(database, Referral) == 2
    (again,) = imports.referrals(database, [file], lambda: now)
    assert again.sentence.startswith("Received before, as R-")
    assert count(database, Referral) == 2


def test_that_one_file_imported_by_two_processes_at_once_is_one_referral(
    database: Database, database_url: str, now: dt.datetime, folder: Path
) -> None:
    for number in range(6):
        given = f"<name><given>Ada {number}</given><family>Marsh</family></name>"
        (folder / f"{number}.xml").write_bytes(message(person=given, nhs=""))
    several = [
        PROCESSES.Process(target=take_in, args=(database_url, [folder], frozen(now))) for _ in range(3)
    ]
    for process in several:
        process.start()
    for process in several:
        process.join(WAIT_S)
    assert [process.exitcode for process in several] == [0, 0, 0]
    assert (count(database, Referral), count(database, Practice)) == (6, 1)
    with database.read() as session:
        states = set(session.scalars(select(ReceivedMessage.state)))
    assert states <= {MessageState.READ, MessageState.REPEATED}


def test_that_a_folder_with_folders_is_taken_in_whole(
    database: Database, now: dt.datetime, folder: Path
) -> None:
    deep = folder / "monday" / "early"
    deep.mkdir(parents=True)
    (deep / "one.xml").write_bytes(message(nhs=""))
    (folder / "two.xml").write_bytes(b"no message at all")
    (folder / ".hidden").write_bytes(b"of an editor")
    outcomes = {one.file: one.is_refused for one in imports.referrals(database, [folder], lambda: now)}
    assert outcomes == {"one.xml": False, "two.xml": True}


@pytest.mark.skipif(os.name == "nt", reason="file names are text there")
def test_that_a_file_whose_name_is_no_text_is_taken_in(
    database: Database, now: dt.datetime, folder: Path
) -> None:
    name = os.fsencode(folder) + b"/caf\xe9.xml"
    Path(os.fsdecode(name)).write_bytes(message())
    (outcome,) = imports.referrals(database, [folder], lambda: now)
    assert (outcome.file, outcome.is_refused) == ("caf\ufffd.xml", False)
    outcome.file.encode("utf-8")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read anything")
def test_that_a_file_that_may_not_be_read_stops_nothing(
    database: Database, now: dt.datetime, folder: Path
) -> None:
    (folder / "a.xml").write_bytes(message())
    (folder / "a.xml").chmod(0)
    (folder / "b.xml").write_bytes(message(nhs=""))
    refused, taken = imports.referrals(database, [folder], lambda: now)
    assert "cannot be read: Permission denied" in refused.sentence
    assert not taken.is_refused


def test_that_who_judges_copies_and_who_takes_one_in_never_wait_for_each_other(
    database: Database, now: dt.datetime, folder: Path
) -> None:
    (folder / "a.xml").write_bytes(message())
    list(imports.referrals(database, [folder], lambda: now))
    actor = accounts.importing(database, Deed.IMPORT_REFERRALS)
    with database.work(actor, now) as work:
        first = work.session.query(ReceivedMessage).one()
        alike = {name: getattr(first, name) for name in _COPIED}
        second = work.add(ReceivedMessage(**alike, received_at=now, state=MessageState.RECEIVED))
    ids: list[Sequence[int]] = []

    def take_first() -> None:
        with database.work(actor, now) as other:
            ids.append(lookups.lock_messages_like(other.session, first.id))

    with database.work(actor, now) as work:
        (unjudged,) = service.unjudged(work.session, first.sha256)
        assert unjudged.id == second.id
        taking = Thread(target=take_first)
        taking.start()
        taking.join(0.5)  # by now it waits, where the database lets it begin
        assert list(lookups.lock_messages_like(work.session, second.id)) == [first.id, second.id]
    taking.join(WAIT_S)
    assert [list(one) for one in ids] == [[first.id, second.id]]
