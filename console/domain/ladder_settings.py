"""Every figure of the ladders; each is a setting of the service with this default (product.md, Chasing)."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LadderSettings:
    """Minutes, unless the name or its type says otherwise."""

    clinician_quiet_from: dt.time = dt.time(22)
    clinician_quiet_until: dt.time = dt.time(7)
    coordinator_quiet_from: dt.time = dt.time(20)
    coordinator_quiet_until: dt.time = dt.time(8)
    practice_opens: dt.time = dt.time(8)
    practice_closes: dt.time = dt.time(18, 30)
    report_coordinator: int = 120
    report_coordinator_by: dt.time = dt.time(19, 30)
    report_supervisor_at: dt.time = dt.time(20)
    report_supervisor_morning: dt.time = dt.time(7)
    practice_failed_calls: int = 2
    practice_again_hours: int = 24
    unacknowledged: int = 10
    unacknowledged_supervisor: int = 20
    address_supervisor: int = 5
    en_route: int = 60
    en_route_supervisor: int = 75
    safe_home: int = 15
    safe_home_supervisor: int = 30
    triage_supervisor: int = 10
    response_supervisor: int = 15
    again: int = 60
    again_safety: int = 15
    acceptance: int = 30
    acceptance_safety: int = 10


DEFAULTS = LadderSettings()
