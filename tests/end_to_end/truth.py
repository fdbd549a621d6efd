"""What the database holds in the end, and that nothing of it has leaked into the log."""

import datetime as dt
import logging
from dataclasses import dataclass
from typing import TypeVar

import pytest
from sqlalchemy import select

from console.domain.words import Channel, Role, TaskKind
from db.engine import Database
from db.models import (
    Contact,
    Outcome,
    Patient,
    Practitioner,
    QueueEntry,
    Referral,
    Report,
    ReportVersion,
    Staff,
    Step,
    Task,
    Visit,
)

Row = TypeVar("Row", Visit, QueueEntry, Outcome, Report, Task, Contact)


@dataclass(frozen=True)
class Told:
    """One line of a timeline."""

    kind: str
    happened: str  # as a clock shows it
    entered: str
    by: str
    role: Role
    on_behalf_of: str | None
    channel: Channel | None
    said: str


class Truth:
    """Reads the database itself, past services and boards."""

    def __init__(self, database: Database) -> None:
        """Of this database."""
        self._database = database

    def referral(self, family_name: str) -> Referral:
        """The one referral of a patient."""
        wanted = select(Referral).join(Patient, Patient.id == Referral.patient_id)
        with self._database.read() as session:
            return session.scalars(wanted.where(Patient.family_name == family_name)).one()

    def is_there(self, family_name: str) -> bool:
        """Whether a patient of that name is known."""
        with self._database.read() as session:
            return session.scalar(select(Patient.id).where(Patient.family_name == family_name)) is not None

    def of(self, kind: type[Row], family_name: str) -> list[Row]:
        """Every row of a kind that belongs to a patient's referral, the oldest first."""
        referral_id = self.referral(family_name).id
        with self._database.read() as session:
            found = session.scalars(select(kind).where(kind.referral_id == referral_id).order_by(kind.id))
            return list(found)

    def steps(self, family_name: str) -> list[Told]:
        """The timeline of a patient's referral, in the order in which it was entered."""
        referral_id = self.referral(family_name).id
        wanted = (
            select(Step, Staff.name, Practitioner.name)
            .join(Staff, Staff.id == Step.by_id)
            .outerjoin(Practitioner, Practitioner.id == Step.on_behalf_of_id)
            .where(Step.referral_id == referral_id)
            .order_by(Step.id)
        )
        with self._database.read() as session:
            return [
                Told(
                    one.kind,
                    clock(one.happened_at),
                    clock(one.entered_at),
                    by,
                    one.role,
                    on_behalf,
                    one.channel,
                    one.said,
                )
                for one, by, on_behalf in session.execute(wanted)
            ]

    def step(self, family_name: str, kind: str) -> Told:
        """The newest step of a kind."""
        return [one for one in self.steps(family_name) if one.kind == kind][-1]

    def task(self, family_name: str, kind: TaskKind) -> Task:
        """The one task of a kind about a patient."""
        (task,) = (one for one in self.of(Task, family_name) if one.kind is kind)
        return task

    def name_of(self, staff_id: int | None) -> str:
        """Whose id it is."""
        with self._database.read() as session:
            return session.get_one(Staff, staff_id).name

    def version(self, report: Report) -> ReportVersion:
        """The newest version of a report."""
        wanted = select(ReportVersion).where(ReportVersion.report_id == report.id)
        with self._database.read() as session:
            return session.scalars(wanted.order_by(ReportVersion.number.desc())).first() or pytest.fail(
                "None."
            )


def clock(at: dt.datetime | None) -> str:
    """The time of day; in winter London is on UTC."""
    return "" if at is None else f"{at:%H:%M}"


def assert_silent_about(caplog: pytest.LogCaptureFixture, *words: str) -> None:
    """See that none of these words, in whatever case, stands in the log; and that nothing went wrong."""
    logged = "\n".join(f"{one.getMessage()} {one.exc_text or ''}" for one in caplog.records).casefold()
    assert not [word for word in words if word.casefold() in logged]
    assert not [one.getMessage() for one in caplog.records if one.levelno >= logging.WARNING]
