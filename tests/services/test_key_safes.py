"""Codes of key safes: entered unseen, shown to who says why, and in no log."""

from dataclasses import replace

import pytest
from sqlalchemy import text

from console.domain.refusals import Refused
from console.domain.words import Role
from tests.services.team import Team, new_referral

CODE, PLACE = "9#471", "under the third brick"


def logged(team: Team) -> str:
    with team.database.read() as session:
        lines = session.execute(text("SELECT tbl, op, old, new FROM audit_log ORDER BY id")).all()
        steps = session.execute(text("SELECT words, said, changes FROM step")).all()
    return repr((lines, steps))


def test_that_a_code_is_shown_to_who_says_why_and_is_in_no_log(team: Team) -> None:
    key = team.received(
        new_referral(practice_id=team.ids["practice"], key_safe_code=CODE, key_safe_place=PLACE)
    )
    record = team.jo.records.open(key)
    assert record.key_safe is not None
    assert record.key_safe.changed_by == "Jo Bates"
    found = team.ann.key_safes.show(key, "Nobody comes to the door")
    assert (found.code, found.place) == (CODE, PLACE)
    told = logged(team)
    assert "Nobody comes to the door" in told
    assert CODE not in told + repr(found) + repr(record)
    assert PLACE not in told + repr(found) + repr(record)


def test_that_a_new_code_takes_the_place_of_the_one_before_and_none_is_none(team: Team) -> None:
    key = team.received()
    with pytest.raises(Refused, match="No key-safe code is kept"):
        team.jo.key_safes.show(key, "At the door")
    team.jo.key_safes.keep(key, "1111", "")
    team.clock.pass_minutes(1)
    team.ann.key_safes.keep(key, CODE, PLACE)
    assert team.jo.key_safes.show(key, "At the door").code == CODE
    assert logged(team).count("'key_safe', 'U'") == 1  # that it changed, without what
    team.clock.pass_minutes(1)
    team.jo.key_safes.keep(key, "", PLACE)
    assert team.jo.records.open(key).key_safe is None
    with pytest.raises(Refused, match="No key-safe code is kept"):
        team.jo.key_safes.show(key, "At the door")


def test_that_no_reason_shows_no_code_and_an_auditor_never_sees_one(team: Team) -> None:
    key = team.received(new_referral(practice_id=team.ids["practice"], key_safe_code=CODE))
    with pytest.raises(Refused, match="Say why"):
        team.jo.key_safes.show(key, " ")
    team.actors["audit"] = replace(team.actors["jo"], role=Role.AUDITOR)
    with pytest.raises(Refused, match="may not see a key-safe code"):
        team.desk("audit").key_safes.show(key, "sample of the month")
