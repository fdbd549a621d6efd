"""What goes into a downtime pack: plain rows, taken on the thread of the window and drawn beside it."""

import datetime as dt
from dataclasses import dataclass, field

from console.domain.phone_list import PhoneList
from console.domain.rows import HubRow, PractitionerRow, QueueRow, ReferralRow, TaskRow
from ui.boards import hub_load, referral_cells
from ui.live_updates import LiveUpdates


@dataclass(frozen=True, slots=True)
class PackContents:
    """One board as one person saw it; `as_of` is when it was true, whenever it is drawn."""

    as_of: dt.datetime
    service: str
    person: str
    role: str
    is_training: bool = False
    hubs: tuple[HubRow, ...] = ()
    referrals: tuple[ReferralRow, ...] = ()
    queue: tuple[QueueRow, ...] = ()
    practitioners: tuple[PractitionerRow, ...] = ()
    tasks: tuple[TaskRow, ...] = ()
    phones: PhoneList = field(default_factory=PhoneList)

    def of_hub(self, hub: HubRow) -> tuple[ReferralRow, ...]:
        """The open referrals of a hub that are in no queue there, the most pressing first."""
        mine = (row for row in self.referrals if row.hub_id == hub.id and row.queue_status is None)
        return tuple(sorted(mine, key=referral_cells.order))

    def referral_of(self, entry: QueueRow) -> ReferralRow | None:
        """The referral of a place in a queue."""
        return next((row for row in self.referrals if row.id == entry.referral_id), None)

    def queue_of(self, hub: HubRow) -> tuple[QueueRow, ...]:
        """The queue of a hub in its order."""
        mine = (row for row in self.queue if row.hub_id == hub.id)
        return tuple(sorted(mine, key=lambda row: hub_load.order(row, self.as_of)))


def contents_of(
    live: LiveUpdates,
    phones: PhoneList,
    *,
    service: str,
    person: str,
    role: str,
    is_training: bool,
) -> PackContents | None:
    """Give the board as it was last true; None while none has been read."""
    if live.as_of is None:
        return None
    return PackContents(
        live.as_of,
        service,
        person,
        role,
        is_training,
        hubs=tuple(sorted(live.hubs.by_id.values(), key=lambda one: one.name)),
        referrals=tuple(live.referrals.by_id.values()),
        queue=tuple(live.queue.by_id.values()),
        practitioners=tuple(sorted(live.practitioners.by_id.values(), key=lambda one: one.name)),
        tasks=tuple(sorted(live.tasks.by_id.values(), key=lambda one: one.due_at)),
        phones=phones,
    )
