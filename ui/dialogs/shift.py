"""A practitioner comes on duty, goes off, or did both on paper."""

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from console.domain.acting import Happened
from console.domain.practitioner import reasons_not_to_go_off
from console.domain.rows import PractitionerName, PractitionerRow
from console.domain.words import Placement
from ui.dialogs.decision import Decision
from ui.dialogs.on_behalf import told_by
from ui.session import Session
from ui.time_text import clock
from ui.widgets.fields import ChoiceField, TextField, TickField, TimeField

_WHERE = ("hub", "placement", "is_remote")
_ON_PAPER = ("came", "went", "channel", "said")


class ShiftDialog(Decision):
    """Who is on duty is offered to go off, anybody else to come on; a shift that is over is entered whole."""

    def __init__(
        self, session: Session, row: PractitionerRow | int | None, parent: QWidget | None = None
    ) -> None:
        """The chosen practitioner stands there already; another one can be typed.

        An id is of somebody who is not on the board: they are chosen when everybody has been read.
        """
        sentence = "Only people on duty are sent, and positions are kept of nobody else."
        super().__init__(session, "Shift on or off", sentence, "On duty", parent=parent)
        self.setMinimumWidth(560)
        self.who: ChoiceField[int] = ChoiceField()
        hubs = sorted(session.live.hubs.by_id.values(), key=lambda one: one.name)
        self.hub: ChoiceField[int] = ChoiceField([(one.id, one.name) for one in hubs])
        self.placement: ChoiceField[Placement] = ChoiceField([(one, one.label) for one in Placement])
        self.placement.put(Placement.HOME_VISITING)
        self.ends, self.at = TimeField(session.now, ahead=True), TimeField(session.now)
        self.is_remote = TickField()
        self.is_over, self.channel, self.said = TickField(), told_by(), TextField()
        self.came, self.went = TimeField(session.now), TimeField(session.now)
        self.form.add("who", "Practitioner", self.who, needed="Choose the practitioner.")
        self.form.add_row(
            ("hub", "Hub", self.hub, "Choose the hub."),
            ("placement", "Works as", self.placement, "Choose what the shift is worked as."),
        )
        self.form.add("ends", "Until", self.ends, needed="Give the end of the shift.")
        self.form.add("is_remote", "Works remotely and is not sent out", self.is_remote)
        self.form.add("is_over", "The whole shift is over and is entered from paper", self.is_over)
        self.form.add("at", "When it happened", self.at, hint="Empty means now.")
        self.form.add_row(
            ("came", "Came on duty", self.came, "Give the time at which the shift really began."),
            ("went", "Went off duty", self.went, "Give the time at which the shift really ended."),
            ("channel", "How you were told", self.channel, "Choose how you were told."),
        )
        needed = "Write down what stands on the paper, or what the practitioner said."
        self.form.add("said", "What they wrote or said", self.said, needed=needed)
        self._wanted = row if isinstance(row, int) else None
        self._chosen_first = None if isinstance(row, int) else row
        self._offer([PractitionerName(one.id, one.name, one.profession) for one in self._on_board()])
        self.who.currentIndexChanged.connect(self._ask_what_fits)
        self.is_over.toggled.connect(self._ask_what_fits)
        if self._chosen_first is not None:
            self.who.put(self._chosen_first.id)
        self._ask_what_fits()
        session.live.changed.connect(self._say_why_not)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            self.session.background.run(
                self.session.desk.workforce.practitioners,
                self._offer,
                refused=self.show_refusal,
                owner=self,
            )

    def submit(self) -> None:
        if self.form.read() is None:
            return
        if self.is_over.isChecked():
            self._enter_whole()
            return
        key, name = self._chosen
        workforce, happened = self.session.desk.workforce, Happened(at=self.at.read())
        row = self._row
        if self._is_on and row is not None and row.shift_id is not None and row.shift_version is not None:
            shift_id, version = row.shift_id, row.shift_version
            self.carry_out(lambda: workforce.shift_off(shift_id, version, happened), f"{name} is off duty.")
            return
        hub_id, placement = self.hub.read() or 0, self.placement.read() or Placement.HOME_VISITING
        ends_at, is_remote = self.ends.read() or self.session.now(), self.is_remote.isChecked()
        self.carry_out(
            lambda: workforce.shift_on(key, hub_id, placement, None, ends_at, is_remote, happened),
            f"{name} is on duty until {clock(ends_at)}.",
        )

    def _enter_whole(self) -> None:
        """Enter the shift with both its times."""
        (key, name), came, went = self._chosen, self.came.read(), self.went.read()
        if came is None or went is None:  # the form asks for both
            return
        hub_id, placement = self.hub.read() or 0, self.placement.read() or Placement.HOME_VISITING
        told = Happened(None, key, self.channel.read(), self.said.read() or "")
        workforce, is_remote = self.session.desk.workforce, self.is_remote.isChecked()
        self.carry_out(
            lambda: workforce.shift_worked(key, hub_id, placement, came, went, is_remote, told),
            f"The shift of {name} from {clock(came)} to {clock(went)} is recorded.",
        )

    @property
    def _chosen(self) -> tuple[int, str]:
        """The id and the name of the chosen practitioner."""
        return self.who.read() or 0, self.who.currentText().split(",")[0]

    @property
    def _row(self) -> PractitionerRow | None:
        """The chosen one as the board shows them, if they have a shift about now."""
        key = self.who.value()
        return None if key is None else self.session.live.practitioners.by_id.get(key, self._given(key))

    @property
    def _is_on(self) -> bool:
        row = self._row
        return row is not None and row.shift_id is not None and row.on_at is not None

    def _given(self, key: int) -> PractitionerRow | None:
        first = self._chosen_first
        return first if first is not None and first.id == key else None

    def _on_board(self) -> list[PractitionerRow]:
        rows = list(self.session.live.practitioners.by_id.values())
        first = self._chosen_first
        return rows if first is None or any(one.id == first.id for one in rows) else [*rows, first]

    def _offer(self, people: Sequence[PractitionerName]) -> None:
        ordered = sorted(people, key=lambda one: one.name)
        self.who.offer([(one.id, f"{one.name}, {one.profession.label}") for one in ordered])
        if self._wanted is not None and any(one.id == self._wanted for one in ordered):
            self.who.put(self._wanted)
            self._wanted = None

    def _ask_what_fits(self) -> None:
        row, is_over = self._row, self.is_over.isChecked()
        is_on = self._is_on and not is_over
        for name in _WHERE:
            self.form.ask(name, wanted=not is_on)
        for name in _ON_PAPER:
            self.form.ask(name, wanted=is_over)
        self.form.ask("ends", wanted=not is_on and not is_over)
        self.form.ask("at", wanted=not is_over)
        self._say_why_not()
        self.primary.say("Save shift" if is_over else "Off duty" if is_on else "On duty")
        if row is not None and not is_on:
            self._fill_in(row)

    @Slot()
    def _say_why_not(self) -> None:
        """As long as it holds: others may finish a visit meanwhile."""
        is_asked = self._is_on and not self.is_over.isChecked()
        self.form.say_hint("who", " ".join(self._why_not_off()) if is_asked else "")

    def _why_not_off(self) -> tuple[str, ...]:
        """Whom they still have in hand, as far as the board knows, before anybody tries to let them go."""
        if (row := self._row) is None:
            return ()
        rows = self.session.live.referrals.by_id.values()
        numbers = {one.number for one in rows if one.visit_id is not None and one.practitioner_id == row.id}
        if row.referral_number is not None:
            numbers.add(row.referral_number)
        return reasons_not_to_go_off(row.name, sorted(numbers))

    def _fill_in(self, row: PractitionerRow) -> None:
        """What was planned is what happens, unless it is typed over."""
        if row.hub_id is not None:
            self.hub.put(row.hub_id)
        if row.placement is not None:
            self.placement.put(row.placement)
        if row.shift_ends_at is not None and row.shift_ends_at > self.session.now():
            self.ends.put(row.shift_ends_at)
