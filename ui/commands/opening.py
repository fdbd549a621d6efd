"""Commands that open a dialog; its module is loaded when it is first wanted, not at start-up."""

import enum
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from console.domain import words
from console.domain.call_list import PracticeToCall
from console.domain.rows import HubRow, PractitionerRow, QueueRow, ReferralRow, ReportRow, TaskRow
from console.domain.staff import StaffRow
from ui.session import Session
from ui.widgets.presence_line import PresenceLine

if TYPE_CHECKING:
    from console.services.kept_forms import KeptForm
    from ui.dialogs.base import DecisionDialog

# Where the board keeps the rows of each kind.
_ROWS = {
    ReferralRow: "referrals",
    QueueRow: "queue",
    PractitionerRow: "practitioners",
    ReportRow: "reports",
    TaskRow: "tasks",
    HubRow: "hubs",
    PracticeToCall: "calls",
    StaffRow: "staff",
}


@dataclass(frozen=True, slots=True)
class Opens:
    """Opens a dialog of ui.dialogs for what the session has chosen; `given` are further fixed values."""

    module: str
    dialog: str
    row: Callable[[Session], object] | None = None
    given: tuple[object, ...] = ()

    def __call__(self, session: Session) -> None:
        """Make the dialog and open it over the window; what is typed in it is kept over a crash."""
        made = getattr(import_module(self.place), self.dialog)
        rows = () if self.row is None else (self.row(session),)
        dialog = made(session, *rows, *self.given, parent=session.window)
        session.kept.attach(dialog, self._described(rows))
        attend(session, dialog, *rows)
        dialog.open()

    @property
    def place(self) -> str:
        """The module by its full name."""
        return f"ui.dialogs.{self.module}"

    def _described(self, rows: tuple[object, ...]) -> dict[str, Any]:
        """How to open this dialog again, in plain values."""
        described: dict[str, Any] = {"module": self.module, "dialog": self.dialog, "has_row": bool(rows)}
        for row in rows:
            if isinstance(row, int):
                described["key"] = row  # some are about an id, not about a row that is seen
            elif type(row) in _ROWS:
                described |= {"rows": _ROWS[type(row)], "row_id": getattr(row, "id", 0)}
        given = [one for one in self.given if isinstance(one, enum.Enum)]
        return described | {"given": [[type(one).__name__, one.value] for one in given]}


def attend(session: Session, dialog: "DecisionDialog", *rows: object) -> None:
    """Tell the others that the referral is in a form here, and say in the form who of them has it open."""
    for row in rows:
        referral_id = row.id if isinstance(row, ReferralRow) else getattr(row, "referral_id", None)
        if referral_id is not None:
            session.presence.attend(dialog, referral_id)
            told = PresenceLine(session)
            told.show_referral(referral_id)
            dialog.put_above(told)


def reopen(session: Session, form: "KeptForm") -> bool:
    """Open a dialog again with what was typed; False when what it was about has left the board."""
    opens = form.opens
    rows: tuple[object, ...] = (opens.get("key"),) if opens["has_row"] else ()
    if "rows" in opens:
        row = _row(session, opens["rows"], opens["row_id"])
        if row is None:
            return False
        rows = (row,)
    given = tuple(getattr(words, kind)(value) for kind, value in opens["given"])
    made = getattr(import_module(f"ui.dialogs.{opens['module']}"), opens["dialog"])
    dialog = made(session, *rows, *given, parent=session.window)
    session.kept.take(form)
    session.kept.attach(dialog, opens, form.id)
    attend(session, dialog, *rows)
    dialog.when_filled(lambda: dialog.put_back(form.values))
    dialog.open()
    return True


def _row(session: Session, kind: str, row_id: int) -> object:
    """The newest row of that kind, or None when there is none any more."""
    if kind == "calls":
        return session.calls.get(row_id)
    if kind == "staff":
        rows = () if session.staffing is None else session.staffing.rows
        return next((row for row in rows if row.id == row_id), None)
    return getattr(session.live, kind).by_id.get(row_id)
