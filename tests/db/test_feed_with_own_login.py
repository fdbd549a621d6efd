"""With a login of one's own a console hears what that login may see, and finds out a lost COMMIT."""

import re

from sqlalchemy import Connection, make_url, select, text

from console.services.outage import through_an_outage
from db.engine import Database, open_database
from db.models import Step
from db.queries import practitioners, reports
from db.queries.board import read_board
from db.queries.reading import Statement
from tests.support.feeds import by_id, following
from tests.support.line import line_to
from tests.support.secured import SecuredTeam


def test_that_a_login_s_board_follows_its_own_hubs_in_one_look(secured_team: SecuredTeam) -> None:
    team = secured_team
    own = team.database_of("jo")
    with own.read() as session:
        hubs = session.scalars(text("SELECT id FROM hub ORDER BY id")).all()
    with following(own, hubs, team.clock) as kept:
        referral = team.triaged()
        kept.wait_until(lambda: referral in kept.rows["referrals"])
        team.jo.referrals.worse(referral, "Short of breath")
        kept.wait_until(lambda: kept.rows["referrals"][referral].worse_at is not None)
        with own.read() as session:
            truth = by_id(read_board(session, hubs, team.clock()))
        kept.wait_until(lambda: kept.rows == truth)
        assert all(state.is_live for state in kept.states)
        assert kept.boards == 1


def test_that_what_a_board_joins_is_looked_up_under_row_security(secured_team: SecuredTeam) -> None:
    hubs = {"hub_ids": [secured_team.ids["folkestone"]]}
    moment = {"now": secured_team.clock(), "soon": secured_team.clock(), "today": secured_team.clock().date()}
    with secured_team.database_of("jo").read() as session:
        session.execute(text("SET LOCAL enable_seqscan = off"))  # as if there were years of all of it
        of_people = explained(session.connection(), practitioners.WHOLE.params(hubs | moment))
        of_reports = explained(session.connection(), reports.WHOLE.params(hubs))
    # By the answer of a subquery nothing is looked up there, and the whole of a table would be read.
    assert not re.findall(r"Cond: \(\(SubPlan \d+\) = .*", of_people + of_reports)


def explained(connection: Connection, statement: Statement) -> str:
    words = statement.compile(connection, compile_kwargs={"literal_binds": True})
    return "\n".join(connection.exec_driver_sql(f"EXPLAIN {words}".replace("%", "%%")).scalars())


def test_that_a_commit_that_never_came_is_found_out_with_a_login_of_one_s_own(
    secured_team: SecuredTeam,
) -> None:
    team = secured_team
    url = make_url(team.database_of("jo").url)
    assert url.port is not None
    with line_to(url.port) as line:
        database = open_database(url.set(port=line.port).render_as_string(hide_password=False))
        try:
            line.swallow(b"COMMIT\0")
            through_an_outage(lambda: _note(database, team))
        finally:
            database.close()
    with team.database.read() as session:
        assert session.scalars(select(Step.words).where(Step.kind == "hub.noted")).all() == ["Once"]


def _note(database: Database, team: SecuredTeam) -> None:
    hub = team.ids["folkestone"]
    with database.work(team.actors["jo"], team.clock()) as work:
        work.step("hub.noted", "Once", hub_id=hub)
