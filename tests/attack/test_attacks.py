"""Nothing outside a person's role or hub is read or written, by whatever program."""

import re

import psycopg
import pytest
from psycopg import sql

from tests.attack.attacks import ALL, DENIED, LEAKS, NOTHING, REFUSED, Attack
from tests.attack.world import World

STATES = {"42501": DENIED, "DS001": REFUSED}


def outcome(world: World, login: str, attack: Attack) -> str:
    """Say it as somebody, and tell what came of it: a state, nothing, or how many rows."""
    connection, says = world.of(login), attack.with_ids(world.ids).encode()
    if login == "al":  # what is said first is no obstacle to an administrator
        for about in set(re.findall(r"staff_\w+\('([^']+)'", attack.says)):
            connection.execute("SELECT staff_ask(%s, 'attack')", (about,))
        connection.commit()
    try:
        cursor = connection.execute(says)
    except psycopg.errors.ActiveSqlTransaction:  # some things are done outside a transaction only
        connection.rollback()
        connection.autocommit = True
        with pytest.raises(psycopg.Error) as told:
            connection.execute(says)
        connection.autocommit = False
        return STATES.get(told.value.sqlstate or "", "lost")
    except psycopg.Error as error:
        return STATES.get(error.sqlstate or "", error.sqlstate or "lost")
    return str(cursor.rowcount) if cursor.rowcount else NOTHING


def named(attacks: list[Attack]) -> pytest.MarkDecorator:
    ids = [f"{one.kind}-{one.login}-{one.name}".replace(" ", "-") for one in attacks]
    return pytest.mark.parametrize("attack", attacks, ids=ids)


@named(ALL)
def test_that_an_attack_comes_to_nothing(attack: Attack, world: World) -> None:
    world.of("ann")  # a colleague is at work
    assert outcome(world, attack.login, attack) == attack.expected


@named([one for one in ALL if one.expected == NOTHING])
def test_that_an_attack_that_shows_nothing_would_show_the_owner_something(
    attack: Attack, world: World
) -> None:
    world.of("ann")
    assert outcome(world, "doorstep", attack).isdigit()


@named([one for one in ALL if one.expected == DENIED and one.kind == "scope"])
def test_that_an_attack_that_is_denied_is_a_statement_that_the_owner_can_run(
    attack: Attack, world: World
) -> None:
    assert outcome(world, "doorstep", attack) in {"1", "23505"}


@named(LEAKS)
def test_that_no_attack_makes_a_function_tell_what_it_must_not_see(attack: Attack, world: World) -> None:
    told = outcome(world, attack.login, attack)
    assert told == NOTHING or (told.isdigit() and attack.says.startswith("EXPLAIN"))
    assert outcome(world, "doorstep", attack)[:2] == "22"


def test_that_an_attack_on_the_audits_names_is_in_vain(world: World) -> None:
    jo = world.of("jo")
    for name, forged in (("id", str(world.ids["ann_staff"])), ("name", "Ann Lee"), ("role", "clinician")):
        jo.execute("SELECT set_config(%s, %s, true)", (f"doorstep.actor_{name}", forged))
    jo.execute("UPDATE referral SET caller = 'somebody' WHERE id = %s", (world.ids["fol_referral"],))
    jo.commit()
    line = world.owner.execute(
        "SELECT login, actor_id, actor_name, actor_role FROM audit_log"
        " WHERE tbl = 'referral' ORDER BY id DESC LIMIT 1"
    )
    assert line.fetchone() == ("jo", world.ids["jo_staff"], "Jo Bates", None)


ASK = "SELECT request_record(%s, NULL, 'coordinator', 'x', 'curious', now())"
OPEN = "SELECT phone FROM open_record(%s)"


def asked(world: World, patient: str) -> int:
    jo = world.of("jo")
    row = jo.execute(ASK, (world.ids[patient],)).fetchone()
    assert row is not None
    return int(row[0])


def test_that_an_attack_by_taking_the_question_back_opens_no_record(world: World) -> None:
    jo = world.of("jo")
    opening = asked(world, "fol_patient")
    with pytest.raises(psycopg.Error, match="Open this record first"), jo.transaction():
        jo.execute(OPEN, (opening,))
    jo.execute("SAVEPOINT before")
    within = asked(world, "fol_patient")
    jo.execute("RELEASE before")
    with pytest.raises(psycopg.Error, match="Open this record first"):
        jo.execute(OPEN, (within,))
    jo.rollback()
    with pytest.raises(psycopg.Error, match="Open this record first"):
        jo.execute(OPEN, (opening,))
    jo.rollback()
    jo.commit()
    opening = asked(world, "fol_patient")
    jo.commit()
    assert len(jo.execute(OPEN, (opening,)).fetchall()) == 1


def test_that_an_attack_on_another_hubs_record_shows_nothing_and_is_in_the_audit(world: World) -> None:
    jo = world.of("jo")
    opening = asked(world, "dov_patient")
    jo.commit()
    with pytest.raises(psycopg.Error, match="Your hubs do not know this patient"):
        jo.execute(OPEN, (opening,))
    line = world.owner.execute(
        "SELECT login, actor_name, patient_id, new ->> 'reason', new -> 'is_granted' FROM audit_log"
        " WHERE tbl = 'record_opening' AND row_id = %s",
        (opening,),
    ).fetchone()
    assert line == ("jo", "Jo Bates", world.ids["dov_patient"], "curious", False)


_NO_RELEASE = "released_version = NULL, released_by_id = NULL, released_at = NULL, released_because = NULL"


def test_that_an_attack_takes_no_release_off_a_report_that_was_sent_so(world: World) -> None:
    mo, ids = world.of("mo"), {"report": world.ids["fol_report"], "mo": world.ids["mo_staff"]}
    mo.execute(
        "UPDATE report SET released_version = content_version, released_by_id = %(mo)s, released_at = now(),"
        " released_because = 'ill' WHERE id = %(report)s",
        ids,
    )
    mo.execute("UPDATE report SET status = 'sent', sent_at = now() WHERE id = %(report)s", ids)
    mo.execute("UPDATE report SET status = 'delivered' WHERE id = %(report)s", ids)
    for change in ("released_because = 'better'", _NO_RELEASE):
        with pytest.raises(psycopg.Error, match=r"its release stays|Only a draft"), mo.transaction():
            mo.execute(f"UPDATE report SET {change} WHERE id = %(report)s", ids)  # noqa: S608 - our own words
    mo.rollback()


def test_that_an_attack_finds_a_key_safe_code_in_no_log(world: World) -> None:
    jo = world.of("jo")
    row = jo.execute(
        "SELECT request_key_safe(%s, %s, 'coordinator', 'x', 'curious', now())",
        (world.ids["fol_patient"], world.ids["fol_referral"]),
    ).fetchone()
    assert row is not None
    jo.commit()
    assert jo.execute("SELECT code FROM show_key_safe(%s)", row).fetchall() == [("ZK47x11",)]
    with pytest.raises(psycopg.Error, match="Open this record first"):
        jo.execute(OPEN, row)
    looked_in = ("audit_log", "step", "change_log", "record_opening")
    for log in looked_in:
        found = world.owner.execute(
            sql.SQL("SELECT count(*) FROM {} one WHERE one::text ~ 'ZK47x11|left of the door'").format(
                sql.Identifier(log)
            )
        ).fetchone()
        assert found == (0,), log
    world.owner.rollback()


def test_that_no_attack_on_people_is_refused_unseen(world: World) -> None:
    al = world.of("al")
    give, unsaid = "SELECT staff_roles('rae', '{system}')", "is written down before it is done"
    for asked in ("SELECT 1", "SELECT staff_ask('rae', 'x')", "SELECT staff_ask('mo', 'other'); COMMIT"):
        al.execute(asked.encode())  # nothing; taken back with what it asks for; about somebody else
        with pytest.raises(psycopg.Error, match=unsaid):
            al.execute(give)
        al.rollback()
    al.execute("SELECT staff_ask('rae', 'make her Doorstep')")
    al.commit()
    with pytest.raises(psycopg.Error, match="has one or more of the roles of persons"):
        al.execute(give)
    al.rollback()
    kept = world.owner.execute(
        "SELECT actor_name, new ->> 'about', new ->> 'what' FROM audit_log"
        " WHERE tbl = 'staff_ask' AND login = 'al' ORDER BY id DESC LIMIT 2"
    ).fetchall()
    assert kept == [("Al Reed", "rae", "make her Doorstep"), ("Al Reed", "mo", "other")]


def test_that_an_attack_from_a_session_of_a_disabled_person_sees_nothing(world: World) -> None:
    jo = world.of("jo")
    count = "SELECT count(*) FROM referral"
    row = jo.execute(count).fetchone()
    assert row is not None
    assert row[0] > 0
    jo.rollback()
    world.owner.execute("UPDATE staff SET is_active = false WHERE login = 'jo'")
    world.owner.commit()
    try:
        assert jo.execute(count).fetchone() == (0,)
        assert jo.execute("SELECT count(*) FROM staff").fetchone() == (0,)
    finally:
        world.owner.execute("UPDATE staff SET is_active = true WHERE login = 'jo'")
        world.owner.commit()


@pytest.mark.parametrize(
    ("name", "value"),
    [("statement_timeout", "15s"), ("lock_timeout", "3s"), ("idle_in_transaction_session_timeout", "20s")],
)
def test_that_an_attack_by_waiting_ends_by_itself(name: str, value: str, world: World) -> None:
    assert world.of("jo").execute(f"SHOW {name}").fetchone() == (value,)


def test_that_an_attack_with_many_connections_is_bounded(world: World) -> None:
    limit = world.owner.execute("SELECT rolconnlimit FROM pg_roles WHERE rolname = 'jo'").fetchone()
    assert limit == (20,)


def test_that_an_attack_by_a_stranger_finds_no_door(world: World) -> None:
    world.owner.execute("CREATE ROLE stranger LOGIN")
    world.owner.commit()
    try:
        with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
            world.of("stranger")
    finally:
        world.owner.execute("DROP ROLE stranger")
        world.owner.commit()


def test_that_no_attack_waits_for_a_definer_function_with_a_path_of_the_caller(world: World) -> None:
    loose = world.owner.execute(
        "SELECT oid::regprocedure::text FROM pg_proc WHERE prosecdef"
        " AND pronamespace IN ('public'::regnamespace, 'people'::regnamespace)"
        " AND NOT coalesce(proconfig @> ARRAY['search_path=pg_catalog, pg_temp'], false)"
    )
    assert loose.fetchall() == []


def test_that_no_attack_locks_a_table_by_a_right_to_all_of_it(world: World) -> None:
    people = world.owner.execute(
        "SELECT r.rolname, c.relname, a.privilege_type FROM pg_class c, aclexplode(c.relacl) a"
        " JOIN pg_roles r ON r.oid = a.grantee WHERE c.relnamespace = 'public'::regnamespace"
        " AND c.relkind = 'r' AND a.privilege_type NOT IN ('SELECT', 'INSERT')"
        " AND r.rolname NOT IN ('doorstep_owner', 'doorstep_worker')"
    )
    assert people.fetchall() == []


def test_that_no_attack_takes_back_what_somebody_else_has_changed_since(world: World) -> None:
    jo, ann = world.of("jo"), world.of("ann")
    made = jo.execute(
        "INSERT INTO task (hub_id, role, kind, subject, words, created_at, due_at)"
        " VALUES (%s, 'clinician', 'escalation', 'own', '', now(), now())",
        (world.ids["fol"],),
    )
    assert made.rowcount == 1
    jo.commit()
    ann.execute("UPDATE task SET accepted_by_id = %s WHERE subject = 'own'", (world.ids["ann_staff"],))
    ann.commit()
    with pytest.raises(psycopg.Error, match="Something has changed since"):
        jo.execute("SELECT take_back('task', (SELECT id FROM task WHERE subject = 'own'))")
    jo.rollback()
    world.owner.execute("DELETE FROM task WHERE subject = 'own'")
    world.owner.commit()


def test_that_an_attack_on_somebody_s_lease_leaves_it(world: World) -> None:
    world.of("jo").execute("SELECT give_lease_back('fol'), forget_leases(now(), now())")
    assert world.of("jo").execute("SELECT FROM presence WHERE console = 'fol'").rowcount == 1


def test_that_no_attack_finds_a_table_without_row_security_or_a_right_of_everybody(world: World) -> None:
    bare = world.owner.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"
        " AND NOT relrowsecurity"
    )
    assert bare.fetchall() == [("alembic_version",)]
    open_to_all = world.owner.execute(
        "SELECT c.relname FROM pg_class c, aclexplode(c.relacl) a"
        " WHERE c.relnamespace = 'public'::regnamespace AND a.grantee = 0"
        " UNION ALL SELECT p.proname FROM pg_proc p,"
        " aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a"
        " WHERE p.pronamespace IN ('public'::regnamespace, 'people'::regnamespace) AND a.grantee = 0"
    )
    assert open_to_all.fetchall() == []


def test_that_the_attacks_are_many_and_of_each_kind() -> None:
    assert len(ALL) + len(LEAKS) >= 80
    assert {one.expected for one in ALL} == {NOTHING, DENIED, REFUSED}
