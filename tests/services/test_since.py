"""What changed since somebody looked: what others did to which row, and what became of what is gone."""

import datetime as dt
import threading
from collections.abc import Iterator

import pytest
from sqlalchemy import text

from console.domain.acting import Actor
from console.domain.looks import Arranged
from console.domain.since import FARTHEST, Mark, News, Since
from console.domain.words import Role, TaskKind
from db.connect import server_time
from db.engine import Database, open_database
from db.models import Referral
from tests.services.team import Team, build, new_referral
from tests.support.feeds import following
from tests.support.secured import SecuredTeam

HEAD = {
    "postgresql": "SELECT CAST(pg_current_snapshot() AS text)",
    "sqlite": "SELECT CAST(max(id) AS text) FROM audit_log",
}


def look(database: Database) -> Mark:
    """Until where one has seen who looks now."""
    with database.read() as session:
        at = server_time(session.connection())
        return Mark(session.execute(text(HEAD[database.dialect])).scalar_one(), at)


def since(team: Team, who: str, seen: Mark, workspace: str = "board", *hubs: str) -> Since:
    """What somebody is told who comes back."""
    hub_ids = [team.ids[hub] for hub in hubs or ("folkestone", "dover")]
    return team.desk(who).looks.since(workspace, seen, hub_ids)


@pytest.fixture
def shared_team(postgresql_url: str, now: dt.datetime) -> Iterator[Team]:
    """The team at a shared database: only there somebody begins before a look and commits after it."""
    database = open_database(postgresql_url)
    yield build(database, now)
    database.close()


def told(found: Since) -> list[tuple[int, News, str]]:
    return [(row.row_id, row.news, row.by) for row in found.rows]


def test_that_who_comes_back_reads_what_is_new_changed_and_gone_with_who_did_it(team: Team) -> None:
    stays, goes, rests = team.triaged(), team.triaged(), team.triaged()
    seen = look(team.database)
    team.clock.pass_minutes(5)
    new = team.received()
    team.clock.pass_minutes(1)
    team.jo.visits.allocate(stays, team.ids["sam"], team.version(stays))
    team.clock.pass_minutes(1)
    team.jo.referrals.cancel(goes, team.version(goes), "The practice", "Admitted already")
    found = since(team, "mo", seen)
    assert told(found) == [
        (goes, News.GONE, "Jo Bates"),
        (stays, News.CHANGED, "Jo Bates"),
        (new, News.NEW, "Jo Bates"),
    ]
    gone, changed, fresh = found.rows
    assert (gone.became, gone.family_name, gone.at) == ("Cancelled", "Marsh", team.clock())
    assert "Admitted already" in gone.words
    assert "Sam Hill" in changed.words
    assert fresh.at == team.clock() - dt.timedelta(minutes=2)
    assert rests not in {row.row_id for row in found.rows}
    assert found.since == seen.seen_at


def test_that_what_one_did_oneself_is_no_news_and_what_doorstep_did_is(team: Team) -> None:
    key = team.triaged()
    seen = look(team.database)
    team.jo.visits.allocate(key, team.ids["sam"], team.version(key))
    assert told(since(team, "jo", seen)) == []
    assert told(since(team, "ann", seen)) == [(key, News.CHANGED, "Jo Bates")]
    doorstep = Actor(team.actors["jo"].staff_id, "Doorstep", Role.SYSTEM)
    with team.database.work(doorstep, team.clock()) as work:
        work.step("referral.noted", "Noted", hub_id=team.ids["folkestone"], referral_id=key)
    assert told(since(team, "jo", seen)) == [(key, News.CHANGED, "Doorstep")]


def test_that_the_newest_step_is_told_and_how_many_there_were_before(team: Team) -> None:
    key = team.received()
    seen = look(team.database)
    team.ann.triage.triage(key, team.version(key), 2)
    team.clock.pass_minutes(1)
    team.jo.visits.allocate(key, team.ids["sam"], team.version(key))
    (row,) = since(team, "mo", seen).rows
    assert (row.by, row.more) == ("Jo Bates", 1)


def test_that_what_came_and_went_is_told_as_such(team: Team) -> None:
    seen = look(team.database)
    key = team.triaged()
    team.jo.referrals.cancel(key, team.version(key), "The practice")
    assert told(since(team, "mo", seen)) == [(key, News.PASSED, "Jo Bates")]
    assert since(team, "mo", seen).count(News.GONE, News.PASSED) == 1


def test_that_a_referral_that_moves_is_gone_from_one_hub_and_new_at_the_other(team: Team) -> None:
    key = team.triaged()
    seen = look(team.database)
    team.jo.referrals.move_hub(key, team.version(key), team.ids["dover"], "Nearer")
    (gone,) = since(team, "mo", seen, "board", "folkestone").rows
    assert (gone.news, gone.became) == (News.GONE, "Now at Dover")
    assert "Nearer" in gone.words
    assert told(since(team, "mo", seen, "board", "dover")) == [(key, News.NEW, "Jo Bates")]
    assert told(since(team, "mo", seen)) == [(key, News.CHANGED, "Jo Bates")]


def test_that_nobody_is_told_of_a_hub_that_is_not_theirs(team: Team) -> None:
    seen = look(team.database)
    team.triaged()
    assert told(since(team, "mo", seen, "board", "dover")) == []


def test_that_an_undone_end_is_no_end(team: Team) -> None:
    key = team.triaged()
    seen = look(team.database)
    team.jo.referrals.cancel(key, team.version(key), "The practice")
    step = team.jo.last_undoable()
    assert step is not None
    team.jo.undo(step.id)
    assert told(since(team, "mo", seen)) == [(key, News.CHANGED, "Jo Bates")]


def test_that_hub_reports_and_load_tell_of_their_own_rows(team: Team) -> None:
    seen = look(team.database)
    form = new_referral(family_name="Stone", nhs_number=None, practice_id=team.ids["practice"])
    entry = team.jo.hub_queue.arrive(form, team.ids["folkestone"])
    (queue,) = since(team, "mo", seen, "hub").rows
    assert (queue.row_id, queue.news, queue.family_name) == (entry, News.NEW, "Stone")
    key = team.received()
    team.jo.referrals.worse(key, "Drowsy")
    task = next(row for row in since(team, "mo", seen, "load").rows if row.about.value == "task")
    assert (task.news, task.by) == (News.NEW, "Jo Bates")
    assert TaskKind.CLINICIAN_NOW.label in task.words
    later = look(team.database)
    team.ann.triage.triage(key, team.version(key), 1)
    done = [row for row in since(team, "mo", later, "load").rows if row.row_id == task.row_id]
    assert [(row.news, row.by, row.became) for row in done] == [(News.GONE, "Ann Lee", "Done")]


def test_that_a_report_is_told_of_by_what_was_done_about_it(team: Team) -> None:
    key, visit = team.on_scene()
    seen = look(team.database)
    team.jo.visits.clear(visit, team.visit_version(key))
    (report,) = since(team, "mo", seen, "reports").rows
    assert (report.news, report.referral_id) == (News.NEW, key)


def test_that_a_change_that_commits_after_the_look_is_news_however_early_it_began(shared_team: Team) -> None:
    team = shared_team
    key = team.triaged()
    jo = team.actors["jo"]
    with team.database.work(jo, team.clock()) as slow:
        slow.lock(Referral, key).problem = "Fall, now drowsy"
        slow.step("referral.noted", "Drowsy now", hub_id=team.ids["folkestone"], referral_id=key)
        slow.session.flush()
        with team.database.work(team.actors["ann"], team.clock()) as quick:
            quick.step("referral.noted", "Rang", hub_id=team.ids["folkestone"], referral_id=key)
        seen = look(team.database)
        assert told(since(team, "mo", seen)) == []
    (row,) = since(team, "mo", seen).rows
    assert (row.words, row.more) == ("Drowsy now", 0)


@pytest.mark.parametrize("mark", ["", "no mark", "99:1:", "9:5:7", "99999999999:99999999999:", "1:3:2,1"])
def test_that_a_mark_of_elsewhere_is_replaced_by_its_time(team: Team, mark: str) -> None:
    team.triaged()
    seen = look(team.database)
    key = team.triaged()
    assert told(since(team, "mo", Mark(mark, seen.seen_at)))[0] == (key, News.NEW, "Ann Lee")
    assert len(since(team, "mo", Mark(mark, seen.seen_at)).rows) == 1


def test_that_who_was_away_for_long_is_told_of_the_last_days(team: Team) -> None:
    key = team.triaged()
    seen = Mark("", dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
    found = since(team, "mo", seen)
    assert [row.row_id for row in found.rows] == [key]
    assert dt.datetime.now(dt.UTC) - found.since < FARTHEST + dt.timedelta(minutes=1)


def test_that_marks_and_arrangements_are_the_persons_own_and_the_newest_holds(team: Team) -> None:
    at, later = team.clock(), team.clock.pass_minutes(1)
    team.jo.looks.see({"board": Mark("1", at), "hub": Mark("1", at)})
    team.jo.looks.see({"board": Mark("2", later)})
    team.jo.looks.see({"board": Mark("1", at)})  # another console of hers comes late
    team.ann.looks.see({"board": Mark("7", at)})
    wide, narrow = (Arranged("board.referrals", screen, {"due": 140}) for screen in ("1920x1080", "1366x768"))
    team.jo.looks.arrange([wide, narrow])
    team.jo.looks.arrange([Arranged("board.referrals", "1920x1080", {"due": 170})])
    kept = team.jo.looks.kept()
    assert {name: mark.mark for name, mark in kept.marks.items()} == {"board": "2", "hub": "1"}
    assert {one.screen: one.value for one in kept.arranged} == {
        "1920x1080": {"due": 170},
        "1366x768": {"due": 140},
    }
    assert not team.mo.looks.kept().arranged
    assert kept.away_after == dt.timedelta(minutes=5)
    assert not kept.shows_names


def test_that_two_consoles_of_one_person_may_keep_the_same_thing_at_once(team: Team) -> None:
    failed: list[BaseException] = []

    def keep(width: int) -> None:
        try:
            for _ in range(5):
                team.jo.looks.arrange([Arranged("board.referrals", "", {"due": width})])
        except BaseException as error:
            failed.append(error)
            raise

    threads = [threading.Thread(target=keep, args=(width,)) for width in (140, 170)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert len(team.jo.looks.kept().arranged) == 1


def test_that_who_loses_sight_of_a_referral_is_told_that_it_went_and_by_number_only(
    secured_team: SecuredTeam,
) -> None:
    team = secured_team
    key = team.triaged()
    with team.database.work(team.actors["al"], team.clock()) as work:
        work.session.execute(
            text("DELETE FROM staff_hub WHERE staff_id = :staff AND hub_id = :hub"),
            {"staff": team.actors["mo"].staff_id, "hub": team.ids["dover"]},
        )
    seen = look(team.database)
    number = team.row(key).number
    team.jo.referrals.move_hub(key, team.version(key), team.ids["dover"], "Nearer")
    form = new_referral(family_name="Stone", nhs_number=None, hub_id=team.ids["dover"])
    team.jo.referrals.receive(form)
    # Whichever hubs a console asks for, the server gives those of the person.
    assert since(team, "mo", seen, "board", "dover").rows == ()
    (gone,) = since(team, "mo", seen, "board", "folkestone").rows
    assert (gone.news, gone.number, gone.family_name, gone.by) == (News.GONE, number, "", "Jo Bates")
    assert "Nearer" not in gone.words
    assert gone.at is not None


def test_that_nobody_reads_what_another_person_arranged(secured_team: SecuredTeam) -> None:
    secured_team.jo.looks.arrange([Arranged("board.referrals", "", {"due": 140})])
    count = text("SELECT count(*) FROM arrangement")
    for login, found in (("jo", 1), ("ann", 0)):
        with secured_team.database_of(login).read() as session:
            assert session.execute(count).scalar_one() == found


def test_that_the_mark_of_the_feed_holds_all_that_it_told_and_nothing_else(team: Team) -> None:
    hub_ids = [team.ids["folkestone"], team.ids["dover"]]
    with following(team.database, hub_ids, team.clock) as kept:
        kept.wait_until(lambda: kept.is_live and bool(kept.states[-1].mark))
        before = Mark(kept.states[-1].mark, look(team.database).seen_at)
        key = team.received()
        kept.wait_until(lambda: key in kept.rows["referrals"])
        told_by = len(kept.states)
        kept.wait_until(lambda: len(kept.states) > told_by)  # the next proof that the board is true
        after = Mark(kept.states[-1].mark, look(team.database).seen_at)
    assert told(since(team, "mo", before)) == [(key, News.NEW, "Jo Bates")]
    assert told(since(team, "mo", after)) == []
