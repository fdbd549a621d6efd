"""The board as plain values, for scripts: `main.py board --json`."""

import datetime as dt
from typing import Any

from console.domain.rows import Board, HubRow, PractitionerRow, QueueRow, ReferralRow, ReportRow
from db.engine import Database
from db.queries import board, service


def read(database: Database, now: dt.datetime) -> dict[str, Any]:
    """Read the whole board of every hub at this moment."""
    with database.read() as session:
        hub_ids = [hub.id for hub in service.hubs(session)]
        return as_plain(board.read_board(session, hub_ids, now), now)


def as_plain(shown: Board, now: dt.datetime) -> dict[str, Any]:
    """Turn a board into dictionaries, lists, texts and numbers; times are ISO, in UTC."""
    return {
        "as_of": _time(shown.as_of),
        "referrals": [_referral(row) for row in sorted(shown.referrals, key=_urgency)],
        "practitioners": [_practitioner(row) for row in shown.practitioners],
        "hubs": [_hub(row, [one for one in shown.queue if one.hub_id == row.id], now) for row in shown.hubs],
        "reports": [_report(row) for row in shown.reports],
        "tasks": [
            {
                "kind": row.kind.value,
                "role": row.role.value,
                "hub": row.hub,
                "referral": row.referral_number,
                "words": row.words,
                "due_at": _time(row.due_at),
                "accepted_by": row.accepted_by,
            }
            for row in shown.tasks
        ],
    }


def _urgency(row: ReferralRow) -> tuple[bool, bool, bool, dt.datetime, int]:
    """999 first, then what nobody has triaged, then who is worse, then by due time."""
    due_at = row.due_at or dt.datetime.min.replace(tzinfo=dt.UTC)
    return (not row.asks_ambulance, not row.is_untriaged, row.worse_at is None, due_at, row.priority or 0)


def _referral(row: ReferralRow) -> dict[str, Any]:
    return {
        "number": row.number,
        "status": row.status.value,
        "word": row.word,
        "source": row.source.value,
        "priority": row.priority,
        "due_at": _time(row.due_at),
        "nhs_number": row.nhs_number,
        "nhs_number_verified": row.nhs_number_verified,
        "family_name": row.family_name,
        "given_name": row.given_name,
        "birth_date": row.birth_date.isoformat() if row.birth_date else None,
        "postcode": row.postcode,
        "phone": row.phone,
        "disposition": row.disposition,
        "practice": row.practice_code,
        "hub": row.hub,
        "practitioner": row.practitioner,
        "flags": list(row.flags),
    }


def _practitioner(row: PractitionerRow) -> dict[str, Any]:
    return {
        "name": row.name,
        "profession": row.profession.value,
        "status": row.availability.value,
        "unanswered_since": _time(row.unanswered_since),
        "lat": row.lat,
        "lon": row.lon,
        "position_at": _time(row.position_at),
    }


def _hub(row: HubRow, queue: list[QueueRow], now: dt.datetime) -> dict[str, Any]:
    is_in_hours = (
        row.opens_at is not None and row.closes_at is not None and row.opens_at <= now < row.closes_at
    )
    return {
        "name": row.name,
        "open": is_in_hours and not row.is_closed_down,
        "waiting": sum(one.being_seen_at is None and one.arrived_at is not None for one in queue),
        "queue": [
            {
                "referral": one.referral_number,
                "status": one.status.value,
                "stream": one.stream.value if one.stream else None,
                "priority": one.priority,
                "arrived_at": _time(one.arrived_at),
                "due_at": _time(one.due_at),
                "practitioner": one.practitioner,
            }
            for one in queue
        ],
    }


def _report(row: ReportRow) -> dict[str, Any]:
    return {
        "referral": row.referral_number,
        "status": row.status.value,
        "is_released": row.is_released,
        "due_at": _time(row.due_at),
        "latest_at": _time(row.latest_at),
    }


def _time(at: dt.datetime | None) -> str | None:
    return at.astimezone(dt.UTC).isoformat() if at is not None else None
