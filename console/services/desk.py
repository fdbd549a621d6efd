"""The desk of one signed-in person: every service, in their name and role, at one database."""

import datetime as dt
from collections.abc import Callable

from console.domain.acting import Actor
from console.domain.calendar import WorkingCalendar, local_day
from console.domain.clocks import minutes
from console.domain.ladder import Frame
from console.domain.opening_reasons import UNDOING
from console.domain.rows import StepRow
from console.domain.undo import LEAVE_STEPS, UNDO_MINUTES
from console.planning.places import Places, shipped
from console.services import site
from console.services.administration import Administration
from console.services.ambulance import Ambulance
from console.services.audits import Audits
from console.services.basis import Basis
from console.services.chases import Chases
from console.services.chasing import Chasing
from console.services.contacts import Contacts
from console.services.ending import settle_taken_back
from console.services.finding import Finding
from console.services.heartbeat import Heartbeat
from console.services.housekeeping import Housekeeping
from console.services.hub_queue import HubQueue
from console.services.hubs import Hubs
from console.services.key_safes import KeySafes
from console.services.looks import Looks
from console.services.maps import Maps
from console.services.markers import Markers
from console.services.outgoing import Outgoing
from console.services.paper import Paper
from console.services.phones import Phones
from console.services.positions import Positions
from console.services.practice_calls import PracticeCalls
from console.services.presence import Presence
from console.services.queue_parts import ask_about_open_again
from console.services.records import Records, keep_open
from console.services.referrals import Referrals
from console.services.reminders import Reminders
from console.services.reports import Reports
from console.services.sealing import Sealing
from console.services.snoozes import Snoozes
from console.services.tasks import Tasks
from console.services.training import Training
from console.services.triage import Triage
from console.services.visits import Visits
from console.services.welfare import Welfare
from console.services.workforce import Workforce
from db import undo
from db.engine import Database
from db.models import Practitioner, Step
from db.queries import lookups
from db.unit_of_work import First


class Desk:
    """What one person works with; make a new one when somebody else signs in."""

    def __init__(
        self,
        database: Database,
        actor: Actor,
        now: Callable[[], dt.datetime],
        calendar: WorkingCalendar | None = None,
        places: Places | None = None,
        first: First | None = None,
    ) -> None:
        """Without them, the calendar is England's and the places come from the shipped table.

        `first` is written at the beginning of each transaction.
        """
        self.basis = Basis(
            database=database,
            actor=actor,
            now=now,
            calendar=calendar or site.england(),
            places=places or shipped(),
            first=first,
        )
        self.administration = Administration(self.basis)
        self.referrals = Referrals(self.basis)
        self.triage = Triage(self.basis)
        self.visits = Visits(self.basis)
        self.ambulance = Ambulance(self.basis)
        self.contacts = Contacts(self.basis)
        self.markers = Markers(self.basis)
        self.maps = Maps(self.basis)
        self.presence = Presence(self.basis)
        self.finding = Finding(self.basis, self.maps)
        self.audits = Audits(self.basis)
        self.records = Records(self.basis)
        self.key_safes = KeySafes(self.basis)
        self.hub_queue = HubQueue(self.basis)
        self.looks = Looks(self.basis)
        self.reports = Reports(self.basis)
        self.chases = Chases(self.basis)
        self.practice_calls = PracticeCalls(self.basis)
        self.snoozes = Snoozes(self.basis)
        self.tasks = Tasks(self.basis)
        self.welfare = Welfare(self.basis)
        self.workforce = Workforce(self.basis)
        self.positions = Positions(self.basis)
        self.paper = Paper(self.basis)
        self.phones = Phones(self.basis)
        self.hubs = Hubs(self.basis)
        self.outgoing = Outgoing(self.basis)
        self.reminders = Reminders(self.basis)
        self.chasing = Chasing(self.basis)
        self.heartbeat = Heartbeat(self.basis)
        self.housekeeping = Housekeeping(self.basis)
        self.sealing = Sealing(self.basis)
        self.training = Training(self.basis)

    @property
    def actor(self) -> Actor:
        """Who works at this desk, and as what."""
        return self.basis.actor

    def frame(self) -> Frame:
        """Give by what the ladders go now, with the bank holidays at hand."""
        now = self.basis.now()
        with self.basis.database.read() as session:
            found = site.frame(session, now)
        found.calendar.is_working_day(local_day(now))  # loads them here: whoever asks later must not wait
        return found

    def undo(self, step_id: int) -> None:
        """Take back one's own step of the last minutes by a second step; both stay on the timeline."""
        with self.basis.database.read() as session:
            about = undo.patient_of(session, step_id)
        if about is not None:
            keep_open(self.basis, about, UNDOING)
        with self.basis.database.work(self.basis.actor, self.basis.now()) as work:
            undoing = work.undo(step_id)
            if undoing.referral_id is not None:
                settle_taken_back(work, undoing.referral_id)
                ask_about_open_again(work, undoing)

    def last_undoable(self) -> StepRow | None:
        """Give this person's own newest step, when it may still be taken back."""
        if self.actor.role not in LEAVE_STEPS:
            return None
        since = self.basis.now() - minutes(UNDO_MINUTES)
        with self.basis.database.read() as session:
            steps = lookups.newest_steps_by(session, self.actor.staff_id, since)
            undone = {step.undoes_id for step in steps}
            newest = next((one for one in steps if one.undoes_id is None and one.id not in undone), None)
            # Only the newest one: taking back an older step first would mix two lives up.
            if newest is None or not newest.changes:
                return None
            by = session.get(Practitioner, newest.on_behalf_of_id) if newest.on_behalf_of_id else None
            return _row(newest, self.actor.name, by.name if by else None)


def _row(step: Step, by: str, on_behalf_of: str | None) -> StepRow:
    return StepRow(
        id=step.id,
        referral_id=step.referral_id,
        words=step.words,
        kind=step.kind,
        happened_at=step.happened_at,
        entered_at=step.entered_at,
        by=by,
        role=step.role,
        on_behalf_of=on_behalf_of,
        channel=step.channel,
        said=step.said,
        can_undo=True,
        from_paper=step.from_paper,
    )
