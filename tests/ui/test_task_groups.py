"""Many equal tasks are one line; what is urgent or taken is never buried in it."""

import datetime as dt
from dataclasses import replace

from console.domain.rows import TaskRow
from console.domain.visit_address import subject_of
from console.domain.words import Role, TaskKind
from ui.boards.task_cells import FILTERS, asked_of, order
from ui.boards.task_groups import grouped, is_group, once


def late(now: dt.datetime, number: int) -> TaskRow:
    return TaskRow(
        id=number, version=1, hub_id=1, hub="Dover" if number % 2 else "Folkestone", role=Role.COORDINATOR,
        kind=TaskKind.REPORT_LATE, subject=f"report:{number}", words="Chase it", referral_id=number,
        referral_number=f"R-{number}", report_id=number, practitioner_id=None,
        due_at=now - dt.timedelta(minutes=number), created_at=now, accepted_by=None, accepted_at=None,
    )  # fmt: skip


def test_that_two_thousand_late_reports_are_one_line_below_what_is_urgent(now: dt.datetime) -> None:
    worse = replace(late(now, 5000), kind=TaskKind.CLINICIAN_NOW, due_at=now)
    shown = sorted(grouped([late(now, number) for number in range(1, 2001)] + [worse]), key=order)
    assert [row.kind for row in shown] == [TaskKind.CLINICIAN_NOW, TaskKind.REPORT_LATE]
    many = shown[1]
    assert is_group(many)
    assert many.words == "2,000 reports are late. Enter shows them."
    assert many.hub == "Dover, Folkestone"
    assert many.due_at == now - dt.timedelta(minutes=2000)


def test_that_a_few_stand_each_for_themselves(now: dt.datetime) -> None:
    assert not any(is_group(row) for row in grouped([late(now, number) for number in range(1, 5)]))


def test_that_what_somebody_took_stands_out_of_the_many(now: dt.datetime) -> None:
    rows = [late(now, number) for number in range(1, 9)]
    rows[3] = replace(rows[3], accepted_by="Jo Bates", accepted_at=now)
    shown = grouped(rows)
    assert [row.id for row in shown if not is_group(row)] == [4]


def test_that_a_line_of_many_keeps_its_key_while_they_change(now: dt.datetime) -> None:
    many = [late(now, number) for number in range(1, 9)]
    (before,), (after,) = grouped(many), grouped(many[2:])
    assert before.id == after.id < 0


def test_that_many_that_are_opened_stand_each_for_themselves(now: dt.datetime) -> None:
    rows = [late(now, number) for number in range(1, 9)]
    assert len(grouped(rows, {TaskKind.REPORT_LATE})) == 8


def test_that_a_call_for_help_to_three_roles_is_one_line_that_names_them(now: dt.datetime) -> None:
    call = replace(late(now, 1), kind=TaskKind.DURESS, subject="practitioner:7", words="Sam Hill. At home.")
    rows = [
        replace(call, id=number, role=role)
        for number, role in enumerate((Role.SUPERVISOR, Role.COORDINATOR, Role.CLINICIAN), 1)
    ]
    rows[1] = replace(rows[1], accepted_by="Jo Bates", accepted_at=now)
    (line,) = once(rows, Role.CLINICIAN)
    assert (line.id, line.role) == (3, Role.CLINICIAN)  # what keys act on is the reader's own
    assert line.words == "Coordinator (Jo Bates), clinician, supervisor: Sam Hill. At home."
    (line,) = once(rows, Role.PRACTITIONER)
    assert line.id == 1  # one that nobody has accepted stands for all


def test_that_an_address_to_tell_is_one_line_whoever_is_asked(now: dt.datetime) -> None:
    desk = replace(late(now, 1), kind=TaskKind.VISIT_UNACKNOWLEDGED, subject=subject_of(7), words="Tell Sam.")
    control = replace(desk, id=2, role=Role.SUPERVISOR)
    for role, own in ((Role.SUPERVISOR, 2), (Role.COORDINATOR, 1), (Role.CLINICIAN, 1)):
        (line,) = once([control, replace(desk, accepted_by="Jo Bates", accepted_at=now)], role)
        assert line.id == own
        assert line.words == "Coordinator (Jo Bates), supervisor: Tell Sam."
    silent = replace(desk, id=3, subject="visit:7")
    assert once([desk, silent], Role.COORDINATOR) == [silent, desk]
    assert (asked_of(desk), asked_of(control)) == ("coordinator or clinician", "control-room supervisor")
    assert FILTERS["mine"][1](desk, Role.CLINICIAN)
    assert not FILTERS["mine"][1](silent, Role.CLINICIAN)


def test_that_two_calls_for_help_stay_two_and_other_tasks_stay_apart(now: dt.datetime) -> None:
    call = replace(late(now, 1), kind=TaskKind.DURESS, subject="practitioner:7")
    other = replace(call, id=2, subject="practitioner:8")
    again = replace(late(now, 3), kind=TaskKind.RESPONSE_LATE)
    rows = [call, other, again, replace(again, id=4, role=Role.SUPERVISOR)]
    assert once(rows, Role.COORDINATOR) == [again, rows[3], call, other]
