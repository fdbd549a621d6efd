"""Hubs with their opening today."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from console.domain.calendar import from_local, local_day
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


def read_hubs(reader: Reader, hub_ids: Collection[int], now: dt.datetime) -> tuple[HubRow, ...]:
    """Read the hubs; their opening is that of the day which London has now."""
    hubs, today = sorted(hub_ids), local_day(now)
    opening = {
        hours["hub_id"]: (from_local(today, hours["opens"]), from_local(today, hours["closes"]))
        for hours in records(reader, HOURS, hub_ids=hubs)
        if hours["weekday"] == today.weekday()
    }
    return tuple(
        _row(values, *opening.get(values["id"], (None, None)))
        for values in records(reader, STATEMENT, hub_ids=hubs)
    )


def _row(values: dict[str, Any], opens_at: dt.datetime | None, closes_at: dt.datetime | None) -> HubRow:
    return HubRow(opens_at=opens_at, closes_at=closes_at, **values)
