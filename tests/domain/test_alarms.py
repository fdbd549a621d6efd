"""What is heard: every rule in one place, the gravest first."""

import datetime as dt
from dataclasses import replace

import pytest

from console.domain.acting import Actor
from console.domain.alarms import SOUND_OF_TASK, Sound, is_for, of_tasks, urgency
from console.domain.rows import TaskRow
from console.domain.visit_address import subject_of
from console.domain.words import Role, TaskKind

JO = Actor(1, "Jo Bates", Role.COORDINATOR, "Folkestone 1")


def task(now: dt.datetime, kind: TaskKind, role: Role = Role.COORDINATOR) -> TaskRow:
    return TaskRow(
        id=1, version=1, hub_id=1, hub="Folkestone", role=role, kind=kind, subject="visit:7", words="Ring",
        referral_id=None, referral_number=None, report_id=None, practitioner_id=5, due_at=now, created_at=now,
        accepted_by=None, accepted_at=None,
    )  # fmt: skip


def test_that_duress_welfare_and_clinician_now_stand_before_all_others() -> None:
    first = sorted(TaskKind, key=urgency)[:3]
    assert first == [TaskKind.DURESS, TaskKind.WELFARE, TaskKind.CLINICIAN_NOW]


def test_that_whoever_drives_to_the_wrong_door_is_as_urgent_as_harm(now: dt.datetime) -> None:
    silent = task(now, TaskKind.VISIT_UNACKNOWLEDGED)
    wrong = replace(silent, subject=subject_of(7))
    assert [one.sound for one in of_tasks([silent, wrong], JO, None)] == [Sound.LATE, Sound.URGENT]
    assert urgency(wrong.kind, wrong.subject) < urgency(silent.kind, silent.subject)
    assert (silent.title, wrong.title) == ("Visit not acknowledged", "Corrected address: tell")


def test_that_a_clinician_who_is_alone_at_a_hub_hears_of_a_wrong_door(now: dt.datetime) -> None:
    silent = task(now, TaskKind.VISIT_UNACKNOWLEDGED)
    wrong = replace(silent, subject=subject_of(7))
    ann, mo = replace(JO, role=Role.CLINICIAN), replace(JO, role=Role.SUPERVISOR)
    assert [one.sound for one in of_tasks([silent, wrong], ann, None)] == [Sound.URGENT]
    assert not is_for(wrong, mo, None)  # of them it is asked on its own, when nobody tells in time
    theirs = replace(wrong, role=Role.SUPERVISOR)
    assert [is_for(theirs, one, None) for one in (JO, ann, mo)] == [False, False, True]
    taken = replace(wrong, accepted_by="Bo Cole", accepted_at=now)
    assert list(of_tasks([taken], ann, None)) == []
    assert not is_for(taken, ann, None)


def test_that_a_call_for_help_sounds_like_nothing_else() -> None:
    assert [kind for kind, sound in SOUND_OF_TASK.items() if sound is Sound.HELP] == [TaskKind.DURESS]


@pytest.mark.parametrize(
    "kind", [TaskKind.REPORT_LATE, TaskKind.REPORTS_UNSIGNED, TaskKind.REPORT_UNANSWERED]
)
def test_that_a_late_report_is_never_heard(now: dt.datetime, kind: TaskKind) -> None:
    assert list(of_tasks([task(now, kind)], JO, None)) == []


def test_that_what_somebody_has_accepted_or_another_role_is_asked_is_not_heard(now: dt.datetime) -> None:
    asked = task(now, TaskKind.WELFARE)
    assert len(list(of_tasks([asked], JO, None))) == 1
    taken = replace(asked, accepted_by="Mo Khan", accepted_at=now)
    others = replace(asked, role=Role.SUPERVISOR)
    assert list(of_tasks([taken, others], JO, None)) == []


def test_that_a_practitioner_is_asked_for_what_is_theirs_and_nobody_else_s(now: dt.datetime) -> None:
    sam = Actor(4, "Sam Hill", Role.PRACTITIONER, "Folkestone 1")
    asked = task(now, TaskKind.REPORTS_UNSIGNED, Role.PRACTITIONER)
    assert is_for(asked, sam, 5)
    assert not is_for(asked, sam, 6)
