"""The sample dialogs of a hub's queue, of a hub itself and of tasks."""

import datetime as dt
from collections.abc import Callable
from importlib import import_module

from sqlalchemy import select

from console.domain.acting import Actor
from console.domain.words import Placement, Role, Source, Stream
from db.models import Hub, HubHours, QueueEntry, Shift
from tests.services.team import Team, new_referral
from tests.support.dialog_samples import Sample, Scene
from tests.support.sitting import Seat
from ui.dialogs.base import DecisionDialog

Make = Callable[[Seat, Scene], DecisionDialog]


def _open_hubs(team: Team) -> None:
    """Both hubs from eight to eight, with Kit and Gil seeing patients at Folkestone."""
    with team.database.work(Actor(0, "Doorstep", Role.SYSTEM), team.clock()) as work:
        for hub in ("folkestone", "dover"):
            for day in range(7):
                work.add(HubHours(hub_id=team.ids[hub], weekday=day, opens=dt.time(8), closes=dt.time(20)))
        for name in ("kit", "gil"):
            shift = work.session.scalars(select(Shift).where(Shift.practitioner_id == team.ids[name])).one()
            shift.placement = Placement.HUB


def _entry(team: Team) -> QueueEntry:
    with team.database.read() as session:
        return session.scalars(select(QueueEntry)).one()


def _arrived(team: Team) -> int:
    _open_hubs(team)
    team.jo.hub_queue.arrive(new_referral(practice_id=team.ids["practice"]), team.ids["folkestone"])
    team.clock.pass_minutes(12)
    return _entry(team).referral_id


def _streamed(team: Team) -> int:
    key = _arrived(team)
    entry = _entry(team)
    stream, words = Stream.PARAMEDIC_PRACTITIONER, "Walks alone, no head injury"
    team.ann.hub_queue.stream(entry.id, entry.version, stream, 3, False, words)
    return key


def _for_a_doctor(team: Team) -> int:
    """A patient who needs a GP, when the GP is busy and the other may not see them."""
    _streamed(team)
    first = _entry(team)
    team.ann.hub_queue.begin(first.id, first.version, team.ids["gil"])
    form = new_referral(family_name="Ash", given_name="Colin", nhs_number=None, hub_id=team.ids["folkestone"])
    second = team.jo.hub_queue.arrive(form, team.ids["folkestone"])
    entry = team.stored(QueueEntry, second)
    team.ann.hub_queue.stream(second, entry.version, Stream.GP_NEEDED, 2, True, "Irregular pulse")
    return entry.referral_id


def _called(team: Team) -> int:
    key = _streamed(team)
    entry = _entry(team)
    team.jo.hub_queue.call(entry.id, entry.version)
    return key


def _being_seen(team: Team) -> int:
    key = _streamed(team)
    entry = _entry(team)
    team.ann.hub_queue.begin(entry.id, entry.version, team.ids["kit"])
    team.clock.pass_minutes(18)
    return key


def _nobody_left(team: Team) -> int:
    _open_hubs(team)
    return 0


def _closed(team: Team) -> int:
    _open_hubs(team)
    hub = team.ids["folkestone"]
    team.jo.hubs.close(hub, team.stored(Hub, hub).version)
    return 0


def _diverts(team: Team) -> int:
    _open_hubs(team)
    until = team.clock() + dt.timedelta(hours=2)
    hub = team.ids["folkestone"]
    seen = team.stored(Hub, hub).version
    team.mo.hubs.divert(
        hub, seen, team.ids["dover"], until, "Water is off at the hub until the plumber has been"
    )
    return 0


def _owes_liaison(team: Team) -> int:
    form = new_referral(source=Source.COMMUNITY_NURSING, practice_id=team.ids["practice"])
    return team.received(form)


def _of_entry(name: str, dialog: str) -> Make:
    made = getattr(import_module(f"ui.dialogs.{name}"), dialog)

    def make(seat: Seat, scene: Scene) -> DecisionDialog:
        entry = next(row for row in seat.live.queue.by_id.values() if row.referral_id == scene.key)
        built: DecisionDialog = made(seat.session, entry, parent=seat.window)
        return built

    return make


def _of_hub(name: str, dialog: str) -> Make:
    made = getattr(import_module(f"ui.dialogs.{name}"), dialog)
    return lambda seat, scene: made(seat.session, scene.team.ids["folkestone"], parent=seat.window)


def _of_referral(name: str, dialog: str) -> Make:
    made = getattr(import_module(f"ui.dialogs.{name}"), dialog)
    return lambda seat, scene: made(seat.session, scene.row, parent=seat.window)


def _of_task(name: str, dialog: str) -> Make:
    made = getattr(import_module(f"ui.dialogs.{name}"), dialog)
    return lambda seat, _: made(seat.session, next(iter(seat.live.tasks.by_id.values())), parent=seat.window)


def _booked(team: Team) -> int:
    key = team.triaged(3)
    _open_hubs(team)
    return key


def _has_a_time(team: Team) -> int:
    key = _booked(team)
    team.jo.hub_queue.book(key, team.version(key), team.clock() + dt.timedelta(hours=2))
    return key


def _evening_left_open(team: Team) -> int:
    """Ten to eight, and nobody closed the hub in the evening."""
    _open_hubs(team)
    team.clock.at = team.clock().replace(hour=7, minute=50)
    return 0


def _wrong(dialog: DecisionDialog) -> None:
    dialog.primary.click()


HUB_SAMPLES: dict[str, Sample] = {
    "stream": Sample("ann", _arrived, _of_entry("stream", "StreamDialog")),
    "stream_wrong": Sample("ann", _arrived, _of_entry("stream", "StreamDialog"), _wrong),
    "earlier_called": Sample("jo", _streamed, _of_entry("earlier", "EarlierDialog")),
    "earlier_did_not_come": Sample("jo", _called, _of_entry("earlier", "EarlierDialog"), _wrong),
    "begin": Sample("ann", _called, _of_entry("begin", "BeginDialog")),
    "begin_nobody": Sample("ann", _for_a_doctor, _of_entry("begin", "BeginDialog")),
    "seen": Sample("ann", _being_seen, _of_entry("seen", "SeenDialog")),
    "seen_wrong": Sample("ann", _being_seen, _of_entry("seen", "SeenDialog"), _wrong),
    "book": Sample("jo", _booked, _of_referral("book", "BookDialog")),
    "left": Sample("jo", _streamed, _of_entry("queue_end", "LeftDialog")),
    "move_in_queue": Sample("jo", _streamed, _of_entry("queue_end", "MoveDialog")),
    "booking": Sample("jo", _has_a_time, _of_entry("booking", "BookingDialog")),
    "elsewhere": Sample("ann", _streamed, _of_entry("queue_end", "ElsewhereDialog")),
    "close_hub": Sample("jo", _streamed, _of_hub("close_hub", "CloseHubDialog")),
    "close_hub_empty": Sample("jo", _nobody_left, _of_hub("close_hub", "CloseHubDialog")),
    "close_hub_morning": Sample("jo", _evening_left_open, _of_hub("close_hub", "CloseHubDialog")),
    "open_hub": Sample("jo", _closed, _of_hub("open_hub", "OpenHubDialog")),
    "divert_hub": Sample("mo", _nobody_left, _of_hub("divert_hub", "DivertHubDialog")),
    "divert_hub_end": Sample("mo", _diverts, _of_hub("divert_hub", "DivertHubDialog")),
    "task_done": Sample("jo", _owes_liaison, _of_task("task_done", "TaskDoneDialog")),
}
