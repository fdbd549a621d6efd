"""Where a practitioner is, as they said it: a postcode, or latitude and longitude."""

import re

from PySide6.QtWidgets import QWidget

from console.domain.identifiers import normalise_postcode
from console.domain.refusals import Refused
from console.domain.rows import PractitionerRow
from ui.dialogs.decision import Decision
from ui.session import Session
from ui.time_text import age
from ui.widgets.fields import TextField, TimeField

_DEGREES = re.compile(r"(-?\d{1,2}(?:\.\d+)?)[,\s]+(-?\d{1,3}(?:\.\d+)?)")
_POSTCODE_M = 150.0


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
        hint = "A postcode, or latitude and longitude in degrees."
        self.form.add("place", "Where they are", self.place, hint=hint, needed="Enter where they are.")
        self.form.add("at", "When they were there", self.at, hint="Empty means now.")

    def submit(self) -> None:
        if self.form.read() is None:
            return
        desk, row, at = self.session.desk, self._row, self.at.read()
        typed = self.place.read() or ""

        def keep() -> None:
            lat, lon, accuracy_m = self._placed(typed)
            desk.workforce.position(row.id, lat, lon, at=at, accuracy_m=accuracy_m)

        self.carry_out(keep, f"Position of {row.name} saved.")

    def _placed(self, typed: str) -> tuple[float, float, float | None]:
        """Latitude, longitude and how exact they are; looked up off the GUI thread."""
        if found := _DEGREES.fullmatch(typed):
            return float(found[1]), float(found[2]), None
        point = self.session.desk.basis.places.locate(normalise_postcode(typed))
        if point is None:
            raise Refused("This postcode is not in the table: type latitude and longitude instead.")
        return (*point, _POSTCODE_M)
