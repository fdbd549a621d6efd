"""A folder of pictures of one screen, and what is wrong with each of them."""

from pathlib import Path

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from tests.support import picture_faults

# Written quickly: there are many, and they are looked at once.
_QUICK = 90


class Album:
    """Keeps a picture of each widget that it is handed, and writes down what is wrong with it."""

    def __init__(self, folder: Path, ending: str) -> None:
        """`ending` says of which screen the pictures are, such as 1366x768-2."""
        self._folder, self._ending = folder, ending
        self.taken = 0
        self.faults: list[str] = []
        self.shortened: list[str] = []

    def keep(self, name: str, widget: QWidget) -> None:
        """Write the picture and look for faults in it."""
        picture = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
        whole = f"{name}-{self._ending}"
        picture.save(str(self._folder / f"{whole}.png"), None, _QUICK)
        self.taken += 1
        found = picture_faults.look(widget, picture)
        self.faults += [f"{whole}: {fault}" for fault in found.faults]
        self.shortened += [f"{whole}: {words}" for words in found.shortened]

    def write_report(self) -> None:
        """Put the faults beside the pictures, and which words had to be shortened."""
        for what, lines in (("faults", self.faults), ("shortened", self.shortened)):
            text = "".join(f"{line}\n" for line in lines)
            (self._folder / f"{what}-{self._ending}.txt").write_text(text, encoding="utf-8")
