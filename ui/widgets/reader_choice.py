"""What a screen reader selects is chosen: it selects rows without bringing the keyboard to them."""

from PySide6.QtCore import QItemSelectionModel, QObject, Slot
from PySide6.QtWidgets import QAbstractItemView

_AS_IT_IS = QItemSelectionModel.SelectionFlag.NoUpdate


class ReaderChoice(QObject):
    """Brings the current row of a list or table to the one that is selected."""

    def __init__(self, view: QAbstractItemView) -> None:
        """For a view that has its model already."""
        super().__init__(view)
        self._rows = view.selectionModel()
        self._rows.selectionChanged.connect(self._follow)

    @Slot()
    def _follow(self) -> None:
        selected = self._rows.selectedIndexes()
        if selected and selected[0].row() != self._rows.currentIndex().row():
            self._rows.setCurrentIndex(selected[0], _AS_IT_IS)
