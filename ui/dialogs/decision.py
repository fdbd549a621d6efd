"""A decision of the signed-in person: done through their desk, told to the window, undoable from there."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TypeVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from console.domain.merging import Conflict, Conflicting
from console.domain.places import in_one_line
from console.domain.refusals import ChangedElsewhere, Refused
from console.domain.rows import PatientBanner, ReferralRow
from console.domain.visit import has_it_now
from ui.dialogs.base import DecisionDialog
from ui.session import Session
from ui.time_text import age_in_years
from ui.widgets.fields import TimeField
from ui.widgets.form import Form
from ui.widgets.looks import label
from ui.widgets.patient_banner import PatientBannerBar

Result = TypeVar("Result")


class Decision(DecisionDialog):
    """A form over a session; `carry_out` does the step in the background and says what was done."""

    def __init__(
        self,
        session: Session,
        title: str,
        sentence: str,
        primary: str,
        *,
        look: str = "primary",
        parent: QWidget | None = None,
    ) -> None:
        """Show an empty form; a subclass adds its fields and overrides `submit`."""
        super().__init__(parent, title, sentence, primary, look=look)
        self.session = session
        self.seen_version: int | None = None  # of what was edited elsewhere, once the person has chosen
        self.form = Form()
        self.body.addWidget(self.form, 0, Qt.AlignmentFlag.AlignTop)

    def ask_when(self, words: str) -> TimeField:
        """Ask, as the last question, when it happened: what was done on paper first is entered later."""
        at = TimeField(self.session.now)
        self.form.add("at", words, at, hint="Empty means now.")
        return at

    def _refused(self, refusal: Refused) -> None:
        """Say why; where somebody edited the same, let the person choose over the form that they typed."""
        super()._refused(refusal)
        if isinstance(refusal, Conflicting):
            from ui.dialogs.conflict import ConflictDialog

            asked = ConflictDialog(self, refusal.conflict, self.session.now())
            asked.chosen.connect(partial(self.resolve, refusal.conflict))
            asked.open()

    def resolve(self, conflict: Conflict, theirs: frozenset[str]) -> None:
        """Go on with what was chosen; where nothing of one's own is left, there is nothing to save."""
        self.seen_version = conflict.version
        if theirs >= {one.name for one in conflict.asked}:
            self.accept()
            self.session.say(f"It stays as {conflict.asked[0].by} saved it.")
        else:
            self.show_error()
            self.submit()

    def carry_out(
        self, work: Callable[[], Result], done: str, then: Callable[[Result], None] | None = None
    ) -> None:
        """Do the step, close, and say `done` in the window; a refusal is said here and nothing is lost."""
        session = self.session

        def finished(result: Result) -> None:
            if then is not None:
                then(result)
            session.done(done)

        self.perform(session.background, work, finished)


class ReferralDecision(Decision):
    """A decision about one patient's referral, with the patient's banner on top of the form."""

    def __init__(
        self,
        session: Session,
        row: ReferralRow,
        title: str,
        sentence: str,
        primary: str,
        *,
        look: str = "primary",
        parent: QWidget | None = None,
    ) -> None:
        """The row is the one the person looked at when they decided to decide."""
        super().__init__(session, title, sentence, primary, look=look, parent=parent)
        self.setMinimumWidth(620)  # the widest banner: an NHS number that is not verified
        self._opened_with = row
        self._was_told = False
        self.banner = PatientBannerBar()
        self.banner.show_patient(banner_of(row), age_in_years(row.birth_date, session.now()))
        self._whole.insertWidget(1, self.banner)
        about = " · ".join(part for part in (row.number, row.problem) if part)
        self.about = label(about, "mute", wraps=True)
        self._whole.insertWidget(2, self.about)
        session.live.changed.connect(self._follow)

    @property
    def row(self) -> ReferralRow:
        """The row as it was seen; after the person was told of a change, the newest one."""
        if self.seen_version is not None:
            return replace(self._opened_with, version=self.seen_version)
        if self._was_told:
            return self.session.live.referrals.by_id.get(self._opened_with.id, self._opened_with)
        return self._opened_with

    @property
    def who(self) -> str:
        """The patient as a sentence names them: MARSH, Ivy."""
        return patient_name(self._opened_with)

    def visit_in_hand(self) -> tuple[int, int] | None:
        """The visit and its version, as long as whom this form names has it; else say how it stands."""
        row, named = self.row, self._opened_with
        if row.visit_id is None or row.visit_version is None:
            self.show_error("Nobody has this visit any more. Close this and look at the board.")
        elif row.practitioner_id != named.practitioner_id:
            self.show_error(has_it_now(row.practitioner, named.practitioner))
        else:
            return row.visit_id, row.visit_version
        return None

    def _refused(self, refusal: Refused) -> None:
        # Having read who did what, the person may decide again, on what stands there now. Between two values
        # they choose: whoever goes back without a choice is asked again.
        is_told = isinstance(refusal, ChangedElsewhere) and not isinstance(refusal, Conflicting)
        self._was_told = self._was_told or is_told
        self.seen_version = None
        super()._refused(refusal)
        self._follow()

    def show_row(self, row: ReferralRow) -> None:
        """Say how the row stands; said anew once the person was told that somebody changed it."""

    @Slot()
    def _follow(self) -> None:
        if self._was_told:
            self.show_row(self.row)


def patient_name(row: ReferralRow) -> str:
    """MARSH, Ivy."""
    return ", ".join(part for part in (row.family_name.upper(), row.given_name) if part)


def banner_of(row: ReferralRow) -> PatientBanner:
    """The banner of a board's row, which holds all that identifies a patient."""
    return PatientBanner(
        id=row.patient_id,
        version=0,
        title="",
        family_name=row.family_name,
        given_name=row.given_name,
        birth_date=row.birth_date,
        gender=row.gender,
        nhs_number=row.nhs_number,
        nhs_number_verified=row.nhs_number_verified,
        deceased_at=None,
        phone=row.phone,
        home_address="",
        home_postcode=None,
    )


def about_visit(row: ReferralRow) -> str:
    """Which referral, and where the patient is to be seen."""
    return f"{row.number} · {row.problem} · {where(row)}"


def where(row: ReferralRow) -> str:
    """The address to be visited, in one line."""
    return in_one_line(row.address, row.postcode) or "No address is recorded."
