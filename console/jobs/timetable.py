"""What is done by itself, and how often: every job of the service is declared here, once."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from console.services.desk import Desk


@dataclass(frozen=True, slots=True)
class Job:
    """One thing that is done again and again; it must be safe when several workers do it at once.

    `is_look` says that a complete run has looked at all that was due: that is what consoles are told about.
    """

    name: str
    every: dt.timedelta
    call: Callable[["Desk"], object]
    is_look: bool = False
    is_begun_with: bool = True  # else its first turn comes after its interval


TIMETABLE = (
    Job("reminders", dt.timedelta(seconds=1), lambda desk: desk.outgoing.look()),
    Job("chasing", dt.timedelta(seconds=1), lambda desk: desk.chasing.look(), is_look=True),
    # What a clock change, a restored copy or new figures may have moved is looked at anew.
    Job(
        "chasing-anew",
        dt.timedelta(hours=1),
        lambda desk: desk.chasing.look_at_everything(),
        is_begun_with=False,
    ),
    Job("heartbeat", dt.timedelta(seconds=5), lambda desk: desk.heartbeat.beat()),
    Job("training-players", dt.timedelta(seconds=1), lambda desk: desk.training.play()),
    Job("audit-sealing", dt.timedelta(seconds=20), lambda desk: desk.sealing.seal(), is_begun_with=False),
    Job("audit-head", dt.timedelta(minutes=5), lambda desk: desk.sealing.report(), is_begun_with=False),
    Job("change-log", dt.timedelta(hours=1), lambda desk: desk.housekeeping.trim_change_log()),
)
