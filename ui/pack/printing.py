"""The pack on a printer, or in whatever program opens a PDF."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from console import settings
from console.domain.refusals import Refused
from ui.pack.contents import PackContents
from ui.pack.pack import draw
from ui.time_text import clock

_NOT_PRINTED = "The printer {name} did not take the downtime pack. Look at it, or print the newest pack file."


def print_pack(pack: PackContents) -> str:
    """Print the pack; gives what to say, or nothing when there is no printer."""
    named = str(settings.machine("downtime.printer"))
    info = QPrinterInfo.printerInfo(named) if named else QPrinterInfo.defaultPrinter()
    if info.isNull():
        if named:
            raise Refused(f"There is no printer {named} here: correct the setting downtime.printer.")
        return ""
    return print_on(QPrinter(info, QPrinter.PrinterMode.HighResolution), info.description(), pack)


def print_on(printer: QPrinter, name: str, pack: PackContents) -> str:
    """Print the pack on this printer, and give what to say."""
    printer.setDocName("Downtime pack")
    printer.setColorMode(QPrinter.ColorMode.GrayScale)
    printer.setFullPage(True)
    pages = draw(printer, pack)
    if printer.printerState() is QPrinter.PrinterState.Error:
        raise Refused(_NOT_PRINTED.format(name=name))
    return f"{pages} pages of the downtime pack, board as of {clock(pack.as_of)}, go to {name}."


def open_file(file: Path) -> bool:
    """Open a pack in the program for PDFs; whether there is one."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(file)))
