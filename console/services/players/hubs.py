"""Scenes of a hub: somebody walks in, is streamed, called and seen; and in the evening the hub closes."""

import datetime as dt

from console.domain.refusals import Refused
from console.domain.words import OutcomeDisposition, QueueStatus, Stream
from console.planning.day.words import Act
from console.services.players.referrals import form
from console.services.players.stage import MOVED_ON, Scene, Stage
from db.models import Hub
from db.queries import training as queries


def arrive(stage: Stage) -> None:
    """A patient stands at the desk."""
    stage.desk.hub_queue.arrive(form(stage), stage.cast.hubs[stage.event.hub])


def stream(stage: Stage) -> None:
    """The clinician streams a patient whom nobody has streamed."""
    seen = stage.entry()
    if seen.status is not QueueStatus.ARRIVED:
        raise Refused(MOVED_ON)
    gp_needed = stage.event.stream is Stream.GP_NEEDED
    stage.desk.hub_queue.stream(
        seen.id, seen.version, stage.event.stream, stage.event.priority, gp_needed, stage.event.words
    )


def call(stage: Stage) -> None:
    """The patient is called in."""
    seen = stage.entry()
    stage.desk.hub_queue.call(seen.id, seen.version)


def begin(stage: Stage) -> None:
    """The practitioner begins to see the patient."""
    seen = stage.entry()
    stage.desk.hub_queue.begin(seen.id, seen.version, stage.practitioner_id(stage.event.who))


def finish(stage: Stage) -> None:
    """The patient was seen."""
    seen = stage.entry()
    if seen.practitioner_id != stage.practitioner_id(stage.event.who):
        raise Refused(MOVED_ON)
    stage.desk.hub_queue.finish(seen.id, seen.version, OutcomeDisposition.ADVICE, False)


def left(stage: Stage) -> None:
    """The patient does not wait any longer."""
    seen = stage.entry()
    stage.desk.hub_queue.left(seen.id, seen.version, stage.event.words)


def elsewhere(stage: Stage) -> None:
    """Another service takes the patient over."""
    seen = stage.entry()
    stage.desk.hub_queue.taken_over(seen.id, seen.version, stage.event.words)


def tidy(stage: Stage) -> None:
    """Somebody who waited yesterday does not wait in the queue of today."""
    before = stage.now - dt.timedelta(hours=8)
    with stage.database.read() as session:
        seen = stage.there(queries.left_entry(session, before))
    stage.desk.hub_queue.taken_over(seen.id, seen.version, "The patient's own practice")


def hand_all(stage: Stage) -> None:
    """Whoever is open at closing becomes the supervisor's."""
    stage.desk.hubs.hand_all_overnight(stage.cast.hubs[stage.event.hub], stage.event.words)


def close(stage: Stage) -> None:
    """The hub closes, once nobody is left."""
    seen = _hub(stage)
    stage.desk.hubs.close(seen.id, seen.version)


def open_again(stage: Stage) -> None:
    """The hub opens for the day."""
    seen = _hub(stage)
    stage.desk.hubs.open(seen.id, seen.version)


def _hub(stage: Stage) -> Hub:
    with stage.database.read() as session:
        return session.get_one(Hub, stage.cast.hubs[stage.event.hub])


SCENES: dict[Act, Scene] = {
    Act.ARRIVE: arrive,
    Act.STREAM: stream,
    Act.CALL: call,
    Act.BEGIN: begin,
    Act.FINISH: finish,
    Act.LEFT: left,
    Act.ELSEWHERE: elsewhere,
    Act.TIDY_ENTRY: tidy,
    Act.HAND_ALL: hand_all,
    Act.CLOSE_HUB: close,
    Act.OPEN_HUB: open_again,
}
