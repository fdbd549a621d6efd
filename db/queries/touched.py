"""Which rows of the board a change touches."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from sqlalchemy import and_, or_, select

from console.domain.chase_words import Subject
from db.models import Chase, Contact, Hub, Outcome, QueueEntry, Referral, Report, Snooze, Task, Visit
from db.models.care import ACTIVE, IN_QUEUE, NOT_ACCEPTED
from db.models.referral import OPEN
from db.queries.markers import AROUND
from db.queries.reading import Reader, Statement, in_lengths, literally, many, records


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the change log: which row, and whom it concerns."""

    id: int
    tbl: str
    op: str
    row_id: int
    hub_id: int | None = None
    referral_id: int | None = None
    patient_id: int | None = None
    practitioner_id: int | None = None


def _ids() -> set[int]:
    return set()


@dataclass(slots=True)
class Touched:
    """Ids of the rows to be read again."""

    hubs: set[int] = field(default_factory=_ids)
    referrals: set[int] = field(default_factory=_ids)
    practitioners: set[int] = field(default_factory=_ids)
    queue: set[int] = field(default_factory=_ids)
    reports: set[int] = field(default_factory=_ids)
    tasks: set[int] = field(default_factory=_ids)
    # Referrals of which every report is read again: another patient was given them, and the reports show the
    # name; or a talk with the practice was taken back, which names no report any more.
    with_reports: set[int] = field(default_factory=_ids)


# The rows that show a patient, practice, person of the staff or marker; `ids` are those that changed.
_OPEN_REFERRALS = select(Referral.id).where(literally("referral", OPEN))
_OPEN_REPORTS = select(Report.id).where(literally("report", NOT_ACCEPTED))
_OPEN_TASKS = select(Task.id).where(Task.done_at.is_(None))
_IN_QUEUE = select(QueueEntry.id).where(literally("queue_entry", IN_QUEUE))
_IDS = many("ids")

SHOWN_BY: dict[str, dict[str, Statement]] = {
    "patient": {
        "referrals": _OPEN_REFERRALS.where(Referral.patient_id.in_(_IDS)),
        "reports": _OPEN_REPORTS.join(Referral, Referral.id == Report.referral_id).where(
            Referral.patient_id.in_(_IDS)
        ),
    },
    "marker": {"referrals": AROUND},
    "practice": {
        "referrals": _OPEN_REFERRALS.where(Referral.practice_id.in_(_IDS)),
        "reports": _OPEN_REPORTS.where(Report.practice_id.in_(_IDS)),
    },
    "practitioner": {
        "referrals": select(Visit.referral_id.label("id")).where(
            literally("visit", ACTIVE), Visit.practitioner_id.in_(_IDS)
        ),
        "queue": _IN_QUEUE.where(QueueEntry.practitioner_id.in_(_IDS)),
        # By their name, and by their login where they have one: who has it may write and sign.
        "reports": _OPEN_REPORTS.join(Outcome, Outcome.id == Report.outcome_id).where(
            Outcome.practitioner_id.in_(_IDS)
        ),
    },
    "staff": {
        "hubs": select(Hub.id).where(Hub.diverted_by_id.in_(_IDS)),
        "reports": _OPEN_REPORTS.where(
            or_(
                Report.author_id.in_(_IDS),
                Report.signed_by_id.in_(_IDS),
                Report.released_by_id.in_(_IDS),
            )
        ),
        "tasks": _OPEN_TASKS.where(Task.accepted_by_id.in_(_IDS)),
    },
    "snooze": {
        "reports": _OPEN_REPORTS.join(
            Snooze,
            or_(
                and_(Snooze.subject_kind == Subject.REPORT, Snooze.subject_id == Report.id),
                and_(Snooze.subject_kind == Subject.PRACTICE, Snooze.subject_id == Report.practice_id),
            ),
        ).where(Snooze.id.in_(_IDS))
    },
    "chase": {
        "reports": _OPEN_REPORTS.join(
            Chase, and_(Chase.subject_kind == Subject.REPORT, Chase.subject_id == Report.id)
        ).where(Chase.id.in_(_IDS))
    },
    "contact": {
        "reports": _OPEN_REPORTS.join(Contact, Contact.report_id == Report.id).where(Contact.id.in_(_IDS))
    },
    # The name of a hub stands on all its rows; the feed reads the whole board when a name changes.
    "hub": {"hubs": select(Hub.id)},
    "hub_hours": {"hubs": select(Hub.id)},
}
OWN_KIND = {"queue_entry": "queue", "report": "reports", "task": "tasks"}
"""Tables whose rows are rows of the board; referrals and practitioners stand in columns of their own."""

ON_EVERY_BOARD = ("snooze",)
"""Tables whose rows have a hub and yet are shown by others: a practice is called by one hub for all."""

BESIDE_ITS_REFERRAL = ("task",)
"""Tables whose rows name a referral, and of which its row shows nothing."""

PEOPLE = ("practitioner", "competence", "shift", "position", "visit", "queue_entry", "task")
"""Tables that say what a practitioner is doing, and whether they answer."""


_SHOW_MORE = {*SHOWN_BY, *OWN_KIND, *PEOPLE, *ON_EVERY_BOARD}


def is_of_referrals_alone(change: Change, hub_ids: Collection[int]) -> bool:
    """Tell whether a change touches no more of these hubs' board than the row of its referral.

    That of another hub alone touches nothing of it; one without a hub may touch anything.
    """
    if change.hub_id is None or change.tbl in _SHOW_MORE:
        return False
    return change.hub_id not in hub_ids or (change.referral_id is not None and change.op != "D")


def touched(reader: Reader, changes: Iterable[Change], hub_ids: Collection[int]) -> Touched:
    """Find the rows of these hubs' board that the changes touch."""
    found = Touched()
    shown: dict[str, set[int]] = {}
    patients: dict[int, int] = {}
    for change in changes:
        is_anybodys = change.hub_id is None or change.tbl in ON_EVERY_BOARD
        is_ours = is_anybodys or change.hub_id in hub_ids
        _note(found, shown, change, is_ours=is_ours)
        # A referral that is given to another patient leaves two lines, one for each.
        patient = change.patient_id
        if change.tbl == "referral" and patient and patients.setdefault(change.row_id, patient) != patient:
            found.with_reports.add(change.row_id)
    for table, ids in shown.items():
        for kind, statement in SHOWN_BY[table].items():
            for some in in_lengths(ids):
                getattr(found, kind).update(one["id"] for one in records(reader, statement, ids=some))
    return found


def _note(found: Touched, shown: dict[str, set[int]], change: Change, *, is_ours: bool) -> None:
    # A practitioner of ours may be at work for another hub.
    if change.practitioner_id is not None and change.tbl in PEOPLE:
        found.practitioners.add(change.practitioner_id)
    if change.tbl == "practitioner":
        found.practitioners.add(change.row_id)
    if not is_ours:
        return
    if change.referral_id is not None and change.tbl not in BESIDE_ITS_REFERRAL:
        found.referrals.add(change.referral_id)
    if change.tbl == "referral":
        found.referrals.add(change.row_id)
    if change.tbl in OWN_KIND:
        getattr(found, OWN_KIND[change.tbl]).add(change.row_id)
    if change.tbl in SHOWN_BY:
        shown.setdefault(change.tbl, set()).add(change.row_id)
    if change.tbl == "contact" and change.op == "D" and change.referral_id is not None:
        found.with_reports.add(change.referral_id)
    if change.tbl == "marker" and change.patient_id is not None:
        shown.setdefault("patient", set()).add(change.patient_id)
