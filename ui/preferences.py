"""What the window remembers for each person on this computer: its size, its splitters, its theme."""

from PySide6.QtCore import QByteArray, QSettings

from console.settings import data_folder


class Preferences:
    """A small file of its own beside the databases; nothing about patients ever goes in."""

    def __init__(self, login: str = "") -> None:
        """Those of one person; without a login those of the window itself."""
        self._file = QSettings(str(data_folder() / "window.ini"), QSettings.Format.IniFormat)
        self._group = f"person-{login}" if login else "window"

    def text(self, name: str) -> str:
        """A remembered word, or nothing."""
        return str(self._file.value(f"{self._group}/{name}", ""))

    def layout(self, name: str) -> QByteArray:
        """A remembered layout, or nothing."""
        kept = self._file.value(f"{self._group}/{name}")
        return kept if isinstance(kept, QByteArray) else QByteArray()

    def keep(self, name: str, value: str | QByteArray) -> None:
        """Remember a word or a layout."""
        self._file.setValue(f"{self._group}/{name}", value)
