"""The key card: every command with its key on one sheet of A4, made from the one table of commands."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QStandardPaths
from PySide6.QtGui import QPagedPaintDevice, QPdfWriter

from console.domain.refusals import Refused
from console.version import version
from ui.actions import HelpLine
from ui.pack.paper import BOTTOM, LEFT, RIGHT, TOP, Edges, Sheets

FILE = "Doorstep keys.pdf"
# What no command does: Qt, tables and dialogs take these keys wherever one is.
MOVING = (
    ("Up, Down, Page Up, Page Down, Home, End", "Move in a table"),
    ("Enter on a row", "Open the referral beside the board"),
    ("Esc", "Close the side panel, or leave a dialog without saving"),
    ("Ctrl+Enter in a dialog", "Save"),
    ("Tab, Shift+Tab", "Go to the next or the previous field"),
)
# Under which workspace the card has the groups of the table.
WORKSPACES = (
    ("Anywhere", ("Window",)),
    ("Board", ("Take in", "Referral", "Visit", "Practitioner", "Map")),
    ("Hub", ("Hub",)),
    ("Reports", ("Report", "Call list")),
    ("Load", ("Load",)),
    ("Administration", ("Administration",)),
)
_GAP, _FROM = 6.0, TOP + 14.0
_COLUMN = (RIGHT - LEFT - _GAP) / 2
# In rows: the bar of a workspace and the name of a group take a little more than a key does.
_BAR, _NAME = 1.75, 1.3
_MOST_HIGH, _OF_ROW = 4.6, 0.68  # a row in mm, and how much of it the letters take
_HEADING = "Every key"
_WORDS = "A key acts on the chosen row of the workspace in front; one that cannot be used now says why."
_FOOT = (
    "Ctrl+K finds a command, patient, practitioner, place or report by any part of its name. "
    "F1 shows these keys in the window."
)


@dataclass(frozen=True, slots=True)
class Block:
    """One group of keys of a workspace; without a name where it is the only one."""

    workspace: str
    name: str
    lines: tuple[HelpLine, ...]
    is_first: bool  # of its workspace

    def height(self, *, on_top: bool) -> float:
        """How many rows it takes: on top of a column its workspace is named again."""
        bar = _BAR if self.is_first or on_top else 0
        return bar + (_NAME if self.name else 0) + len(self.lines)


def blocks(lines: Sequence[HelpLine]) -> list[Block]:
    """Every line of the table under its workspace; a group that no workspace has stands at the end."""
    by_group = {name: tuple(inside) for name, inside in groupby(lines, key=lambda one: one.group)}
    placed = {group for _, groups in WORKSPACES for group in groups}
    rest = tuple(group for group in by_group if group not in placed)
    moving = tuple(HelpLine("Moving", what, key) for key, what in MOVING)
    made = [Block("Moving", "", moving, is_first=True)]
    for workspace, groups in (*WORKSPACES, ("Others", rest)):
        there = [group for group in groups if group in by_group]
        for place, group in enumerate(there):
            name = group if len(there) > 1 else ""
            made.append(Block(workspace, name, by_group[group], is_first=place == 0))
    return made


def draw(device: QPagedPaintDevice, lines: Sequence[HelpLine], on: dt.date) -> float:
    """Draw the card; gives how high its letters are, in mm."""
    edges = Edges("Doorstep: keys", f"Version {version()}, {on.day} {on:%b %Y}", _FOOT)
    sheets = Sheets(device, edges, total=1)
    sheets.page(_HEADING, _WORDS)
    made = blocks(lines)
    cut = min(range(len(made) + 1), key=lambda at: max(_height(made[:at]), _height(made[at:])))
    longest = max(_height(made[:cut]), _height(made[cut:]))
    row = min(_MOST_HIGH, (BOTTOM - _FROM) / longest)
    for x, share in ((LEFT, made[:cut]), (LEFT + _COLUMN + _GAP, made[cut:])):
        _column(sheets, x, share, row)
    sheets.end()
    return row * _OF_ROW


def _height(share: Sequence[Block]) -> float:
    return sum(one.height(on_top=place == 0) for place, one in enumerate(share))


def _column(sheets: Sheets, x: float, share: Sequence[Block], row: float) -> None:
    y, size = _FROM, row * _OF_ROW
    for place, block in enumerate(share):
        if block.is_first or place == 0:
            sheets.fill(x, y + row * 0.35, _COLUMN, row * 1.25)
            title = block.workspace if block.is_first else f"{block.workspace} (continued)"
            sheets.text(x + 1.5, y + row * 0.51, _COLUMN - 3, title, size * 1.2, bold=True)
            y += row * _BAR
        if block.name:
            name = block.name.upper()
            sheets.text(x + 1.5, y + row * 0.34, _COLUMN - 3, name, size * 0.85, bold=True, grey=True)
            y += row * _NAME
        for line in block.lines:
            _line(sheets, x, y, line, row)
            y += row


def _line(sheets: Sheets, x: float, y: float, line: HelpLine, row: float) -> None:
    size, right = row * _OF_ROW, x + _COLUMN - 1
    top = y + (row - size * 0.85 * 1.5) / 2
    for key in reversed(line.key.split(", ")):
        right -= sheets.cap(right, top, key, size * 0.85) + 0.8
    sheets.text(x + 1.5, y + (row - size * 1.28) / 2, right - x - 2, line.text, size)
    sheets.fill(x, y + row - 0.06, _COLUMN, 0.12)


def pdf(lines: Sequence[HelpLine], on: dt.date) -> bytes:
    """Give the card as a PDF; may be called on any thread."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(254)
    writer.setTitle("Doorstep: keys")
    writer.setCreator("Doorstep")
    draw(writer, lines, on)
    del writer  # finishes the file
    buffer.close()
    return bytes(data.data())


def write(lines: Sequence[HelpLine], on: dt.date, file: Path) -> None:
    """Write the card to a file."""
    try:
        file.write_bytes(pdf(lines, on))
    except OSError as wrong:
        said = f"The key card cannot be written to {file}: {wrong.strerror}. Name a folder that takes it."
        raise Refused(said) from wrong


def write_to_documents(lines: Sequence[HelpLine], on: dt.date) -> Path:
    """Write the card where this person's documents are, and give where that is."""
    folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
    folder = folder if folder.is_dir() else Path.home()
    write(lines, on, folder / FILE)
    return folder / FILE
