"""Scenes of tasks: each role takes up what has waited for a while; the newest are left to who trains."""

import datetime as dt

from console.domain.words import TaskKind
from console.planning.day.words import Act
from console.services.players.stage import Scene, Stage
from db.queries import training as queries

# Finished by what is recorded elsewhere, never as a task.
_ELSEWHERE = frozenset({TaskKind.AMBULANCE_TAKE_OVER, TaskKind.OVERNIGHT})
_ANY = frozenset(TaskKind) - _ELSEWHERE
_RESULTS = {
    TaskKind.WAITING_CALL: "Spoken to the patient: no worse, safe to wait; told when to ring.",
    TaskKind.CLINICIAN_NOW: "Rung at once: to be seen next, carer stays with the patient.",
    TaskKind.TELEPHONE_GP: "Spoke to the duty doctor, who takes it on today.",
    TaskKind.GP_LIAISON: "Spoke to the practice: they know, nothing more to do.",
    TaskKind.WELFARE: "Reached by telephone: all well, takes longer.",
}
_RESULT = "Looked into it, and told whoever had to know."


def accept(stage: Stage) -> None:
    """Somebody takes the task of their role that has waited longest."""
    desk = stage.desk
    kinds = frozenset({TaskKind.OVERNIGHT}) if stage.event.words == "overnight" else _ANY
    before = stage.now - dt.timedelta(minutes=0 if stage.event.words else stage.event.minutes)
    with stage.database.read() as session:
        seen = stage.there(queries.task_to_accept(session, desk.actor.role, before, kinds))
    desk.tasks.accept(seen.id, seen.version)


def finish(stage: Stage) -> None:
    """Somebody finishes the task that they have accepted."""
    desk = stage.desk
    with stage.database.read() as session:
        seen = stage.there(queries.task_to_finish(session, desk.actor.staff_id, desk.actor.role, _ANY))
    desk.tasks.done(seen.id, seen.version, _RESULTS.get(seen.kind, _RESULT))


SCENES: dict[Act, Scene] = {Act.ACCEPT_TASK: accept, Act.DO_TASK: finish}
