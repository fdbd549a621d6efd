"""The key card: one sheet with every key, made from the table of commands, and its words can be found."""

import datetime as dt
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QPdfWriter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.version import version
from tests.ui.conftest import LONG_MS
from ui import key_card, theme
from ui.actions import HelpLine, help_lines
from ui.commands import all_commands
from ui.desk_page import DeskPage
from ui.key_card import FILE, MOVING, WORKSPACES, blocks, draw, pdf

ROOT = Path(__file__).resolve().parents[2]
ON = dt.date(2026, 11, 27)
LINES = help_lines(all_commands())
LEAST_MM = 2.3  # 6.5 points: what one still reads at arm's length


@pytest.fixture
def fonts(qapp: QApplication) -> None:
    """The letters that come with Doorstep, as the window and the command load them."""
    theme.apply(qapp, "light")


def words_of(file: Path) -> str:
    """What a search in the file finds."""
    if shutil.which("pdftotext") is None:
        pytest.skip("there is no pdftotext here: apt-get install poppler-utils")
    said = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, text=True, check=True)
    return said.stdout


def test_that_every_command_has_its_place_under_a_workspace() -> None:
    made = blocks(LINES)
    placed = [line for block in made for line in block.lines]
    assert [line for line in placed if line.group != "Moving"] != []
    assert sorted((one.text, one.key) for one in placed if one.group != "Moving") == sorted(
        (one.text, one.key) for one in LINES
    )
    assert {block.workspace for block in made} == {"Moving", *(name for name, _ in WORKSPACES)}


def test_that_a_group_without_a_workspace_still_stands_on_the_card() -> None:
    new = HelpLine("Wallboard", "Show the wallboard", "Alt+9")
    made = blocks([*LINES, new])
    assert made[-1].workspace == "Others"
    assert made[-1].lines == (new,)


def test_that_the_card_is_one_sheet_in_letters_that_can_be_read(fonts: None) -> None:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(254)
    assert draw(writer, LINES, ON) >= LEAST_MM
    data = pdf(LINES, ON)
    assert data.startswith(b"%PDF-")
    assert data.rstrip().endswith(b"%%EOF")
    assert data.count(b"/Type /Page\n") == 1


def test_that_every_word_and_key_of_the_card_can_be_found(fonts: None, tmp_path: Path) -> None:
    file = tmp_path / "keys.pdf"
    key_card.write(LINES, ON, file)
    said = " ".join(words_of(file).split())
    assert f"Version {version()}, 27 Nov 2026" in said
    for one in LINES:
        assert one.text in said
        assert f"{one.text} {one.key.replace(', ', ' ')}" in said, one.key
    for _, what in MOVING:
        assert what in said


def test_that_the_command_writes_the_card_without_a_display_and_says_what_is_wrong(tmp_path: Path) -> None:
    def run(file: Path) -> subprocess.CompletedProcess[str]:
        words = [sys.executable, str(ROOT / "main.py"), "key-card", str(file)]
        return subprocess.run(words, capture_output=True, text=True, check=False, env={}, timeout=60)

    done = run(tmp_path / "keys.pdf")
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "keys.pdf").read_bytes().startswith(b"%PDF-")
    refused = run(tmp_path / "nowhere" / "keys.pdf")
    assert refused.returncode != 0
    assert "cannot be written" in refused.stderr
    assert "Traceback" not in refused.stderr


class Opened(QObject):
    """Stands for the program that shows a PDF."""

    def __init__(self) -> None:
        super().__init__()
        self.urls: list[QUrl] = []

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        """Be asked to show something."""
        self.urls.append(url)


def test_that_a_key_writes_the_card_among_the_documents_and_opens_it(
    page: DeskPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "Documents").mkdir()
    opened = Opened()
    # What the stub says of the name, bytes, is refused when it runs.
    QDesktopServices.setUrlHandler("file", opened, "take")  # type: ignore[arg-type]
    try:
        QTest.keySequence(page, "Alt+K")
        qtbot.waitUntil(lambda: bool(opened.urls), timeout=LONG_MS)
    finally:
        QDesktopServices.unsetUrlHandler("file")
    file = tmp_path / "Documents" / FILE
    assert opened.urls == [QUrl.fromLocalFile(str(file))]
    assert file.read_bytes().startswith(b"%PDF-")
    assert str(file) in page.notices.sentence.text()
