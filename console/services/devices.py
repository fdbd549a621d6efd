"""Devices: which telephone or tracker may tell whose position, by a token that is shown once."""

import datetime as dt
import secrets
from collections.abc import Sequence

from console.domain.calendar import local, local_day
from console.domain.position import PositionAnswer
from console.domain.refusals import Refused
from console.services.accounts import administrator
from console.services.positions import token_hash
from db.engine import Database
from db.models import Device, DeviceState, Practitioner
from db.queries import devices, service
from db.unit_of_work import UnitOfWork

_TOKEN_BYTES = 32


def add(
    database: Database, now: dt.datetime, *, practitioner: str, label: str, registration: str | None = None
) -> tuple[str, str]:
    """Let a device tell a practitioner's position; gives a sentence, and the token, which is not kept."""
    if not label.strip():
        raise Refused("Say what kind of device it is, such as --label telephone.")
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    with database.work(administrator(database), now) as work:
        who = _practitioner(work, practitioner, registration)
        device = work.add(
            Device(practitioner_id=who.id, label=label.strip(), token_hash=token_hash(token), is_active=True)
        )
        work.add(DeviceState(device_id=device.id))
        _step(work, device, "device.added", f"{device.label} may tell the position of {who.name}")
    return f"Device {device.id}, {device.label}, may tell the position of {who.name}.", token


def disable(database: Database, now: dt.datetime, device_id: int) -> str:
    """Let a device tell nothing any more: it is lost, or its owner has left."""
    with database.work(administrator(database), now) as work:
        device = devices.one(work.session, device_id)
        if device is None:
            raise Refused(f"There is no device {device_id}. List them: main.py device list")
        if not device.is_active:
            raise Refused(f"Device {device_id} is disabled already.")
        device.is_active = False
        _step(work, device, "device.disabled", f"{device.label} may tell no position any more")
    return f"Device {device_id}, {device.label}, is disabled: what it tells is refused."


def lines(database: Database) -> list[str]:
    """List every device: id, whose, what, whether it may tell, when it was heard and what it told last."""
    with database.read() as session:
        found = devices.every(session)
    return [
        f"{one.id}\t{name}\t{one.label}\t{'active' if one.is_active else 'disabled'}"
        f"\theard {_said(state.heard_at)}\tnewest kept {_said(state.newest_at)}"
        for one, name, state in found
    ]


def describe(database: Database, now: dt.datetime) -> list[str]:
    """Say how many devices there are, and what became of what they told today."""
    with database.read() as session:
        active = [one for one, _, _ in devices.every(session) if one.is_active]
        counted = devices.counts(session, local_day(now))
    if not active and not counted:
        return []
    answers = [f"{counted[one.value]} {one.label}" for one in PositionAnswer if counted.get(one.value)]
    return [
        f"Devices that may tell positions: {len(active)}.",
        f"Positions told today: {'; '.join(answers) or 'none'}.",
    ]


def _practitioner(work: UnitOfWork, name: str, registration: str | None) -> Practitioner:
    """Find who is meant by name, and by registration where two have the same one."""
    everybody: Sequence[Practitioner] = service.practitioners(work.session)
    meant = [one for one in everybody if one.name.casefold() == name.strip().casefold()]
    if registration is not None:
        meant = [one for one in meant if one.registration == registration]
    if not meant:
        raise Refused(f"No practitioner is called {name}. List them: main.py staff list")
    if len(meant) > 1:
        raise Refused(f"Several practitioners are called {name}: give the registration as well.")
    return meant[0]


def _step(work: UnitOfWork, device: Device, kind: str, words: str) -> None:
    work.step(kind, words, hub_id=None, practitioner_id=device.practitioner_id, undoable=False)


def _said(at: dt.datetime | None) -> str:
    return "never" if at is None else f"{local(at):%Y-%m-%d %H:%M:%S}"
