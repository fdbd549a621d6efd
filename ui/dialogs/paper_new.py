"""A new patient from the paper: the forms of every day, marked as entered from paper."""

from PySide6.QtCore import Signal

from ui.dialogs.new_referral import ArriveDialog, NewReferralDialog


class PaperReferralDialog(NewReferralDialog):
    """A new referral that was written down while the database was away."""

    TITLE = "New referral, from paper"
    FROM_PAPER = True
    took = Signal(int)

    def taken_in(self, referral_id: int) -> None:
        self.took.emit(referral_id)


class PaperArrivalDialog(ArriveDialog):
    """A patient whose coming to the hub was written down while the database was away."""

    TITLE = "Came to the hub, from paper"
    FROM_PAPER = True
    took = Signal(int)

    def taken_in(self, referral_id: int) -> None:
        self.took.emit(referral_id)
