"""Diverting a hub: its new patients go to another one until a time; or the divert ends."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from console.domain.acting import Happened
from console.domain.refusals import ChangedElsewhere, Refused
from console.domain.rows import HubRow
from ui.dialogs.decision import Decision
from ui.session import Session
from ui.time_text import day_clock
from ui.widgets.fields import ChoiceField, NotesField, TimeField

_SENTENCE = "New patients go to the other hub. Those who are here stay in their queue."


class DivertHubDialog(Decision):
    """Asks where to, until when and why; for a hub that diverts it offers to end that."""

    def __init__(self, session: Session, hub_id: int | None, parent: QWidget | None = None) -> None:
        """Patients who are already at the hub stay there."""
        super().__init__(session, "Divert hub", _SENTENCE, "Divert", look="danger", parent=parent)
        hubs = sorted(session.live.hubs.by_id.values(), key=lambda hub: hub.id)
        self._names = [(hub.id, hub.name) for hub in hubs]
        self.hub: ChoiceField[int] = ChoiceField(self._names)
        self.to: ChoiceField[int] = ChoiceField(self._names)
        self.until = TimeField(session.now, ahead=True)
        self.reason = NotesField(2)
        self.form.add_row(
            ("hub", "Hub", self.hub, "Choose the hub that diverts."),
            ("to", "To", self.to, "Choose the hub that takes its patients."),
        )
        self.form.add("until", "Until", self.until, needed="Give the time at which it ends.")
        self.form.add("reason", "Why", self.reason, needed="Say why the hub diverts.")
        self.at = self.ask_when("When it was decided")
        self._seen: HubRow | None = None
        self._is_ending = self._was_told = False
        session.live.changed.connect(self._follow)
        self.hub.currentIndexChanged.connect(self._show_hub)
        if hub_id is not None:
            self.hub.put(hub_id)
        self.chosen_already = (self.hub, self.to)
        self._show_hub(0)

    @property
    def chosen(self) -> HubRow | None:
        """The hub that is to divert, or diverts, as it stood when the form asked about it."""
        return self._seen

    @property
    def is_ending(self) -> bool:
        """Whether the hub diverted when the form asked, so that this ends it, also once its time is over."""
        return self._is_ending

    def submit(self) -> None:
        if self.form.read() is None or self.chosen is None:
            return
        hub, hubs, happened = self.chosen, self.session.desk.hubs, Happened(at=self.at.read())
        if self.is_ending:
            ended = f"{hub.name} takes its own patients again."
            self.carry_out(lambda: hubs.end_divert(hub.id, hub.version, happened), ended)
            return
        to, until, reason = self.to.read() or 0, self.until.read(), self.reason.read() or ""
        until = until or self.session.now()
        self.carry_out(
            lambda: hubs.divert(hub.id, hub.version, to, until, reason, happened),
            f"{hub.name} diverts to {self.to.currentText()}.",
        )

    def _refused(self, refusal: Refused) -> None:
        """Whoever was told that somebody else decided meanwhile is asked about what stands now."""
        super()._refused(refusal)
        self._was_told = self._was_told or isinstance(refusal, ChangedElsewhere)
        self._follow()

    @Slot()
    def _follow(self) -> None:
        now = self.session.live.hubs.by_id.get(self.hub.value() or 0)
        if (
            self._was_told
            and now is not None
            and self._seen is not None
            and now.version != self._seen.version
        ):
            self._show_hub(0)

    @Slot(int)
    def _show_hub(self, _: int) -> None:
        hub_id = self.hub.value()
        self._seen = None if hub_id is None else self.session.live.hubs.by_id.get(hub_id)
        hub = self.chosen
        until = hub.diverts_until if hub is not None else None
        self._is_ending = is_ending = until is not None and until > self.session.now()
        for name in ("to", "until", "reason"):
            self.form.ask(name, wanted=not is_ending)
        self.to.offer([(one, name) for one, name in self._names if hub is None or one != hub.id])
        if self.to.count() == 1:
            self.to.setCurrentIndex(0)
        said = _SENTENCE
        if hub is not None and until is not None and is_ending:
            by = f", by {hub.diverted_by}" if hub.diverted_by else ""
            said = f"{hub.name} diverts to {hub.diverts_to} until {day_clock(until, self.session.now())}{by}."
        self.sentence.setText(said)
        self.primary.say("End the divert" if is_ending else "Divert")
