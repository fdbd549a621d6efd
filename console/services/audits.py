"""Reading the audit: by patient, person and time; and taking a copy away, which the audit has too."""

import csv
import datetime as dt
import json
import os
from collections.abc import Iterator
from pathlib import Path

from console.domain import audit_words
from console.domain.audit_rows import (
    PAGE,
    AuditChain,
    AuditLine,
    AuditPage,
    AuditWish,
    Cursor,
    Names,
    PatientOfAudit,
)
from console.domain.calendar import local
from console.domain.permissions import Deed, reasons_not_permitted
from console.domain.refusals import Refused
from console.services.basis import Basis, refuse
from db import left_lines
from db.models import AuditExport
from db.queries import audit

AT_ONCE = 1_000
MOST = 200_000
"""Lines of one copy: what a spreadsheet opens, and nobody reads through more."""
LEAST_LETTERS = 3
ASKED_ANEW = dt.timedelta(minutes=15)
"""Reading on, or anew, within this time leaves no further line."""
SAY_WHY = "Say why you take a copy away."
CANNOT_WRITE = "The copy could not be written: choose a folder that this account may write, with room for it."
COLUMNS = (
    *("line", "time in London", "time (UTC)", "who", "login", "role", "device", "made by", "what", "why"),
    *("patient", "referral", "table", "row", "before", "after"),
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Audits:
    """What an auditor can ask."""

    def __init__(self, basis: Basis) -> None:
        self._basis = basis
        self._left: dict[AuditWish, dt.datetime] = {}

    def page(self, wish: AuditWish, before: Cursor | None = None, size: int = PAGE) -> AuditPage:
        """Give the newest lines that are wanted, or those before a cursor.

        Nothing is given before it is saved that it was asked for; who asks the same again soon has said so.
        """
        page = self._page(wish, before, size)
        now = self._basis.now()
        left = self._left.get(wish)
        if left is None or now - left > ASKED_ANEW:
            with self._basis.work(Deed.READ_AUDIT) as work:
                left_lines.look(work, described(wish, page.names), wish.patient_id)
            self._left[wish] = now
        return page

    def _page(self, wish: AuditWish, before: Cursor | None, size: int) -> AuditPage:
        self._permitted()
        with self._basis.database.read() as session:
            return audit.read_page(session, wish, before, size)

    def people(self) -> tuple[tuple[int, str], ...]:
        """Give who may be asked about."""
        self._permitted()
        with self._basis.database.read() as session:
            return audit.people(session)

    def find_patients(self, words: str) -> tuple[PatientOfAudit, ...]:
        """Give patients to ask about, by NHS number, referral number or name; twenty at most."""
        self._permitted()
        with self._basis.database.read() as session:
            return audit.find_patients(session, words)

    def chain(self) -> AuditChain:
        """Give how far the lines are sealed."""
        self._permitted()
        with self._basis.database.read() as session:
            return audit.chain(session)

    def export(self, wish: AuditWish, reason: str, folder: Path) -> tuple[Path, int]:
        """Write what is wanted into a new file, and give it with how many lines it has.

        Who takes it away and why is saved before the first line is read. The lines are those of before that.
        """
        now = self._basis.now()
        with self._basis.work(Deed.READ_AUDIT) as work:
            refuse(() if len(reason.strip()) >= LEAST_LETTERS else (SAY_WHY,))
            names = audit.names(work.session)
            work.add(
                AuditExport(
                    by_id=work.actor.staff_id,
                    role=work.actor.role.value,
                    device=work.actor.device,
                    wanted=described(wish, names),
                    reason=reason.strip(),
                    exported_at=work.now,
                )
            )
        file = folder / f"audit-{local(now):%Y-%m-%d-%H%M%S}.csv"
        try:
            return file, self._write(wish, file)
        except OSError as wrong:
            raise Refused(CANNOT_WRITE) from wrong

    def _write(self, wish: AuditWish, file: Path) -> int:
        count = 0
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8-sig", newline="") as opened:
            rows = csv.writer(opened)
            rows.writerow(COLUMNS)
            for line in self._all(wish):
                rows.writerow(_safe(_cells(line)))
                count += 1
        return count

    def _all(self, wish: AuditWish) -> Iterator[AuditLine]:
        """Every line that is wanted, a page at a time, up to the most."""
        before: Cursor | None = None
        for _ in range(MOST // AT_ONCE):
            found = self._page(wish, before, AT_ONCE)
            yield from found.lines
            before = found.more
            if before is None:
                return

    def _permitted(self) -> None:
        refuse(reasons_not_permitted(self._basis.actor.role, Deed.READ_AUDIT))


def described(wish: AuditWish, names: Names) -> str:
    """Say in words what was asked for; a patient by number, because these words go into the audit."""
    parts = [wish.kind.label]
    if wish.patient_id is not None:
        parts.append(f"about patient {wish.patient_id}")
    if wish.staff_id is not None:
        parts.append(f"by {names.staff.get(wish.staff_id, wish.staff_id)}")
    parts += [f"{word} {_clock(at)}" for word, at in (("from", wish.since), ("until", wish.until)) if at]
    return ", ".join(parts)


def _cells(line: AuditLine) -> Iterator[object]:
    yield line.id
    yield _clock(line.at)
    yield line.at.isoformat()
    yield line.who
    yield line.login
    yield line.actor_role or ""
    yield line.device or ""
    yield line.made_by or ""
    yield audit_words.sentence(line)
    yield audit_words.reason(line)
    yield line.patient_id or ""
    yield line.referral_number or ""
    yield line.tbl
    yield line.row_id
    for values in (line.old, line.new):
        yield "" if values is None else json.dumps(values, ensure_ascii=False, sort_keys=True)


def _safe(cells: Iterator[object]) -> list[object]:
    """Let no cell begin like a formula: what somebody typed must not run where the copy is opened."""
    return [f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell for cell in cells]


def _clock(at: dt.datetime) -> str:
    return f"{local(at):%Y-%m-%d %H:%M:%S}"
