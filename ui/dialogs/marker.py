"""Markers: warnings about a patient or a place: added, acknowledged by name, ended."""

import datetime as dt

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from console.domain.acting import Happened
from console.domain.opening_reasons import MARKING
from console.domain.rows import MarkerRow, ReferralRecord, ReferralRow
from console.domain.words import MarkerKind, Role
from ui.dialogs.decision import ReferralDecision, where
from ui.dialogs.marker_list import MarkerList
from ui.session import Session
from ui.time_text import local
from ui.widgets.fields import ChoiceField, DateField, NotesField, TextField

_REVIEW_AFTER = dt.timedelta(days=182)
_OF_A_PLACE = frozenset({MarkerKind.ANIMAL, MarkerKind.ACCESS})


class MarkerDialog(ReferralDecision):
    """A new marker; whoever adds it is its owner."""

    def __init__(self, session: Session, row: ReferralRow, parent: QWidget | None = None) -> None:
        """The review date is half a year away unless another one is typed."""
        sentence = "Everybody who sends or goes reads it and acknowledges it by name. You are its owner."
        super().__init__(session, row, "Add a marker", sentence, "Add marker", parent=parent)
        self.kind: ChoiceField[MarkerKind] = ChoiceField([(one, one.label) for one in MarkerKind])
        self.on_place: ChoiceField[bool] = ChoiceField([(False, "The patient, wherever they are")])
        if row.postcode:
            self.on_place.offer(
                [(False, "The patient, wherever they are"), (True, f"The place: {where(row)}")]
            )
        self.on_place.put(False)
        self.words, self.review = NotesField(2), DateField()
        self.review.put(local(session.now() + _REVIEW_AFTER).date())
        self.form.add("kind", "Kind", self.kind, needed="Choose the kind of marker.")
        self.form.add("on_place", "About", self.on_place, needed="Choose what it is about.")
        self.form.add("words", "What staff must know", self.words, needed="Write down what staff must know.")
        self.form.add("review", "Review on", self.review, needed="Give the date to look at it again.")
        self.at = self.ask_when("When you were told")
        self.kind.currentIndexChanged.connect(self._propose)

    def submit(self) -> None:
        if self.form.read() is None:
            return
        row, desk = self.row, self.session.desk
        kind, words = self.kind.read() or MarkerKind.CLINICAL, self.words.read() or ""
        review = self.review.read() or local(self.session.now()).date()
        is_place = bool(self.on_place.read())
        patient_id = None if is_place else row.patient_id
        postcode, address = (row.postcode, row.address) if is_place else (None, None)
        happened = Happened(at=self.at.read())
        self.carry_out(
            lambda: desk.markers.add(
                patient_id, postcode, address, kind, words, review, row.id, happened=happened
            ),
            f"Marker added: {kind.label}.",
        )

    def _propose(self) -> None:
        """A dog stays where it is; most other warnings go with the patient."""
        if self.on_place.count() > 1:
            self.on_place.put(self.kind.value() in _OF_A_PLACE)


class _WithMarkers(ReferralDecision):
    """Reads the markers that hold for a referral before it asks."""

    _are_read = False

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            desk, row_id = self.session.desk, self.row.id
            self.session.background.run(
                lambda: desk.records.open(row_id, MARKING),
                self._take,
                refused=self.show_refusal,
                owner=self,
            )

    def _take(self, record: ReferralRecord) -> None:
        self._are_read = True
        self.show_error()
        self.show_markers(record.markers)

    def are_read(self) -> bool:
        """Whether they are there; until then nobody can tell that there is none."""
        if not self._are_read:
            self.show_error("The markers are still being read: wait for them.")
        return self._are_read

    def show_markers(self, markers: tuple[MarkerRow, ...]) -> None:
        """Show what was read."""


class AcknowledgeMarkersDialog(_WithMarkers):
    """Every marker in full, acknowledged with one key."""

    def __init__(self, session: Session, row: ReferralRow, parent: QWidget | None = None) -> None:
        """Nothing can be acknowledged before it is shown."""
        goes = row.practitioner if row.visit_id is not None else None
        is_mine = session.actor.role is Role.PRACTITIONER
        also = f", and read them out to {goes}" if goes and not is_mine else ""
        sentence = f"Read them{also}. Your name and the time are kept with them."
        super().__init__(session, row, "Acknowledge markers", sentence, "I have read them", parent=parent)
        self.markers = MarkerList()
        self.body.addWidget(self.markers)
        self.form.hide()

    def show_markers(self, markers: tuple[MarkerRow, ...]) -> None:
        self.markers.show_markers(markers)
        self.markers.setFocus()

    def submit(self) -> None:
        if not self.are_read():
            return
        ids = self.markers.unread_ids
        if not ids:
            self.show_error("There is nothing to acknowledge: close this with Esc.")
            return
        desk, row_id = self.session.desk, self.row.id
        words = "marker" if len(ids) == 1 else "markers"
        self.carry_out(
            lambda: desk.markers.acknowledge(row_id, ids), f"You have read {len(ids)} {words} of {self.who}."
        )


class EndMarkerDialog(_WithMarkers):
    """Ends a marker that no longer holds."""

    def __init__(self, session: Session, row: ReferralRow, parent: QWidget | None = None) -> None:
        """The markers are offered once they are read."""
        sentence = "Nobody is warned any more once it has ended. It stays in the record."
        super().__init__(session, row, "End a marker", sentence, "End marker", look="danger", parent=parent)
        self.marker: ChoiceField[int] = ChoiceField()
        self.reason = TextField()
        self._versions: dict[int, int] = {}
        self.form.add("marker", "Marker", self.marker, needed="Choose the marker.")
        self.form.add("reason", "Why it no longer holds", self.reason, needed="Say why it no longer holds.")
        self.at = self.ask_when("Since when")

    def show_markers(self, markers: tuple[MarkerRow, ...]) -> None:
        self._versions = {one.id: one.version for one in markers}
        self.marker.offer([(one.id, f"{one.kind.label}: {one.words}") for one in markers])
        if len(markers) == 1 and not self.marker.currentText().strip():
            self.marker.put(markers[0].id)

    def submit(self) -> None:
        if not self.are_read() or self.form.read() is None:
            return
        desk, row_id, marker_id = self.session.desk, self.row.id, self.marker.read() or 0
        version, reason = self._versions.get(marker_id, 0), self.reason.read() or ""
        happened = Happened(at=self.at.read())
        self.carry_out(
            lambda: desk.markers.end(marker_id, version, reason, row_id, happened), "The marker has ended."
        )
