"""When a command can be used: what the role may do and what must be chosen, each with what to do instead."""

from collections.abc import Callable
from typing import TypeVar

from console.domain.call_list import PracticeToCall
from console.domain.permissions import Deed, reasons_not_permitted
from console.domain.rows import PractitionerRow, QueueRow, ReferralRow, ReportRow, TaskRow
from ui.session import Session

Row = TypeVar("Row")
# Both give a sentence that says what to do, or nothing when there is no objection.
WhyNot = Callable[[Session], str]
Need = Callable[[Row], str]


def always(_: Session) -> str:
    """At any time."""
    return ""


def may(deed: Deed) -> WhyNot:
    """When the role may do it."""
    return lambda session: " ".join(reasons_not_permitted(session.actor.role, deed))


def when(*conditions: WhyNot) -> WhyNot:
    """When all of these hold; the first that does not is named."""
    return lambda session: next((why for one in conditions if (why := one(session))), "")


def referral_with(deed: Deed, *needs: Need[ReferralRow]) -> WhyNot:
    """When an open referral is chosen to which no need objects."""
    return when(may(deed), _chosen(the_referral, _no_referral, needs))


def referral_also_ended(deed: Deed) -> WhyNot:
    """When a referral is chosen, or one that has ended stands in the side panel."""
    return when(may(deed), _chosen(the_referral_also_ended, _no_referral_opened, ()))


def queue_entry_with(deed: Deed, *needs: Need[QueueRow]) -> WhyNot:
    """When an entry of a hub's queue is chosen to which no need objects."""
    return when(may(deed), _chosen(the_queue_entry, _says("Choose a patient in a hub's queue first."), needs))


def practitioner_with(deed: Deed, *needs: Need[PractitionerRow]) -> WhyNot:
    """When a practitioner is chosen to whom no need objects."""
    return when(may(deed), _chosen(the_practitioner, _says("Choose a practitioner first."), needs))


def report_with(deed: Deed, *needs: Need[ReportRow]) -> WhyNot:
    """When a report is chosen to which no need objects."""
    without = _says("Go to Reports and choose a report first, or open its referral.")
    return when(may(deed), _chosen(the_report, without, needs))


def call_with(deed: Deed) -> WhyNot:
    """When a practice of the call list is chosen."""
    without = _says("Go to the call list (Alt+C) and choose a practice first.")
    return when(may(deed), _chosen(the_practice, without, ()))


def task_with(deed: Deed, *needs: Need[TaskRow]) -> WhyNot:
    """When a task is chosen to which no need objects."""
    return when(may(deed), _chosen(the_task, _says("Choose a task first."), needs))


def visit_in_hand(deed: Deed) -> WhyNot:
    """When the chosen practitioner, referral or task is about a visit that somebody has in hand."""
    without = "Choose a practitioner who is on a visit, or the referral that they are on, first."
    return when(may(deed), lambda session: "" if the_visit_s_referral(session) is not None else without)


def in_front(sentence: str, *workspaces: str) -> WhyNot:
    """When one of these workspaces is in front; the sentence says where to go."""
    return lambda session: "" if session.selection.front in workspaces else sentence


where_a_whole_hub_is_seen = in_front(
    "Go to Hub or Load first, where the whole of a hub is seen.", "hub", "load"
)


def a_hub_is_chosen(session: Session) -> str:
    """When it is known which hub is worked in."""
    return "" if session.hub_id is not None else "Choose a hub first."


def the_referral(session: Session) -> ReferralRow | None:
    """The chosen referral, for its dialog."""
    return session.referral


def the_referral_also_ended(session: Session) -> ReferralRow | None:
    """The chosen referral; else the one that is read in the side panel, where those that have ended are."""
    return session.referral or session.reading.referral


def the_visit_s_referral(session: Session) -> ReferralRow | None:
    """The referral whose visit is in hand: the chosen one, else that of the chosen practitioner."""
    practitioner = session.practitioner
    of_person = None if practitioner is None else practitioner.referral_id
    rows = (session.referral, session.live.referrals.by_id.get(of_person or 0))
    return next((row for row in rows if row is not None and _is_out(row)), None)


def _is_out(row: ReferralRow) -> bool:
    return row.visit_id is not None and row.visit_status is not None and row.visit_status.is_active


def the_queue_entry(session: Session) -> QueueRow | None:
    """The chosen entry of a hub's queue, for its dialog."""
    return session.queue_entry


def the_practitioner(session: Session) -> PractitionerRow | None:
    """The chosen practitioner, for their dialog."""
    return session.practitioner


def the_report(session: Session) -> ReportRow | None:
    """The chosen report, for its dialog; else that of the referral that is read in the side panel."""
    return session.report or session.reading.report


def the_practice(session: Session) -> PracticeToCall | None:
    """The chosen practice of the call list, for its dialog."""
    return session.practice_to_call


def the_task(session: Session) -> TaskRow | None:
    """The chosen task, for its dialog."""
    return session.task


def the_hub(session: Session) -> int | None:
    """The id of the hub that is worked in."""
    return session.hub_id


def _chosen(row_of: Callable[[Session], Row | None], without: WhyNot, needs: tuple[Need[Row], ...]) -> WhyNot:
    def why_not(session: Session) -> str:
        row = row_of(session)
        if row is None:
            return without(session)
        return next((why for need in needs if (why := need(row))), "")

    return why_not


def _no_referral(session: Session) -> str:
    if session.referral_id is None:
        return "Choose a referral first."
    return "This referral is not open any more: choose one that is on the board."


def _no_referral_opened(session: Session) -> str:
    if session.referral_id is None:
        return "Choose a referral first, or open one that has ended."
    return "This referral has left the board: open it first (F4)."


def _says(sentence: str) -> WhyNot:
    return lambda _: sentence
