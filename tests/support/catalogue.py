"""What a database holds besides its tables: functions, triggers, policies and grants, one line for each.

`python -m tests.support.catalogue` makes a new database of each kind by the migrations, and a secured one,
and writes what they hold into tests/migrations/catalogue/, and the sum of each SQL file into sums.txt. A test
holds them against each other, so that nothing of it changes unseen; what changed is read in the difference of
the commit.
"""

import hashlib
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from sqlalchemy import Connection, text

from db.connect import address, for_reading, make_engine
from db.install import install
from db.upgrade import upgrade
from migrations.sql_files import FOLDER as SQL
from tests.support.postgresql import running_server

FOLDER = Path(__file__).resolve().parents[1] / "migrations" / "catalogue"
SUMS = FOLDER / "sums.txt"
# What the owner may do with what is theirs is no grant, and differs between versions of the server.
_GRANTED = """
SELECT '{kind} ' || of.name || ' to '
       || CASE a.grantee WHEN 0 THEN 'everybody' ELSE a.grantee::regrole::text END || ': '
       || string_agg(a.privilege_type || CASE WHEN a.is_grantable THEN ' and pass it on' ELSE '' END,
                     ', ' ORDER BY a.privilege_type)
  FROM (SELECT {name} AS name, {acl} AS acl, {owner} AS owner FROM {tables} WHERE {ours}) of,
       aclexplode(of.acl) a
 WHERE a.grantee <> of.owner
 GROUP BY of.name, a.grantee
"""
_OURS = (
    "n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema' AND NOT EXISTS"
    " (SELECT 1 FROM pg_depend d WHERE d.objid = {oid} AND d.deptype = 'e')"
)
_TABLE = "c.relnamespace::regnamespace || '.' || c.relname"
_FUNCTION = "p.oid::regprocedure::text"
POSTGRESQL = (
    f"""
SELECT 'function ' || {_FUNCTION} || ' returns ' || pg_get_function_result(p.oid) || ' ' || l.lanname
       || CASE p.provolatile WHEN 'i' THEN ' immutable' WHEN 's' THEN ' stable' ELSE '' END
       || CASE WHEN p.prosecdef THEN ' security definer' ELSE '' END
       || coalesce(' set ' || array_to_string(p.proconfig, ' '), '') || ' ' || md5(p.prosrc)
  FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_language l ON l.oid = p.prolang
 WHERE {_OURS.format(oid="p.oid")}
""",  # noqa: S608 - our own words
    f"""
SELECT 'trigger ' || pg_get_triggerdef(t.oid)
       || CASE t.tgenabled WHEN 'O' THEN '' ELSE ' in state ' || t.tgenabled::text END
  FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE NOT t.tgisinternal AND {_OURS.format(oid="c.oid")}
""",  # noqa: S608 - our own words
    """
SELECT format('policy %s on %s.%s: %s for %s to %s using (%s) check (%s)', policyname, schemaname, tablename,
              permissive, cmd, array_to_string(roles, ', '), qual, with_check)
  FROM pg_policies
""",
    f"""
SELECT 'row security on ' || {_TABLE}
       || CASE WHEN c.relforcerowsecurity THEN ', for its owner too' ELSE '' END
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relrowsecurity AND {_OURS.format(oid="c.oid")}
""",  # noqa: S608 - our own words
    f"""
SELECT 'view ' || {_TABLE} || coalesce(' with ' || array_to_string(c.reloptions, ' '), '')
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relkind IN ('v', 'm') AND {_OURS.format(oid="c.oid")}
""",  # noqa: S608 - our own words
    _GRANTED.format(
        kind="grant on",
        name=_TABLE,
        tables="pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace",
        acl="c.relacl",
        owner="c.relowner",
        ours=_OURS.format(oid="c.oid"),
    ),
    _GRANTED.format(
        kind="grant on column",
        name=f"{_TABLE} || '.' || o.attname",
        tables="pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " JOIN pg_attribute o ON o.attrelid = c.oid",
        acl="o.attacl",
        owner="c.relowner",
        ours=_OURS.format(oid="c.oid"),
    ),
    _GRANTED.format(
        kind="grant on function",
        name=_FUNCTION,
        tables="pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace",
        acl="coalesce(p.proacl, acldefault('f', p.proowner))",
        owner="p.proowner",
        ours=_OURS.format(oid="p.oid"),
    ),
    _GRANTED.format(
        kind="grant on schema",
        name="n.nspname",
        tables="pg_namespace n",
        acl="coalesce(n.nspacl, acldefault('n', n.nspowner))",
        owner="n.nspowner",
        ours=_OURS.format(oid="n.oid"),
    ),
    _GRANTED.format(
        kind="grant by default on",
        name="d.defaclobjtype::text",
        tables="pg_default_acl d",
        acl="d.defaclacl",
        owner="d.defaclrole",
        ours="true",
    ),
)
SQLITE = ("SELECT 'trigger ' || name || ' on ' || tbl_name, sql FROM sqlite_master WHERE type = 'trigger'",)
STATEMENTS = {"postgresql": POSTGRESQL, "sqlite": SQLITE}


def held(connection: Connection) -> list[str]:
    """Give every line for a database, in order; what is long stands there as its sum."""
    found = set()
    for statement in STATEMENTS[connection.dialect.name]:
        for line, *long in connection.execute(text(statement)):
            found.add(
                " ".join([" ".join(line.split()), *(_sum(" ".join(one.split()).encode()) for one in long)])
            )
    return sorted(found)


def sums() -> list[str]:
    """Give the sum of every SQL file of the migrations."""
    return [
        f"{_sum(file.read_bytes())} {file.relative_to(SQL).as_posix()}" for file in sorted(SQL.rglob("*.sql"))
    ]


def grants(connection: Connection) -> list[str]:
    """Give the grants alone: a secured database differs from an open one in nothing else of the service's."""
    return [line for line in held(connection) if line.startswith("grant ") or " people." in line]


def kept(dialect: str) -> list[str]:
    """Give the lines that were written last."""
    return (FOLDER / f"{dialect}.txt").read_text(encoding="utf-8").splitlines()


def _plain(words: str) -> str:
    return " ".join(words.split())


def _sum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:32]


def _made(
    url: str,
    make: Callable[[str], None] = upgrade,
    give: Callable[[Connection], list[str]] = held,
) -> list[str]:
    make(url)
    engine = make_engine(address(url))
    with for_reading(engine).connect() as connection:
        found = give(connection)
    engine.dispose()
    return found


def main() -> None:
    """Write all of it."""
    for name, lines in _all():
        (FOLDER / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


def _all() -> Iterator[tuple[str, list[str]]]:
    with running_server() as server, server.database() as name:
        yield "postgresql.txt", _made(server.url(name))
        yield "secured.txt", _made(server.url("secured"), install, grants)
    with tempfile.TemporaryDirectory() as folder:
        yield "sqlite.txt", _made(f"sqlite:///{folder}/new.sqlite")
    yield SUMS.name, sums()


if __name__ == "__main__":
    main()
