"""Writes SQLite's triggers: it has no generic ones, so each table gets its own, from the models.

`python -m migrations.sqlite_triggers 0007 task staff` writes migrations/sql/sqlite/0007_audit.sql and
0007_feed.sql for these tables. A released file is never written again: a migration that adds a column runs a
new file for that table, which takes the earlier triggers away first. Every name comes from our own models.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Table

from db.models import Referral

FOLDER = Path(__file__).parent / "sql" / "sqlite"
NOT_AUDITED = {
    *("worker_heartbeat", "training", "watch", "device_state", "position_count"),
    *("presence", "arrangement", "look"),
}
AUDITED_WHEN_MEDDLED_WITH = {"position"}
APPEND_ONLY = {"record_opening", "audit_export"}  # nothing else can become of a row
HIDDEN = {
    *(("received_message", "body"), ("device", "token_hash"), ("map_pack", "body")),
    *(("key_safe", "code"), ("key_safe", "place")),
}
NOT_FED = NOT_AUDITED | {
    "received_message",
    "patient_hub",
    "outgoing_message",
    "map_pack",
    "record_opening",
    "key_safe",
    "audit_export",
}
ON_EVERY_BOARD = {"hub", "practice", "staff_hub"}
KEYS = {"staff_hub": "staff_id", "patient_hub": "patient_id"}
EVENTS = {"I": ("insert", "NEW"), "U": ("update", "NEW"), "D": ("delete", "OLD")}
ACTOR = "login, actor_id, actor_name, actor_role, device, made_by"
ACTING = ", ".join(
    f"app_{name}()"
    for name in ("account", "actor_id", "actor_name", "actor_role", "actor_device", "actor_made_by")
)
BETWEEN = " ;;\n"


def tables() -> list[Table]:
    """Return every modelled table by name."""
    return [Referral.metadata.tables[name] for name in sorted(Referral.metadata.tables)]


def audit_triggers() -> Iterator[str]:
    """Write who changed which columns, for each table that people change."""
    for table in tables():
        if table.name not in NOT_AUDITED:
            for op in _audited(table):
                yield _audit(table, op)


def _audited(table: Table) -> str:
    if table.name in APPEND_ONLY:
        return "I"
    return "UD" if table.name in AUDITED_WHEN_MEDDLED_WITH else "IUD"


def _audit(table: Table, op: str) -> str:
    event, row = EVENTS[op]
    ids = ", ".join(_value(table, name, row) for name in ("hub_id", "referral_id", "patient_id"))
    return (
        f"CREATE TRIGGER zz_audit_{table.name}_{event} AFTER {event.upper()} ON {table.name}\nBEGIN\n"  # noqa: S608 - our own names
        f"  INSERT INTO audit_log ({ACTOR}, tbl, op, row_id, hub_id, referral_id, patient_id, old, new)\n"
        f"  SELECT {ACTING},\n         '{table.name}', '{op}', {row}.{_key(table)}, {ids},\n"
        f"         {_old_and_new(op)}\n"
        f"    FROM (\n      {_columns(table, op)})\n"
        f"   {'WHERE was IS NOT is_now ' if op == 'U' else ''}GROUP BY NULL;\nEND"
    )


def _old_and_new(op: str) -> str:
    old = "NULL" if op == "I" else "json_group_object(name, was)"
    new = "NULL" if op == "D" else "json_group_object(name, is_now)"
    return f"{old}, {new}"


def _columns(table: Table, op: str) -> str:
    names = [column.name for column in table.columns if (table.name, column.name) not in HIDDEN]
    old = "NULL" if op == "I" else "OLD.{}"
    new = "NULL" if op == "D" else "NEW.{}"
    return "\n      UNION ALL ".join(
        f"SELECT '{name}' AS name, {old.format(name)} AS was, {new.format(name)} AS is_now" for name in names
    )


def feed_triggers() -> Iterator[str]:
    """Write which rows a console has to read again, for each table that a board shows."""
    for table in tables():
        if table.name not in NOT_FED:
            yield from (_feed(table, op) for op in "IUD")
            if moved := _moved(table):
                yield moved


def _feed(table: Table, op: str) -> str:
    event, row = EVENTS[op]
    return (
        f"CREATE TRIGGER zz_feed_{table.name}_{event} AFTER {event.upper()} ON {table.name}\n"
        f"BEGIN\n  {_line(table, repr(op), row)}\nEND"
    )


def _moved(table: Table) -> str | None:
    """A row that changes hub vanishes from the old board; both patients or practitioners are read again."""
    names = [name for name in ("hub_id", "referral_id", "patient_id", "practitioner_id") if _has(table, name)]
    if not names:
        return None
    changed = " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in names)
    op = "CASE WHEN OLD.hub_id IS NOT NEW.hub_id THEN 'D' ELSE 'U' END" if "hub_id" in names else "'U'"
    return (
        f"CREATE TRIGGER zz_feed_{table.name}_moved AFTER UPDATE ON {table.name}\nWHEN {changed}\n"
        f"BEGIN\n  {_line(table, op, 'OLD')}\nEND"
    )


def _line(table: Table, op: str, row: str) -> str:
    names = ("hub_id", "referral_id", "patient_id", "practitioner_id", "version")
    values = [_value(table, name, row) for name in names]
    if table.name in ON_EVERY_BOARD:
        values[0] = "NULL"
    return (
        f"INSERT INTO change_log (tbl, op, row_id, {', '.join(names)})\n"  # noqa: S608 - our own names
        f"  VALUES ('{table.name}', {op}, {row}.{_key(table)}, {', '.join(values)});"
    )


def _key(table: Table) -> str:
    return KEYS.get(table.name, "id")


def _has(table: Table, name: str) -> bool:
    return name in table.columns and not (table.name in ON_EVERY_BOARD and name == "hub_id")


def _value(table: Table, name: str, row: str) -> str:
    if f"{table.name}_id" == name and name != "hub_id":
        return f"{row}.id"
    return f"{row}.{name}" if name in table.columns else "NULL"


def main(revision: str, *names: str) -> None:
    """Write both files of a revision for these tables."""
    for name, triggers in (("audit", audit_triggers()), ("feed", feed_triggers())):
        made = [one for one in triggers if _table_of(one) in names]
        gone = [f"DROP TRIGGER IF EXISTS {one.split()[2]}" for one in made]
        text = BETWEEN.join([*gone, *made]) + "\n"
        (FOLDER / f"{revision}_{name}.sql").write_text(text, encoding="utf-8")


def _table_of(trigger: str) -> str:
    """Read which table a trigger is on: CREATE TRIGGER name AFTER event ON table."""
    return trigger.split()[6]


if __name__ == "__main__":
    main(*sys.argv[1:])
