"""All that is on the map as a list: for who cannot see it, and for who would rather read."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from ui.map.marks import Key, Mark
from ui.selection import Kind
from ui.widgets.reader_choice import ReaderChoice

_KEY = Qt.ItemDataRole.UserRole


class MarkList(QListWidget):
    """One line for each mark, as one would say it; `chose` names the key of the line that is chosen."""

    chose = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until it is wanted."""
        super().__init__(parent)
        self.setAccessibleName("All that is on the map")
        self.setWordWrap(True)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        ReaderChoice(self)
        self.currentItemChanged.connect(self._choose)

    def show_all(self, said: Sequence[tuple[Key, str]]) -> None:
        """Show these lines; words change in place as long as the same marks are there in the same order."""
        standing = [self.item(n) for n in range(self.count())]
        if [item.data(_KEY) for item in standing] == [key for key, _ in said]:
            for item, (_, words) in zip(standing, said, strict=True):
                if item.text() != words:
                    item.setText(words)
            return
        self.blockSignals(True)
        self.clear()
        for key, words in said:
            item = QListWidgetItem(words)
            item.setData(_KEY, key)
            self.addItem(item)
        self.blockSignals(False)

    def choose(self, key: Key | None) -> None:
        """Show which one is chosen elsewhere."""
        found = [n for n in range(self.count()) if self.item(n).data(_KEY) == key]
        if self.currentRow() != (found[0] if found else -1):
            self.blockSignals(True)
            self.setCurrentRow(found[0] if found else -1)
            self.blockSignals(False)

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.chose.emit(item.data(_KEY))


def counted(marks: Sequence[Mark]) -> str:
    """How many of each kind there are, in words."""
    kinds = [mark.key[0] for mark in marks]
    names: dict[Kind, tuple[str, str]] = {
        "practitioner": ("practitioner", "practitioners"),
        "referral": ("patient", "patients"),
        "hub": ("hub", "hubs"),
    }
    counts = [(kinds.count(kind), one, many) for kind, (one, many) in names.items()]
    return ", ".join(f"{count} {one if count == 1 else many}" for count, one, many in counts)
