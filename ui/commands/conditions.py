"""When a command can be run: what must be chosen, and what the person's role may do."""

from collections.abc import Callable

from console.domain.permissions import Deed
from console.domain.rows import PractitionerRow, QueueRow, ReferralRow, ReportRow, TaskRow
from ui.session import Session

When = Callable[[Session], bool]


def always(_: Session) -> bool:
    """At any time."""
    return True


def may(deed: Deed) -> When:
    """When the role may do it."""
    return lambda session: session.may(deed)


def referral_with(deed: Deed, holds: Callable[[ReferralRow], bool] = lambda _: True) -> When:
    """When an open referral is chosen of which this holds."""
    return lambda session: session.may(deed) and (row := session.referral) is not None and holds(row)


def queue_entry_with(deed: Deed, holds: Callable[[QueueRow], bool] = lambda _: True) -> When:
    """When an entry of a hub's queue is chosen of which this holds."""
    return lambda session: session.may(deed) and (row := session.queue_entry) is not None and holds(row)


def practitioner_with(deed: Deed, holds: Callable[[PractitionerRow], bool] = lambda _: True) -> When:
    """When a practitioner is chosen of whom this holds."""
    return lambda session: session.may(deed) and (row := session.practitioner) is not None and holds(row)


def report_with(deed: Deed, holds: Callable[[ReportRow], bool] = lambda _: True) -> When:
    """When a report is chosen of which this holds."""
    return lambda session: session.may(deed) and (row := session.report) is not None and holds(row)


def task_with(deed: Deed, holds: Callable[[TaskRow], bool] = lambda _: True) -> When:
    """When a task is chosen of which this holds."""
    return lambda session: session.may(deed) and (row := session.task) is not None and holds(row)


def in_front(session: Session, *workspaces: str) -> bool:
    """Whether one of these workspaces is in front."""
    return session.selection.front in workspaces


def the_referral(session: Session) -> ReferralRow | None:
    """The chosen referral, for its dialog."""
    return session.referral


def the_queue_entry(session: Session) -> QueueRow | None:
    """The chosen entry of a hub's queue, for its dialog."""
    return session.queue_entry


def the_practitioner(session: Session) -> PractitionerRow | None:
    """The chosen practitioner, for their dialog."""
    return session.practitioner


def the_report(session: Session) -> ReportRow | None:
    """The chosen report, for its dialog."""
    return session.report


def the_task(session: Session) -> TaskRow | None:
    """The chosen task, for its dialog."""
    return session.task


def the_hub(session: Session) -> int | None:
    """The id of the hub that is worked in."""
    return session.hub_id
