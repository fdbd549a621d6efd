"""A report that two people wrote at: the second one's content put together with the versions in between."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, NamedTuple

from console.domain.calendar import local
from console.domain.merging import Conflict, Conflicting, Difference, merge
from console.domain.refusals import ChangedElsewhere
from console.domain.report_content import TOLD_TOGETHER, ReportContent, from_json
from console.services.report_content import known_content
from db.models import Report, ReportVersion
from db.queries import care
from db.queries.row_changes import Written, changed, writes_since
from db.unit_of_work import UnitOfWork
from db.who_was_first import changed_sentence

# A new practice comes from the referral and says nothing against what is written.
_BESIDE = {"practice_id"}
# What the first version writes back to the outcome from which an unwritten report is filled in: what stood
# there before is lost, so whatever differs is asked. The words are shown where the old value would be.
_OF_OUTCOME = ("disposition", "admission_prevented", "prevented_judged_by", "prevented_because")
_LOST = "No longer known"


@dataclass(frozen=True, slots=True)
class Drafted:
    """The version that was written, and what of it others had changed meanwhile."""

    number: int
    taken: tuple[Difference, ...] = ()


class _Between(NamedTuple):
    version: ReportVersion
    by: str


def put_together(
    work: UnitOfWork, report: Report, seen_version: int, content: ReportContent, *, is_alone: bool
) -> tuple[ReportContent, tuple[Difference, ...]]:
    """Give the content as it may be written now, and what of it others changed; or raise `Conflicting`.

    `is_alone` asks also when nothing must be chosen: who signs has read what they sign.
    """
    if report.version == seen_version:
        return content, ()
    writes = writes_since(work.session, report, seen_version, report.referral_id)
    if not writes or not all(map(_is_edit, writes)):
        raise ChangedElsewhere(changed_sentence(work.session, report, work.now, report.referral_id))
    since = changed(writes)
    number = since["content_version"].was if "content_version" in since else report.content_version
    versions = [_Between(*one) for one in care.report_versions(work.session, report.id)]
    before = next((from_json(one.version.content) for one in versions if one.version.number == number), None)
    base = _values(before or known_content(work.session, report))
    between = [one for one in versions if one.version.number > number]
    theirs = _values(from_json(between[-1].version.content)) if between else base
    if before is None and between:
        base |= dict.fromkeys(_OF_OUTCOME, _LOST)
    return _merged(report, base, _values(content), theirs, between, is_alone=is_alone)


def _is_edit(write: Written) -> bool:
    """Whether it wrote another version, or only brought the report to another practice."""
    return "content_version" in write.was or write.was.keys() <= _BESIDE


def _merged(
    report: Report,
    base: dict[str, Any],
    mine: dict[str, Any],
    theirs: dict[str, Any],
    between: Sequence[_Between],
    *,
    is_alone: bool,
) -> tuple[ReportContent, tuple[Difference, ...]]:
    merged = merge(base, mine, theirs, TOLD_TOGETHER)

    def difference(name: str) -> Difference:
        by = _last_by(name, base, between)
        return Difference(name, base[name], mine[name], theirs[name], by.by, by.version.written_at)

    taken = tuple(map(difference, merged.taken))
    if merged.asked or (is_alone and taken):
        conflict = Conflict(report.version, tuple(map(difference, merged.asked)), taken, merged.values)
        raise Conflicting(conflict, _sentence(between))
    return ReportContent(**merged.values), taken


def _last_by(name: str, base: dict[str, Any], between: Sequence[_Between]) -> _Between:
    """Whose version gave a field its newest value; of one that only goes with others, the newest version."""
    found, value = between[-1], base[name]
    for one in between:
        fresh = getattr(from_json(one.version.content), name)
        if fresh != value:
            found, value = one, fresh
    return found


def _sentence(between: Sequence[_Between]) -> str:
    newest = between[-1].version
    return (
        f"{between[-1].by} wrote version {newest.number} of this report at {local(newest.written_at):%H:%M}."
        " Look at both before you save."
    )


def _values(content: ReportContent) -> dict[str, Any]:
    return {field.name: getattr(content, field.name) for field in fields(content)}
