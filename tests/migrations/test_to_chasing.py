"""What stood in a local database before chasing came keeps standing in it."""

import sqlite3
from contextlib import closing
from pathlib import Path

from db.upgrade import upgrade
from tests.support.databases import bring_to

TASK = (
    "INSERT INTO task (id, hub_id, role, kind, subject, words, created_at, due_at, version)"
    " VALUES (7, 1, 'clinician', 'waiting_call', 'referral:3', 'Ring the patient',"
    " '2026-03-02 09:00:00.000000', '2026-03-02 09:00:00.000000', 4)"
)


def _all(connection: sqlite3.Connection, question: str) -> list[tuple[object, ...]]:
    return connection.execute(question).fetchall()


def test_that_open_tasks_outlive_the_upgrade(tmp_path: Path) -> None:
    file = tmp_path / "doorstep.sqlite"
    hub = "INSERT INTO hub (version, code, name, is_intake, is_closed_down) VALUES (1, 'deal', 'Deal', 1, 0)"
    bring_to(f"sqlite:///{file}", "0006", hub, TASK)
    upgrade(f"sqlite:///{file}")
    with closing(sqlite3.connect(file)) as connection:
        assert _all(connection, "SELECT id, role, kind, subject, words, version FROM task") == [
            (7, "clinician", "waiting_call", "referral:3", "Ring the patient", 4)
        ]
        assert _all(connection, "SELECT seq FROM sqlite_sequence WHERE name = 'task'") == [(7,)]
        assert _all(connection, "SELECT subject_kind, subject_id FROM watch") == [("hub", 1)]
        assert _all(connection, "PRAGMA foreign_key_check") == []
        assert _all(connection, "PRAGMA integrity_check") == [("ok",)]
