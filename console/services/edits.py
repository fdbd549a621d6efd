"""Edits of values that somebody else may have edited meanwhile: put together, or given back to be chosen."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from console.domain.merging import Bound, Conflict, Conflicting, Difference, merge
from console.domain.refusals import ChangedElsewhere
from db.base import Versioned
from db.models import Patient, Referral
from db.queries.row_changes import changed, writes_since
from db.unit_of_work import UnitOfWork
from db.who_was_first import changed_sentence

# What forms edit, with the times that follow from it. Whatever else changes is a step of care, and whoever
# comes second is told so in a sentence.
_CLOCKS = {"due_at", "due_clock", "triage_due_at", "disposition_due_at", "response_due_at", "downgraded_at"}
EDITED: dict[type[Versioned], set[str]] = {
    Referral: {"priority", "stream", "gp_needed", "practice_id", "practice_link", "record_access"}
    | {"record_access_at", "record_access_by_id", "identity_read_back_by_id", "visit_lat", "visit_lon"}
    | _CLOCKS,
    Patient: {"title", "family_name", "given_name", "birth_date", "gender", "nhs_number"}
    | {"nhs_number_verified", "phone", "other_phones", "home_address", "home_postcode", "practice_id"},
}


@dataclass(frozen=True, slots=True)
class Edit:
    """One field as somebody wants it: one column, or several that are one value together.

    `told` gives what stands for the value where a person chooses. `is_meant` is for a value that was entered
    anew; in a form that shows the old one, what is equal to it was not touched.
    """

    columns: tuple[str, ...]
    mine: Any
    told: Callable[[Any], Any] = lambda value: value
    is_meant: bool = True

    def of(self, columns: Mapping[str, Any]) -> Any:
        """The value of the field in these columns."""
        values = tuple(columns[name] for name in self.columns)
        return values if len(values) > 1 else values[0]


def put_together(
    work: UnitOfWork,
    row: Referral | Patient,
    seen_version: int,
    edits: Mapping[str, Edit],
    bound: Bound = (),
    *,
    referral_id: int,
) -> dict[str, Any]:
    """Give the fields as they may be written over what others edited since; or raise `Conflicting`.

    `bound` may name columns that this edit does not write, but beside which it was right.
    """
    if row.version == seen_version:
        return {name: edit.mine for name, edit in edits.items()}
    since = changed(writes_since(work.session, row, seen_version, referral_id))
    if not since or since.keys() - EDITED[type(row)]:
        raise ChangedElsewhere(changed_sentence(work.session, row, work.now, referral_id))
    beside = {name: Edit((name,), None) for group in bound for name in group if name not in edits}
    fields = {**edits, **beside}
    now = {name: getattr(row, name) for edit in fields.values() for name in edit.columns}
    before = now | {name: one.was for name, one in since.items() if name in now}
    theirs, base = ({name: edit.of(one) for name, edit in fields.items()} for one in (now, before))
    mine = {name: edits[name].mine if name in edits else base[name] for name in fields}
    meant = [name for name, edit in edits.items() if edit.is_meant]
    merged = merge(base, mine, theirs, bound, meant)
    asked = [name for name in merged.asked if name in edits]
    if not asked:
        return {name: merged.values[name] for name in edits}
    newest = max(since.values(), key=lambda one: one.at)

    def difference(name: str) -> Difference:
        edit = fields[name]
        by = next((since[one] for one in edit.columns if one in since), newest)
        was, wanted, is_now = (edit.told(one[name]) for one in (base, mine, theirs))
        return Difference(name, was, wanted, is_now, by.by, by.at)

    also = [name for name in (*merged.asked, *merged.taken) if name not in asked]
    values = {name: merged.values[name] for name in edits}
    conflict = Conflict(row.version, tuple(map(difference, asked)), tuple(map(difference, also)), values)
    raise Conflicting(conflict, changed_sentence(work.session, row, work.now, referral_id))
