"""Make room for chasing: what is looked at next, chases, snoozes, messages; and mark training data."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import WHOLE, UTCDateTime, word
from migrations.sql_files import run_sql

revision = "0007"
down_revision = "0006"

BEFORE = (
    "clinician_now waiting_call failed_contact no_reply_concern divert_notice telephone_gp gp_liaison "
    "report_owner overnight escalation ambulance_take_over report_late visit_unacknowledged welfare"
)
TASK_KIND = (
    f"{BEFORE} safe_home duress triage_late response_late hub_closing position_stale reports_unsigned "
    "report_unanswered reminder_uncertain"
)
ROLE = "coordinator clinician supervisor practitioner service_manager auditor administrator system"
SUBJECT = "referral visit shift report practice hub task"
WAY = "task mail record"


def upgrade() -> None:
    """Make the tables of chasing, and let more be asked of people."""
    op.drop_table("chase")  # nothing has ever written into it, and its shape was not the right one
    _task_kinds()
    op.add_column("staff", sa.Column("mail", sa.String(), nullable=True))
    op.add_column("worker_heartbeat", sa.Column("looked_at", UTCDateTime(), nullable=True))
    _watch()
    _outgoing_message()
    _chase()
    _snooze()
    _training()
    for name in ("audit", "feed", "watch"):
        run_sql(f"0007_{name}")


def _task_kinds() -> None:
    """The same may be asked of two roles, and there is more to ask."""
    op.drop_index("uq_task_open_subject", "task")
    if op.get_bind().dialect.name == "sqlite":
        _task_anew()
    else:
        kinds = ", ".join(f"'{kind}'" for kind in TASK_KIND.split())
        op.drop_constraint(op.f("ck_task_task_kind"), "task", type_="check")
        op.create_check_constraint(op.f("ck_task_task_kind"), "task", f"kind IN ({kinds})")
    op.create_index(
        "uq_task_open_subject",
        "task",
        ["kind", "subject", "role"],
        unique=True,
        postgresql_where=sa.text("done_at IS NULL"),
        sqlite_where=sa.text("done_at IS NULL"),
    )


def _task_anew() -> None:
    """SQLite changes no constraint in place; Alembic's own copy of a table would lose the others."""
    op.drop_index("ix_task_open", "task")
    op.rename_table("task", "task_before")
    people = ("accepted_by_id", "done_by_id")
    keys = {
        "hub": "hub_id",
        "practitioner": "practitioner_id",
        "referral": "referral_id",
        "report": "report_id",
    }
    op.create_table(
        "task",
        sa.Column("hub_id", WHOLE, nullable=False),
        sa.Column("role", word("role", ROLE), nullable=False),
        sa.Column("kind", word("task_kind", TASK_KIND), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("referral_id", WHOLE, nullable=True),
        sa.Column("report_id", WHOLE, nullable=True),
        sa.Column("practitioner_id", WHOLE, nullable=True),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("due_at", UTCDateTime(), nullable=False),
        sa.Column("accepted_by_id", WHOLE, nullable=True),
        sa.Column("accepted_at", UTCDateTime(), nullable=True),
        sa.Column("done_by_id", WHOLE, nullable=True),
        sa.Column("done_at", UTCDateTime(), nullable=True),
        sa.Column("result", sa.String(), nullable=True),
        sa.Column("version", WHOLE, server_default="1", nullable=False),
        sa.Column("id", WHOLE, sa.Identity(always=False), nullable=False),
        *(sa.ForeignKeyConstraint([one], ["staff.id"], name=f"fk_task_{one}") for one in people),
        *(
            sa.ForeignKeyConstraint([one], [f"{table}.id"], name=f"fk_task_{one}")
            for table, one in keys.items()
        ),
        sa.PrimaryKeyConstraint("id", name="pk_task"),
        sqlite_autoincrement=True,
    )
    columns = (
        "hub_id, role, kind, subject, words, referral_id, report_id, practitioner_id, created_at, due_at, "
        "accepted_by_id, accepted_at, done_by_id, done_at, result, version, id"
    )
    op.execute(f"INSERT INTO task ({columns}) SELECT {columns} FROM task_before")  # noqa: S608 - our own names
    op.drop_table("task_before")
    op.create_index("ix_task_open", "task", ["hub_id"], sqlite_where=sa.text("done_at IS NULL"))


def _watch() -> None:
    op.create_table(
        "watch",
        sa.Column("subject_kind", word("subject", SUBJECT), nullable=False),
        sa.Column("subject_id", WHOLE, nullable=False),
        sa.Column("next_at", UTCDateTime(), nullable=False),
        sa.Column("id", WHOLE, sa.Identity(always=False), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_watch"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_watch_next_at", "watch", ["next_at"], unique=False)
    op.create_index("ix_watch_subject", "watch", ["subject_kind", "subject_id"], unique=False)


def _outgoing_message() -> None:
    state = "queued sending sent cancelled failed uncertain"
    op.create_table(
        "outgoing_message",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("hub_id", WHOLE, nullable=True),
        sa.Column("way", word("way", WAY), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("subject_line", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=True),
        sa.Column("state", word("message_status", state), nullable=False),
        sa.Column("attempt", WHOLE, nullable=False),
        sa.Column("not_before", UTCDateTime(), nullable=False),
        sa.Column("lease_until", UTCDateTime(), nullable=True),
        sa.Column("worker", sa.String(), nullable=True),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("ended_at", UTCDateTime(), nullable=True),
        sa.Column("result", sa.String(), nullable=True),
        sa.Column("version", WHOLE, server_default="1", nullable=False),
        sa.Column("id", WHOLE, sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(["hub_id"], ["hub.id"], name="fk_outgoing_message_hub_id"),
        sa.PrimaryKeyConstraint("id", name="pk_outgoing_message"),
        sa.UniqueConstraint("key", name="uq_outgoing_message_key"),
        sqlite_autoincrement=True,
    )
    on_its_way = sa.text("state IN ('queued', 'sending')")
    op.create_index(
        "ix_outgoing_message_open",
        "outgoing_message",
        ["not_before"],
        unique=False,
        postgresql_where=on_its_way,
        sqlite_where=on_its_way,
    )


def _chase() -> None:
    state = "queued sent passed_over cancelled failed uncertain"
    key = ("subject_kind", "subject_id", "ladder", "step", "recipient", "round")
    op.create_table(
        "chase",
        sa.Column("subject_kind", word("subject", SUBJECT), nullable=False),
        sa.Column("subject_id", WHOLE, nullable=False),
        sa.Column("ladder", sa.String(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("round", WHOLE, nullable=False),
        sa.Column("hub_id", WHOLE, nullable=True),
        sa.Column("way", word("way", WAY), nullable=False),
        sa.Column("state", word("chase_state", state), nullable=False),
        sa.Column("due_at", UTCDateTime(), nullable=False),
        sa.Column("not_before", UTCDateTime(), nullable=False),
        sa.Column("planned_at", UTCDateTime(), nullable=False),
        sa.Column("ended_at", UTCDateTime(), nullable=True),
        sa.Column("result", sa.String(), nullable=True),
        sa.Column("task_id", WHOLE, nullable=True),
        sa.Column("message_id", WHOLE, nullable=True),
        sa.Column("version", WHOLE, server_default="1", nullable=False),
        sa.Column("id", WHOLE, sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(["hub_id"], ["hub.id"], name="fk_chase_hub_id"),
        sa.ForeignKeyConstraint(["message_id"], ["outgoing_message.id"], name="fk_chase_message_id"),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name="fk_chase_task_id"),
        sa.PrimaryKeyConstraint("id", name="pk_chase"),
        sa.UniqueConstraint(*key, name=f"uq_chase_{'_'.join(key)}"),
        sqlite_autoincrement=True,
    )
    queued = sa.text("state = 'queued'")
    op.create_index(
        "ix_chase_queued",
        "chase",
        ["not_before"],
        unique=False,
        postgresql_where=queued,
        sqlite_where=queued,
    )
    op.create_index("ix_chase_message", "chase", ["message_id"], unique=False)


def _snooze() -> None:
    op.create_table(
        "snooze",
        sa.Column("subject_kind", word("subject", SUBJECT), nullable=False),
        sa.Column("subject_id", WHOLE, nullable=False),
        sa.Column("hub_id", WHOLE, nullable=False),
        sa.Column("until_at", UTCDateTime(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by_id", WHOLE, nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("ended_at", UTCDateTime(), nullable=True),
        sa.Column("version", WHOLE, server_default="1", nullable=False),
        sa.Column("id", WHOLE, sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["staff.id"], name="fk_snooze_by_id"),
        sa.ForeignKeyConstraint(["hub_id"], ["hub.id"], name="fk_snooze_hub_id"),
        sa.PrimaryKeyConstraint("id", name="pk_snooze"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_snooze_subject", "snooze", ["subject_kind", "subject_id"], unique=False)


def _training() -> None:
    op.create_table(
        "training",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("epoch", UTCDateTime(), nullable=False),
        sa.Column("started_at", UTCDateTime(), nullable=False),
        sa.Column("speed", sa.Double(), nullable=False),
        sa.Column("seed", WHOLE, nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_training_one")),
        sa.CheckConstraint("speed > 0", name=op.f("ck_training_speed")),
        sa.PrimaryKeyConstraint("id", name="pk_training"),
    )
