"""Scenes of visits: sent, on the way, with the patient, clear; and whatever comes between."""

import datetime as dt

from console.domain.refusals import Refused
from console.domain.words import OutcomeDisposition, RecordAccess, VisitStatus
from console.planning.day.words import Act
from console.services.players.stage import MOVED_ON, Scene, Stage
from db.queries import care
from db.queries import training as queries

_WHY_PREVENTED = "Treated at home; would otherwise have been taken to hospital"


def record_access(stage: Stage) -> None:
    """The coordinator looks whether the GP record can be read."""
    seen = stage.referral()
    if seen.record_access is not RecordAccess.UNKNOWN:
        raise Refused(MOVED_ON)
    access = RecordAccess.YES if stage.event.is_yes else RecordAccess.NO
    stage.desk.referrals.record_access(seen.id, seen.version, access)


def allocate(stage: Stage) -> None:
    """The coordinator sends somebody, unless somebody is sent."""
    seen = stage.referral()
    stage.read_markers(seen.id)
    stage.desk.visits.allocate(seen.id, stage.practitioner_id(stage.event.who), seen.version)


def acknowledge(stage: Stage) -> None:
    """The practitioner takes the visit on."""
    seen = stage.visit()
    stage.read_markers(seen.referral_id)
    stage.desk.visits.acknowledge(seen.id, seen.version, stage.by_radio(stage.event.who))


def en_route(stage: Stage) -> None:
    """The practitioner sets off."""
    seen, clear_at = stage.visit(), stage.now + dt.timedelta(minutes=stage.event.minutes)
    stage.read_markers(seen.referral_id)
    stage.desk.visits.en_route(seen.id, seen.version, clear_at, stage.by_radio(stage.event.who))


def on_scene(stage: Stage) -> None:
    """The practitioner is with the patient."""
    seen, clear_at = stage.visit(), stage.now + dt.timedelta(minutes=stage.event.minutes)
    stage.read_markers(seen.referral_id)
    stage.desk.visits.on_scene(seen.id, seen.version, clear_at, stage.by_radio(stage.event.who))


def clear(stage: Stage) -> None:
    """The practitioner is done."""
    seen = stage.visit()
    stage.desk.visits.clear(
        seen.id,
        seen.version,
        OutcomeDisposition.TREATED_AT_HOME,
        stage.event.is_yes,
        _WHY_PREVENTED if stage.event.is_yes else "",
        happened=stage.by_radio(stage.event.who),
    )


def no_access(stage: Stage) -> None:
    """Nobody opens."""
    seen, happened = stage.visit(), stage.by_radio(stage.event.who)
    stage.desk.visits.no_access(seen.id, seen.version, True, stage.event.words, happened)


def hand_back(stage: Stage) -> None:
    """The practitioner cannot go after all."""
    seen = stage.visit()
    stage.desk.visits.hand_back(seen.id, seen.version, stage.event.words, stage.by_radio(stage.event.who))


def divert(stage: Stage) -> None:
    """Control takes the practitioner."""
    stage.desk.visits.divert(stage.practitioner_id(stage.event.who), stage.event.words)


def acknowledge_return(stage: Stage) -> None:
    """The coordinator has noticed that the visit is back."""
    seen = stage.referral()
    stage.desk.referrals.acknowledge_return(seen.id, seen.version)


def tidy(stage: Stage) -> None:
    """A visit that yesterday left open is ended."""
    before = stage.now - dt.timedelta(hours=8)
    with stage.database.read() as session:
        seen = stage.there(queries.left_visit(session, before))
    visits = stage.desk.visits
    if seen.status is VisitStatus.ON_SCENE:
        visits.clear(seen.id, seen.version, OutcomeDisposition.TREATED_AT_HOME, False)
    else:
        visits.withdraw(seen.id, seen.version, "Left from the day before")


def shift_on(stage: Stage) -> None:
    """Somebody comes on duty."""
    stage.desk.workforce.shift_on(
        stage.practitioner_id(stage.event.who),
        stage.cast.hubs[stage.event.hub],
        stage.event.placement,
        None,
        stage.there(stage.event.until),
    )


def shift_off(stage: Stage) -> None:
    """Somebody goes off duty, with nobody in hand."""
    with stage.database.read() as session:
        shift = stage.there(care.shift_on_duty(session, stage.practitioner_id(stage.event.who)))
    stage.desk.workforce.shift_off(shift.id, shift.version)


def position(stage: Stage) -> None:
    """A telephone says where somebody is, or somebody says so."""
    lat, lon = stage.there(stage.event.point)
    accuracy = 400.0 if stage.event.words == "by hand" else 12.0
    who = stage.practitioner_id(stage.event.who)
    stage.desk.workforce.position(who, lat, lon, stage.event.words, stage.now, accuracy)


SCENES: dict[Act, Scene] = {
    Act.RECORD_ACCESS: record_access,
    Act.ALLOCATE: allocate,
    Act.ACKNOWLEDGE: acknowledge,
    Act.EN_ROUTE: en_route,
    Act.ON_SCENE: on_scene,
    Act.CLEAR: clear,
    Act.NO_ACCESS: no_access,
    Act.HAND_BACK: hand_back,
    Act.DIVERT: divert,
    Act.ACKNOWLEDGE_RETURN: acknowledge_return,
    Act.TIDY_VISIT: tidy,
    Act.SHIFT_ON: shift_on,
    Act.SHIFT_OFF: shift_off,
    Act.POSITION: position,
}
