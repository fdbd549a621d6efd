"""The parts of the wallboard, each painted into its rectangle of the sheet."""

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import QRectF

from ui.boards.cells import Due
from ui.boards.delegates import due_tone
from ui.boards.hub_load import HubLoad
from ui.boards.hub_opening import standing
from ui.boards.load_figures import Figure
from ui.time_text import countdown, duration
from ui.wallboard.facts import Said, WallRow
from ui.wallboard.ink import LEAST, Ink

ROW = 88
HEAD = 64
_ACROSS = 4
_LINES = 4  # of a hub, what can be acted on first
_DUE_WIDE = 310.0  # of the longest: 23 h 59 min over
_FIGURE_WIDE = 148.0  # of a hub's figure with two digits


def paint_figures(ink: Ink, box: QRectF, figures: Sequence[Figure]) -> None:
    """The figures, four in a line; what asks for action lies on its ground."""
    gap = 14
    lines = -(-len(figures) // _ACROSS)
    wide = (box.width() - gap * (_ACROSS - 1)) / _ACROSS
    high = (box.height() - gap * (lines - 1)) / lines
    for place, figure in enumerate(figures):
        left = box.left() + place % _ACROSS * (wide + gap)
        top = box.top() + place // _ACROSS * (high + gap)
        is_plain = figure.tone == "plain"
        ground = "card" if is_plain else f"{figure.tone}_ground"
        ink.box(
            QRectF(left, top, wide, high), ground, "line" if is_plain else "", figure.tone * (not is_plain)
        )
        tone = "text" if is_plain else figure.tone
        words = "mute" if is_plain else "text"
        ink.write((left + 28, top + 34), wide - 34, figure.words, weight=600, ink=words)
        middle = top + 44 + (high - 44) / 2
        ink.write((left + 28, middle), wide - 44, f"{figure.value}", 92, weight=700, ink=tone, tabular=True)


def paint_rows(ink: Ink, box: QRectF, rows: Sequence[WallRow], told: str, now: dt.datetime) -> None:
    """Who needs somebody now, the most urgent on top; `told` is which of them are on the sheet."""
    ink.box(box, "card", "line")
    ink.write((box.left() + 30, box.top() + 36), box.width() - 300, "Needs somebody now", 36, weight=700)
    ink.write((box.right() - 330, box.top() + 36), 300, told, LEAST, ink="mute", right=True, tabular=True)
    if not rows:
        middle = box.top() + HEAD + 60
        ink.dot(box.left() + 34, middle, "ok")
        said = "Nobody is late, untriaged or without an answer."
        ink.write((box.left() + 80, middle), box.width() - 110, said, 36, ink="ok", weight=600)
    for place, row in enumerate(rows):
        _paint_row(ink, QRectF(box.left(), box.top() + HEAD + place * ROW, box.width(), ROW), row, now)


def _paint_row(ink: Ink, box: QRectF, row: WallRow, now: dt.datetime) -> None:
    inside = box.adjusted(12, 4, -12, -4)
    if row.is_over:
        ink.box(inside, "bad_ground")
    upper, lower = box.top() + 26, box.top() + 64
    ink.chip(box.left() + 30, box.center().y(), row.priority)
    left = box.left() + 122
    edge = box.right() - 30
    due_wide = _DUE_WIDE
    _paint_due(ink, edge - due_wide, box.center().y(), due_wide, row.due, now)
    ground = "card" if row.is_over else ""  # on the ground of what is late its own would vanish
    pill_at = ink.pill(edge - due_wide - 24, box.center().y(), row.status.text, row.status.tone, ground)
    ink.write((left, upper), pill_at - left - 20, row.title, 38, weight=700)
    ink.write((left, lower), pill_at - left - 20, row.where, LEAST, ink="text" if row.is_over else "mute")


def _paint_due(
    ink: Ink, left: float, middle: float, width: float, due: Due | str | None, now: dt.datetime
) -> None:
    if not isinstance(due, Due):
        ink.write((left, middle), width, due or "No time yet", 34, ink="mute", right=True)
        return
    figure, word = countdown(due.at, now)
    tone = due_tone(due, now)
    colour = "text" if tone == "ok" else tone
    words = f"{figure} {word}"
    size = 44 if ink.width_of(words, 44, 700, tabular=True) <= width else 36
    ink.write((left, middle), width, words, size, weight=700, ink=colour, right=True, tabular=True)


def paint_hub(ink: Ink, box: QRectF, load: HubLoad) -> None:
    """One hub: whether it is open, who waits, what is unsafe, who could see somebody."""
    ink.box(box, "card", "line")
    left, right = box.left() + 30, box.right() - 30
    word, tone, until = standing(load)
    middle = box.top() + 44
    edge = ink.pill(right, middle, word, tone)
    room, name = edge - left - 20, load.hub.name
    ink.write((left, middle), room, name, 46 if ink.width_of(name, 46, 700) <= room else 38, weight=700)
    if ink.width_of(until, LEAST) > right - left:
        until = until.partition(", by ")[0]
    ink.write((left, box.top() + 98), right - left, until[:1].upper() + until[1:], LEAST, ink="mute")
    tone = "bad" if load.unsafe else "text"
    figure = f"{len(load.here)}"
    ink.write((left, box.top() + 184), 150, figure, 100, weight=700, ink=tone, tabular=True)
    ink.write((left, box.top() + 262), 160, "waiting", LEAST, ink="mute")
    beside = left + max(_FIGURE_WIDE, ink.width_of(figure, 100, 700, tabular=True) + 24)
    for place, (words, colour) in enumerate(_of_hub(load)[:_LINES]):
        at = box.top() + 148 + place * 43
        weight = 500 if colour == "text" else 700
        wide = right - beside
        size = 34 if ink.width_of(words, 34, weight) <= wide else LEAST
        # Where even that is too wide the unit gives way: a figure must never be cut.
        fits = ink.width_of(words, size, weight) <= wide
        said = words if fits else words.removesuffix(" min")
        ink.write((beside, at), wide, said, size, weight=weight, ink=colour)


def _of_hub(load: HubLoad) -> list[tuple[str, str]]:
    """What can be acted on first; a line that says nothing is left out, until when is said above."""
    wait = load.longest_wait
    cannot = len(load.cannot_be_seen)
    seats = len(load.working)
    lines = (
        (f"{len(load.unsafe)} unsafe" if load.unsafe else "", "bad"),
        (f"{len(load.unstreamed)} not streamed" if load.unstreamed else "", "bad"),
        (f"{cannot} cannot be seen" if cannot else "", "warn"),
        (f"Longest {duration(wait.total_seconds())}" if wait else "", "text"),
        (
            f"{load.free_seats} of {seats} free" if seats else "0 see patients",
            "text" if seats else "warn",
        ),
    )
    return [(words, tone) for words, tone in lines if words]


def paint_state(ink: Ink, box: QRectF, said: Sequence[Said]) -> None:
    """Whether board and chaser are at work, each with its time."""
    ink.box(box, "card", "line")
    high = box.height() / len(said)
    for place, (words, tone) in enumerate(said):
        middle = box.top() + high * (place + 0.5)
        ink.dot(box.left() + 34, middle, tone)
        is_well = tone == "ok"
        ink.write(
            (box.left() + 80, middle), box.width() - 110, words, 34,
            weight=500 if is_well else 700, ink="text" if is_well else tone,
        )  # fmt: skip


def paint_band(ink: Ink, box: QRectF, said: Said, more: int) -> None:
    """One sentence over the whole width, and how many more there are."""
    ink.box(box, f"{said.tone}_ground", said.tone, said.tone)
    right = box.right() - 30
    if more:
        words = f"and {more} more"
        wide = ink.width_of(words, 36, 600)
        ink.write((right - wide, box.center().y()), wide, words, 36, weight=600, ink=said.tone)
        right -= wide + 30
    left = box.left() + 36
    ink.write((left, box.center().y()), right - left, said.words, 40, weight=700, ink=said.tone)
