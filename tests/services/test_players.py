"""The players of a training day: each event once, whoever plays and is killed; people are left their own."""

import datetime as dt
import random
import shutil
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from time import sleep

import pytest
from sqlalchemy import select

from console.domain.training_time import Progress
from console.domain.words import QueueStatus, ReferralStatus, Role, TaskKind, VisitStatus
from console.planning.day.words import Act
from console.services import setup
from console.services.desk import Desk
from console.services.people import actor, people, system
from console.services.players.play import Players
from console.services.players.stage import REFERENCE
from db.engine import Database, open_database
from db.models import Hub, Referral, Report, Step, Task, Visit
from db.queries import lookups, service
from db.queries import training as queries
from db.queries.board import read_board
from tests.services.team import new_referral
from tests.services.training_day import DAY, PLAN, SEED, at, begin, play_until, players, story
from tests.support.databases import in_one_file
from tests.support.once import once
from tests.support.programs import Program

MOMENTS = ("09:30", "13:30", "19:45", "21:30")
A_PLAYER = """
import sys
from db.engine import open_database
from tests.services.training_day import play_until
opened = open_database(sys.argv[1])
opened.hurry()  # what a killed process has written stands all the same
play_until(opened, sys.argv[2])
"""


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = open_database(database_url)
    opened.hurry()
    begin(opened)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def played_days(_sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the day as nobody disturbed it, up to each of these moments."""

    def make(folder: Path) -> None:
        file = folder / "played.sqlite"
        shutil.copyfile(_sqlite_template, file)
        with closing(open_database(f"sqlite:///{file}")) as database:
            database.hurry()
            begin(database)
            for until in MOMENTS:
                play_until(database, until)
                in_one_file(file)
                shutil.copyfile(file, played(folder, until))

    return once(tmp_path_factory, "played-days", make)


def played(folder: Path, until: str) -> Path:
    """Give the file of the day up to that moment."""
    return folder / f"until-{until.replace(':', '-')}.sqlite"


@pytest.fixture
def in_its_middle(played_days: Path, tmp_path: Path) -> Iterator[Database]:
    """The day, played until it is opened in its middle."""
    with opened_at("13:30", played_days, tmp_path) as database:
        yield database


@contextmanager
def opened_at(until: str, played_days: Path, folder: Path) -> Iterator[Database]:
    """The day, played until then, in a file of its own."""
    file = folder / "day.sqlite"
    shutil.copyfile(played(played_days, until), file)
    with closing(open_database(f"sqlite:///{file}")) as database:
        database.hurry()
        yield database


def referral(database: Database, key: str) -> Referral:
    with database.read() as session:
        found = queries.referral_of(session, f"{REFERENCE}{DAY:%Y-%m-%d} {key}")
    assert found is not None
    return found


def desk_of(database: Database, login: str, role: Role, clock: str) -> Desk:
    person = next(one for one in people(database) if one.login == login)
    moment = at(clock)
    return Desk(database, actor(person, role), lambda: moment)


def count(database: Database, model: type[Referral | Visit | Report | Step]) -> int:
    with database.read() as session:
        return session.query(model).count()


def test_that_the_whole_day_is_played_as_it_is_planned(played_days: Path, tmp_path: Path) -> None:
    planned = Counter(event.act for event in PLAN.events)
    with opened_at("21:30", played_days, tmp_path) as database, database.read() as session:
        references = session.scalars(select(Referral.sender_reference))
        assert Counter(references) == Counter(f"{REFERENCE}{DAY:%Y-%m-%d} {key}" for key in PLAN.cases)
        kinds = Counter(session.scalars(select(Step.kind)))
        assert queries.progress(session) == Progress(DAY, len(PLAN.events))
        assert all(hub.is_closed_down for hub in session.query(Hub))
    for kind, act in {
        "visit.allocated": Act.ALLOCATE,
        "visit.acknowledged": Act.ACKNOWLEDGE,
        "visit.en_route": Act.EN_ROUTE,
        "visit.on_scene": Act.ON_SCENE,
        "visit.clear": Act.CLEAR,
        "visit.no_access": Act.NO_ACCESS,
        "visit.handed_back": Act.HAND_BACK,
        "practitioner.diverted": Act.DIVERT,
        "referral.triaged": Act.TRIAGE,
        "referral.worse": Act.WORSE,
        "shift.on": Act.SHIFT_ON,
        "shift.off": Act.SHIFT_OFF,
        "contact.advised": Act.ADVISE,
    }.items():
        assert kinds[kind] == planned[act], kind


def test_that_the_board_is_full_when_the_day_is_opened(in_its_middle: Database) -> None:
    with in_its_middle.read() as session:
        hubs = [hub.id for hub in service.hubs(session)]
        board = read_board(session, hubs, at("13:30"))
    words = {row.word for row in board.referrals}
    assert {"Needs triage", "Triaged", "Allocated", "En route", "On scene", "999: reference owed"} <= words
    assert {"owed", "drafted", "sent"} <= {row.status.value for row in board.reports}
    assert any(row.due_at < at("13:30") for row in board.reports if row.status == "owed")
    assert len([row for row in board.practitioners if row.on_at and row.position_at]) == 6
    assert {task.kind.value for task in board.tasks} >= {"clinician_now", "report_owner", "gp_liaison"}
    assert {row.status for row in board.queue} >= {QueueStatus.ARRIVED, QueueStatus.STREAMED}


def test_that_many_players_at_once_play_each_event_once(database: Database, database_url: str) -> None:
    others = [open_database(database_url) for _ in range(3)]
    failed: list[BaseException] = []

    def work(one: Database) -> None:
        try:
            mine = players(one, "09:00")
            while mine.play(at_once=3):
                pass
        except BaseException as error:  # noqa: BLE001 - told on the thread of the test
            failed.append(error)

    threads = [threading.Thread(target=work, args=(one,)) for one in others]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    play_until(database, "09:00")
    for one in others:
        one.close()
    assert not failed
    assert_played_once(database, "09:00")


def assert_played_once(database: Database, until: str) -> None:
    """Every planned patient is there once, and every step as often as planned."""
    due = [event for event in PLAN.events if event.at <= at(until)]
    taken_in = [event.case for event in due if event.act in {Act.RECEIVE, Act.ARRIVE}]
    with database.read() as session:
        references = list(session.scalars(select(Referral.sender_reference)))
        kinds = Counter(session.scalars(select(Step.kind)))
        done = queries.progress(session)
    assert Counter(references) == Counter(f"{REFERENCE}{DAY:%Y-%m-%d} {key}" for key in taken_in)
    assert done == Progress(DAY, len(due))
    planned = Counter(event.act for event in due)
    for kind, act in (
        ("visit.allocated", Act.ALLOCATE),
        ("visit.clear", Act.CLEAR),
        ("shift.on", Act.SHIFT_ON),
    ):
        assert kinds[kind] == planned[act]


def test_that_a_day_whose_players_are_killed_is_the_day_that_nobody_killed(
    database: Database, database_url: str, played_days: Path, tmp_path: Path
) -> None:
    """Killed in the middle of whatever they did, again and again; the next ones go on from there."""
    chance = random.Random(11)
    for _ in range(6):
        before = count(database, Step)
        one = Program("-c", A_PLAYER, database_url, "09:30")
        wanted = before + chance.randint(1, 25)
        while one.poll() is None and count(database, Step) < wanted:
            sleep(0.01)
        one.kill()
        one.wait()
    play_until(database, "09:30")
    assert_played_once(database, "09:30")
    with opened_at("09:30", played_days, tmp_path) as undisturbed:
        assert story(database) == story(undisturbed)


def test_that_what_a_person_did_is_left_to_them(in_its_middle: Database) -> None:
    helen = desk_of(in_its_middle, "helen.osei", Role.CLINICIAN, "13:31")
    jo = desk_of(in_its_middle, "jo.bates", Role.COORDINATOR, "13:32")
    untriaged, waiting = referral(in_its_middle, "untriaged"), referral(in_its_middle, "waiting")
    helen.triage.triage(untriaged.id, untriaged.version, 1, reason="Seen at once")
    priya = next(one for one in people(in_its_middle) if one.login == "priya.nair")
    assert priya.practitioner_id is not None
    jo.visits.allocate(waiting.id, priya.practitioner_id, waiting.version)
    play_until(in_its_middle, "15:45")
    assert referral(in_its_middle, "untriaged").priority == 1
    with in_its_middle.read() as session:
        visit, name = lookups.active_visit(session, waiting.id) or (None, "")
    assert visit is not None
    assert (visit.status, name) == (VisitStatus.ALLOCATED, "Priya Nair")
    with in_its_middle.read() as session:
        assert session.query(Visit).filter(Visit.referral_id == waiting.id).count() == 1


def test_that_what_the_players_did_is_never_undone_for_them(in_its_middle: Database) -> None:
    jo = desk_of(in_its_middle, "jo.bates", Role.COORDINATOR, "13:30")
    assert jo.last_undoable() is None
    waiting = referral(in_its_middle, "waiting")
    jo.referrals.worse(waiting.id, "Short of breath now")
    mine = jo.last_undoable()
    assert mine is not None
    jo.undo(mine.id)
    assert referral(in_its_middle, "waiting").worse_at is None


def test_that_what_a_trainee_takes_in_is_triaged_by_the_clinician(in_its_middle: Database) -> None:
    jo = desk_of(in_its_middle, "jo.bates", Role.COORDINATOR, "13:31")
    mine = jo.referrals.receive(new_referral())
    play_until(in_its_middle, "14:10")
    with in_its_middle.read() as session:
        assert session.get_one(Referral, mine).status is ReferralStatus.TRIAGED


def test_that_the_next_day_begins_when_one_is_over(played_days: Path, tmp_path: Path) -> None:
    tomorrow = DAY + dt.timedelta(days=1)
    morning = at("09:30") + dt.timedelta(days=1)
    with opened_at("21:30", played_days, tmp_path) as database:
        tomorrows = Players(database, SEED, lambda: morning)
        while tomorrows.play():
            pass
        with database.read() as session:
            done = queries.progress(session)
            assert done is not None
            assert (done.day, done.played > 50) == (tomorrow, True)
            left = session.query(Visit).filter(Visit.ended_at.is_(None), Visit.allocated_at < at("23:59"))
            assert left.count() == 0
            assert not all(hub.is_closed_down for hub in session.query(Hub))


def test_that_days_in_which_nobody_played_are_left_out(played_days: Path, tmp_path: Path) -> None:
    later = at("09:00") + dt.timedelta(days=9)
    with opened_at("19:45", played_days, tmp_path) as left_in_its_evening:
        players_then = Players(left_in_its_evening, SEED, lambda: later)
        while players_then.play():
            pass
        with left_in_its_evening.read() as session:
            done = queries.progress(session)
            days = {str(one).split()[1] for one in session.scalars(select(Referral.sender_reference))}
    assert done is not None
    assert done.day == DAY + dt.timedelta(days=9)
    assert days == {f"{DAY:%Y-%m-%d}", f"{done.day:%Y-%m-%d}"}


def test_that_tasks_are_taken_up_and_the_newest_left_to_the_trainee(
    played_days: Path, tmp_path: Path
) -> None:
    with opened_at("19:45", played_days, tmp_path) as database, database.read() as session:
        tasks = session.query(Task).filter(Task.kind == TaskKind.CLINICIAN_NOW).all()
    assert tasks
    assert all(one.done_at is not None for one in tasks)
    assert all(one.accepted_at is None or one.accepted_at > one.created_at for one in tasks)


def test_that_an_ordinary_database_has_no_players(sqlite_url: str, now: dt.datetime) -> None:
    ordinary = open_database(sqlite_url)
    try:
        setup.apply(ordinary, now, with_demo=True)
        desk = Desk(ordinary, system(ordinary), lambda: now)
        assert desk.training.play() == 0
        assert count(ordinary, Referral) == 0
    finally:
        ordinary.close()
