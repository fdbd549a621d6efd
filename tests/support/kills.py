"""Kills a real console at random moments while it writes, and looks at what is left; few times or many."""

import os
import random
import signal
import sqlite3
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import PIPE
from typing import IO

from sqlalchemy import func, select

from db.engine import Database, open_database
from db.models import Contact, Patient, Referral, Step
from tests.support.programs import Program

PATIENCE_S = 60.0
RING = {
    "QT_QPA_PLATFORM": "offscreen",
    "PYTHON_KEYRING_BACKEND": "tests.support.keyring_in_file.KeyringInFile",
}


@dataclass
class Console:
    """A running console, and what it has said so far."""

    process: Program
    said: list[str] = field(default_factory=list)
    heard: threading.Condition = field(default_factory=threading.Condition)

    def listen(self, lines: IO[str]) -> None:
        """Take in what it says until it ends."""
        for line in lines:
            with self.heard:
                self.said.append(line.rstrip("\n"))
                self.heard.notify_all()
        with self.heard:
            self.said.append("ended")
            self.heard.notify_all()

    def wait_for(self, words: str, times: int = 1) -> str:
        """Wait until it has said something that begins so, so many times; give the last."""

        def found() -> list[str]:
            return [line for line in self.said if line.startswith(words)]

        with self.heard:
            is_said = self.heard.wait_for(lambda: len(found()) >= times or "ended" in self.said, PATIENCE_S)
            assert is_said, f"it did not say {words!r}, only {self.said}"
            assert len(found()) >= times, f"it ended without saying {words!r}: {self.said}"
            return found()[times - 1]

    def kill(self) -> None:
        """End it as a power cut would."""
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def ids(self, word: str) -> set[int]:
        """The referrals of which it has said so."""
        return {int(line.split()[1]) for line in self.said if line.startswith(f"{word} ")}


@contextmanager
def console(
    what: str, url: str, name: str = "", module: str = "tests.support.driven_console"
) -> Iterator[Console]:
    """Start a console that drives itself; it is killed at the end of the block if it still runs."""
    process = Program("-m", module, what, url, name, env=os.environ | RING, stdin=PIPE, stdout=PIPE)
    with process.stdin, process.stdout:
        made = Console(process)
        listener = threading.Thread(target=made.listen, args=(process.stdout,))
        listener.start()
        try:
            yield made
        finally:
            if process.poll() is None:
                made.kill()
            listener.join()


def kill_while_it_writes(url: str, name: str, chance: random.Random) -> tuple[set[int], set[int]]:
    """Kill a console at a random moment of its writing; give whom it had saved and whom it had called."""
    with console("write", url, name) as made:
        made.wait_for("saved", 1 + chance.randrange(8))
        # Anywhere in the next step: the time that one takes is unknown here and differs each time.
        threading.Event().wait(chance.uniform(0, 0.05))
        made.kill()
    assert not [line for line in made.said if line.startswith(("fault", "failed"))], made.said
    return made.ids("saved"), made.ids("called")


def assert_nothing_is_lost_or_half_written(url: str, name: str, saved: set[int], called: set[int]) -> None:
    """Look at the database as it was left."""
    if url.startswith("sqlite"):
        assert_file_is_whole(Path(url.removeprefix("sqlite:///")))
    with closing(open_database(url)) as database:
        found = referrals_of(database, name)
        ids = {referral_id for referral_id, _ in found}
        assert saved <= ids, "a referral that was said to be saved is gone"
        assert len(ids - saved) <= 2, "more than what was on its way"
        assert max(Counter(given for _, given in found).values()) == 1, "a referral stands there twice"
        with database.read() as session:
            steps = Counter(session.scalars(select(Step.referral_id).where(Step.kind == "referral.received")))
            contacts = set(session.scalars(select(Contact.referral_id)))
        assert all(steps[referral_id] == 1 for referral_id in ids), "a referral without its step"
        assert called <= contacts, "a call that was said to be saved is gone"


def assert_file_is_whole(file: Path) -> None:
    """SQLite finds nothing wrong with its file."""
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def referrals_of(database: Database, name: str) -> list[tuple[int, str]]:
    """The referrals of a family name, with the given name."""
    of_name = (
        select(Referral.id, Patient.given_name)
        .join(Patient, Patient.id == Referral.patient_id)
        .where(func.lower(Patient.family_name) == name.lower())
    )
    with database.read() as session:
        return [(referral_id, given) for referral_id, given in session.execute(of_name)]
