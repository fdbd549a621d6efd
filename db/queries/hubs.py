"""Hubs with their opening today."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from console.domain.calendar import local_day
from console.domain.opening import Hours, OpeningHours
from console.domain.rows import HubRow
from db.models import Hub, HubHours, Staff
from db.queries.reading import Reader, many, records

Other = aliased(Hub)
# What the row is read from as it is; the hours become moments of today.
STATEMENT = (
    select(
        Hub.id,
        Hub.version,
        Hub.code,
        Hub.name,
        Hub.phone,
        Hub.lat,
        Hub.lon,
        Hub.is_closed_down,
        Hub.closed_down_at,
        Other.name.label("diverts_to"),
        Hub.diverts_until,
        Staff.name.label("diverted_by"),
    )
    .outerjoin(Other, Other.id == Hub.diverts_to_id)
    .outerjoin(Staff, Staff.id == Hub.diverted_by_id)
    .where(Hub.id.in_(many("hub_ids")))
    .order_by(Hub.id)
)
HOURS = select(HubHours.hub_id, HubHours.weekday, HubHours.opens, HubHours.closes).where(
    HubHours.hub_id.in_(many("hub_ids"))
)
_NEVER = OpeningHours({})


def read_hubs(reader: Reader, hub_ids: Collection[int], now: dt.datetime) -> tuple[HubRow, ...]:
    """Read the hubs; their opening is that of the day which London has now."""
    hubs = sorted(hub_ids)
    hours = _hours(reader, hubs)
    found = records(reader, STATEMENT, hub_ids=hubs)
    return tuple(_row(values, hours.get(values["id"], _NEVER), now) for values in found)


def _hours(reader: Reader, hubs: list[int]) -> dict[int, OpeningHours]:
    weekly: dict[int, dict[int, Hours]] = defaultdict(dict)
    for found in records(reader, HOURS, hub_ids=hubs):
        weekly[found["hub_id"]][found["weekday"]] = (found["opens"], found["closes"])
    return {hub: OpeningHours(hours) for hub, hours in weekly.items()}


def _row(values: dict[str, Any], hours: OpeningHours, now: dt.datetime) -> HubRow:
    today = local_day(now)
    opening = hours.on(today)
    opens_at, closes_at = (opening.opens_at, opening.closes_at) if opening else (None, None)
    # A hub is closed down for one day: yesterday's closing is over without anybody's doing.
    closed_at = values.pop("closed_down_at")
    is_of_its_day = values["is_closed_down"]
    values["is_closed_down"] &= closed_at is not None and local_day(closed_at) == today
    left_open_at = hours.left_open_at(now, closed_at, is_of_its_day=is_of_its_day)
    return HubRow(opens_at=opens_at, closes_at=closes_at, left_open_at=left_open_at, **values)
