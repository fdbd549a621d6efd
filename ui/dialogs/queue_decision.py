"""A decision about one patient in a hub's queue, with the patient's banner on top."""

from dataclasses import replace

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from console.domain.merging import Conflicting
from console.domain.refusals import ChangedElsewhere, Refused
from console.domain.rows import PatientBanner, QueueRow
from console.domain.words import QueueStatus
from ui.dialogs.decision import Decision
from ui.session import Session
from ui.time_text import age_in_years, day_clock
from ui.widgets.looks import label
from ui.widgets.patient_banner import PatientBannerBar


class QueueDecision(Decision):
    """The row is the one that the person looked at when they decided to decide."""

    def __init__(
        self,
        session: Session,
        row: QueueRow,
        title: str,
        sentence: str,
        primary: str,
        *,
        look: str = "primary",
        parent: QWidget | None = None,
    ) -> None:
        """Show who it is about above an empty form."""
        super().__init__(session, title, sentence, primary, look=look, parent=parent)
        self.setMinimumWidth(620)  # the widest banner: an NHS number that is not verified
        self._opened_with = row
        self._was_told = False
        self.banner = PatientBannerBar()
        self.banner.show_patient(_banner(session, row), age_in_years(row.birth_date, session.now()))
        self._whole.insertWidget(1, self.banner)
        self.about = label("", "mute", wraps=True)
        self._whole.insertWidget(2, self.about)
        self.show_row(row)
        session.live.changed.connect(self._follow)

    @property
    def row(self) -> QueueRow:
        """The row as it was seen; after the person was told of a change, the newest one."""
        if self.seen_version is not None:
            return replace(self._opened_with, referral_version=self.seen_version)
        if self._was_told:
            return self.session.live.queue.by_id.get(self._opened_with.id, self._opened_with)
        return self._opened_with

    @property
    def who(self) -> str:
        """The patient as a sentence names them: MARSH, Ivy."""
        row = self._opened_with
        return ", ".join(part for part in (row.family_name.upper(), row.given_name) if part)

    def _refused(self, refusal: Refused) -> None:
        # Having read who did what, the person may decide again, on what stands there now. Between two values
        # they choose: whoever goes back without a choice is asked again.
        is_told = isinstance(refusal, ChangedElsewhere) and not isinstance(refusal, Conflicting)
        self._was_told = self._was_told or is_told
        self.seen_version = None
        super()._refused(refusal)
        self._follow()

    def show_row(self, row: QueueRow) -> None:
        """Say how the row stands; said anew once the person was told that somebody changed it."""
        stands = f"{row.hub}: {row.status.label.lower()}"
        if row.status is QueueStatus.BOOKED and row.booked_for_at is not None:
            stands += f" for {day_clock(row.booked_for_at, self.session.now())}"
        self.about.setText(" · ".join(part for part in (row.referral_number, row.problem, stands) if part))

    @Slot()
    def _follow(self) -> None:
        if self._was_told:
            self.show_row(self.row)


def _banner(session: Session, row: QueueRow) -> PatientBanner:
    """The banner; the referral's row knows the NHS number, the queue's does not."""
    referral = session.live.referrals.by_id.get(row.referral_id)
    return PatientBanner(
        id=row.patient_id,
        version=0,
        title="",
        family_name=row.family_name,
        given_name=row.given_name,
        birth_date=row.birth_date,
        gender=row.gender,
        nhs_number=referral.nhs_number if referral else None,
        nhs_number_verified=referral.nhs_number_verified if referral else False,
        deceased_at=None,
        phone=None,
        home_address="",
        home_postcode=None,
    )
