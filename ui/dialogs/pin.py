"""Where on the map a patient is to be seen, when their postcode puts them in the wrong place."""

import re

from PySide6.QtWidgets import QWidget

from console.domain.identifiers import normalise_postcode
from console.domain.refusals import Refused
from console.domain.rows import ReferralRow
from ui.dialogs.decision import ReferralDecision, where
from ui.session import Session
from ui.widgets.fields import NotesField, TextField

_DEGREES = re.compile(r"(-?\d{1,2}(?:\.\d+)?)[,\s]+(-?\d{1,3}(?:\.\d+)?)")


class MovePinDialog(ReferralDecision):
    """A place and why; the address stays as it is."""

    def __init__(
        self,
        session: Session,
        row: ReferralRow,
        place: tuple[float, float] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """`place` was pointed at on the map: latitude and longitude."""
        sentence = f"The address stays as it is: {where(row).rstrip('.')}. Only the place on the map changes."
        super().__init__(session, row, "Move on the map", sentence, "Move", parent=parent)
        self.place, self.reason = TextField(), NotesField(2)
        self.place.setPlaceholderText("CT20 1AB or 51.081, 1.166")
        if place is not None:
            self.place.setText(f"{place[0]:.5f}, {place[1]:.5f}")
        hint = "A postcode, or latitude and longitude in degrees. On the map: right-click the place."
        self.form.add("place", "Where the patient is", self.place, hint=hint, needed="Enter the place.")
        self.form.add("reason", "Why", self.reason, needed="Say why the place on the map is wrong.")

    def submit(self) -> None:
        if self.form.read() is None:
            return
        desk, row = self.session.desk, self.row
        typed, reason = self.place.read() or "", self.reason.read() or ""

        def move() -> None:
            desk.referrals.move_pin(row.id, row.version, *self._placed(typed), reason)

        self.carry_out(move, f"{self.who} is moved on the map.")

    def _placed(self, typed: str) -> tuple[float, float]:
        """Latitude and longitude; looked up off the GUI thread."""
        if found := _DEGREES.fullmatch(typed):
            return float(found[1]), float(found[2])
        point = self.session.desk.basis.places.locate(normalise_postcode(typed))
        if point is None:
            raise Refused("This postcode is not in the table: type latitude and longitude instead.")
        return point
