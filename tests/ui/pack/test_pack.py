"""What stands in a downtime pack: everybody who waits, dated by the board, with room for a pen."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from multiprocessing import active_children
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QPdfWriter
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from console.domain.rows import FeedState
from console.domain.words import QueueStatus, ReferralStatus
from tests.test_settings import write as write_settings
from tests.ui.conftest import LONG_MS
from ui.boards.referral_cells import name_of
from ui.desk_page import DeskPage
from ui.pack import keeper as keeping
from ui.pack.beside import drawn
from ui.pack.board_pages import draw_board
from ui.pack.contents import PackContents
from ui.pack.pack import _edges, pdf
from ui.pack.paper import BOTTOM, Sheets
from ui.pack.printing import print_on
from ui.time_text import clock


class ReadSheets(Sheets):
    """Draws as always, and keeps what it writes."""

    words: list[str]
    lowest: float

    def text(self, x: float, y: float, width: float, words: str, size: float = 3.4, **look: object) -> float:
        self.words = [*getattr(self, "words", ()), words]
        used = super().text(x, y, width, words, size, **look)  # type: ignore[arg-type]
        if size > 3.0:  # the foot and what is small in a box may stand lower
            self.lowest = max(getattr(self, "lowest", 0.0), y + used)
        return used


def read(pack: PackContents) -> ReadSheets:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(254)
    sheets = ReadSheets(writer, _edges(pack), total=99)
    draw_board(sheets, pack)
    sheets.end()
    return sheets


@pytest.fixture
def pack(page: DeskPage) -> PackContents:
    found = page.pack.keeper.contents()
    assert found is not None
    return found


def test_that_everybody_on_the_board_and_in_a_queue_stands_on_paper(pack: PackContents) -> None:
    said = read(pack).words
    assert pack.referrals
    assert pack.queue
    for row in (*pack.referrals, *pack.queue):
        assert name_of(row) in said
    for row in pack.referrals:
        if row.queue_status is None and row.phone:
            assert any(words.startswith("Tel. ") for words in said)
    for one in pack.practitioners:
        if one.shift_id is not None:
            assert one.name in said


def test_that_paper_says_of_each_what_the_board_says(pack: PackContents) -> None:
    hub, waiting = pack.hubs[0], next(row for row in pack.referrals if row.is_waiting)
    at = pack.as_of - dt.timedelta(minutes=5)
    asks = replace(waiting, hub_id=hub.id, asks_ambulance=True, ambulance_reference="A 77")
    seen = replace(waiting, id=-1, hub_id=hub.id, status=ReferralStatus.ACCEPTED, met_at=at)
    back = replace(waiting, id=-2, hub_id=hub.id, acknowledgement_owed=True)
    entry = replace(pack.queue[0], hub_id=hub.id, referral_id=asks.id, worse_at=None)
    queued = replace(asks, queue_status=entry.status, queue_entry_id=entry.id, flags=())
    closed = replace(hub, is_closed_down=True, diverts_to="Dover", diverts_until=None, diverted_by=None)
    said = read(replace(pack, hubs=(closed,), referrals=(queued, seen, back), queue=(entry,))).words
    assert f"Seen {clock(at)}" in said
    assert any("CAME BACK" in words for words in said)
    assert any(words.startswith(f"{entry.referral_number} · 999 A 77") for words in said)
    assert "Closed today. Diverting to Dover. In the order of the queue." in said


def test_that_paper_says_who_does_not_answer_whatever_they_have_in_hand(pack: PackContents) -> None:
    since = pack.as_of - dt.timedelta(minutes=10)
    first, other = pack.practitioners[0], pack.practitioners[1]
    lost = replace(first, unanswered_since=since)
    gone = replace(other, unanswered_since=since, shift_id=None, on_at=None)
    said = read(replace(pack, practitioners=(lost, gone))).words
    assert sum(words.startswith(f"NO ANSWER since {clock(since)}") for words in said) == 2
    assert not any(words.startswith("NO ANSWER") for words in read(pack).words)


def test_that_the_heading_counts_the_queue_and_who_is_booked_can_be_rung(pack: PackContents) -> None:
    hub, waiting = pack.hubs[0], next(row for row in pack.referrals if row.is_waiting)
    entry = replace(
        pack.queue[0], hub_id=hub.id, referral_id=-1, status=QueueStatus.BOOKED, booked_for_at=pack.as_of
    )
    here = replace(waiting, hub_id=hub.id)
    queued = replace(here, id=-1, queue_status=QueueStatus.BOOKED, phone="01303123999")
    alone = replace(pack, hubs=(hub,), referrals=(here, queued), queue=(entry,))
    said = read(alone).words
    assert f"{hub.name}: 2 patients on the board" in said
    assert any(words.startswith("1 of them in its queue, which has its own page.") for words in said)
    assert "Tel. 01303 123999" in said
    said = read(replace(alone, referrals=(queued,))).words
    assert "Everybody of this hub is in its queue." in said
    assert f"{hub.name}: 1 patient on the board" in read(replace(alone, referrals=(here,), queue=())).words


def test_that_every_page_says_as_of_when_for_whom_and_that_it_is_training(pack: PackContents) -> None:
    sheets = read(pack)
    said = sheets.words
    assert sum(words.startswith("Board as of ") for words in said) == sheets.number
    assert sum(pack.person in words and "Dover, Folkestone" in words for words in said) == sheets.number
    assert sum(words.startswith("TRAINING DATA") for words in said) == sheets.number
    assert f"Page {sheets.number} of 99" in said


def test_that_a_full_board_runs_on_over_pages_and_off_none(pack: PackContents) -> None:
    many = tuple(pack.referrals) * 8
    sheets = read(
        PackContents(**{**{name: getattr(pack, name) for name in pack.__slots__}, "referrals": many})
    )
    assert any(words.endswith("(continued)") for words in sheets.words)
    assert sheets.lowest <= BOTTOM + 12


def test_that_a_pack_is_a_pdf_and_prints_the_same_pages(
    pack: PackContents, tmp_path: Path, page: DeskPage
) -> None:
    data = pdf(pack)
    assert data.startswith(b"%PDF-")
    assert data.rstrip().endswith(b"%%EOF")
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    said = print_on(printer, "Front desk", pack)
    pages = pages_of(data)
    assert said.startswith(f"{pages} pages of the downtime pack, board as of ")
    assert pages_of((tmp_path / "printed.pdf").read_bytes()) == pages


def pages_of(data: bytes) -> int:
    """How many pages a PDF has."""
    return data.count(b"/Type /Page\n")


def test_that_a_pack_that_is_drawn_beside_the_window_is_the_same(pack: PackContents) -> None:
    assert pages_of(drawn(pack)) == pages_of(pdf(pack))
    assert not active_children()


def test_that_a_pack_is_drawn_all_the_same_when_what_draws_it_is_killed(
    pack: PackContents, qtbot: QtBot
) -> None:
    with ThreadPoolExecutor(1) as one:
        asked = one.submit(drawn, pack)
        qtbot.waitUntil(lambda: bool(active_children()), timeout=LONG_MS)
        active_children()[0].kill()
        assert pages_of(asked.result(LONG_MS / 1000)) == pages_of(pdf(pack))


def test_that_printing_goes_beside_the_window_too_and_a_printer_that_is_not_there_is_said(
    page: DeskPage, qtbot: QtBot
) -> None:
    write_settings('[downtime]\nprinter = "Front desk"\n')
    page.pack.keeper.print_now()
    qtbot.waitUntil(lambda: bool(active_children()), timeout=LONG_MS)
    said = "There is no printer Front desk here: correct the setting downtime.printer."
    qtbot.waitUntil(lambda: page.notices.sentence.text() == said, timeout=LONG_MS)


class Clock:
    """Passes when it is told to."""

    def __init__(self, page: DeskPage) -> None:
        self.now = page.session.countdown.steady()
        page.session.countdown.steady = lambda: self.now


def test_that_a_pack_is_written_soon_then_every_quarter_of_an_hour_and_at_once_when_the_board_stands_still(
    page: DeskPage, qtbot: QtBot
) -> None:
    keeper, clock = page.pack.keeper, Clock(page)
    keeper.look()
    assert not keeper._is_busy
    clock.now += keeping.FIRST_AFTER_S
    with qtbot.waitSignal(keeper.written, timeout=LONG_MS):
        keeper.look()
    first = keeper.newest
    assert first is not None
    assert first.is_file()
    live = page.session.live
    assert live.as_of is not None
    assert keeper._written is not None
    assert keeper._phones.practitioners
    assert keeper._phones.practices
    qtbot.waitUntil(lambda: bool(keeper._written and live.as_of and live.as_of > keeper._written.as_of))
    clock.now += 14 * 60
    keeper.look()
    assert not keeper._is_busy
    clock.now += 60.5  # what is added up in parts may be a hair less than a quarter of an hour
    with qtbot.waitSignal(keeper.written, timeout=LONG_MS):
        keeper.look()
    # The feed goes: what was true last is written at once, and once only.
    qtbot.waitUntil(lambda: bool(keeper._written and live.as_of and live.as_of > keeper._written.as_of))
    live.stop()
    live.state = None
    last = live.as_of
    keeper.look()
    clock.now += keeping.AWAY_AFTER_S
    with qtbot.waitSignal(keeper.written, timeout=LONG_MS):
        keeper.look()
    assert keeper._written.as_of == last
    clock.now += 60 * 60
    keeper.look()
    assert not keeper._is_busy
    # It is back: whoever has written on paper is told where it is entered, once.
    live.state = FeedState(True, False, last, "")
    keeper.look()
    assert page.notices.sentence.text().startswith("The board is live again after 1 h.")
    assert "entered with Alt+B" in page.notices.sentence.text()
    page.notices.dismiss()
    keeper.look()
    assert page.notices.isHidden()


def test_that_a_folder_that_is_gone_is_said_above_the_board_until_a_pack_is_written(
    page: DeskPage, qtbot: QtBot, tmp_path: Path
) -> None:
    write_settings(f'[downtime]\nfolder = "{tmp_path / "share"}"\n')
    keeper, clock = page.pack.keeper, Clock(page)
    clock.now += keeping.FIRST_AFTER_S
    with qtbot.waitSignal(keeper.failed, timeout=LONG_MS):
        keeper.look()
    assert page.pack.isVisible()
    assert "its folder" in page.pack.sentence.text()
    assert "tried again every minute" in page.pack.sentence.text()
    (tmp_path / "share").mkdir()
    clock.now += keeping.AGAIN_AFTER_S
    with qtbot.waitSignal(keeper.written, timeout=LONG_MS):
        keeper.look()
    assert page.pack.isHidden()
    assert dt.datetime.now(dt.UTC).strftime("%Y") in next(iter((tmp_path / "share").iterdir())).name
