"""One downtime pack: drawn on whatever paints pages, a PDF or a printer."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QPagedPaintDevice, QPdfWriter

from console.domain.calendar import local
from ui.pack.board_pages import draw_board
from ui.pack.contents import PackContents
from ui.pack.form_pages import draw_forms
from ui.pack.paper import Edges, Sheets

TRAINING = "TRAINING DATA: every patient on this page is invented"


def pdf(pack: PackContents) -> bytes:
    """Give the pack as a PDF; may be called on any thread."""
    return _as_pdf(pack, _as_pdf(pack, 0)[1])[0]


def draw(device: QPagedPaintDevice, pack: PackContents) -> int:
    """Draw the pack on a device, with "page n of m"; gives how many pages it has."""
    return _draw(device, pack, _as_pdf(pack, 0)[1])


def _as_pdf(pack: PackContents, total: int) -> tuple[bytes, int]:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(254)
    writer.setTitle("Downtime pack")
    writer.setCreator("Doorstep")
    pages = _draw(writer, pack, total)
    del writer  # finishes the file
    buffer.close()
    return bytes(data.data()), pages


def _draw(device: QPagedPaintDevice, pack: PackContents, total: int) -> int:
    sheets = Sheets(device, _edges(pack), total)
    draw_board(sheets, pack)
    draw_forms(sheets)
    return sheets.end()


def _edges(pack: PackContents) -> Edges:
    hubs = ", ".join(hub.name for hub in pack.hubs)
    foot = (
        f"For {pack.person}, {pack.role.lower()}. Hubs: {hubs}. "
        "Holds patients' data: keep it with you, shred it when everything is entered."
    )
    return Edges(
        f"{pack.service}: downtime pack",
        f"Board as of {local(pack.as_of):%a %d %b %Y, %H:%M}",
        foot,
        TRAINING if pack.is_training else "",
    )
