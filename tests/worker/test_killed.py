"""Workers that are killed while they send: nobody is forgotten, and nobody is reminded twice."""

from pathlib import Path

import pytest

from bench import chase

OWED, KILLS = 24, 4


@pytest.mark.timeout(300)
@pytest.mark.parametrize("deduplicates", [True, False], ids=["repeats are dropped", "repeats arrive"])
def test_that_killed_workers_lose_nothing_and_do_nothing_twice(
    empty_postgresql_url: str, tmp_path: Path, deduplicates: bool
) -> None:
    found = chase.run(empty_postgresql_url, tmp_path, OWED, KILLS, deduplicates=deduplicates, waits=False)
    wanted = {"lost": 0, "twice": 0, "repeated_otherwise": 0, "unended": 0, "uncertain_without_task": 0}
    assert found["kills"] == KILLS
    assert {name: found[name] for name in wanted} == wanted
    assert found["uncertain"] == (0 if deduplicates else KILLS)
    assert found["repeated"] == (KILLS // 2 if deduplicates else 0)
