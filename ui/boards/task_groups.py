"""Many equal tasks as one line: two thousand late reports must not bury the one patient who is worse."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace

from console.domain.alarms import roles_of
from console.domain.rows import TaskRow
from console.domain.visit_address import is_about_address
from console.domain.welfare import is_search
from console.domain.words import Role, TaskKind

# Where a line of many leads; what is not named opens where it stands.
LEADS_TO = {
    TaskKind.REPORT_LATE: ("reports", "overdue"),
    TaskKind.REPORTS_UNSIGNED: ("reports", "unsigned"),
    TaskKind.REPORT_UNANSWERED: ("reports", "calls"),
}
_MANY = {
    TaskKind.REPORT_LATE: "reports are late",
    TaskKind.REPORTS_UNSIGNED: "shifts left reports unsigned",
    TaskKind.REPORT_UNANSWERED: "practices have to be called",
    TaskKind.REPORT_OWNER: "referrals have no practice",
    TaskKind.GP_LIAISON: "liaisons are owed",
    TaskKind.POSITION_STALE: "positions are out of date",
    TaskKind.REMINDER_UNCERTAIN: "reminders may not have come",
}
AT_MOST = 4
"""So many equal ones stand each in their own line."""


def is_group(row: TaskRow) -> bool:
    """Whether a line stands for many tasks: no key acts on it as on one."""
    return row.id < 0


def grouped(rows: Iterable[TaskRow], opened: Collection[TaskKind] = ()) -> list[TaskRow]:
    """Give the tasks, equal ones that nobody has accepted as one line each; those that are opened stay."""
    found: list[TaskRow] = []
    equal: dict[tuple[TaskKind, Role], list[TaskRow]] = defaultdict(list)
    for row in rows:
        if row.kind in _MANY and row.kind not in opened and row.accepted_by is None:
            equal[row.kind, row.role].append(row)
        else:
            found.append(row)
    for many in equal.values():
        found += [_line(many)] if len(many) > AT_MOST else many
    return found


def once(rows: Iterable[TaskRow], role: Role) -> list[TaskRow]:
    """Give what is asked of several roles at once as one line that names them all.

    It is the task of the reader's own role, so that keys act on what is theirs; else one that stands open.
    """
    found: list[TaskRow] = []
    asked: dict[tuple[TaskKind, str], list[TaskRow]] = defaultdict(list)
    for row in rows:
        if _is_of_all(row):
            asked[row.kind, row.subject].append(row)
        else:
            found.append(row)
    for same in asked.values():
        own = min(same, key=lambda row: (role not in roles_of(row), row.accepted_by is not None, row.id))
        found.append(own if len(same) == 1 else replace(own, words=f"{_answers(same)} {own.words}"))
    return found


def _is_of_all(row: TaskRow) -> bool:
    """Whether it may be asked of several roles, and whoever answers first answers for all."""
    is_of_people = row.kind is TaskKind.DURESS or is_search(row.kind, row.subject)
    return is_of_people or is_about_address(row.subject)


def _answers(same: Iterable[TaskRow]) -> str:
    """Of whom it is asked, and who has taken it."""
    listed = sorted(same, key=lambda row: list(Role).index(row.role))
    said = ", ".join(f"{row.role}{f' ({row.accepted_by})' if row.accepted_by else ''}" for row in listed)
    return f"{said[:1].upper()}{said[1:]}:"


def _line(many: list[TaskRow]) -> TaskRow:
    """One line as urgent as the first of them."""
    first = min(many, key=lambda row: (row.due_at, row.id))
    hubs = ", ".join(sorted({row.hub for row in many}))
    return replace(
        first,
        # The same line as long as the kind and the role are the same: a selection stays on it.
        id=-1 - list(TaskKind).index(first.kind) * len(Role) - list(Role).index(first.role),
        words=f"{len(many):,} {_MANY[first.kind]}. Enter shows them.",
        hub=hubs,
        subject="",
        referral_id=None,
        referral_number=f"{len(many):,} tasks",
        report_id=None,
        practitioner_id=None,
        created_at=min(row.created_at for row in many),
    )
