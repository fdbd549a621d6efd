"""The workforce: shifts planned, begun and ended, and where people on duty are."""

import datetime as dt
from dataclasses import replace

from console.domain.acting import NOW, Happened
from console.domain.calendar import local
from console.domain.permissions import Deed
from console.domain.practitioner import reasons_not_to_go_off
from console.domain.rows import PractitionerName
from console.domain.words import Placement
from console.services import searching
from console.services.basis import Basis, refuse
from console.services.steps import happened_at, own_only
from console.services.welfare import home_safe
from db.models import Hub, Position, Practitioner, Shift
from db.queries import care
from db.unit_of_work import UnitOfWork

LONGEST_SHIFT = dt.timedelta(hours=16)
BY_HAND = "by hand"


class Workforce:
    """What is recorded about who is on and where."""

    def __init__(self, basis: Basis) -> None:
        self._basis = basis

    def practitioners(self) -> tuple[PractitionerName, ...]:
        """Give everybody who may come on duty, by name."""
        with self._basis.database.read() as session:
            return tuple(
                PractitionerName(one.id, one.name, one.profession) for one in care.practitioners(session)
            )

    def plan_shift(
        self,
        practitioner_id: int,
        hub_id: int,
        placement: Placement,
        starts_at: dt.datetime,
        ends_at: dt.datetime,
        is_remote: bool = False,
    ) -> int:
        """Plan a shift; gives its id."""
        with self._basis.work(Deed.RECORD_SHIFT) as work:
            practitioner = work.lock(Practitioner, practitioner_id)
            refuse(_reasons_against(starts_at, ends_at, work.now))
            shift = work.add(_shift(practitioner_id, hub_id, placement, starts_at, ends_at, is_remote))
            words = f"{practitioner.name}: shift planned from {_said(starts_at)} to {_said(ends_at)}"
            _shift_step(work, shift, "shift.planned", words)
        return shift.id

    def shift_on(
        self,
        practitioner_id: int,
        hub_id: int,
        placement: Placement,
        starts_at: dt.datetime | None,
        ends_at: dt.datetime,
        is_remote: bool = False,
        happened: Happened = NOW,
    ) -> int:
        """A practitioner comes on duty, on the planned shift when there is one; gives the shift's id."""
        with self._basis.work(Deed.RECORD_SHIFT) as work:
            practitioner = work.lock(Practitioner, practitioner_id)
            at = happened_at(work, happened)
            refuse(_reasons_not_on(work, practitioner))
            refuse(_reasons_against(starts_at or at, ends_at, work.now))
            shift = care.planned_shift_at(work.session, practitioner_id, at)
            if shift is None:
                begins_at = min(starts_at or at, at)
                shift = _shift(practitioner_id, hub_id, placement, begins_at, ends_at, is_remote)
            refuse(_reasons_against(shift.starts_at, ends_at, work.now))
            shift.hub_id, shift.placement, shift.ends_at = work.get(Hub, hub_id).id, placement, ends_at
            shift.is_remote, shift.on_at = is_remote, at
            work.add(shift)
            words = f"{practitioner.name} is on duty until {_said(ends_at)}"
            _shift_step(work, shift, "shift.on", words, replace(happened, at=at))
        return shift.id

    def shift_off(self, shift_id: int, seen_version: int, happened: Happened = NOW) -> None:
        """A practitioner goes off duty, once nobody waits for or is with them."""
        with self._basis.work(Deed.END_SHIFT) as work:
            practitioner = work.lock(Practitioner, work.get(Shift, shift_id).practitioner_id)
            shift = work.lock(Shift, shift_id)
            work.expect(shift, seen_version)
            refuse(("This shift has not begun.",) if shift.on_at is None else ())
            refuse(("This shift has ended already.",) if shift.off_at is not None else ())
            refuse(_reasons_in_hand(work, practitioner))
            refuse(searching.reasons_not_found(work, practitioner))
            at = happened_at(work, happened, shift.on_at)
            shift.off_at = at
            home_safe(work, shift)
            _shift_step(
                work, shift, "shift.off", f"{practitioner.name} is off duty", replace(happened, at=at)
            )

    def shift_worked(
        self,
        practitioner_id: int,
        hub_id: int,
        placement: Placement,
        on_at: dt.datetime,
        off_at: dt.datetime,
        is_remote: bool = False,
        told: Happened = NOW,
    ) -> int:
        """Enter a shift that began and ended on paper; gives its id.

        `told` says for whom, how and in which words; the times are those of the shift.
        """
        with self._basis.work(Deed.RECORD_SHIFT) as work:
            practitioner = work.lock(Practitioner, practitioner_id)
            refuse(_reasons_not_worked(on_at, off_at, work.now))
            happened = replace(told, at=off_at)
            happened_at(work, happened, on_at)
            shift = care.planned_shift_at(work.session, practitioner_id, on_at)
            if shift is None:
                shift = _shift(practitioner_id, hub_id, placement, on_at, off_at, is_remote)
            # What was planned holds, as far as it was not left behind.
            shift.starts_at, shift.ends_at = min(shift.starts_at, on_at), max(shift.ends_at, off_at)
            shift.hub_id, shift.placement, shift.is_remote = work.get(Hub, hub_id).id, placement, is_remote
            shift.on_at, shift.off_at = on_at, off_at
            work.add(shift)
            words = f"{practitioner.name} worked from {local(on_at):%d/%m/%Y %H:%M} to {_said(off_at)}"
            _shift_step(work, shift, "shift.worked", words, happened)
        return shift.id

    def position(
        self,
        practitioner_id: int,
        lat: float,
        lon: float,
        source: str = BY_HAND,
        at: dt.datetime | None = None,
        accuracy_m: float | None = None,
    ) -> None:
        """Keep where a practitioner on duty is; off duty nobody is tracked."""
        with self._basis.work(Deed.RECORD_POSITION) as work:
            practitioner = work.get(Practitioner, practitioner_id)
            own_only(work, practitioner_id)
            on_duty = care.shift_on_duty(work.session, practitioner_id)
            off = f"{practitioner.name} is off duty: positions are kept of people on duty only."
            refuse((off,) if on_duty is None else ())
            on_earth = -90 <= lat <= 90 and -180 <= lon <= 180
            refuse(() if on_earth else ("This is no place on earth: check latitude and longitude.",))
            when = happened_at(work, Happened(at=at))
            work.add(
                Position(
                    practitioner_id=practitioner_id,
                    lat=lat,
                    lon=lon,
                    accuracy_m=accuracy_m,
                    source=source,
                    at=when,
                    entered_at=work.now,
                )
            )


def _shift(
    practitioner_id: int,
    hub_id: int,
    placement: Placement,
    starts_at: dt.datetime,
    ends_at: dt.datetime,
    is_remote: bool,
) -> Shift:
    return Shift(
        practitioner_id=practitioner_id,
        hub_id=hub_id,
        placement=placement,
        starts_at=starts_at,
        ends_at=ends_at,
        is_remote=is_remote,
    )


def _reasons_against(starts_at: dt.datetime, ends_at: dt.datetime, now: dt.datetime) -> tuple[str, ...]:
    checks = (
        (ends_at <= starts_at, "The shift ends before it begins: check both times."),
        (ends_at <= now, "The shift would be over already: check its end."),
        (
            ends_at - starts_at > LONGEST_SHIFT,
            "A shift of more than 16 hours is not planned: check both times.",
        ),
    )
    return tuple(words for is_reason, words in checks if is_reason)


def _reasons_not_worked(on_at: dt.datetime, off_at: dt.datetime, now: dt.datetime) -> tuple[str, ...]:
    checks = (
        (off_at <= on_at, "The shift ends before it begins: check both times."),
        (off_at > now, "This shift is not over yet: record that it began, and its end when it comes."),
        (off_at - on_at > LONGEST_SHIFT, "Nobody works more than 16 hours in one shift: check both times."),
    )
    return tuple(words for is_reason, words in checks if is_reason)


def _reasons_not_on(work: UnitOfWork, practitioner: Practitioner) -> tuple[str, ...]:
    standing = care.shift_on_duty(work.session, practitioner.id)
    checks = (
        (not practitioner.is_active, f"{practitioner.name} does not work here any more."),
        (standing is not None, f"{practitioner.name} is on duty already."),
    )
    return tuple(words for is_reason, words in checks if is_reason)


def _reasons_in_hand(work: UnitOfWork, practitioner: Practitioner) -> tuple[str, ...]:
    return reasons_not_to_go_off(practitioner.name, care.referrals_in_hand(work.session, practitioner.id))


def _said(at: dt.datetime) -> str:
    return f"{local(at):%H:%M}"


def _shift_step(work: UnitOfWork, shift: Shift, kind: str, words: str, happened: Happened = NOW) -> None:
    work.step(kind, words, hub_id=shift.hub_id, practitioner_id=shift.practitioner_id, happened=happened)
