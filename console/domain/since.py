"""What became of the rows of a workspace since somebody looked: new, changed, gone, and by whom.

Pure: the database says what was written since then, and where each row stands now.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from console.domain.word import Word
from console.domain.words import OPEN_QUEUE, OPEN_REFERRAL, ReportStatus

FARTHEST = dt.timedelta(days=3)
"""Nobody reads what changed in a fortnight row by row: who looked longer ago is told of these days only."""
DONE = "done"
_EARLIEST = dt.datetime.min.replace(tzinfo=dt.UTC)
_OF_REPORTS = ("report.", "contact.practice")


class News(Word):
    """What became of a row since somebody looked."""

    NEW = "new", "New"
    CHANGED = "changed", "Changed"
    GONE = "gone", "Gone"
    PASSED = "passed", "Came and went"

    @property
    def is_there(self) -> bool:
        """Whether the row still stands on the board."""
        return self in (News.NEW, News.CHANGED)


class About(Word):
    """What a line of what changed is about."""

    REFERRAL = "referral", "Referral"
    QUEUE_ENTRY = "queue_entry", "Queue entry"
    REPORT = "report", "Report"
    TASK = "task", "Task"
    STEP = "step", "Hubs and people"


# What each workspace shows, and so what is told of in it; steps say who did what.
SHOWN_IN: dict[str, About] = {
    "board": About.REFERRAL,
    "hub": About.QUEUE_ENTRY,
    "reports": About.REPORT,
    "load": About.TASK,
}
# Where hubs and people are seen, what they did without a patient is told too.
SHOWS_PEOPLE = frozenset({"board", "load"})


@dataclass(frozen=True, slots=True)
class Mark:
    """Until where somebody has seen: in the words of the database, and by the server's clock."""

    mark: str
    seen_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Written:
    """One thing that was written since then: by whom, and where its row stood before if that changed.

    A step has words and its own time; `is_done` says that a task was finished by it.
    """

    about: About
    row_id: int
    op: str  # I, U or D
    by_id: int | None
    by: str
    hub_id: int | None = None
    referral_id: int | None = None
    hub_was: int | None = None
    was: str | None = None
    is_done: bool = False
    kind: str = ""
    words: str = ""
    at: dt.datetime | None = None
    number: str = ""
    written_at: dt.datetime | None = None  # by the server's clock


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a row stands now, and what it is called.

    `told` is what it says of itself where no step does, `became` where it stands or what came of it, `at`
    when that happened as far as the row knows.
    """

    hub_id: int
    state: str
    referral_id: int | None
    family_name: str
    given_name: str
    number: str
    told: str = ""
    became: str = ""
    at: dt.datetime | None = None


Key = tuple[About, int]


@dataclass(frozen=True, slots=True)
class SinceRow:
    """One row of what changed; the newest who, what and when, and how many steps more there were."""

    id: int
    about: About
    row_id: int
    news: News
    referral_id: int | None
    family_name: str
    given_name: str
    number: str
    words: str
    became: str
    by: str
    at: dt.datetime | None
    more: int = 0


@dataclass(frozen=True, slots=True)
class Since:
    """All of it, since when, and up to which mark; `is_cut` when there was more than anybody reads."""

    workspace: str
    since: dt.datetime
    rows: tuple[SinceRow, ...]
    is_cut: bool = False

    def count(self, *news: News) -> int:
        """How many rows are of these kinds."""
        return sum(row.news in news for row in self.rows)


def is_open(about: About, state: str) -> bool:
    """Tell whether a row in this state stands in its workspace."""
    if about is About.TASK:
        return state != DONE
    if about is About.REPORT:
        return state != ReportStatus.ACCEPTED
    return state in (OPEN_REFERRAL if about is About.REFERRAL else OPEN_QUEUE)


def steps_of(about: About, steps: Iterable[Written]) -> list[Written]:
    """Give the steps that tell of such a row: of a report, only what was done about the report."""
    if about is About.TASK:
        return []
    return [one for one in steps if about is not About.REPORT or one.kind.startswith(_OF_REPORTS)]


def what_changed(
    written: Iterable[Written], standing: Mapping[Key, Standing], hub_ids: Collection[int], reader_id: int
) -> tuple[SinceRow, ...]:
    """Give the rows that others made, changed or ended, the newest first; what the reader did is no news."""
    of_rows: dict[Key, list[Written]] = defaultdict(list)
    steps: dict[int, list[Written]] = defaultdict(list)
    people: list[Written] = []
    for one in written:
        if one.about is not About.STEP:
            of_rows[one.about, one.row_id].append(one)
        elif one.referral_id is not None:
            steps[one.referral_id].append(one)
        else:
            people.append(one)
    rows = [_of_people(one) for one in people if one.by_id != reader_id]
    for key, now in standing.items():
        told = steps_of(key[0], steps.get(now.referral_id or 0, ()))
        rows += _row(key, now, of_rows.get(key, ()), told, hub_ids, reader_id)
    rows.sort(key=lambda row: (row.at or _EARLIEST, row.row_id), reverse=True)
    return tuple(replace(row, id=number) for number, row in enumerate(rows, 1))


def _row(
    key: Key,
    now: Standing,
    own: Sequence[Written],
    told: Sequence[Written],
    hub_ids: Collection[int],
    reader_id: int,
) -> Iterator[SinceRow]:
    """Give one line of a row, or none: it stood nowhere, or nobody but the reader did anything."""
    by_others = [one for one in told if one.by_id != reader_id]
    news = _news(key[0], now, own, hub_ids)
    newest = next(reversed(by_others or [one for one in own if one.by_id != reader_id]), None)
    if news is None or newest is None:
        return
    yield SinceRow(
        id=0,
        about=key[0],
        row_id=key[1],
        news=news,
        referral_id=now.referral_id,
        family_name=now.family_name,
        given_name=now.given_name,
        number=now.number,
        words=newest.words or now.told,
        became=now.became if not news.is_there else "",
        by=newest.by,
        at=newest.at or now.at or newest.written_at,
        more=max(len(by_others) - 1, 0),
    )


def _news(about: About, now: Standing, own: Sequence[Written], hub_ids: Collection[int]) -> News | None:
    """What became of it: where it stood is what the first change since then found."""
    state_was = next((one.was for one in own if one.was is not None), now.state)
    if about is About.TASK and any(one.is_done for one in own):
        state_was = "open"
    hub_was = next((one.hub_was for one in own if one.hub_was is not None), now.hub_id)
    is_made = any(one.op == "I" for one in own)
    was_there = not is_made and hub_was in hub_ids and is_open(about, state_was)
    is_there = now.hub_id in hub_ids and is_open(about, now.state)
    if was_there or is_there:
        return News.CHANGED if was_there and is_there else News.NEW if is_there else News.GONE
    return News.PASSED if is_made and hub_was in hub_ids else None


def _of_people(one: Written) -> SinceRow:
    return SinceRow(0, About.STEP, one.row_id, News.CHANGED, None, "", "", "", one.words, "", one.by, one.at)
