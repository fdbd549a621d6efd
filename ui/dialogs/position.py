"""Where a practitioner is, as they said it: a postcode, or latitude and longitude."""

import re
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from console.domain.identifiers import normalise_postcode
from console.domain.refusals import Refused
from console.domain.rows import PractitionerRow
from ui.dialogs.decision import Decision, where
from ui.session import Session
from ui.time_text import age
from ui.widgets.action_bar import KeyButton
from ui.widgets.fields import TextField, TimeField, begin_in, fill_in
from ui.widgets.looks import line

_DEGREES = re.compile(r"(-?\d{1,2}(?:\.\d+)?)[,\s]+(-?\d{1,3}(?:\.\d+)?)")
_POSTCODE_M = 150.0
_HINT = "A postcode, or latitude and longitude in degrees."
Place = tuple[float, float, str]


class PositionDialog(Decision):
    """A position that is entered by hand."""

    def __init__(self, session: Session, row: PractitionerRow, parent: QWidget | None = None) -> None:
        """Say how old the last one is."""
        last = (
            f"The last one came {age(row.position_at, session.now())}."
            if row.position_at
            else "None is known."
        )
        super().__init__(session, f"Position: {row.name}", last, "Save position", parent=parent)
        self._row = row
        self.place, self.at = TextField(), TimeField(session.now)
        self.place.setPlaceholderText("CT20 1AB or 51.081, 1.166")
        self.form.add("place", "Where they are", self.place, hint=_HINT, needed="Enter where they are.")
        self.at_patient = KeyButton("At the patient", "Alt+P")
        self.at_hub = KeyButton("At the hub", "Alt+H")
        self._filled_from: Callable[[], Place | None] | None = None
        self._offer_both()
        choices = QWidget()
        across = line(choices, gap=8)
        across.addWidget(self.at_patient)
        across.addWidget(self.at_hub)
        across.addStretch(1)
        self.form.add_widget(choices)
        self.form.add("at", "When they were there", self.at, hint="Empty means now.")
        self.at_patient.clicked.connect(self._fill_patient)
        self.at_hub.clicked.connect(self._fill_hub)
        QShortcut(QKeySequence("Alt+P"), self).activated.connect(self.at_patient.click)
        QShortcut(QKeySequence("Alt+H"), self).activated.connect(self.at_hub.click)
        self.place.textEdited.connect(self._typed_over)
        session.live.changed.connect(self._follow)

    def submit(self) -> None:
        if self.form.read() is None:
            return
        desk, row, at = self.session.desk, self._row, self.at.read()
        typed = self.place.read() or ""

        def keep() -> None:
            lat, lon, accuracy_m = self._placed(typed)
            desk.workforce.position(row.id, lat, lon, at=at, accuracy_m=accuracy_m)

        self.carry_out(keep, f"Position of {row.name} saved.")

    # The two places where they mostly are, by one key each

    def _newest(self) -> PractitionerRow:
        return self.session.live.practitioners.by_id.get(self._row.id, self._row)

    def _patient(self, referral_id: int | None) -> Place | None:
        """Where a patient is, in words."""
        row = self.session.live.referrals.by_id.get(referral_id or 0)
        if row is None or row.lat is None or row.lon is None:
            return None
        return row.lat, row.lon, f"At the patient: {where(row)}"

    def _hub(self, hub_id: int | None) -> Place | None:
        hub = self.session.live.hubs.by_id.get(hub_id or 0)
        if hub is None or hub.lat is None or hub.lon is None:
            return None
        return hub.lat, hub.lon, f"At the hub: {hub.name}"

    def _offer_both(self) -> None:
        name, row = self._row.name, self._newest()
        patient, hub = self._patient(row.referral_id), self._hub(row.hub_id)
        self._offer(self.at_patient, patient, f"{name} has no patient in hand who is on the map.")
        self._offer(self.at_hub, hub, f"{name} works from no hub that is on the map.")

    @Slot()
    def _follow(self) -> None:
        """The address may be corrected meanwhile: what a key filled in is the newest of that patient."""
        self._offer_both()
        if self._filled_from is not None and (place := self._filled_from()) is not None:
            self._put(place)

    def _offer(self, button: KeyButton, place: Place | None, why_not: str) -> None:
        button.setAutoDefault(False)
        button.allow(place[2] if place else why_not, is_allowed=place is not None)

    @Slot()
    def _fill_patient(self) -> None:
        self._fill(partial(self._patient, self._newest().referral_id))

    @Slot()
    def _fill_hub(self) -> None:
        self._fill(partial(self._hub, self._newest().hub_id))

    def _fill(self, found: Callable[[], Place | None]) -> None:
        if (place := found()) is not None:
            self._filled_from = found
            self._put(place)
            begin_in(self.place)

    def _put(self, place: Place) -> None:
        lat, lon, words = place
        if self.place.text() != (text := f"{lat:.5f}, {lon:.5f}"):
            fill_in(self.place, text)
        self.form.say_wrong("place", "")
        self.form.say_hint("place", words)

    @Slot()
    def _typed_over(self) -> None:
        self._filled_from = None
        self.form.say_hint("place", _HINT)

    def _placed(self, typed: str) -> tuple[float, float, float | None]:
        """Latitude, longitude and how exact they are; looked up off the GUI thread."""
        if found := _DEGREES.fullmatch(typed):
            return float(found[1]), float(found[2]), None
        point = self.session.desk.basis.places.locate(normalise_postcode(typed))
        if point is None:
            raise Refused("This postcode is not in the table: type latitude and longitude instead.")
        return (*point, _POSTCODE_M)
