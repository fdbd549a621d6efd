"""Each test has a database of its own, on both dialects, in the newest shape."""

import pytest
from sqlalchemy import create_engine, inspect, text


@pytest.mark.parametrize("turn", ["first", "second"])
def test_that_a_test_finds_nothing_of_another(turn: str, empty_database_url: str) -> None:
    engine = create_engine(empty_database_url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE footprint (made_in text)"))
    engine.dispose()


def test_that_a_database_comes_in_its_newest_shape(database_url: str) -> None:
    engine = create_engine(database_url)
    assert "referral" in inspect(engine).get_table_names()
    engine.dispose()
