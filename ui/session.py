"""One signed-in person at the window: who acts, with which desk, on what, and how the window answers."""

import datetime as dt
import enum
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from console.domain.acting import Actor
from console.domain.call_list import PracticeToCall
from console.domain.clocks import DEFAULTS
from console.domain.ladder import Frame
from console.domain.permissions import Deed, may
from console.domain.refusals import Refused
from console.domain.report import reasons_not_ones_own
from console.domain.rows import Person, PractitionerRow, QueueRow, ReferralRow, ReportRow, StepRow, TaskRow
from console.domain.staff import Staffing, StaffRow
from ui.actions import CommandTable
from ui.background import Background, Failure, carried
from ui.boards.countdown import Countdown
from ui.live_updates import LiveUpdates
from ui.offers import Offers
from ui.parts import ConsoleParts
from ui.presence import Presence
from ui.reading import Reading
from ui.selection import Kind, Selection
from ui.service_clocks import ServiceClocks

if TYPE_CHECKING:
    from console.services.desk import Desk

Result = TypeVar("Result")


class Ask(enum.Enum):
    """What a command asks of the window itself."""

    FIND = enum.auto()
    BAR = enum.auto()
    NEXT_PANE = enum.auto()
    UNDO = enum.auto()
    TASKS = enum.auto()
    HELP = enum.auto()
    SIGN_OUT = enum.auto()
    THEME = enum.auto()
    SOUND = enum.auto()
    PACK = enum.auto()
    COLUMNS = enum.auto()
    SINCE = enum.auto()
    WALLBOARD = enum.auto()
    LOCK = enum.auto()
    QUIT = enum.auto()


class Session(QObject):
    """What workspaces, dialogs and commands are given; the rows it names are always the newest ones."""

    chosen = Signal()  # another row is chosen, or another workspace is in front
    said = Signal(str, str)  # a sentence for the notice bar and its tone
    done_with = Signal(str, object)  # what was done, and the StepRow that may be undone or None
    fault = Signal(Failure)
    record_wanted = Signal(int)  # the id of the referral to open in the side panel
    workspace_wanted = Signal(str)
    row_wanted = Signal(str, str, int)  # the workspace, and which row of which kind is to be chosen there
    map_wanted = Signal(str)  # the map, and what of it is to be brought into sight
    place_wanted = Signal(float, float, str)  # latitude, longitude and name of what the map is to show
    only_wanted = Signal(str, str)  # the workspace, and which of its filters is to be shown
    asked = Signal(Ask)
    staff_changed = Signal()  # people, their roles, hubs or logins

    def __init__(
        self,
        parts: ConsoleParts,
        person: Person,
        actor: Actor,
        live: LiveUpdates,
        background: Background,
        countdown: Countdown,
        window: QWidget,
        *,
        writing: Background | None = None,
    ) -> None:
        """Sit the person down; `window` is the parent of every dialog.

        On `writing` is kept what nobody waits for: it may be done after the person has left.
        """
        super().__init__(window)
        self.parts, self.person, self.actor = parts, person, actor
        self.live, self.background, self.countdown = live, background, countdown
        self.writing = writing or background
        self.window = window
        self.desk: Desk = parts.desk(actor)
        self.selection = Selection()
        self.reading = Reading(self)
        self.is_covered = False  # the window is locked: nobody sees what is on it
        self.offers = Offers(self)
        self.presence = Presence(self)
        self.presence.taken_over.connect(self._say_taken_over)
        # Loaded here, because the commands need the session themselves.
        from ui.commands import all_commands

        self.commands: CommandTable[Session] = CommandTable(all_commands(), self._itself, self)
        self.commands.refused.connect(self.say)
        self.offers.changed.connect(self.commands.refresh)
        from ui.kept_forms import KeptForms

        self.kept = KeptForms(parts.forms, person.login, countdown, self.now, self)
        from ui.arrangement import Arrangement
        from ui.looking import Looking

        self.arrangement = Arrangement(self.desk.looks.arrange, self.writing, window, self)
        self.looking = Looking(self)
        self.workspaces: tuple[str, ...] = ()  # the names of those that this person may use
        self.clocks = DEFAULTS  # those of this service follow as soon as the database has been asked
        # By what the ladders go, once the database has been asked; and the call list as it was last shown.
        self.frame: Frame | None = None
        self.calls: dict[int, PracticeToCall] = {}
        self.staffing: Staffing | None = None  # as an administrator has last read it
        self.service_clocks = ServiceClocks(self)

    def _itself(self) -> "Session":
        return self

    def now(self) -> dt.datetime:
        """The server's time, aware UTC."""
        return self.parts.now()

    def may(self, deed: Deed) -> bool:
        """Whether this person's role may do this at all."""
        return may(self.actor.role, deed)

    def why_anothers(self, report: ReportRow) -> str:
        """Why a report is another's to sign; empty where it is this person's."""
        actor = self.actor
        return " ".join(reasons_not_ones_own(actor.role, actor.staff_id, report.contact_by_id))

    # What is chosen in the workspace in front

    def choose(self, workspace: str, kind: Kind, row_id: int | None) -> None:
        """A workspace says which of its rows is chosen."""
        if self.selection.choose(workspace, kind, row_id):
            self.chosen.emit()

    def come_to_front(self, workspace: str) -> None:
        """Commands act on the rows of this workspace from now on, never on one that is out of sight."""
        if self.selection.come_to_front(workspace):
            self.chosen.emit()

    @property
    def referral(self) -> ReferralRow | None:
        """The chosen open referral, or the one that the chosen queue entry, report or task is about."""
        referral_id = self.referral_id
        return None if referral_id is None else self.live.referrals.by_id.get(referral_id)

    @property
    def referral_id(self) -> int | None:
        """The id of that referral, also when it has left the board."""
        chosen = self.selection.id_of("referral")
        if chosen is not None:
            return chosen
        about = (self.queue_entry, self.report, self.task)
        return next((row.referral_id for row in about if row is not None), None)

    @property
    def queue_entry(self) -> QueueRow | None:
        """The chosen entry of a hub's queue, or the one of the chosen referral."""
        chosen = self.selection.id_of("queue_entry")
        if chosen is None and (referral_id := self.selection.id_of("referral")) is not None:
            referral = self.live.referrals.by_id.get(referral_id)
            chosen = referral.queue_entry_id if referral else None
        return None if chosen is None else self.live.queue.by_id.get(chosen)

    @property
    def practitioner(self) -> PractitionerRow | None:
        """The chosen practitioner."""
        chosen = self.selection.id_of("practitioner")
        return None if chosen is None else self.live.practitioners.by_id.get(chosen)

    @property
    def report(self) -> ReportRow | None:
        """The chosen report."""
        chosen = self.selection.id_of("report")
        return None if chosen is None else self.live.reports.by_id.get(chosen)

    @property
    def task(self) -> TaskRow | None:
        """The chosen task."""
        chosen = self.selection.id_of("task")
        return None if chosen is None else self.live.tasks.by_id.get(chosen)

    @property
    def practice_to_call(self) -> PracticeToCall | None:
        """The chosen entry of the call list."""
        chosen = self.selection.id_of("practice")
        return None if chosen is None else self.calls.get(chosen)

    @property
    def staff_row(self) -> StaffRow | None:
        """The person whom an administrator has chosen."""
        chosen, rows = self.selection.id_of("staff"), self.staffing.rows if self.staffing else ()
        return next((row for row in rows if row.id == chosen), None)

    @property
    def hub_id(self) -> int | None:
        """The hub that the Hub workspace shows, else the one hub of this person, else none."""
        chosen = self.selection.id_of("hub")
        if chosen is None and len(self.person.hub_ids) == 1:
            return self.person.hub_ids[0]
        return chosen

    # How the window answers

    def say(self, sentence: str, tone: str = "info") -> None:
        """Show a sentence in the notice bar; tone is info, ok, warn or bad."""
        self.said.emit(sentence, tone)

    def _say_taken_over(self, sentence: str) -> None:
        self.say(sentence, "warn")

    def perform(
        self,
        work: Callable[[], Result],
        done: str = "",
        then: Callable[[Result], None] | None = None,
        owner: QObject | None = None,
    ) -> None:
        """Do one step of the desk in the background and say what came of it; for steps without a dialog."""

        def finished(result: Result) -> None:
            if then is not None:
                then(result)
            if done:
                self.done(done)

        self.background.run(carried(work), finished, self.failed, refused=self.refused, owner=owner or self)

    def done(self, sentence: str) -> None:
        """Say what was done, and offer to undo it as long as that is safe."""

        def offer(step: StepRow | None) -> None:
            if step is not None:
                self.done_with.emit(sentence, step)

        # Said at once: until its own step is known, an undo must not take an older one.
        self.done_with.emit(sentence, None)
        self.background.run(self.desk.last_undoable, offer, refused=lambda _: None, owner=self)

    def refused(self, refusal: Refused) -> None:
        """Say why something cannot be done."""
        self.said.emit(str(refusal), "warn")

    def failed(self, failure: Failure) -> None:
        """Say that the program is at fault, with the details at hand."""
        self.fault.emit(failure)

    def open_record(self, referral_id: int) -> None:
        """Open a referral in the side panel."""
        self.record_wanted.emit(referral_id)

    def show_row(self, workspace: str, kind: Kind, row_id: int) -> None:
        """Bring a workspace to the front, with this row of it chosen and in sight."""
        if self._has(workspace):
            self.row_wanted.emit(workspace, kind, row_id)

    def show_place(self, lat: float, lon: float, name: str) -> None:
        """Bring a place on earth into sight on the map."""
        self.go_to("board")
        self.place_wanted.emit(lat, lon, name)

    def go_to(self, workspace: str, only: str = "") -> None:
        """Bring a workspace to the front, and let it show only what one of its filters names."""
        if not self._has(workspace):
            return
        self.workspace_wanted.emit(workspace)
        if only:
            self.only_wanted.emit(workspace, only)

    def _has(self, workspace: str) -> bool:
        """Whether this person works there; else say why not."""
        why_not = self.commands.why_not(f"window.{workspace}") if self.workspaces else ""
        if why_not:
            self.say(why_not)
        return not why_not
